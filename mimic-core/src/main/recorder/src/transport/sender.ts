import { noteFailure } from "../host/guard";
import { addListener, clearTimeout, setTimeout } from "../host/native";
import { backoff, retryAfter } from "./backoff";
import { gzip } from "./gzip";
import { KeepaliveBudget, LAST, ORDINARY } from "./keepalive";
import { emptyParcel, envelope, gapParcel, PARCEL_BYTES, split, utf8Length, type GapReason, type Parcel } from "./parcel";
import type { Page } from "./page";

export interface Answer {
  session: string;
  created: boolean;
  snapshot: boolean;
  interval?: number;
  token?: string;
}

export interface SenderEvents {
  /** A batch was taken by the server. */
  accepted(answer: Answer, page: Page): void;
  /** The server will not have anything from here. */
  refused(status: number): void;
  /** Events of this page were lost; its DOM needs a snapshot to be whole again. */
  lost(page: Page): void;
  /** A batch did not arrive, and waits to be sent again. */
  failed(): void;
  /** There is room again. */
  drained(): void;
}

export interface SenderSettings {
  endpoint: string;
  project: string;
  crossOrigin: boolean;
}

const TIMEOUT = 60_000;
/** A line that did not carry a large batch in so many times this never will. */
const MOST_TIMEOUTS = 3;
/** Where there is no MIMIC, there may be one again. */
const ABSENT_RETRY = 60_000;
/** A browser that says it is offline may be wrong. */
const OFFLINE_RETRY = 30_000;
type Fetch = typeof window.fetch;
/** `zipping`: not yet posted. `bound`: its request dies with the page. `free`: its request outlives the page. */
type Flight = "zipping" | "bound" | "free";

/** Posts batches one after the other, and keeps each until the server has it. */
export class Sender {
  private queue: Parcel[] = [];
  /** Batches on their way: one while the page lives, several at its end. */
  private readonly flying = new Map<Parcel, Flight>();
  private timer: number | null = null;
  private failures = 0;
  private closed = false;
  private readonly budget = new KeepaliveBudget();
  private readonly forgetOnline: () => void;
  token: string | null = null;
  lastStatus: number | null = null;

  constructor(
    private readonly settings: SenderSettings,
    private readonly send: Fetch,
    private readonly events: SenderEvents,
  ) {
    this.forgetOnline = addListener(window, "online", () => this.retryNow());
  }

  /** Memory that waiting batches take. */
  get bytes(): number {
    let sum = 0;
    for (const parcel of this.queue) sum += parcel.bytes;
    for (const parcel of this.flying.keys()) sum += parcel.bytes;
    return sum;
  }

  get idle(): boolean {
    return this.queue.length === 0 && this.flying.size === 0;
  }

  get waiting(): number {
    return this.queue.length + this.flying.size;
  }

  enqueue(parcels: Parcel[]): void {
    if (this.closed) return;
    this.queue.push(...parcels);
    this.pump();
  }

  heartbeat(page: Page): void {
    if (this.idle) this.enqueue([emptyParcel(page, Date.now())]);
  }

  private retryNow(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.pump();
  }

  private wait(ms: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.pump(true);
    }, ms);
  }

  private pump(evenOffline = false): void {
    if (this.closed || this.flying.size > 0 || this.timer !== null || this.queue.length === 0) return;
    if (navigator.onLine === false && !evenOffline) {
      this.wait(OFFLINE_RETRY);
      return;
    }
    const parcel = this.queue.shift()!;
    this.flying.set(parcel, "zipping");
    void this.post(parcel).catch((error: unknown) => {
      noteFailure(error);
      this.failed(parcel, null);
    });
  }

  private body(parcel: Parcel): string {
    if (parcel.seq < 0) parcel.seq = parcel.page.nextSeq++;
    return envelope(parcel, { project: this.settings.project, token: this.token, sentAt: Date.now() });
  }

  private async post(parcel: Parcel): Promise<void> {
    const text = this.body(parcel);
    const zipped = await gzip(text);
    if (this.closed || this.flying.get(parcel) !== "zipping") return;
    const bytes = zipped ? zipped.byteLength : utf8Length(text);
    const release = this.budget.take(bytes, parcel.seq > 0 ? ORDINARY : LAST);
    this.flying.set(parcel, release ? "free" : "bound");
    await this.request(parcel, zipped ?? text, zipped !== null, release);
  }

  private async request(parcel: Parcel, body: BodyInit, zipped: boolean, release: (() => void) | null): Promise<void> {
    const { crossOrigin, endpoint } = this.settings;
    const abort = new AbortController();
    const deadline = setTimeout(() => abort.abort(), TIMEOUT);
    let response: Response;
    try {
      response = await this.send.call(window, endpoint, {
        method: "POST",
        body,
        headers: crossOrigin
          ? { "Content-Type": "text/plain" }
          : { "Content-Type": "application/json", ...(zipped ? { "Content-Encoding": "gzip" } : {}) },
        credentials: crossOrigin ? "include" : "same-origin",
        cache: "no-store",
        redirect: "error",
        // The address of the page may hold what the recording does not.
        referrerPolicy: "origin",
        keepalive: release !== null,
        signal: abort.signal,
      });
      this.lastStatus = response.status;
      const answer = response.status === 202 ? ((await response.json()) as Answer) : null;
      this.answered(parcel, response, answer);
    } catch {
      if (abort.signal.aborted && parcel.bytes > PARCEL_BYTES && ++parcel.timeouts >= MOST_TIMEOUTS) this.replaced(parcel, "lost");
      else this.failed(parcel, null);
    } finally {
      clearTimeout(deadline);
      release?.();
    }
  }

  private answered(parcel: Parcel, response: Response, answer: Answer | null): void {
    if (answer && typeof answer.session === "string") {
      this.accepted(parcel, answer);
      return;
    }
    switch (response.status) {
      case 400:
        this.replaced(parcel, "rejected");
        break;
      case 413:
        if (parcel.events.length > 1) this.again(parcel, split(parcel));
        else this.replaced(parcel, "too-large");
        break;
      case 403:
      case 415:
        this.close();
        this.events.refused(response.status);
        break;
      case 404:
        this.failed(parcel, ABSENT_RETRY * Math.min(10, this.failures + Math.random()));
        break;
      default:
        this.failed(parcel, retryAfter(response.headers.get("Retry-After"), Date.now()));
    }
  }

  private accepted(parcel: Parcel, answer: Answer): void {
    this.failures = 0;
    if (!this.flying.delete(parcel)) return;
    if (typeof answer.token === "string" && answer.token.length <= 512) this.token = answer.token;
    this.events.accepted(answer, parcel.page);
    if (this.idle) this.events.drained();
    this.pump();
  }

  private again(parcel: Parcel, parts: Parcel[]): void {
    this.flying.delete(parcel);
    this.queue.unshift(...parts);
    this.pump();
  }

  /** What the server will never take becomes a marker of its loss under the same number. */
  private replaced(parcel: Parcel, reason: GapReason): void {
    if (parcel.gap || parcel.events.length === 0) {
      this.again(parcel, []);
      return;
    }
    this.again(parcel, [gapParcel(parcel, reason)]);
    this.events.lost(parcel.page);
  }

  private failed(parcel: Parcel, wait: number | null): void {
    if (!this.flying.delete(parcel) || this.closed) return;
    this.failures++;
    this.putBack(parcel);
    this.wait(wait ?? backoff(this.failures));
    this.events.failed();
  }

  /** Behind the batches of its page that were numbered before it: several may fail at the end of a page, in any order. */
  private putBack(parcel: Parcel): void {
    let at = 0;
    this.queue.forEach((other, index) => {
      if (other.page === parcel.page && other.seq >= 0 && other.seq < parcel.seq) at = index + 1;
    });
    this.queue.splice(at, 0, parcel);
  }

  /**
   * The page may end now: sends what fits into the budget without waiting. What remains is sent as usual if the page lives on.
   */
  finish(): void {
    if (this.closed) return;
    // A batch that is being compressed would come too late.
    for (const [parcel, flight] of [...this.flying]) {
      if (flight !== "zipping") continue;
      this.flying.delete(parcel);
      this.putBack(parcel);
    }
    this.queue = this.queue.filter((parcel) => {
      const text = this.body(parcel);
      const release = this.budget.take(utf8Length(text), LAST);
      if (!release) return true;
      this.flying.set(parcel, "free");
      void this.request(parcel, text, false, release);
      return false;
    });
    this.pump();
  }

  /**
   * Batches that nobody can say will arrive: those still here, those whose request dies with the page, and while the browser is
   * offline or the server takes nothing all others.
   */
  unsent(): Parcel[] {
    const trouble = navigator.onLine === false || this.failures > 1 || (this.failures > 0 && this.lastStatus !== null && this.lastStatus !== 202);
    const dying = [...this.flying].filter(([, flight]) => trouble || flight !== "free").map(([parcel]) => parcel);
    const parcels = [...dying, ...this.queue];
    for (const parcel of parcels) if (parcel.seq < 0) parcel.seq = parcel.page.nextSeq++;
    return parcels;
  }

  /** Takes nothing more and tries nothing again; what is on its way may arrive. */
  retire(): void {
    this.closed = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.queue = [];
    this.forgetOnline();
  }

  /** Forgets everything. */
  close(): void {
    this.retire();
    this.flying.clear();
  }
}
