import { AppWindow, Copy, Globe, Lock } from 'lucide-react';
import { useMemo } from 'react';
import type { SessionDetail } from '../api/types';
import { clock } from '../format/time';
import { address } from '../format/values';
import { CopyButton, cx } from '../ui/parts';
import { runAt, type Model, type PageRun } from './model';
import { usePlay, type PlayController } from './playback';

interface Props {
  session: SessionDetail;
  model: Model;
  control: PlayController;
}

export function WindowTabs({ session, model, control }: Props) {
  const current = usePlay(control, (s) => s.window);
  const now = usePlay(control, (s) => runAt(model.runs, s.now, s.window) ?? null);
  const first = useMemo(() => firstTitles(model.runs), [model]);
  return (
    <div className="wtabs" role="group" aria-label="Windows">
      {session.windows.map((window) => {
        const on = window.id === current;
        const title = (on ? now?.title : first.get(window.id)) || window.label;
        return (
          <button key={window.id} type="button" className={cx('wtab', on && 'is-on')} aria-pressed={on} title={title} onClick={() => control.showWindow(window.id)}>
            <AppWindow className="i" aria-hidden="true" /><span className="trunc">{title}</span>
            <span className="wtab-n">{on ? window.label : `from ${clock(window.firstAt - model.start)}`}</span>
          </button>
        );
      })}
      {session.windows.length === 0 && <span className="wtab is-on">No window was recorded</span>}
    </div>
  );
}

/** By window. */
function firstTitles(runs: readonly PageRun[]): Map<string, string | null> {
  const titles = new Map<string, string | null>();
  for (const { window, title } of runs) if (!titles.has(window)) titles.set(window, title);
  return titles;
}

export function AddressBar({ model, control }: Omit<Props, 'session'>) {
  const run = usePlay(control, (s) => runAt(model.runs, s.now, s.window) ?? null);
  const size = usePlay(control, (s) => `${s.size.width} × ${s.size.height}`);
  const url = run?.url ?? '';
  const parts = address(url);
  const Scheme = parts.scheme === 'https://' ? Lock : Globe;
  return (
    <div className="addr">
      <span className="addr-box">
        <Scheme className="i" aria-hidden="true" />
        <span className="addr-u" tabIndex={0} role="textbox" aria-readonly="true" aria-label="Address of the recorded page" title={url}><span className="addr-o">{parts.scheme}</span><b>{parts.host}</b>{parts.path}{parts.query}</span>
        <CopyButton tone="quiet" icon size="mini" text={url} said="Address copied" aria-label="Copy address"><Copy className="i" aria-hidden="true" /></CopyButton>
      </span>
      <span className="addr-v num">{size}</span>
    </div>
  );
}
