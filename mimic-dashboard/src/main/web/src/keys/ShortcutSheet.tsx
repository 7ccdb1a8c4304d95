import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';

const GROUPS: { title: string; keys: [string[], string][] }[] = [
  {
    title: 'Playback',
    keys: [
      [['Space'], 'Play, pause'], [['←', '→'], 'Back, forward 5 s'], [['Shift', '←', '→'], 'Back, forward 30 s'], [['[', ']'], 'One frame back, on'], [[',', '.'], 'One event back, on'], [['N', 'P'], 'Next, previous issue'],
      [['0–9'], 'Jump to 0–90 %'], [['<', '>'], 'Slower, faster'], [['I'], 'Skip idle stretches'], [['W'], 'Next window'], [['Z'], 'Fit, or actual size'], [['F'], 'Full screen'],
    ],
  },
  {
    title: 'Session',
    keys: [[['Alt', '1–5'], 'Panel'], [['/'], 'Search'], [['S'], 'Copy link to this moment'], [['E'], 'Open the nearest error'], [['J', 'K'], 'Next, previous session'], [['Esc'], 'Close, or back to the list']],
  },
  { title: 'Lists', keys: [[['↑', '↓'], 'Move'], [['Home', 'End'], 'First, last row of a panel'], [['Enter'], 'Open, or seek there'], [['Ctrl', 'K'], 'Jump to a session'], [['?'], 'This list']] },
];

export function ShortcutSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup className="sheet sheet-keys">
          <div className="sheet-head">
            <Dialog.Title>Keys</Dialog.Title>
            <Dialog.Close className="btn btn-quiet btn-icon btn-small" aria-label="Close"><X className="i" aria-hidden="true" /></Dialog.Close>
          </div>
          <div className="keys-groups">
            {GROUPS.map((group) => (
              <section key={group.title}>
                <h3>{group.title}</h3>
                <dl>
                  {group.keys.map(([keys, what]) => (
                    <div key={what}><dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt><dd>{what}</dd></div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
