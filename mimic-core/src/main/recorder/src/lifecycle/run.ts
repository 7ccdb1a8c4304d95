import { DomRecording } from "../dom/recording";
import { plugin, type RecordedEvent } from "../event";
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
const SEND_AT = 40 * 1024;
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
      context.sending() ? null : BUFFER_MS / 2,
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
    this.dom.start();
  }

  take(event: RecordedEvent, bytes: number): void {
    if (this.ended) return;
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
    if (!this.context.sending()) {
      this.trim();
      return;
    }
    this.reopen();
    if (!this.ready()) return;
    if (this.outbox.empty) this.context.sender.heartbeat(this.page);
    else {
      this.cancelFlush ??= whenIdle(() => {
        this.cancelFlush = null;
        this.flush();
      }, 1000);
    }
  }

  private trim(): void {
    if (this.outbox.full) {
      this.outbox.drain();
      this.outbox.closeGap();
      this.dom.snapshot();
    } else this.outbox.trim(Date.now() - BUFFER_MS);
  }

  /** After a loss of memory: says what is missing and begins again with a snapshot. */
  private reopen(): void {
    const { sender, maxMemory } = this.context;
    if (!this.outbox.full || sender.bytes + this.outbox.bytes > maxMemory / 2) return;
    const gap = this.outbox.closeGap();
    if (!gap) return;
    this.take(plugin("mimic/gap@1", gap), 160);
    this.dom.snapshot();
  }

  drained(): void {
    this.reopen();
  }

  /** The recorded DOM has a hole. What the server would not have it may refuse again, so each attempt waits longer. */
  repair(): void {
    if (this.ended || this.repairing) return;
    this.repairing = true;
    const wait = this.repairs === 0 ? 0 : Math.min(LONGEST_REPAIR, 500 * 2 ** this.repairs);
    this.repairs++;
    this.context.scope.later(wait, () => {
      this.repairing = false;
      if (!this.ended) this.snapshot();
    });
  }

  snapshot(): void {
    this.dom.snapshot();
    this.plan(0);
  }

  /** Stops and hands over what is waiting. */
  end(): Parcel[] {
    if (this.ended) return [];
    const wanted = this.context.sending();
    this.cancelFlush?.();
    // Left before its time had come: better read late than never.
    if (wanted && document.readyState !== "loading") guarded(() => this.read())();
    this.dom.stop();
    const gap = this.outbox.closeGap();
    if (gap) this.outbox.add(plugin("mimic/gap@1", gap), 160);
    const parcels = this.drain();
    this.ended = true;
    return wanted && this.addressed ? parcels : [];
  }
}

