/**
 * Browsers let all requests that outlive their page together carry 64 KiB. The host's own may need some of it, and one that
 * goes over is refused: 24 KiB are left to it.
 */
export const LAST = 40 * 1024;
/** While the page lives. */
export const ORDINARY = 16 * 1024;

export class KeepaliveBudget {
  private used = 0;

  /** Takes `bytes` when with them no more than `limit` is used; the answer gives them back. */
  take(bytes: number, limit: number): (() => void) | null {
    if (this.used + bytes > limit) return null;
    this.used += bytes;
    let held = true;
    return () => {
      if (held) this.used -= bytes;
      held = false;
    };
  }
}
