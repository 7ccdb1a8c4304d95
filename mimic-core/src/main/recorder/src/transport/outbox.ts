import { FULL_SNAPSHOT, META, PLUGIN, type RecordedEvent } from "../event";
import { noteFailure } from "../host/guard";
import { toJson } from "../host/native";
import { gapJson, PARCEL_BYTES, PARCEL_EVENTS, SNAPSHOT_BYTES, type Gap, type Parcel } from "./parcel";
import type { Page } from "./page";

/** One snapshot may be as many times larger than the memory that events may take. */
const SNAPSHOT_FACTOR = 4;

/**
 * Events of the current page that are not yet a batch. Bounded: what does not fit any more is counted, and a gap marker says
 * so when there is room again.
 */
export class Outbox {
  private entries: Array<{ event: RecordedEvent; bytes: number }> = [];
  private gap: Gap | null = null;
  bytes = 0;

  constructor(
    readonly page: Page,
    private readonly maxMemory: number,
    private readonly elsewhere: () => number,
  ) {}

  get empty(): boolean {
    return this.entries.length === 0;
  }

  get full(): boolean {
    return this.gap !== null;
  }

  add(event: RecordedEvent, bytes: number): void {
    const used = this.bytes + this.elsewhere();
    const limit = event.type === FULL_SNAPSHOT && used < this.maxMemory / 2 ? this.maxMemory * SNAPSHOT_FACTOR : this.maxMemory;
    // Once the page's DOM has a hole, only what stands for itself is of use.
    const useless = this.gap !== null && event.type !== PLUGIN;
    if (useless || used + bytes > limit) {
      this.lose("memory", event, bytes);
      return;
    }
    this.entries.push({ event, bytes });
    this.bytes += bytes;
  }

  lose(reason: Gap["reason"], event: RecordedEvent, bytes: number): void {
    this.gap ??= { reason, bytes: 0, events: 0, from: event.timestamp, to: event.timestamp };
    this.gap.bytes += bytes;
    this.gap.events++;
    this.gap.to = event.timestamp;
  }

  /** Answers what was lost, and begins to take events again. */
  closeGap(): Gap | null {
    const gap = this.gap;
    this.gap = null;
    return gap;
  }

  /** Keeps only what happened since the last snapshot before `after`: for the error buffer. */
  trim(after: number): void {
    let keepFrom = 0;
    this.entries.forEach(({ event }, index) => {
      if (event.timestamp <= after && event.type === META) keepFrom = index;
    });
    for (const { bytes } of this.entries.splice(0, keepFrom)) this.bytes -= bytes;
  }

  clear(): void {
    this.entries = [];
    this.bytes = 0;
  }

  /** Makes batches of everything that is waiting. */
  drain(): Parcel[] {
    const { entries } = this;
    this.clear();
    const parcels: Parcel[] = [];
    let current: Parcel | null = null;
    for (const { event } of entries) {
      const json = this.json(event);
      const most = event.type === FULL_SNAPSHOT ? SNAPSHOT_BYTES : PARCEL_BYTES;
      if (!current || current.bytes + json.length > most || current.events.length >= PARCEL_EVENTS) {
        current = { page: this.page, seq: -1, events: [], bytes: 0, from: event.timestamp, to: event.timestamp, timeouts: 0, gap: false };
        parcels.push(current);
      }
      current.events.push(json);
      current.bytes += json.length;
      current.to = event.timestamp;
    }
    return parcels;
  }

  private json(event: RecordedEvent): string {
    try {
      return toJson({ type: event.type, timestamp: event.timestamp, data: event.data });
    } catch (error) {
      noteFailure(error);
      return gapJson({ reason: "lost", bytes: 0, events: 1, from: event.timestamp, to: event.timestamp });
    }
  }
}
