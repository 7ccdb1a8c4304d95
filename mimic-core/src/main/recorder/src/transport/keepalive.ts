/**
 * Browsers let all requests that outlive their page together carry 64 KiB. The host's own may need some of it, and one that
 * goes over is refused.
 */
const LIMIT = 60 * 1024;

export class KeepaliveBudget {
  private used = 0;

  /** Takes `bytes` when they fit; the answer gives them back. */
  take(bytes: number): (() => void) | null {
    if (this.used + bytes > LIMIT) return null;
    this.used += bytes;
    let held = true;
    return () => {
      if (held) this.used -= bytes;
      held = false;
    };
  }
}
