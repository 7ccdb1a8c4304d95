import { patchMethod } from "../host/disguise";
import { guarded } from "../host/guard";
import type { Scope } from "../host/scope";
import { annotateAnswer, annotateRequest, endWithBody, endWithSize } from "./annotate";
import { readCopy } from "./bodies";
import { Exchange, type Network } from "./request";

interface Call {
  url: string;
  method: string;
  body: unknown;
  headers: Headers | null;
  signal: AbortSignal | null;
}

const WITHOUT_BODY = /^(get|head)$/i;

/** Looks at the arguments without using them up: no iterator and no body is read. */
function callOf(args: unknown[]): Call | null {
  const [input, given] = args;
  const request = input instanceof Request ? input : null;
  if (!request && typeof input !== "string" && !(input instanceof URL)) return null;
  const init = (typeof given === "object" && given !== null ? given : {}) as RequestInit;
  const method = String(init.method ?? request?.method ?? "GET");
  return {
    url: request ? request.url : String(input),
    method,
    // Whether a Request has a body is not asked of it, which would change it in some browsers.
    body: init.body ?? (request && !WITHOUT_BODY.test(method) ? request : null),
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
  return call.body !== null && WITHOUT_BODY.test(call.method);
}

function begin(network: Network, args: unknown[]): { exchange: Exchange; call: Call } | undefined {
  const call = callOf(args);
  if (!call) return undefined;
  const exchange = new Exchange(network, "fetch", call.method, call.url);
  annotateRequest(network, exchange, call.headers ? [...call.headers] : [], call.body);
  return { exchange, call };
}

function answered(network: Network, exchange: Exchange, response: Response, url: string): void {
  const { details, wantsBody } = annotateAnswer(network, response.status, [...response.headers]);
  if (wantsBody && response.body && !response.bodyUsed) {
    endWithBody(network, exchange, details, readCopy(response.clone()));
  } else if (response.body) endWithSize(exchange, details, url);
  else exchange.end(details);
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
          guarded(answered)(network, exchange, response, call.url);
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
