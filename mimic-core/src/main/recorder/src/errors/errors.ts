import type { EmitPlugin } from "../event";
import { describeClean, truncate } from "../console/describe";
import { perSecond } from "../host/limit";
import type { Scope } from "../host/scope";
import type { Policy } from "../privacy/policy";
import { blocks, masksText } from "../privacy/regions";
import { sourceMapOf } from "./source-map";
import { limitStack } from "./stack";

const MAX_MESSAGE = 2000;
const MAX_NAME = 100;
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

function messageOf(of: { message: string }, policy: Policy): string {
  return policy.text(truncate(text(() => of.message), MAX_MESSAGE));
}

/** Under `strict` a name that an error may well have is told, any other may be a text. */
function nameOf(error: Error, policy: Policy): string {
  const name = truncate(text(() => error.name), MAX_NAME);
  return /^\w*(Error|Exception)$/.test(name) ? name : policy.text(name);
}

const FRAME = /^\s+at .*(:\d+:\d+|<anonymous>|index \d+)\)?$|^[^@\s]*@\S+:\d+:\d+$/;

/** Under `strict` the message may quote the page, so a stack keeps only its frames: what is below the message and looks like one. */
function stackOf(error: Error, policy: Policy): string {
  const message = text(() => error.message);
  let stack = text(() => error.stack);
  const at = policy.strict ? stack.indexOf(message) : -1;
  if (at >= 0) stack = stack.slice(at + message.length);
  return limitStack(stack)
    .split("\n")
    .filter((line) => !policy.strict || FRAME.test(line))
    .map((line) => (FRAME.test(line) ? policy.url(line) : policy.text(line)))
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
  const reportResource = (name: string, source: string, hidden = false): void => {
    if (resources.size < 1000) resources.add(source);
    report({ kind: "resource", name, message: `${name} did not load`, source: hidden ? "#" : policy.url(source) });
  };

  scope.listen<ErrorEvent>(window, "error", (event) => {
    const target = event.target;
    if (target instanceof Element) {
      const hidden = blocks(target, policy.blockSelector) || (!policy.strict && masksText(target, policy));
      reportResource(target.localName, resourceOf(target), hidden);
      return;
    }
    if (target !== window) return;
    const error: unknown = event.error;
    report({
      kind: "error",
      name: nameOf(error as Error, policy) || "Error",
      message: messageOf(event, policy) || messageOf(error as Error, policy),
      stack: stackOf(error as Error, policy),
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
      name: isError ? nameOf(reason as Error, policy) : "UnhandledRejection",
      message: isError ? messageOf(reason as Error, policy) : truncate(describeClean(reason, policy), MAX_MESSAGE),
      stack: isError ? stackOf(reason as Error, policy) : "",
    });
  });
}
