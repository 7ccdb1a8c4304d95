import { forgetTarget } from "./blocking";

export const WARN_AT = 750;
export const PAUSE_ABOVE = 10_000;
/** So much longer than the page has for itself, ms, the recorder may be at work on changes. */
const MOST = 5_000;
/** No batch counts for more, ms: one that took longer may be a machine that slept. */
const LONGEST = 4_000;

type Heard = (records: number) => void;

let onWarn: Heard | null = null;
let onPause: Heard | null = null;
let begun = 0;
let ended = 0;
let spent = 0;

export function watchStorms(warn: Heard, pause: Heard): () => void {
  onWarn = warn;
  onPause = pause;
  return () => {
    onWarn = null;
    onPause = null;
  };
}

/** Asked by rrweb before it looks at a batch of mutations; `false` spares the page the work. */
export function admitMutations(records: number): boolean {
  forgetTarget();
  begun = performance.now();
  if (records <= WARN_AT) return true;
  if (records <= PAUSE_ABOVE) {
    onWarn?.(records);
    return true;
  }
  if (!onPause) return true;
  onPause(records);
  return false;
}

/** Told by rrweb when it has looked at a batch and handed it on. */
export function mutationsHandled(records: number): void {
  spent = Math.max(0, spent + ended - begun);
  ended = performance.now();
  spent += Math.min(LONGEST, ended - begun);
  if (spent > MOST) {
    spent = 0;
    onPause?.(records);
  }
}
