import type { EmitPlugin } from "../event";

const leftOut = new Map<string, number>();

/** Answers true at most `max` times a second, and counts the others as `what`. */
export function perSecond(max: number, what: string): () => boolean {
  const left = `${what} left out (more than ${max} a second)`;
  let second = 0;
  let count = 0;
  return () => {
    const now = Math.floor(Date.now() / 1000);
    count = now === second ? count + 1 : 1;
    second = now;
    if (count <= max) return true;
    leftOut.set(left, (leftOut.get(left) ?? 0) + 1);
    return false;
  };
}

/** Says, as lines of the console, what was left out since this was last asked. */
export function tellLeftOut(emit: EmitPlugin): void {
  for (const [left, count] of leftOut) emit("rrweb/console@1", { level: "warn", trace: [], payload: [`"${count} ${left}"`] }, 120);
  leftOut.clear();
}
