import type { SessionDetail, Timeline } from '../api/types';
import { lastAtOrBefore } from './search';

/** What of a session the player is told. Times are ms since the epoch. */
export interface Played {
  id: string;
  start: number;
  end: number;
  live: boolean;
  /** Which window had the visitor's attention since when. */
  active: { at: number; window: string }[];
  /** Stretches in which the visitor did nothing. */
  idle: [number, number][];
}

const IDLE_AFTER_MS = 20_000;

/** What the session alone tells of its timeline: from when to when it is. */
export function untold({ pages }: SessionDetail): Timeline {
  const [startedAt, endedAt] = pages.reduce(([first, last], page) => [Math.min(first, page.firstAt), Math.max(last, page.lastAt)], [Infinity, 0] as [number, number]);
  return { startedAt, endedAt, markers: [], network: [], websockets: [], console: [], errors: [], navigations: [], clicks: [], events: [], vitals: [], gaps: [], visibility: [], identify: [], activity: [] };
}

export function playedOf(session: SessionDetail, told: Timeline | null): Played {
  const timeline = told ?? untold(session);
  const start = Math.min(Date.parse(session.startedAt), timeline.startedAt || Infinity);
  const end = Math.max(start + 1, timeline.endedAt, session.endedAt ? Date.parse(session.endedAt) : 0, start + (session.state === 'active' ? 0 : session.durationMs));
  return { id: session.id, start, end, live: session.state === 'active', active: activeWindows(session, timeline), idle: told === null ? [] : idleStretches(timeline, start, end) };
}

/** Of several windows only the timeline knows which one was looked at. */
export const needsTimeline = (session: SessionDetail) => session.windows.length > 1;

/** Stretches in which the visitor did nothing, long enough to be skipped. */
export function idleStretches(timeline: Timeline, start: number, end: number): [number, number][] {
  const busy = [start, ...timeline.activity.filter(([, n]) => n > 0).map(([at]) => at), ...timeline.clicks.map((c) => c.at), ...timeline.navigations.map((n) => n.at), end].sort((a, b) => a - b);
  const stretches: [number, number][] = [];
  for (let i = 1; i < busy.length; i++) {
    const [from, to] = [busy[i - 1] ?? start, busy[i] ?? end];
    if (to - from >= IDLE_AFTER_MS) stretches.push([from + 2_000, to - 1_000]);
  }
  return stretches;
}

function activeWindows(session: SessionDetail, timeline: Timeline): { at: number; window: string }[] {
  const seen = [
    ...session.pages.map((p) => ({ at: p.firstAt, window: p.window })),
    ...timeline.visibility.filter((v) => v.state === 'visible').map((v) => ({ at: v.at, window: v.window })),
    ...timeline.clicks.map((c) => ({ at: c.at, window: c.window })),
  ].sort((a, b) => a.at - b.at);
  return seen.filter((entry, i) => i === 0 || entry.window !== seen[i - 1]?.window);
}

export function windowAt(active: readonly { at: number; window: string }[], at: number): string | undefined {
  return (active[lastAtOrBefore(active, at)] ?? active[0])?.window;
}

/** When each window's pages can be shown from. */
export function snapshotsByWindow(session: SessionDetail): Map<string, number[]> {
  const windowOf = new Map(session.pages.map((p) => [p.id, p.window]));
  const found = new Map<string, number[]>(session.windows.map((w) => [w.id, []]));
  for (const { page, at } of session.snapshots) {
    const window = windowOf.get(page);
    if (window !== undefined) found.get(window)?.push(at);
  }
  found.forEach((list) => list.sort((a, b) => a - b));
  return found;
}

export function viewportOf(session: SessionDetail): { width: number; height: number } {
  const viewport = session.metadata?.['viewport'] as { width?: unknown; height?: unknown } | undefined;
  const { width, height } = viewport ?? {};
  return typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0 ? { width, height } : { width: 1280, height: 800 };
}
