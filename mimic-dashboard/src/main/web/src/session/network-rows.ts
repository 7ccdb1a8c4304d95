import type { NetworkRow, Timeline, WebSocketRow } from '../api/types';
import { pathOf } from '../format/values';
import type { PageRun } from './model';
import { lastAtOrBefore } from './search';

export type Cause = { kind: 'opened' | 'clicked' | 'changed'; label: string; rage: number };

export interface NetworkGroup {
  kind: 'group';
  at: number;
  cause: Cause;
  window: string;
  start: number;
  span: number;
}

export interface Request {
  kind: 'request';
  at: number;
  group: NetworkGroup;
  row: NetworkRow;
  index: number;
}

export interface Socket {
  kind: 'socket';
  at: number;
  group: NetworkGroup;
  row: WebSocketRow;
}

export type NetworkLine = NetworkGroup | Request | Socket;

interface CauseAt extends Cause {
  at: number;
  window: string;
}

/** A click counts as the cause of what follows it for so long. */
const CAUSES_FOR_MS = 8_000;
export const SLOW_MS = 1_000;

/** What happened in a window, in order of time, each with the page that was open then. */
type Causes = ReadonlyMap<string, { at: number; cause: CauseAt; page: CauseAt | undefined }[]>;

function causes(timeline: Timeline): Causes {
  const opened = timeline.navigations.map((n) => ({ kind: 'opened' as const, at: n.at, window: n.window, label: pathOf(n.url) || n.url, rage: 0 }));
  const clicked = timeline.clicks.map((c) => ({ kind: 'clicked' as const, at: c.at, window: c.window, label: c.label || c.selector || 'the page', rage: c.rage ?? 0 }));
  const changed = timeline.markers.filter((m) => m.kind === 'input').map((m) => ({ kind: 'changed' as const, at: m.at, window: m.window, label: m.label ?? 'a field', rage: 0 }));
  const windows = new Map<string, { at: number; cause: CauseAt; page: CauseAt | undefined }[]>();
  for (const cause of [...opened, ...clicked, ...changed].sort((a, b) => a.at - b.at)) {
    const list = windows.get(cause.window) ?? [];
    list.push({ at: cause.at, cause, page: cause.kind === 'opened' ? cause : list.at(-1)?.page });
    windows.set(cause.window, list);
  }
  return windows;
}

function causeOf(windows: Causes, at: number, window: string): CauseAt | undefined {
  const list = windows.get(window) ?? [];
  const last = list[lastAtOrBefore(list, at + 30)];
  return last && last.cause.kind !== 'opened' && at - last.at <= CAUSES_FOR_MS ? last.cause : last?.page;
}

/** Requests in order of time, under what caused them; each group has the scale of its own waterfall. */
export function networkRows(timeline: Timeline, runAt: (at: number, window: string) => PageRun | undefined): NetworkLine[] {
  const list = causes(timeline);
  const groups = new Map<CauseAt | string, { group: NetworkGroup; lines: (Request | Socket)[] }>();
  const into = (at: number, window: string) => {
    const cause = causeOf(list, at, window);
    const key = cause ?? `${window}:${runAt(at, window)?.at ?? 0}`;
    const found = groups.get(key);
    if (found) return found;
    const group: NetworkGroup = { kind: 'group', at: Math.min(cause?.at ?? at, at), cause: cause ?? { kind: 'opened', label: runAt(at, window)?.path ?? 'the page', rage: 0 }, window, start: at, span: 0 };
    const made = { group, lines: [] };
    groups.set(key, made);
    return made;
  };
  timeline.network.forEach((row, index) => {
    const { group, lines } = into(row.at, row.window);
    lines.push({ kind: 'request', at: row.at, group, row, index });
  });
  for (const row of timeline.websockets) {
    const { group, lines } = into(row.at, row.window);
    lines.push({ kind: 'socket', at: row.at, group, row });
  }
  return [...groups.values()]
    .sort((a, b) => a.group.at - b.group.at)
    .flatMap(({ group, lines }) => {
      lines.sort((a, b) => a.at - b.at);
      const requests = lines.filter((line) => line.kind === 'request');
      group.start = lines[0]?.at ?? group.at;
      const end = (line: Request | Socket) => (line.kind === 'request' ? line.at + (line.row.durationMs ?? 0) : (line.row.closedAt ?? line.at));
      group.span = (requests.length > 0 ? requests : lines).reduce((longest, line) => Math.max(longest, end(line) - group.start), 1);
      return [group, ...lines];
    });
}

const TYPES: [RegExp, string][] = [
  [/^text\/html|xhtml/, 'html'], [/json/, 'json'], [/javascript|ecmascript/, 'js'], [/^text\/css/, 'css'], [/^image\//, 'image'], [/^font\/|font-/, 'font'], [/^(audio|video)\//, 'media'], [/event-stream/, 'events'], [/xml/, 'xml'], [/^text\//, 'text'], [/wasm/, 'wasm'],
];

/** What was answered, in a word. */
export function typeOf(mimeType: string | null): string {
  if (mimeType === null || mimeType === '') return '–';
  return TYPES.find(([pattern]) => pattern.test(mimeType))?.[1] ?? 'other';
}

export function statusClass(row: Pick<NetworkRow, 'status' | 'error'>): { name: string; text: string } {
  if (row.error === 'unfinished') return { name: 'pending', text: '…' };
  if (!row.status) return { name: 'failed', text: row.error === 'abort' ? 'abort' : row.error === 'timeout' ? 'late' : 'fail' };
  return { name: `${Math.min(5, Math.max(1, Math.floor(row.status / 100)))}xx`, text: String(row.status) };
}
