import { plugin } from "../event";
import { toJson } from "../host/native";
import { firstServed } from "../network/served";
import type { Page } from "./page";

/** Events on their way to the server: one batch, numbered when it is first sent. */
export interface Parcel {
  page: Page;
  /** -1 until it is first sent. */
  seq: number;
  /** Each event as JSON. */
  events: string[];
  bytes: number;
  from: number;
  to: number;
  /** How often sending it took too long. */
  timeouts: number;
  /** Stands for one that the server refused: it is not replaced a second time. */
  gap: boolean;
}

/** A batch is cut here; one event may be larger. */
export const PARCEL_BYTES = 512 * 1024;
export const PARCEL_EVENTS = 5000;
/** A snapshot goes with what precedes it, so that it is in the page's first batch, up to what the server takes in one. */
export const SNAPSHOT_BYTES = 8 * 1024 * 1024;

/** The server holds what it saw before a session for a minute: batches of a page that say which answers it had. */
const TOLD_IN = 12;

export type GapReason = "too-large" | "memory" | "rejected" | "mutations" | "lost";

export interface Gap {
  reason: GapReason;
  bytes: number;
  events: number;
  from: number;
  to: number;
}

export function gapJson(gap: Gap): string {
  return toJson(plugin("mimic/gap@1", gap, gap.to));
}

/** Length in UTF-8. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

export function emptyParcel(page: Page, at: number): Parcel {
  return { page, seq: -1, events: [], bytes: 0, from: at, to: at, timeouts: 0, gap: false };
}

/** In place of what the server would not have. The number stays, so that the page's numbers have no hole. */
export function gapParcel(lost: Parcel, reason: GapReason): Parcel {
  const gap: Gap = { reason, bytes: lost.bytes, events: lost.events.length, from: lost.from, to: lost.to };
  const event = gapJson(gap);
  return { ...lost, events: [event], bytes: event.length, timeouts: 0, gap: true };
}

/** Two halves; the first keeps the number, the second is numbered when it is sent. */
export function split(parcel: Parcel): [Parcel, Parcel] {
  const middle = Math.ceil(parcel.events.length / 2);
  const part = (events: string[], seq: number): Parcel => ({
    ...parcel,
    events,
    seq,
    bytes: events.reduce((sum, event) => sum + event.length, 0),
    timeouts: 0,
  });
  return [part(parcel.events.slice(0, middle), parcel.seq), part(parcel.events.slice(middle), -1)];
}

export interface Envelope {
  project: string;
  token: string | null;
  sentAt: number;
}

/** The batch as the wire protocol has it: everything small before the events. */
export function envelope(parcel: Parcel, { project, token, sentAt }: Envelope): string {
  const { page, seq } = parcel;
  const head = toJson({ v: 1, project, window: page.window, page: page.id, seq, sentAt, ...(token ? { token } : {}), server: firstServed[0] && seq < TOLD_IN ? firstServed : undefined });
  const meta = seq === 0 ? `,"meta":${page.meta}` : "";
  return `${head.slice(0, -1)}${meta},"events":[${parcel.events.join(",")}]}`;
}
