import type { SecretNames } from "../privacy/secrets";
import { MASK } from "../privacy/secrets";
import { stars } from "../privacy/mask";
import type { Policy } from "../privacy/policy";

const MAX_DEPTH = 4;
const MAX_KEYS = 50;
const MAX_STRING = 1000;
const MAX_TOTAL = 4000;

interface Walk {
  seen: Set<object>;
  left: number;
  secret: SecretNames;
  /** Of each text, before it is written as JSON: escaped, a secret looks different. */
  clean(text: string): string;
}

export function truncate(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max)}… (${text.length} characters)` : text;
}

function describeNode(node: Node): string {
  if (node.nodeType !== 1) return `[${node.nodeName}]`;
  const element = node as Element;
  const id = element.id ? `#${element.id}` : "";
  const classes = [...element.classList].slice(0, 4).map((name) => `.${name}`).join("");
  return `<${element.localName}${id}${classes}>`;
}

function describeObject(value: object, depth: number, walk: Walk): unknown {
  if (walk.seen.has(value)) return "[Circular]";
  const list = Array.isArray(value);
  walk.seen.add(value);
  try {
    // Nothing tells a Proxy from what it stands for: the less it is asked, the less of the page runs.
    if (!list && !PLAIN.includes(Object.getPrototypeOf(value))) {
      const text = describeKnown(value, depth, walk);
      if (text) return text;
    }
    if (depth >= MAX_DEPTH) return list ? `[Array ${own(value, "length")!.value}]` : "[Object]";
    return list ? describeList(value, depth, walk) : describeRecord(value, depth, walk);
  } finally {
    walk.seen.delete(value);
  }
}

const PLAIN: unknown[] = [Object.prototype, null];
const own = Object.getOwnPropertyDescriptor;

/** What the browser made, by the browser's own methods: a page may have given it others. */
function describeKnown(value: object, depth: number, walk: Walk): unknown {
  if (value instanceof Node) return describeNode(value);
  if (value instanceof Window) return "[Window]";
  if (value instanceof Event) return `[${value.constructor.name} ${value.type}]`;
  if (value instanceof Error) return walk.clean(truncate(value.stack ?? `${value.name}: ${value.message}`, MAX_TOTAL));
  if (value instanceof Date) return new Date(Date.prototype.getTime.call(value)).toJSON() ?? "Invalid Date";
  if (value instanceof RegExp) return String(value);
  if (value instanceof Promise) return "[Promise]";
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return `[${value.constructor.name} ${value.byteLength} bytes]`;
  if (value instanceof Set) return { "[Set]": describeValue(some(Set.prototype, Set.prototype.values, value), depth, walk) };
  if (value instanceof Map) return { "[Map]": describeValue(some(Map.prototype, Map.prototype.entries, value), depth, walk) };
  return null;
}

/** The first of a set or map, in a list as long as all of them. */
function some(type: object, items: () => Iterable<unknown>, of: object): unknown[] {
  const list: unknown[] = [];
  for (const item of items.call(of)) if (list.push(item) >= MAX_KEYS) break;
  list.length = Reflect.get(type, "size", of) as number;
  return list;
}

/** Getters of the page are not run: a line on the console must not change what it shows. */
function describeOwn(value: object, name: string | number, depth: number, walk: Walk): unknown {
  const descriptor = own(value, name);
  return descriptor?.get ? "[getter]" : describeValue(descriptor?.value, depth + 1, walk);
}

function describeList(list: object, depth: number, walk: Walk): unknown[] {
  const out: unknown[] = [];
  const length = own(list, "length")!.value as number;
  for (let i = 0; i < length && i < MAX_KEYS && walk.left > 0; i++) out.push(describeOwn(list, i, depth, walk));
  if (out.length < length) out.push(`… ${length - out.length} more`);
  return out;
}

function describeRecord(value: object, depth: number, walk: Walk): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  let count = 0;
  for (const name of Object.keys(value)) {
    if (count++ >= MAX_KEYS || walk.left <= 0) {
      out["…"] = "more";
      break;
    }
    walk.left -= name.length;
    out[walk.clean(name)] = walk.secret(name) ? MASK : describeOwn(value, name, depth, walk);
  }
  return out;
}

function describeValue(value: unknown, depth: number, walk: Walk): unknown {
  if (typeof value === "string") {
    const text = walk.clean(truncate(value, Math.max(0, Math.min(MAX_STRING, walk.left))));
    walk.left -= text.length;
    return text;
  }
  walk.left -= 8;
  switch (typeof value) {
    case "undefined":
      return "undefined";
    case "bigint":
      return `${value}n`;
    case "symbol":
      return String(value);
    case "function":
      return `[Function ${own(value, "name")?.value || "anonymous"}]`;
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "object":
      return value === null ? null : describeObject(value, depth, walk);
    default:
      return value;
  }
}

/** A value as bounded JSON text, `clean` applied to the texts in it. Never throws and never runs the page's code. */
export function describe(value: unknown, secret: SecretNames, clean = (text: string): string => text): string {
  const walk: Walk = { seen: new Set(), left: MAX_TOTAL, secret, clean };
  try {
    return truncate(JSON.stringify(describeValue(value, 0, walk)) ?? "undefined", MAX_TOTAL);
  } catch {
    return '"[unreadable]"';
  }
}

/** An argument of a console call, or a reason of a rejection. */
export function describeClean(value: unknown, { secret, strict, text }: Policy): string {
  const shown = describe(value, secret, text);
  return strict ? stars(shown) : shown;
}
