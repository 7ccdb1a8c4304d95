import { DomRecording } from "../dom/recording";
import { INCREMENTAL, plugin, type RecordedEvent } from "../event";
import { guarded } from "../host/guard";
import { whenIdle } from "../host/native";
import type { Scope } from "../host/scope";
import type { Policy } from "../privacy/policy";
import { Outbox } from "../transport/outbox";
import { randomId, type Page } from "../transport/page";
import type { Parcel } from "../transport/parcel";
import type { Sender } from "../transport/sender";
import { clientMeta } from "./meta";

/** Sooner than the interval when so much is waiting that it would not fit into a request that outlives the page. */
const SEND_AT = 32 * 1024;
const SEND_GAP = 1000;
const BUFFER_MS = 60_000;
const LONGEST_REPAIR = 600_000;

export interface RunContext {
  policy: Policy;
  version: string;
  maxMemory: number;
  scope: Scope;
  sender: Sender;
  /** False while an error buffer waits for its error. */
  sending(): boolean;
}

/** One page in the sense of the protocol: from its first snapshot to hidden, idle or stop. */
export class Run {
  readonly page: Page;
  private readonly outbox: Outbox;
  readonly dom: DomRecording;
  private ended = false;
  private lastSend = 0;
  private planned = false;
  private repairs = 0;
  private repairing = false;
  /** While an error buffer waits: when it began with its last snapshot, and whether the DOM has changed since. */
  private snapshotAt = 0;
  private stale = false;
  private cancelFlush: (() => void) | null = null;
  /** The window's id is known, so that batches can be addressed. */
  private addressed = false;
  /** The DOM was read, so that a first batch is of use by itself: a visit may end while that is on its way. */
  private begun = false;

  constructor(private readonly context: RunContext) {
    this.page = { id: randomId(), window: "", meta: "{}", nextSeq: 0 };
    this.outbox = new Outbox(this.page, context.maxMemory, () => context.sender.bytes);
    this.dom = new DomRecording(
      context.policy,
      (event, bytes) => this.take(event, bytes),
      () => this.repair(),
    );
  }

  address(window: string): void {
    this.page.window = window;
    this.addressed = true;
    this.plan(0);
  }

  /** Begins with the DOM as soon as it can be read, and sends the first batch. */
  begin(): void {
    const { scope } = this.context;
    const start = (): void => {
      this.read();
      this.plan(0);
    };
    if (document.readyState !== "loading") scope.later(0, start);
    else scope.listen(document, "DOMContentLoaded", () => scope.later(0, start), { once: true });
  }

  private read(): void {
    if (this.ended || this.begun) return;
    this.begun = true;
    this.snapshotAt = Date.now();
    this.dom.start();
  }

  take(event: RecordedEvent, bytes: number): void {
    if (event.type === INCREMENTAL) this.stale = true;
    this.outbox.add(event, bytes);
    if (this.outbox.bytes > SEND_AT && this.context.sending()) this.plan(Math.max(0, this.lastSend + SEND_GAP - Date.now()));
  }

  private plan(ms: number): void {
    if (this.planned || !this.ready()) return;
    this.planned = true;
    this.context.scope.later(ms, () => {
      this.planned = false;
      this.flush();
    });
  }

  private ready(): boolean {
    return !this.ended && this.addressed && this.begun && this.context.sending();
  }

  flushSoon(): void {
    this.plan(0);
  }

  /** Hands everything that is waiting to the sender. */
  flush(): void {
    if (this.ready()) this.context.sender.enqueue(this.drain());
  }

  private drain(): Parcel[] {
    this.lastSend = Date.now();
    const parcels = this.outbox.drain();
    if (this.page.nextSeq === 0) this.page.meta = clientMeta(this.context.policy, this.context.version);
    return parcels;
  }

  /** Called every interval. */
  tick(): void {
    this.reopen();
    if (!this.context.sending()) this.trim(Date.now());
    if (!this.ready()) return;
    if (this.outbox.empty) this.context.sender.heartbeat(this.page);
    else {
      this.cancelFlush ??= whenIdle(() => {
        this.cancelFlush = null;
        this.flush();
      }, 1000);
    }
  }

  /** Keeps the last minute of an error buffer, and what it began with. */
  private trim(now: number): void {
    this.outbox.trim(now - BUFFER_MS);
    if (!this.stale || this.outbox.full || now - this.snapshotAt < BUFFER_MS / 2) return;
    this.snapshotAt = now;
    this.dom.snapshot();
    this.stale = false;
  }

  /** After a loss of memory: begins again once there is room. */
  private reopen(): void {
    const { sender, maxMemory } = this.context;
    if (!this.outbox.full || this.repairing) return;
    if (!this.context.sending()) this.outbox.clear();
    if (sender.bytes + this.outbox.bytes <= maxMemory / 2) this.repair();
  }

  drained(): void {
    this.reopen();
  }

  /**
   * The recorded DOM has a hole: says what is missing and begins again with a snapshot. What the server would not have, or did
   * not fit, may be so again, so each attempt waits longer.
   */
  repair(): void {
    if (this.ended || this.repairing) return;
    this.repairing = true;
    const wait = this.repairs === 0 ? 0 : Math.min(LONGEST_REPAIR, 500 * 2 ** this.repairs);
    this.repairs++;
    this.context.scope.later(wait, () => {
      this.repairing = false;
      if (this.ended) return;
      const gap = this.outbox.closeGap();
      if (gap) this.take(plugin("mimic/gap@1", gap), 160);
      this.snapshot();
      if (gap && !this.outbox.full && this.outbox.bytes < this.context.maxMemory / 2) this.repairs = 0;
    });
  }

  snapshot(): void {
    this.dom.snapshot();
    this.plan(0);
  }

  /** Stops and hands over what is waiting; asked again, what came since. */
  end(): Parcel[] {
    const wanted = this.context.sending();
    this.cancelFlush?.();
    // Left before its time had come: better read late than never.
    if (wanted && document.readyState !== "loading") guarded(() => this.read())();
    this.dom.stop();
    const gap = this.outbox.closeGap();
    if (gap) this.outbox.add(plugin("mimic/gap@1", gap), 160);
    this.ended = true;
    return wanted && this.addressed ? this.drain() : [];
  }
}

