import { noteCalls, patchMethod } from "../host/disguise";
import { guarded } from "../host/guard";
import type { Scope } from "../host/scope";
import { addListener } from "../host/native";
import { annotateAnswer, annotateRequest, endWithSize } from "./annotate";
import { cleanBody } from "./bodies";
import { Connections } from "./connections";
import { Exchange, type Network } from "./request";

interface Opened {
  method: string;
  url: string;
  headers: Array<[string, string]>;
  exchange?: Exchange;
  aborted?: boolean;
  timedOut?: boolean;
}

function responseHeaders(xhr: XMLHttpRequest): Array<[string, string]> {
  return xhr
    .getAllResponseHeaders()
    .split(/\r?\n/)
    .filter((line) => line.includes(":"))
    .map((line) => [line.slice(0, line.indexOf(":")).trim(), line.slice(line.indexOf(":") + 1).trim()]);
}

function responseText(xhr: XMLHttpRequest): string | null {
  if (xhr.responseType === "" || xhr.responseType === "text") return xhr.responseText;
  return xhr.responseType === "json" ? JSON.stringify(xhr.response) : null;
}

function ended(network: Network, xhr: XMLHttpRequest, opened: Opened): void {
  const { exchange } = opened;
  if (!exchange) return;
  if (xhr.status === 0) {
    exchange.end({ error: opened.timedOut ? "timeout" : opened.aborted ? "abort" : "network" });
    return;
  }
  const { details, wantsBody } = annotateAnswer(network, xhr.status, responseHeaders(xhr));
  const text = wantsBody ? responseText(xhr) : null;
  if (text !== null) details.responseBody = cleanBody(text, network.policy);
  endWithSize(exchange, details, opened.url);
}

function sending(network: Network, live: Connections, xhr: XMLHttpRequest, opened: Opened, body: unknown): void {
  const exchange = new Exchange(network, "xmlhttprequest", opened.method, opened.url);
  opened.exchange = exchange;
  annotateRequest(network, exchange, opened.headers, body);
  const undo = [
    addListener(xhr, "timeout", () => (opened.timedOut = true)),
    addListener(
      xhr,
      "loadend",
      () => {
        live.end(undo);
        ended(network, xhr, opened);
      },
    ),
  ];
  live.begin(undo);
}

/** Records XMLHttpRequest by listening, so that the order of its events stays as it is. */
export function recordXhr(scope: Scope, network: Network): void {
  const prototype = window.XMLHttpRequest?.prototype as XMLHttpRequest | undefined;
  if (!prototype) return;
  const known = new WeakMap<object, Opened>();
  const live = new Connections(scope);

  scope.add(
    noteCalls(prototype, "open", (xhr, [method, url]) => {
      known.set(xhr, { method: String(method), url: String(url), headers: [] });
    }),
  );
  scope.add(
    noteCalls(prototype, "setRequestHeader", (xhr, [name, value]) => {
      known.get(xhr)?.headers.push([String(name), String(value)]);
    }),
  );
  scope.add(
    patchMethod(prototype, "send", (original, self, args) => {
      const xhr = self as XMLHttpRequest;
      const opened = known.get(xhr);
      if (opened && xhr.readyState === 1) guarded(sending)(network, live, xhr, opened, args[0]);
      try {
        return Reflect.apply(original, self, args) as unknown;
      } catch (error) {
        opened?.exchange?.end({ error: "network" });
        throw error;
      }
    }),
  );
  scope.add(
    patchMethod(prototype, "abort", (original, self, args) => {
      const opened = known.get(self as object);
      if (opened) opened.aborted = true;
      return Reflect.apply(original, self, args) as unknown;
    }),
  );
}
