import { patchMethod } from "../host/disguise";
import { guarded, noteFailure } from "../host/guard";
import type { Scope } from "../host/scope";
import { bodyText, cleanBody, cleanHeaders, isStream, isText, readCopy } from "./bodies";
import { awaitTiming } from "./timing";
import { Exchange, sizeOf, traceIdOf, type Network, type RequestRecord } from "./request";

interface Call {
  url: string;
  method: string;
  body: unknown;
  headers: Headers | null;
  signal: AbortSignal | null;
}

/** Looks at the arguments without using them up: no iterator and no body is read. */
function callOf(args: unknown[]): Call | null {
  const [input, given] = args;
  const request = input instanceof Request ? input : null;
  if (!request && typeof input !== "string" && !(input instanceof URL)) return null;
  const init = (typeof given === "object" && given !== null ? given : {}) as RequestInit;
  return {
    url: request ? request.url : String(input),
    method: String(init.method ?? request?.method ?? "GET"),
    body: init.body ?? null,
    headers: headersOf(init.headers) ?? request?.headers ?? null,
    signal: init.signal ?? request?.signal ?? null,
  };
}

function headersOf(given: HeadersInit | undefined): Headers | null {
  if (given instanceof Headers) return given;
  if (!given || (Symbol.iterator in given && !Array.isArray(given))) return null;
  return new Headers(given);
}

/** A call that the browser rejects before it returns; its promise is handed out untouched, so that its timing is too. */
function failsAtOnce(args: unknown[], call: Call): boolean {
  if (args.length === 0 || call.signal?.aborted) return true;
  const input = args[0];
  if (input instanceof Request) return input.bodyUsed;
  try {
    const url = new URL(call.url, document.baseURI);
    if (url.username || url.password || !/^(https?|data|blob|about|file):$/.test(url.protocol)) return true;
  } catch {
    return true;
  }
  return call.body !== null && /^(get|head)$/i.test(call.method);
}

function begin(network: Network, args: unknown[]): { exchange: Exchange; call: Call } | undefined {
  const call = callOf(args);
  if (!call) return undefined;
  const exchange = new Exchange(network, "fetch", call.method, call.url);
  const { record } = exchange;
  const size = sizeOf(call.body);
  if (size !== undefined) record.requestSize = size;
  const trace = call.headers && traceIdOf((name) => call.headers!.get(name));
  if (trace) record.traceId = trace;
  if (network.settings.network.headers && call.headers) record.requestHeaders = cleanHeaders(call.headers, network.policy);
  if (network.settings.network.bodies && !network.policy.strict) {
    const text = bodyText(call.body);
    if (text !== null) record.requestBody = cleanBody(text, network.policy);
  }
  return { exchange, call };
}

function answered(network: Network, exchange: Exchange, response: Response): void {
  const mimeType = (response.headers.get("content-type") ?? "").split(";")[0]!.trim().slice(0, 100);
  const length = Number(response.headers.get("content-length") ?? NaN);
  const details: Partial<RequestRecord> = { status: response.status, mimeType };
  if (Number.isFinite(length)) details.responseSize = length;
  const trace = traceIdOf((name) => response.headers.get(name));
  if (trace) details.traceId = trace;
  if (network.settings.network.headers) details.responseHeaders = cleanHeaders(response.headers, network.policy);
  if (isStream(mimeType)) {
    exchange.end({ ...details, stream: true });
  } else if (wantsBody(network, response, mimeType)) {
    const copy = response.clone();
    details.endTime = performance.now();
    void readCopy(copy).then(
      guarded((text) => {
        if (text !== null) details.responseBody = cleanBody(text, network.policy);
        exchange.end(details);
      }),
      noteFailure,
    );
  } else if (details.responseSize !== undefined || response.body === null) {
    exchange.end(details);
  } else {
    details.endTime = performance.now();
    awaitTiming(response.url, exchange.record.startTime, (timing) => {
      if (timing) Object.assign(details, { endTime: timing.responseEnd, responseSize: timing.encodedBodySize });
      exchange.end(details);
    });
  }
}

function wantsBody(network: Network, response: Response, mimeType: string): boolean {
  return network.settings.network.bodies && !network.policy.strict && isText(mimeType) && response.body !== null && !response.bodyUsed;
}

function failed(exchange: Exchange, error: unknown, call: Call): void {
  const name = error instanceof DOMException ? error.name : "";
  const aborted = name === "AbortError" || (call.signal?.aborted === true && name !== "TimeoutError");
  exchange.end({ error: name === "TimeoutError" ? "timeout" : aborted ? "abort" : "network" });
}

/** Records `fetch`. The page gets its answer first, and the very object that the browser made. */
export function recordFetch(scope: Scope, network: Network): void {
  scope.add(
    patchMethod(window, "fetch", (original, self, args) => {
      let begun: { exchange: Exchange; call: Call } | undefined;
      let atOnce = true;
      try {
        begun = begin(network, args);
        atOnce = begun !== undefined && failsAtOnce(args, begun.call);
      } catch {
        // Arguments that cannot be read, the browser refuses too.
      }
      const promise = Reflect.apply(original, self, args) as Promise<Response>;
      if (!begun) return promise;
      const { exchange, call } = begun;
      if (atOnce) {
        guarded(failed)(exchange, null, call);
        return promise;
      }
      return promise.then(
        (response) => {
          guarded(answered)(network, exchange, response);
          return response;
        },
        (error: unknown) => {
          guarded(failed)(exchange, error, call);
          throw error;
        },
      );
    }),
  );
}
