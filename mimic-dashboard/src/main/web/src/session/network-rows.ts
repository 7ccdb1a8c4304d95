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

function causes(timeline: Timeline): CauseAt[] {
  const opened = timeline.navigations.map((n) => ({ kind: 'opened' as const, at: n.at, window: n.window, label: pathOf(n.url) || n.url, rage: 0 }));
  const clicked = timeline.clicks.map((c) => ({ kind: 'clicked' as const, at: c.at, window: c.window, label: c.label || c.selector || 'the page', rage: c.rage ?? 0 }));
  const changed = timeline.markers.filter((m) => m.kind === 'input').map((m) => ({ kind: 'changed' as const, at: m.at, window: m.window, label: m.label ?? 'a field', rage: 0 }));
  return [...opened, ...clicked, ...changed].sort((a, b) => a.at - b.at);
}

function causeOf(list: readonly CauseAt[], at: number, window: string): CauseAt | undefined {
  let page: CauseAt | undefined;
  for (let i = lastAtOrBefore(list, at + 30); i >= 0 && !page; i--) {
    const cause = list[i];
    if (!cause || cause.window !== window) continue;
    if (cause.kind === 'opened') page = cause;
    else if (at - cause.at <= CAUSES_FOR_MS) return cause;
  }
  return page;
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
