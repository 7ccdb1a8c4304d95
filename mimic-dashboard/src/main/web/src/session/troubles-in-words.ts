import type { ErrorRow, NetworkRow, Timeline } from '../api/types';
import { pathOf } from '../format/values';

const RESOURCES: Record<string, string> = { img: 'Picture', input: 'Picture', script: 'Script', link: 'Style sheet', video: 'Video', audio: 'Sound', iframe: 'Frame' };

/** What an error is called, and what it says. A resource is called by what it was to be, since browsers do not say why it failed. */
export function errorText(error: Pick<ErrorRow, 'kind' | 'name' | 'message' | 'source' | 'url'>): { title: string; message: string } {
  if (error.kind === 'resource') return { title: `${RESOURCES[error.name ?? ''] ?? 'Resource'} did not load`, message: pathOf(error.source) || error.source || 'Its address is not known.' };
  const name = error.name ?? 'Error';
  const message = error.message ?? error.url ?? '';
  // browsers say it twice: "Uncaught TypeError: x" of a TypeError
  const said = message.replace(/^Uncaught (?:\(in promise\) )?/, '');
  return { title: name, message: said.startsWith(`${name}: `) ? said.slice(name.length + 2) : said };
}

const REFUSALS: Record<number, string> = {
  400: 'The server did not understand it', 401: 'The server asked to sign in', 403: 'The server did not allow it', 404: 'There was nothing at this address', 405: 'The server takes no such request there', 409: 'It did not fit what the server had', 410: 'What was there is gone', 413: 'It was too large', 422: 'The server refused what was entered', 429: 'Too many requests',
};

/** Why a request failed, as far as it is known. */
export function requestText(request: NetworkRow): string {
  const exception = request.server?.exception;
  if (exception) return `${exception.type.split('.').at(-1)}: ${exception.message ?? ''}`;
  if (request.error === 'network') return 'No answer: refused, blocked or offline';
  if (request.error === 'timeout') return 'No answer in time';
  return request.status !== null && request.status >= 500 ? 'The server failed' : (REFUSALS[request.status ?? 0] ?? 'The server refused it');
}

const RAGE = 3;
const PAUSE_MS = 1_000;

type Click = Timeline['clicks'][number];

/** Clicks in anger, a burst at a time: the click that made it one, with how many it were in the end. */
export function rageBursts(clicks: readonly Click[]): (Click & { rage: number })[] {
  const bursts: (Click & { rage: number; until: number })[] = [];
  for (const click of clicks) {
    const rage = click.rage ?? 0;
    if (rage < RAGE) continue;
    const last = bursts.at(-1);
    if (last && last.window === click.window && click.at - last.until <= PAUSE_MS) {
      last.rage++;
      last.until = click.at;
    } else bursts.push({ ...click, rage, until: click.at });
  }
  return bursts;
}
