import type { EmitPlugin } from "../event";
import { toJson } from "../host/native";
import type { Policy } from "../privacy/policy";
import type { Settings } from "../settings/settings";
import { utf8Length } from "../transport/parcel";

export interface Headers_ {
  [name: string]: string;
}

/** One request as it is sent; the names are those of rrweb's network plugin. */
export interface RequestRecord {
  id: number;
  name: string;
  method: string;
  initiatorType: string;
  status: number;
  startTime: number;
  endTime: number;
  duration: number;
  error?: "abort" | "network" | "timeout" | "unfinished";
  requestSize?: number;
  responseSize?: number;
  mimeType?: string;
  traceId?: string;
  /** Of the answer, by the host's MIMIC. */
  serverId?: string | undefined;
  stream?: true;
  requestHeaders?: Headers_;
  responseHeaders?: Headers_;
  requestBody?: string;
  responseBody?: string;
}

/** What the observers of requests share. */
export interface Network {
  /** Requests that have begun and not ended. */
  open: Set<Exchange>;
  emit: EmitPlugin;
  policy: Policy;
  settings: Settings;
  script: string;
}

let nextId = 1;

/** A request that has begun. `end` may be called more than once; the first call counts. */
export class Exchange {
  readonly record: RequestRecord;
  private ended = false;

  constructor(
    private readonly network: Network,
    initiatorType: string,
    method: string,
    url: string,
  ) {
    const startTime = performance.now();
    this.record = {
      id: nextId++,
      name: network.policy.url(absolute(url)),
      method: method.toUpperCase().slice(0, 32),
      initiatorType,
      status: 0,
      startTime,
      endTime: startTime,
      duration: 0,
    };
    network.open.add(this);
  }

  end(details: Partial<RequestRecord>): void {
    if (this.ended) return;
    this.ended = true;
    this.network.open.delete(this);
    const record = Object.assign(this.record, details);
    const now = performance.now();
    record.endTime = details.endTime ?? now;
    // Sizes and bodies are waited for.
    const at = Math.round(Date.now() - now + record.endTime);
    record.duration = Math.max(0, record.endTime - record.startTime);
    for (const name of ["startTime", "endTime", "duration"] as const) record[name] = Math.round(record[name] * 10) / 10;
    this.network.emit("rrweb/network@1", { requests: [record] }, toJson(record).length + 100, at);
  }
}

export function absolute(url: string): string {
  try {
    return new URL(url, document.baseURI).href;
  } catch {
    return url;
  }
}

const TRACE = /^[0-9a-f]{2}-([0-9a-f]{32})-/;

/** The trace that a `traceparent` header names, so that the server's side of a request can be found. */
export function traceIdOf(parent: string | null): string | undefined {
  return parent ? TRACE.exec(parent)?.[1] : undefined;
}

export function sizeOf(body: unknown): number | undefined {
  if (typeof body === "string") return utf8Length(body);
  if (body instanceof URLSearchParams) return String(body).length;
  if (body instanceof Blob) return body.size;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
  if (body === undefined || body === null) return 0;
  return undefined;
}
