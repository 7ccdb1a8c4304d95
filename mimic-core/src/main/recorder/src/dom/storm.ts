import { forgetTarget } from "./blocking";

export const WARN_AT = 750;
export const PAUSE_ABOVE = 10_000;

type Heard = (records: number) => void;

let onWarn: Heard | null = null;
let onPause: Heard | null = null;

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
  if (records <= WARN_AT) return true;
  if (records <= PAUSE_ABOVE) {
    onWarn?.(records);
    return true;
  }
  if (!onPause) return true;
  onPause(records);
  return false;
}
