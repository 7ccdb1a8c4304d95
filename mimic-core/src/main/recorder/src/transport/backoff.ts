const FIRST = 1000;
const LONGEST = 60_000;
const LONGEST_ASKED = 600_000;

/** Wait before attempt `attempt` (from 1): doubling, with jitter so that many browsers do not come back at once. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** Math.min(attempt - 1, 16));
  return ceiling / 2 + random() * (ceiling / 2);
}

/** `Retry-After` in ms, or null: seconds or a date. */
export function retryAfter(header: string | null, now: number, random: () => number = Math.random): number | null {
  if (!header) return null;
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  if (!Number.isFinite(seconds)) return null;
  const wait = Math.min(LONGEST_ASKED, Math.max(0, seconds));
  return wait + random() * Math.min(2000, wait * 0.2);
}
