import type { ErrorRow, NetworkRow, Timeline } from '../api/types';
import { browserStack } from '../error/stack';
import { pathOf } from '../format/values';
import { errorText, rageBursts, requestText } from './troubles-in-words';

/** Something that went wrong, once or more often: an error, a failed request, a rage click. */
export interface Trouble {
  key: string;
  kind: 'error' | 'request' | 'rage';
  title: string;
  where: string | null;
  message: string;
  times: number[];
  errors: ErrorRow[];
  requests: NetworkRow[];
}

/** A request that ended so shortly before an error is told beside it. */
const JOINED_MS = 2_000;

/** Of a stack, as many letters as hold its first frames: a recording may have many groups, and stacks of any length. */
const FIRST_FRAMES = 4_000;

const shortSource = (source: string | null, line: number | null) => (source ? `${source.split(/[?#]/)[0]?.split('/').at(-1) ?? source}${line ? `:${line}` : ''}` : null);

/** Where a rejected promise, of which a browser tells no place, was: the first frame that is the page's own. */
function thrownAt(stack: string | null): string | null {
  const frames = browserStack((stack ?? '').slice(0, FIRST_FRAMES));
  const place = (frames.find((frame) => frame.library === null) ?? frames[0])?.at.split('/').at(-1);
  return place?.replace(/^(.+:\d+):\d+$/, '$1') ?? null;
}

/** What failed right before an error, and so may be why. */
export function requestBefore(error: ErrorRow, network: readonly NetworkRow[]): NetworkRow | undefined {
  const ended = (r: NetworkRow) => r.at + (r.durationMs ?? 0);
  return network.filter((r) => r.failed && r.window === error.window && ended(r) <= error.at + 50 && error.at - ended(r) <= JOINED_MS).sort((a, b) => ended(b) - ended(a))[0];
}

export function errorGroups(timeline: Timeline): Trouble[] {
  const groups = new Map<string, Trouble>();
  const add = (key: string, at: number, make: () => Omit<Trouble, 'key' | 'times'>): Trouble => {
    const group = groups.get(key) ?? { key, times: [], ...make() };
    group.times.push(at);
    groups.set(key, group);
    return group;
  };
  for (const error of timeline.errors) {
    add(`e:${error.fingerprint ?? `${error.name}:${error.message}`}`, error.at, () => ({
      kind: 'error', ...errorText(error), where: error.kind === 'resource' ? null : (shortSource(error.source, error.line) ?? thrownAt(error.stack)), errors: [], requests: [],
    })).errors.push(error);
  }
  for (const request of timeline.network.filter((r) => r.failed)) {
    const path = pathOf(request.url).split('?')[0] ?? '';
    add(`r:${request.status}:${request.method}:${sentPath(request.url)}`, request.at + (request.durationMs ?? 0), () => ({
      kind: 'request', title: `${request.status ?? 'No answer'} ${request.method} ${path}`, where: request.server?.handler ?? request.server?.route ?? null, message: requestText(request), errors: [], requests: [],
    })).requests.push(request);
  }
  for (const click of rageBursts(timeline.clicks)) {
    add(`c:${click.selector ?? click.label}`, click.at, () => ({
      kind: 'rage', title: `Rage click on “${click.label ?? click.selector ?? 'the page'}”`, where: click.selector, message: `${click.rage} clicks in short order`, errors: [], requests: [],
    }));
  }
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || (a.times[0] ?? 0) - (b.times[0] ?? 0));
}

const LONGEST_NAME = 900;

/** The path as it was sent, which tells requests apart. */
const sentPath = (url: string) => url.replace(/^[^/?#]*:\/\/[^/]*/, '').split(/[?#]/)[0] || '/';

/** What the catalog calls it in every session (`failure` of the list); null when the catalog does not know of it. */
export function failureName(trouble: Trouble): string | null {
  const error = trouble.errors[0];
  if (error?.kind === 'resource') return `${error.name} did not load: ${sentPath(error.source ?? '')}`.slice(0, LONGEST_NAME);
  if (error) return [error.name, error.message].filter(Boolean).join(': ').slice(0, LONGEST_NAME) || null;
  const request = trouble.requests[0];
  if (!request || request.initiator === 'other') return null;
  return `${request.status !== null && request.status >= 400 ? request.status : request.error} ${request.method} ${sentPath(request.url)}`.slice(0, LONGEST_NAME);
}

const rank = (trouble: Trouble) => (trouble.kind === 'error' ? 0 : trouble.kind === 'request' ? 1 : 2);
