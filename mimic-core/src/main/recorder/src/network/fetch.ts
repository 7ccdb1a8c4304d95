import { patchMethod } from "../host/disguise";
import { guarded } from "../host/guard";
import { addListener } from "../host/native";
import type { Scope } from "../host/scope";
import { annotateAnswer, annotateRequest, endWithBody, endWithSize } from "./annotate";
import { readCopy } from "./bodies";
import { Connections } from "./connections";
import { Exchange, type Network } from "./request";

interface Call {
  url: string;
  method: string;
  body: unknown;
  headers: Headers | null;
  signal: AbortSignal | null;
}

const WITHOUT_BODY = /^(get|head)$/i;
/** What another has wrapped may answer otherwise than the browser does. */
const BROWSERS_OWN = /^function fetch\(\) {\s+\[native code]/;

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
    signal: (init.signal === undefined ? request?.signal : init.signal) ?? null,
  };
}

function headersOf(given: HeadersInit | undefined): Headers | null {
  if (given instanceof Headers) return given;
  if (!given || (Symbol.iterator in given && !Array.isArray(given))) return null;
  return new Headers(given);
}

/** A call that the browser rejects before it returns, or that throws here as it does there; its promise is handed out untouched, so that its timing is too. */
function failsAtOnce([input, given]: unknown[], { url, method, body, signal }: Call): boolean | undefined {
  const init = (given ?? {}) as RequestInit;
  const request = input instanceof Request ? input : null;
  // The browser's own judgement of all that is not used up by it.
  const { mode } = new Request(url, { mode: request?.mode, ...init, method, body: null, headers: [] } as RequestInit);
  const { origin, protocol } = new URL(url, document.baseURI);
  return (
    init !== Object(init) ||
    signal?.aborted ||
    (request?.bodyUsed && !init.body) ||
    (origin !== location.origin && (mode === "same-origin" || !/^(https?|data|blob|file):$/.test(protocol))) ||
    (body !== null && WITHOUT_BODY.test(method))
  );
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
  const live = new Connections(scope);
  scope.add(
    patchMethod(window, "fetch", (original, self, args) => {
      let begun: { exchange: Exchange; call: Call } | undefined;
      let atOnce: boolean | undefined = true;
      try {
        begun = begin(network, args);
        atOnce = begun !== undefined && failsAtOnce(args, begun.call);
      } catch {
        // Arguments that cannot be read, the browser refuses too.
      }
      const promise = Reflect.apply(original, self, args) as Promise<Response>;
      if (!begun) return promise;
      const { exchange, call } = begun;
      const { signal } = call;
      const undo: Array<() => void> = [];
      const noted = <T>(outcome: T, note: () => void): T => {
        live.end(undo);
        guarded(note)();
        return outcome;
      };
      const took = (response: Response): Response => noted(response, () => answered(network, exchange, response, call.url));
      const broke = (error: unknown): unknown => noted(error, () => failed(exchange, error, call));
      const own = BROWSERS_OWN.test(String(original));
      if (own && atOnce) {
        broke(null);
        return promise;
      }
      if (!own || !signal) {
        return promise.then(took, (error: unknown) => {
          throw broke(error);
        });
      }
      // The global one may be a library's by now.
      return new (promise.constructor as PromiseConstructor)<Response>((resolve, reject) => {
        // The browser rejects within the call that aborts; what follows its promise would a turn later.
        undo.push(addListener(signal, "abort", () => signal.reason !== undefined && reject(signal.reason), { capture: true }));
        live.begin(undo);
        promise.then(
          (response) => resolve(took(response)),
          (error: unknown) => reject(broke(error)),
        );
      });
    }),
  );
}
