import { useCallback, useEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react';
import { clock, clockTenths, spoken } from '../format/time';
import { counted } from '../format/values';
import { cx } from '../ui/parts';
import { place } from '../ui/place';
import { useMedia } from '../ui/useMedia';
import { pageBlocks, runAt, thinned, type Lane, type Model, type PageBlock } from './model';
import { usePlay, type PlayController } from './playback';

const LANES: { lane: Lane; label: string; one: string; panel: string }[] = [
  { lane: 'errors', label: 'Errors', one: 'error', panel: 'Errors' },
  { lane: 'requests', label: 'Requests', one: 'failed request', panel: 'Network' },
  { lane: 'console', label: 'Console', one: 'console warning or error', panel: 'Console' },
  { lane: 'user', label: 'User', one: 'user action', panel: 'Events' },
];

interface Props {
  model: Model;
  control: PlayController;
}

export function Timeline({ model, control }: Props) {
  const { start, duration } = model;
  const share = (at: number) => Math.min(100, Math.max(0, ((at - start) / duration) * 100));
  const blocks = useMemo(() => pageBlocks(model.runs, start, duration), [model, start, duration]);
  const tracks = useRef<HTMLDivElement>(null);
  const [hover, setHover] = useState<number | null>(null);
  const dragging = useRef(false);
  const timeAt = (event: PointerEvent) => {
    const box = tracks.current?.getBoundingClientRect();
    return box ? start + Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * duration : start;
  };
  const down = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || (event.target as Element).closest('.tl-page')) return;
    dragging.current = true;
    event.currentTarget.setPointerCapture(event.pointerId);
    control.seek(timeAt(event));
  };
  const moved = (event: PointerEvent) => {
    setHover(timeAt(event));
    if (dragging.current) control.seek(timeAt(event));
  };
  return (
    <section className="tl" aria-label="Timeline">
      <div className="tl-labels" aria-hidden="true">
        <div className="tl-lab tl-lab-act">Activity</div><div className="tl-lab tl-lab-pages">Pages</div>
        {LANES.map(({ lane, label }) => <div key={lane} className={`tl-lab tl-lab-${lane}`}>{label}<span className="num">{model.whole && model.lanes[lane].length}</span></div>)}
      </div>
      <div className="tl-tracks" ref={tracks} onPointerDown={down} onPointerMove={moved} onPointerUp={() => { dragging.current = false; }} onPointerCancel={() => { dragging.current = false; }} onPointerLeave={() => setHover(null)}>
        <Under model={model} blocks={blocks} share={share} />
        <Slider model={model} control={control} />
        <Pages model={model} blocks={blocks} control={control} share={share} />
        <Marks model={model} control={control} share={share} />
        <Axis duration={duration} />
        <NowLine model={model} control={control} />
        {hover !== null && <HoverTip model={model} at={hover} left={share(hover)} />}
      </div>
    </section>
  );
}

/** Bars of activity, as one path over 240 slices. */
export function activityPath(model: Pick<Model, 'activity' | 'start' | 'duration'>): string {
  const slices = 240;
  const sums = new Array<number>(slices).fill(0);
  for (const [at, n] of model.activity) {
    const slice = Math.min(slices - 1, Math.max(0, Math.floor(((at - model.start) / model.duration) * slices)));
    sums[slice] = (sums[slice] ?? 0) + n;
  }
  const most = Math.max(1, ...sums);
  const step = 1000 / slices;
  return sums.map((sum, i) => (sum === 0 ? '' : `M${(i * step).toFixed(1)} 22v${(-Math.max(1.5, Math.sqrt(sum / most) * 20)).toFixed(1)}h${(step * 0.7).toFixed(1)}V22z`)).join('');
}

/** Draws how far the player is, as a share of the session: as it runs, or second by second for who wants less motion. */
function useShare(model: Model, control: PlayController, draw: (share: number) => void) {
  const still = useMedia('(prefers-reduced-motion: reduce)');
  useEffect(() => {
    const tell = () => {
      const { now, playing } = control.state;
      const at = now - model.start;
      draw((still && playing ? Math.floor(at / 1000) * 1000 : at) / model.duration);
    };
    tell();
    return control.subscribe(tell);
  }, [control, model, still, draw]);
}

function Slider({ model, control }: Props) {
  const second = usePlay(control, (s) => Math.round((s.now - model.start) / 1000));
  const path = useMemo(() => activityPath(model), [model]);
  const clip = useRef<SVGRectElement>(null);
  useShare(model, control, useCallback((share) => clip.current?.setAttribute('width', String(1000 * share)), []));
  const key = (event: KeyboardEvent) => {
    const to = { Home: model.start, End: model.end, PageUp: control.state.now + 30_000, PageDown: control.state.now - 30_000, ArrowUp: control.state.now + 5_000, ArrowDown: control.state.now - 5_000 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    control.seek(to);
  };
  return (
    <div className="tl-row tl-act" role="slider" tabIndex={0} aria-label="Position" aria-valuemin={0} aria-valuemax={Math.round(model.duration / 1000)} aria-valuenow={second} aria-valuetext={`${spoken(second * 1000)} of ${spoken(model.duration)}`} onKeyDown={key}>
      <svg viewBox="0 0 1000 22" preserveAspectRatio="none" aria-hidden="true">
        <clipPath id="played"><rect ref={clip} x="0" y="0" width="0" height="22" /></clipPath>
        <path d={path} /><path className="p" d={path} clipPath="url(#played)" />
      </svg>
    </div>
  );
}

/** As many stretches as can be told apart are drawn. */
const MOST_DRAWN = 2_000;

function Under({ model, blocks, share }: { model: Model; blocks: PageBlock[]; share: (at: number) => number }) {
  return (
    <div className="tl-under" aria-hidden="true">
      {model.idle.filter(([from, to]) => to - from > model.duration / MOST_DRAWN).map(([from, to]) => <span key={from} className="tl-idle" style={place(share(from), share(to))}>{share(to) - share(from) > 7 && <span>idle {clock(to - from)}</span>}</span>)}
      {blocks.slice(1).map((run) => <span key={`${run.at}${run.window}`} className="tl-edge" style={place(share(run.at))} />)}
      {model.gaps.slice(0, MOST_DRAWN).map((gap) => <span key={gap.at} className="tl-gap" style={place(share(gap.at), share(gap.to))} title={`Not recorded: ${gap.label}`} />)}
    </div>
  );
}

function Pages({ model, blocks, control, share }: Props & { blocks: PageBlock[]; share: (at: number) => number }) {
  const current = usePlay(control, (s) => runAt(blocks, s.now)?.at ?? 0);
  return (
    <div className="tl-row tl-pages">
      {blocks.map((run) => (
        <button key={`${run.at}${run.window}`} type="button" tabIndex={-1} className={cx('tl-page', run.at === current && 'is-on')} style={place(share(run.at), share(run.to))} title={`${run.pages > 1 ? `${run.pages} pages from ` : ''}${run.path}, ${clock(run.at - model.start)} to ${clock(run.to - model.start)}${run.windowNumber > 1 ? `, window ${run.windowNumber}` : ''}`} onClick={() => control.seek(run.at)}>
          {run.windowNumber > 1 && <b>W{run.windowNumber}</b>}<span>{run.path.split('?')[0]}<span className="sr-only"> at {clock(run.at - model.start)}</span></span>
        </button>
      ))}
    </div>
  );
}

function Marks({ model, control, share }: Props & { share: (at: number) => number }) {
  const lanes = useMemo(() => LANES.map((lane) => ({ ...lane, marks: thinned(model.lanes[lane.lane], model.start, model.duration) })), [model]);
  const second = usePlay(control, (s) => Math.floor(s.now / 1000));
  return lanes.map(({ lane, one, panel, marks }) => (
    <div key={lane} className={`tl-row tl-lane tl-${lane}`} role="img" aria-label={!model.whole ? `${panel}: loading` : `${counted(model.lanes[lane].length, one, one.replace('warning or error', 'warnings or errors').replace(/(error|request|action)$/, '$1s'))}; the ${panel} panel lists them`}>
      {marks.map((mark) => <i key={`${mark.at}${mark.kind}`} className={cx('mk', `mk-${mark.kind}`, lane !== 'user' && Math.abs(mark.at / 1000 - second) < 1 && 'is-on')} style={place(share(mark.at))} />)}
    </div>
  ));
}

/** A readable distance between the times that are written under the lanes. */
export function axisStep(duration: number): number {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200].map((s) => s * 1000);
  return steps.find((step) => duration / step <= 9) ?? 14_400_000;
}

function Axis({ duration }: { duration: number }) {
  const step = axisStep(duration);
  const times = Array.from({ length: Math.floor((duration * 0.97) / step) + 1 }, (_, i) => i * step);
  return <div className="tl-x" aria-hidden="true">{times.map((at) => <span key={at} style={place((at / duration) * 100)}>{clock(at)}</span>)}</div>;
}

function NowLine({ model, control }: Props) {
  const line = useRef<HTMLSpanElement>(null);
  useShare(model, control, useCallback((share) => line.current?.style.setProperty('--at', String(100 * share)), []));
  return <span ref={line} className="tl-now" aria-hidden="true" />;
}

function HoverTip({ model, at, left }: { model: Model; at: number; left: number }) {
  const run = runAt(model.runs, at);
  const near = model.duration / 120;
  const nearest = Object.values(model.lanes).flat().filter((m) => Math.abs(m.at - at) < near && m.kind !== 'click' && m.kind !== 'input').sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0];
  return (
    <>
      <span className="tl-hover" style={place(left)} aria-hidden="true" />
      <span className="tl-tip" style={{ ...place(Math.min(85, Math.max(15, left))) } as CSSProperties} aria-hidden="true">
        <b className="num">{clockTenths(at - model.start)}</b> <span className="trunc">{run?.path}</span>
        {nearest && <em className="trunc">{nearest.label}</em>}
      </span>
    </>
  );
}
