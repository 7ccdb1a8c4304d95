import type { ErrorRow, Marker, SessionDetail, Timeline } from '../api/types';
import { pathOf } from '../format/values';
import { consoleLines, type ConsoleLine } from './console-lines';
import { errorGroups, type Trouble } from './error-groups';
import { eventLines, type EventLine } from './event-lines';
import { networkRows, type NetworkLine } from './network-rows';
import { playedOf, untold, type Played } from './played';
import { lastAtOrBefore } from './search';
import { errorText, rageBursts } from './troubles-in-words';

/** One stretch of a session at one address. */
export interface PageRun {
  at: number;
  to: number;
  window: string;
  windowNumber: number;
  url: string;
  title: string | null;
  path: string;
}

export interface Issue {
  at: number;
  kind: 'error' | 'request' | 'rage';
  label: string;
}

export type Lane = 'errors' | 'requests' | 'console' | 'user';

export interface Mark {
  at: number;
  kind: Marker['kind'];
  label: string;
}

export interface Model extends Played {
  duration: number;
  runs: PageRun[];
  gaps: { at: number; to: number; label: string }[];
  issues: Issue[];
  lanes: Record<Lane, Mark[]>;
  network: NetworkLine[];
  console: ConsoleLine[];
  troubles: Trouble[];
  events: EventLine[];
  activity: [number, number][];
  /** Whether the timeline is among what was known. */
  whole: boolean;
}

const LANES: Partial<Record<Marker['kind'], Lane>> = { error: 'errors', request: 'requests', click: 'user', rage: 'user', input: 'user', event: 'user' };

/** Everything that the session screen shows, from what the API answers. Its first page is shown before the timeline is there. */
export function buildModel(session: SessionDetail, told: Timeline | null): Model {
  const timeline = told ?? untold(session);
  const played = playedOf(session, told);
  const runs = pageRuns(session, timeline, played.end);
  return {
    ...played, duration: played.end - played.start, runs,
    gaps: timeline.gaps.map((gap) => ({ at: gap.from ?? gap.at, to: gap.to ?? gap.at, label: gapText(gap.reason) })),
    issues: issuesOf(timeline),
    lanes: lanesOf(timeline),
    network: networkRows(timeline, runFinder(runs)),
    console: consoleLines(timeline.console),
    troubles: errorGroups(timeline),
    events: eventLines(timeline, new Map(session.windows.map((w, i) => [w.id, i + 1]))),
    activity: timeline.activity,
    whole: told !== null,
  };
}

const GAPS: Record<string, string> = {
  'too-large': 'one event was too large to send', memory: 'the recorder’s memory was full', rejected: 'the server refused a batch', mutations: 'the page changed too fast to record', lost: 'a batch was lost on its way', damaged: 'a stored segment could not be read',
};

export const gapText = (reason: string) => GAPS[reason] ?? reason;

function pageRuns(session: SessionDetail, timeline: Timeline, end: number): PageRun[] {
  const numbers = new Map(session.windows.map((w, i) => [w.id, i + 1]));
  const entries = timeline.navigations.length > 0
    ? timeline.navigations.map((n) => ({ at: n.at, window: n.window, url: n.url, title: n.title }))
    : session.pages.map((p) => ({ at: p.firstAt, window: p.window, url: p.url ?? '', title: p.title }));
  const sorted = [...entries].sort((a, b) => a.at - b.at);
  return sorted.map((entry, i) => ({ ...entry, to: sorted[i + 1]?.at ?? end, windowNumber: numbers.get(entry.window) ?? 1, path: pathOf(entry.url) || entry.url }));
}

/** The page of a window at a moment; of any window when none is named. */
export function runAt(runs: readonly PageRun[], at: number, window?: string): PageRun | undefined {
  for (let i = lastAtOrBefore(runs, at); i >= 0; i--) {
    const run = runs[i];
    if (run && (window === undefined || run.window === window)) return run;
  }
  return window === undefined ? runs[0] : runs.find((run) => run.window === window);
}

/** Finds the page of a window at a moment among many, for many. */
export function runFinder(runs: readonly PageRun[]): (at: number, window: string) => PageRun | undefined {
  const windows = new Map<string, PageRun[]>();
  for (const run of runs) {
    const own = windows.get(run.window);
    if (own) own.push(run);
    else windows.set(run.window, [run]);
  }
  return (at, window) => runAt(windows.get(window) ?? [], at);
}

function issuesOf(timeline: Timeline): Issue[] {
  const issues: Issue[] = [
    ...timeline.errors.map((e) => ({ at: e.at, kind: 'error' as const, label: inOneLine(e) })),
    ...timeline.network.filter((r) => r.failed).map((r) => ({ at: r.at + (r.durationMs ?? 0), kind: 'request' as const, label: `${r.status ?? 'No answer'} ${r.method} ${pathOf(r.url)}` })),
    ...rageBursts(timeline.clicks).map((c) => ({ at: c.at, kind: 'rage' as const, label: `Rage click on ${c.label ?? 'the page'}` })),
  ];
  return issues.sort((a, b) => a.at - b.at);
}

function inOneLine(error: ErrorRow): string {
  const { title, message } = errorText(error);
  return [title, message].filter(Boolean).join(': ');
}

function labelOf({ kind, ref, label }: Marker, timeline: Timeline): string {
  const error = kind === 'error' && ref !== null ? timeline.errors[ref] : undefined;
  return error ? inOneLine(error) : (label ?? kind);
}

function lanesOf(timeline: Timeline): Record<Lane, Mark[]> {
  const lanes: Record<Lane, Mark[]> = { errors: [], requests: [], console: [], user: [] };
  for (const marker of timeline.markers) {
    const lane = LANES[marker.kind];
    if (lane) lanes[lane].push({ at: marker.at, kind: marker.kind, label: labelOf(marker, timeline) });
  }
  lanes.console = timeline.console.filter((row) => /^(warn|error|assert)/.test(row.level)).map((row) => ({ at: row.at, kind: 'console', label: `${row.level}: ${row.args[0] ?? ''}` }));
  return lanes;
}

/** A page of the timeline, or several that would each be too narrow to be seen. */
export type PageBlock = PageRun & { pages: number };

export function pageBlocks(runs: readonly PageRun[], start: number, duration: number): PageBlock[] {
  const step = duration / 200;
  const blocks: PageBlock[] = [];
  let slot = -1;
  for (const run of runs) {
    const last = blocks.at(-1);
    const own = Math.floor((run.at - start) / step);
    if (last && own === slot) {
      last.pages++;
      last.to = Math.max(last.to, run.to);
    } else blocks.push({ ...run, pages: 1 });
    slot = own;
  }
  return blocks;
}

/** At most a few hundred marks a lane are drawn: those that would cover each other are one. */
export function thinned(marks: readonly Mark[], start: number, duration: number): Mark[] {
  const step = duration / 400;
  const seen = new Set<string>();
  return marks.filter((mark) => {
    const slot = `${mark.kind}:${Math.floor((mark.at - start) / step)}`;
    if (seen.has(slot)) return false;
    seen.add(slot);
    return true;
  });
}
