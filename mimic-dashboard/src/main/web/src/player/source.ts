import type { eventWithTime } from '@rrweb/types';
import { elements } from './json-stream';
import type { KeptFiles } from './kept';
import { Sanitizer } from './sanitize';

/** How far a fetch reaches beyond the moment that is wanted, at least. */
const STRETCH_MS = 60_000;
/** How long the first picture of a stretch may wait for what was kept. */
const KEPT_MS = 5_000;

export class SourceError extends Error {
  constructor(readonly status: number, detail: string) {
    super(detail);
    this.name = 'SourceError';
  }
}

/** Where a fetch that starts at `from` ends: just before a snapshot, so that the next one begins with it. */
export function endOfFetch(snapshots: readonly number[], from: number): number | null {
  const next = snapshots.find((at) => at > from + STRETCH_MS);
  return next === undefined ? null : next - 1;
}

/** The events of one window, as the server streams them. */
export class EventSource {
  constructor(
    private readonly kept: KeptFiles,
    private readonly window: string,
  ) {}

  async *read(from: number, to: number | null, signal: AbortSignal): AsyncGenerator<eventWithTime[]> {
    const query = new URLSearchParams({ window: this.window, from: String(Math.floor(from)), parts: 'dom' });
    if (to !== null) query.set('to', String(Math.ceil(to)));
    const kept = this.kept.load(KEPT_MS);
    const answer = await fetch(`api/sessions/${encodeURIComponent(this.kept.session)}/events?${query}`, { credentials: 'same-origin', redirect: 'error', headers: { accept: 'application/json' }, signal });
    if (!answer.ok || !answer.body) throw new SourceError(answer.status, `The server answered ${answer.status}.`);
    await kept;
    const sanitizer = new Sanitizer(this.kept);
    for await (const handful of elements(answer.body)) {
      const events = handful.map((event) => sanitizer.clean(event as eventWithTime)).filter((event) => event !== null);
      if (events.length > 0) yield events;
    }
  }
}
