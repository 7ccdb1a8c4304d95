import type { EmitPlugin } from "../event";
import { describe, truncate } from "../console/describe";
import { perSecond } from "../host/limit";
import type { Scope } from "../host/scope";
import type { Policy } from "../privacy/policy";
import { sourceMapOf } from "./source-map";
import { limitStack } from "./stack";

const MAX_MESSAGE = 2000;
const PER_SECOND = 20;
const SETTLED_MS = 1000;

interface Fault {
  kind: "error" | "rejection" | "resource";
  name: string;
  message: string;
  stack: string;
  source: string;
  line: number;
  column: number;
  url: string;
  /** Address of the source map, or `inline`. */
  sourceMap?: string;
}

function text(read: () => unknown): string {
  try {
    const value = read();
    return typeof value === "string" ? value : value === undefined || value === null ? "" : String(value);
  } catch {
    return "";
  }
}

/** Under `strict` the message may quote the page, so a stack keeps only its frames. */
function cleanStack(stack: string, policy: Policy): string {
  const lines = limitStack(stack).split("\n");
  const frame = /^\s*at |@.*:\d+/;
  return lines
    .filter((line) => !policy.strict || frame.test(line))
    .map((line) => (frame.test(line) ? policy.url(line) : policy.text(line)))
    .join("\n");
}

function resourceOf(element: Element): string {
  const source = element as Element & { currentSrc?: unknown; src?: unknown; href?: unknown; data?: unknown };
  for (const value of [source.currentSrc, source.src, source.href, source.data]) {
    if (typeof value === "string" && value !== "") return value;
  }
  return "";
}

const ELEMENTS = /^(img|script|link|video|audio|iframe|embed|object|input)$/;

/** Resources that were asked for before the recorder came, and whose error event it may have missed. */
function failedBefore(begun: number): PerformanceResourceTiming[] {
  const entries = performance.getEntriesByType("resource") as Array<PerformanceResourceTiming & { responseStatus?: number }>;
  return entries
    .filter((entry) => entry.startTime < begun && (entry.responseStatus ?? 0) >= 400 && ELEMENTS.test(entry.initiatorType))
    .slice(0, 20);
}

/** Records uncaught errors, unhandled rejections and resources that did not load. */
export function recordErrors(scope: Scope, emit: EmitPlugin, policy: Policy, onFault: () => void): void {
  const admit = perSecond(PER_SECOND, "errors");

  const report = (fault: Partial<Fault> & Pick<Fault, "kind">): void => {
    if (!admit()) return;
    const payload: Fault = { name: "", message: "", stack: "", source: "", line: 0, column: 0, ...fault, url: policy.url(location.href) };
    emit("mimic/error@1", payload, payload.stack.length + payload.message.length + 350);
    if (fault.kind === "resource") return;
    // Known a moment later: the event waits for its batch meanwhile.
    const script = payload.source || /https?:[^\s()]{1,2000}?(?=:\d+:\d+)/.exec(payload.stack)?.[0];
    if (script) {
      void sourceMapOf(script).then((map) => {
        if (map) payload.sourceMap = policy.url(map);
      });
    }
    onFault();
  };

  const resources = new Set<string>();
  const reportResource = (name: string, source: string): void => {
    if (resources.size < 1000) resources.add(source);
    report({ kind: "resource", name, message: `${name} did not load`, source: policy.url(source) });
  };

  scope.listen<ErrorEvent>(window, "error", (event) => {
    const target = event.target;
    if (target instanceof Element) {
      reportResource(target.localName, resourceOf(target));
      return;
    }
    if (target !== window) return;
    const error: unknown = event.error;
    report({
      kind: "error",
      name: text(() => (error as Error).name) || "Error",
      message: policy.text(truncate(text(() => event.message) || text(() => (error as Error).message), MAX_MESSAGE)),
      stack: cleanStack(text(() => (error as Error).stack), policy),
      source: policy.url(text(() => event.filename)),
      line: event.lineno || 0,
      column: event.colno || 0,
    });
  });

  const begun = performance.now();
  scope.later(SETTLED_MS, () => {
    for (const { initiatorType, name } of failedBefore(begun)) {
      if (!resources.has(name)) reportResource(initiatorType, name);
    }
  });

  scope.listen<PromiseRejectionEvent>(window, "unhandledrejection", (event) => {
    const reason: unknown = event.reason;
    const isError = reason instanceof Error || (reason instanceof DOMException as boolean);
    report({
      kind: "rejection",
      name: isError ? text(() => (reason as Error).name) : "UnhandledRejection",
      message: policy.text(truncate(isError ? text(() => (reason as Error).message) : describe(reason, policy.secret), MAX_MESSAGE)),
      stack: cleanStack(isError ? text(() => (reason as Error).stack) : "", policy),
    });
  });
}
