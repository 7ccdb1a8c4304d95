import type { KeptItem } from './kept-list';

/** What the dashboard and the player's document say to each other. Times are ms since the epoch. */

export type Command =
  | { kind: 'prepare'; session: string; kept: KeptItem[] | null }
  | { kind: 'open'; session: string; window: string; startedAt: number; endedAt: number; live: boolean; at: number; snapshots: number[]; viewport: { width: number; height: number } }
  | { kind: 'extend'; endedAt: number; live: boolean; snapshots: number[] }
  | { kind: 'play' }
  | { kind: 'pause' }
  | { kind: 'seek'; at: number }
  | { kind: 'speed'; value: number }
  | { kind: 'idle'; skip: boolean; stretches: [number, number][] }
  | { kind: 'trail'; on: boolean };

export type Report =
  | { kind: 'ready' }
  | { kind: 'now'; at: number; playing: boolean; waiting: boolean; skipping: boolean; loadedFrom: number; loadedTo: number }
  | { kind: 'size'; width: number; height: number }
  | { kind: 'shown' }
  | { kind: 'empty' }
  | { kind: 'failed'; status: number; detail: string };

const MARK = 'mimic-player';

export interface Envelope<T> {
  mark: typeof MARK;
  message: T;
}

export function seal<T>(message: T): Envelope<T> {
  return { mark: MARK, message };
}

/** The message inside, if it came from the expected frame of this origin. */
export function unseal<T>(event: MessageEvent<unknown>, source: Window | null, origin: string): T | null {
  if (event.origin !== origin || event.source !== source) return null;
  const data = event.data as Partial<Envelope<T>> | null;
  return data !== null && typeof data === 'object' && data.mark === MARK && data.message !== undefined ? data.message : null;
}
