import { useRef, useState, type PointerEvent } from 'react';
import type { Overview } from '../api/types';
import { hourMinute, shortDay } from '../format/time';
import { count, counted } from '../format/values';
import { place } from '../ui/place';

const HEIGHT = 44;
const asTime = (value: number | string) => (typeof value === 'number' ? value : Date.parse(value));

interface Bar {
  from: number;
  to: number;
  sessions: number;
  withErrors: number;
}

export function barsOf(overview: Overview): Bar[] {
  return overview.buckets.map((b) => ({ from: asTime(b.from), to: asTime(b.to), sessions: b.sessions, withErrors: b.withErrors }));
}

export function barPaths(bars: readonly Bar[]): { all: string; bad: string } {
  const most = Math.max(1, ...bars.map((b) => b.sessions));
  const step = 1000 / Math.max(1, bars.length);
  const path = (value: (b: Bar) => number) =>
    bars
      .map((b, i) => {
        const height = value(b) === 0 ? 0 : Math.max(1.5, (value(b) / most) * (HEIGHT - 4));
        return height === 0 ? '' : `M${(i * step).toFixed(1)} ${HEIGHT}v${(-height).toFixed(1)}h${(step * 0.8).toFixed(1)}V${HEIGHT}z`;
      })
      .join('');
  return { all: path((b) => b.sessions), bad: path((b) => b.withErrors) };
}

/** When it happened: a bar an interval, with the part that had errors. Drag to narrow the time. */
export function Histogram({ overview, onNarrow }: { overview: Overview; onNarrow: (from: number, to: number) => void }) {
  const bars = barsOf(overview);
  const plot = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ a: number; b: number } | null>(null);
  const [hover, setHover] = useState<number | null>(null);
  const first = bars[0]?.from ?? 0;
  const last = bars.at(-1)?.to ?? 0;
  const total = bars.reduce((sum, b) => sum + b.sessions, 0);
  const bad = bars.reduce((sum, b) => sum + b.withErrors, 0);
  const paths = barPaths(bars);
  const at = (event: PointerEvent) => {
    const box = plot.current?.getBoundingClientRect();
    return box ? Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) : 0;
  };
  const over = hover === null ? undefined : bars[Math.min(bars.length - 1, Math.floor(hover * bars.length))];
  const long = last - first > 2 * 86_400_000;
  const label = (t: number) => (long ? shortDay(t) : hourMinute(t));
  const end = (event: PointerEvent) => {
    if (drag && Math.abs(drag.a - drag.b) > 0.01) {
      const [a, b] = [Math.min(drag.a, drag.b), Math.max(drag.a, drag.b)];
      onNarrow(Math.round(first + a * (last - first)), Math.round(first + b * (last - first)));
    }
    setDrag(null);
    plot.current?.releasePointerCapture(event.pointerId);
  };
  return (
    <figure className="hist" aria-label={`${counted(total, 'session')}, ${count(bad)} with errors`}>
      <div ref={plot} className="hist-plot" onPointerDown={(e) => { if (e.button === 0) { e.currentTarget.setPointerCapture(e.pointerId); setDrag({ a: at(e), b: at(e) }); } }} onPointerMove={(e) => { setHover(at(e)); if (drag) setDrag({ ...drag, b: at(e) }); }} onPointerUp={end} onPointerCancel={() => setDrag(null)} onPointerLeave={() => setHover(null)}>
        <svg viewBox={`0 0 1000 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true"><path className="h-all" d={paths.all} /><path className="h-err" d={paths.bad} /></svg>
        {drag && <span className="hist-drag" style={place(Math.min(drag.a, drag.b) * 100, Math.max(drag.a, drag.b) * 100)} />}
        {over && !drag && <span className="hist-tip" style={place(Math.min(88, Math.max(12, (hover ?? 0) * 100)))}><b className="num">{long ? `${shortDay(over.from)} ${hourMinute(over.from)}` : `${hourMinute(over.from)}–${hourMinute(over.to)}`}</b> {counted(over.sessions, 'session')}{over.withErrors > 0 && <em>, {count(over.withErrors)} with errors</em>}</span>}
      </div>
      <div className="hist-x" aria-hidden="true">{Array.from({ length: 7 }, (_, i) => <span key={i}>{label(first + ((last - first) * i) / 6)}</span>)}</div>
    </figure>
  );
}
