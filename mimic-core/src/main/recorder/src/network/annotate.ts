import { guarded, noteFailure } from "../host/guard";
import { bodyText, cleanBody, cleanHeaders, isStream, isText } from "./bodies";
import { served } from "./served";
import { awaitTiming } from "./timing";
import { absolute, sizeOf, traceIdOf, type Exchange, type Network, type RequestRecord } from "./request";

type Entries = Array<[string, string]>;

export function headerOf(entries: Entries, wanted: string): string | null {
  return entries.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null;
}

function keepsBodies({ settings, policy }: Network): boolean {
  return settings.network.bodies && !policy.strict;
}

/** What is told of a request before it is sent. */
export function annotateRequest(network: Network, { record }: Exchange, headers: Entries, body: unknown): void {
  const size = sizeOf(body);
  if (size !== undefined) record.requestSize = size;
  const trace = traceIdOf(headerOf(headers, "traceparent"));
  if (trace) record.traceId = trace;
  if (network.settings.network.headers) record.requestHeaders = cleanHeaders(headers, network.policy);
  const text = keepsBodies(network) ? bodyText(body) : null;
  if (text !== null) record.requestBody = cleanBody(text, network.policy);
}

/** What is told of an answer. `readBody` is asked only where the body may be kept. */
export function annotateAnswer(
  network: Network,
  status: number,
  headers: Entries,
): { details: Partial<RequestRecord>; wantsBody: boolean } {
  const mimeType = (headerOf(headers, "content-type") ?? "").split(";")[0]!.trim().slice(0, 100);
  const details: Partial<RequestRecord> = { status, mimeType };
  const length = headerOf(headers, "content-length");
  if (length) details.responseSize = Number(length);
  const trace = traceIdOf(headerOf(headers, "traceparent"));
  if (trace) details.traceId = trace;
  details.serverId = served(headerOf(headers, "server-timing"));
  if (network.settings.network.headers) details.responseHeaders = cleanHeaders(headers, network.policy);
  if (isStream(mimeType)) details.stream = true;
  return { details, wantsBody: keepsBodies(network) && isText(mimeType) };
}

/** An answer whose size no header tells is measured by the browser: nobody reads it for that. `url` is what was asked for. */
export function endWithSize(exchange: Exchange, details: Partial<RequestRecord>, url: string): void {
  if (details.stream || details.responseSize !== undefined) {
    exchange.end(details);
    return;
  }
  details.endTime = performance.now();
  awaitTiming(absolute(url), exchange.record.startTime, (timing) => {
    if (timing) Object.assign(details, { endTime: timing.responseEnd, responseSize: timing.encodedBodySize });
    exchange.end(details);
  });
}

export function endWithBody(network: Network, exchange: Exchange, details: Partial<RequestRecord>, body: Promise<string | null>): void {
  details.endTime = performance.now();
  void body.then(
    guarded((text) => {
      if (text !== null) details.responseBody = cleanBody(text, network.policy);
      exchange.end(details);
    }),
    noteFailure,
  );
}
