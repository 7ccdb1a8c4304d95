import { guarded, noteFailure } from "./guard";

/**
 * The browser's own functions. Zone.js and similar libraries replace them, and going through the replacement would run
 * the host's change detection each time the recorder sets a timer.
 */
type AnyFunction = (...args: never[]) => unknown;

function untouched<F extends AnyFunction>(owner: object, name: string): F | undefined {
  const record = owner as Record<string, unknown>;
  const kept = record[`__zone_symbol__${name}`] ?? record[name];
  return typeof kept === "function" ? (kept as F) : undefined;
}

const timeout = untouched<(run: () => void, ms?: number) => number>(window, "setTimeout")!;
const untimeout = untouched<(id?: number) => void>(window, "clearTimeout")!;
const frame = untouched<typeof window.requestAnimationFrame>(window, "requestAnimationFrame")!;
const unframe = untouched<typeof window.cancelAnimationFrame>(window, "cancelAnimationFrame")!;
const add = untouched<EventTarget["addEventListener"]>(EventTarget.prototype, "addEventListener")!;
const remove = untouched<EventTarget["removeEventListener"]>(EventTarget.prototype, "removeEventListener")!;

export const fetch = untouched<typeof window.fetch>(window, "fetch")!;
export const setTimeout = (run: () => void, ms?: number): number => timeout.call(window, guarded(run), ms);
export const clearTimeout = (id: number | undefined | null): void => untimeout.call(window, id ?? undefined);
export const requestAnimationFrame = (run: FrameRequestCallback): number => frame.call(window, guarded(run));
export const cancelAnimationFrame = (id: number): void => unframe.call(window, id);

export function addListener(
  target: EventTarget,
  type: string,
  listener: (event: Event) => void,
  options?: AddEventListenerOptions,
): () => void {
  const quiet = guarded(listener);
  add.call(target, type, quiet, options);
  return () => remove.call(target, type, quiet, options);
}

/** Runs when the page has nothing better to do, at the latest after `ms`. */
export function whenIdle(run: () => void, ms: number): () => void {
  if (typeof window.requestIdleCallback === "function") {
    const id = window.requestIdleCallback(guarded(run), { timeout: ms });
    return () => window.cancelIdleCallback(id);
  }
  const id = setTimeout(run, Math.min(ms, 200));
  return () => clearTimeout(id);
}

export function mutationObserver(): typeof MutationObserver {
  return untouched<never>(window, "MutationObserver") ?? window.MutationObserver;
}

/** What rrweb would print belongs neither on the host's console nor in the recording. */
export const console = { warn: noteFailure, error: noteFailure, log: () => undefined, debug: () => undefined };

const CONVERTED = [Object, Array, String, Number, Boolean] as const;

/** JSON as the standard has it: prototype.js adds `toJSON` to built-in types, which turns arrays into strings. */
export function toJson(value: unknown): string {
  const hidden: Array<() => void> = [];
  for (const type of CONVERTED) {
    const prototype = type.prototype as object;
    const descriptor = Object.getOwnPropertyDescriptor(prototype, "toJSON");
    if (descriptor?.configurable) {
      Reflect.deleteProperty(prototype, "toJSON");
      hidden.push(() => Object.defineProperty(prototype, "toJSON", descriptor));
    }
  }
  try {
    return JSON.stringify(value);
  } finally {
    hidden.forEach((restore) => restore());
  }
}
