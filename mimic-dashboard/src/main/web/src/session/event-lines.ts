import type { Timeline } from '../api/types';
import { took } from '../format/time';
import { pathOf } from '../format/values';
import { errorText, rageBursts } from './troubles-in-words';

export type EventKind = 'nav' | 'click' | 'rage' | 'input' | 'custom' | 'vital' | 'fail' | 'error' | 'hidden' | 'visible' | 'gap' | 'pause' | 'user' | 'console';
export type EventFilter = 'user' | 'pages' | 'custom' | 'issues';

export interface EventLine {
  at: number;
  window: string;
  kind: EventKind;
  verb: string;
  what: string;
  after: string;
  note: string;
  filter: EventFilter | null;
}

const VITALS: Record<string, string> = { LCP: 'Largest paint', FCP: 'First paint', INP: 'Slowest interaction', CLS: 'Layout shift', TTFB: 'First byte' };

export const vitalText = (name: string, value: number) => (name === 'CLS' ? value.toFixed(2) : took(value));

/** All that happened, in one list, in words. */
export function eventLines(t: Timeline, windows: ReadonlyMap<string, number>): EventLine[] {
  const inWindow = (id: string) => ((windows.get(id) ?? 1) > 1 ? `window ${windows.get(id)}` : '');
  const bursts = new Map(rageBursts(t.clicks).map((burst) => [burst.at, burst.rage]));
  const lines: EventLine[] = [
    ...t.navigations.map((n) => line(n, 'nav', n.kind === 'load' ? 'Opened' : 'Went to', pathOf(n.url) || n.url, inWindow(n.window) || (n.title ?? ''), 'pages')),
    ...t.clicks.map((c) => (bursts.has(c.at) ? line(c, 'rage', 'Rage click on', c.label ?? c.selector ?? '', `${bursts.get(c.at)} clicks`, 'user') : line(c, 'click', 'Clicked', c.label ?? c.selector ?? '', c.selector ?? '', 'user'))),
    ...t.markers.filter((m) => m.kind === 'input').map((m) => line(m, 'input', m.label === 'Typed' || !m.label ? 'Typed' : m.label, '', 'masked', 'user')),
    ...t.markers.filter((m) => m.kind === 'pause').map((m) => line(m, 'pause', 'Recording paused', m.label ?? '', '', null)),
    ...t.events.map((e) => line(e, 'custom', '', e.name, brief(e.data), 'custom')),
    ...t.vitals.map((v) => line(v, 'vital', VITALS[v.name] ?? v.name, vitalText(v.name, v.value), v.rating ?? '', 'pages')),
    ...t.network.filter((r) => r.failed).map((r) => line({ at: r.at + (r.durationMs ?? 0), window: r.window }, 'fail', '', `${r.status ?? 'No answer'}`, took(r.durationMs), 'issues', ` ${r.method} ${pathOf(r.url)}`)),
    ...t.errors.map((e) => { const { title, message } = errorText(e); return line(e, 'error', '', title, '', 'issues', ` ${message}`); }),
    ...t.visibility.map((v) => line(v, v.state, v.state === 'hidden' ? 'Page hidden' : 'Page visible', '', inWindow(v.window), null)),
    ...t.identify.map((i) => line(i, 'user', 'Identified as', i.user ?? '', '', 'custom')),
    ...t.gaps.map((g) => line(g, 'gap', 'Not recorded', '', g.reason, null)),
  ];
  return lines.sort((a, b) => a.at - b.at);
}

function line(row: { at: number; window: string }, kind: EventKind, verb: string, what: string, note: string, filter: EventFilter | null, after = ''): EventLine {
  return { at: row.at, window: row.window, kind, verb, what, after, note, filter };
}

function brief(data: unknown): string {
  const text = data === null || data === undefined ? '' : JSON.stringify(data);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
