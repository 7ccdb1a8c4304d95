import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { clockTenths } from '../format/time';
import { usePlay, type PlayController } from './playback';
import { lastAtOrBefore } from './search';

export interface RowState {
  index: number;
  future: boolean;
  tabIndex: 0 | -1;
}

interface Props<R extends { at: number }> {
  label: string;
  rows: readonly R[];
  control: PlayController;
  start: number;
  follow: boolean;
  onLoose: () => void;
  estimate: (row: R) => number;
  keyOf: (row: R, index: number) => string;
  render: (row: R, state: RowState) => ReactNode;
  empty: ReactNode;
}

/** Room for the now line between two rows, so that it covers neither. */
const GAP = 20;

/** A list of any length that knows where the player is. Arrow keys move; the row in view is the only tab stop. */
export function PanelList<R extends { at: number }>({ label, rows, control, start, follow, onLoose, estimate, keyOf, render, empty }: Props<R>) {
  const scroller = useRef<HTMLDivElement>(null);
  const nowIndex = usePlay(control, (s) => lastAtOrBefore(rows, s.now));
  const tenth = usePlay(control, (s) => { const at = s.now - start; return s.playing ? Math.floor(at / 1000) * 10 : Math.floor(at / 100); });
  const [active, setActive] = useState<number | null>(null);
  const wanted = useRef<number | null>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (i) => { const row = rows[i]; return row ? estimate(row) : 28; },
    getItemKey: (i) => { const row = rows[i]; return row ? keyOf(row, i) : i; },
    overscan: 14,
  });
  useEffect(() => {
    if (follow && rows.length > 0) list.scrollToIndex(Math.max(0, nowIndex), { align: 'center' });
  }, [follow, nowIndex, rows.length, list]);
  useEffect(() => {
    if (wanted.current === null) return;
    const hit = scroller.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`);
    if (hit) {
      wanted.current = null;
      hit.focus();
    }
  });
  if (rows.length === 0) return <div className="plist plist-empty">{empty}</div>;

  const stop = Math.min(rows.length - 1, active ?? Math.max(0, nowIndex));
  const key = (event: KeyboardEvent) => {
    const at = (event.target as HTMLElement).dataset['row'];
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12, Home: -rows.length, End: rows.length };
    const step = steps[event.key];
    if (at === undefined || step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const to = Math.min(rows.length - 1, Math.max(0, Number(at) + step));
    onLoose();
    setActive(to);
    wanted.current = to;
    list.scrollToIndex(to, { align: 'auto' });
  };
  const items = list.getVirtualItems(); // brings what was measured up to date
  const nowTop = (nowIndex < 0 ? 0 : (list.measurementsCache[nowIndex]?.end ?? 0)) + GAP / 2;
  return (
    <div ref={scroller} className="plist" role="group" aria-label={label} onKeyDown={key} onKeyUp={(e) => { if (e.key === ' ' && (e.target as HTMLElement).dataset['row'] !== undefined) e.preventDefault(); }} onWheel={onLoose} onTouchMove={onLoose} onFocus={(e) => { const row = (e.target as HTMLElement).dataset['row']; if (row !== undefined) setActive(Number(row)); }}>
      <div className="plist-in" style={{ '--h': `${list.getTotalSize() + GAP}px` } as CSSProperties}>
        {items.map((item) => {
          const row = rows[item.index];
          return row && <div key={item.key} ref={list.measureElement} data-index={item.index} className="plist-item" style={{ '--y': `${item.start + (item.index > nowIndex ? GAP : 0)}px` } as CSSProperties}>{render(row, { index: item.index, future: item.index > nowIndex, tabIndex: item.index === stop ? 0 : -1 })}</div>;
        })}
        <div className="now" role="separator" aria-label={`The player is here: ${clockTenths(tenth * 100)}`} style={{ '--y': `${nowTop}px` } as CSSProperties}><span className="num">now {clockTenths(tenth * 100)}</span></div>
      </div>
    </div>
  );
}
