import { noteFailure } from "./guard";

/**
 * Patches of the host's functions that the host cannot tell from the originals: a Proxy keeps name, length, prototype and
 * `new`, and `Function.prototype.toString` answers with the original's text while anything is patched.
 */
export type Fn = (...args: unknown[]) => unknown;
type Apply = (original: Fn, self: unknown, args: unknown[]) => unknown;
type Construct = (original: Fn, args: unknown[], newTarget: Fn) => object;

const originals = new WeakMap<object, object>();
const nativeToString = Function.prototype.toString;
let patchedText: Fn | null = null;
let live = 0;

function reveal(): void {
  if (live++ > 0 || !patchable(Function.prototype, "toString")) return;
  patchedText = new Proxy(nativeToString as Fn, {
    apply: (target, self, args) => Reflect.apply(target, originals.get(self as object) ?? self, args),
  });
  originals.set(patchedText, nativeToString);
  replace(Function.prototype, "toString", patchedText);
}

function conceal(): void {
  if (--live > 0) return;
  if (Function.prototype.toString === (patchedText as unknown)) replace(Function.prototype, "toString", nativeToString);
}

function replace(owner: object, name: string, value: unknown): void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, {
    ...(descriptor ?? { configurable: true, enumerable: true, writable: true }),
    value,
  });
}

/** `behaviour` in the clothes of `original`. */
export function disguise<F>(original: F, behaviour: Apply): F {
  const proxy = new Proxy(original as Fn, { apply: (target, self, args) => behaviour(target, self, args) });
  originals.set(proxy, originals.get(original as object) ?? (original as object));
  return proxy as F;
}

export function disguiseConstructor<F>(original: F, behaviour: Construct): F {
  const proxy = new Proxy(original as Fn, {
    construct: (target, args, newTarget) => behaviour(target, args, newTarget as Fn),
  });
  originals.set(proxy, originals.get(original as object) ?? (original as object));
  return proxy as F;
}

function patchable(owner: object, name: string): Fn | null {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  if (!descriptor || typeof descriptor.value !== "function") return null;
  return descriptor.writable || descriptor.configurable ? (descriptor.value as Fn) : null;
}

/** Replaces one own function; the answer takes it back, or leaves it when somebody has patched over it since. */
function install(owner: object, name: string, original: Fn, patched: Fn): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name)!;
  reveal();
  replace(owner, name, patched);
  return () => {
    if (Object.getOwnPropertyDescriptor(owner, name)?.value === patched) {
      Object.defineProperty(owner, name, { ...descriptor, value: original });
    }
    conceal();
  };
}

/** Patches a method. `active` turns false once the patch was taken back, for those who kept a reference to it. */
export function patchMethod(owner: object | undefined, name: string, behaviour: Apply): () => void {
  const original = owner && patchable(owner, name);
  if (!owner || !original) return () => undefined;
  let active = true;
  const patched = disguise(original, (target, self, args) =>
    active ? behaviour(target, self, args) : Reflect.apply(target, self, args),
  );
  const restore = install(owner, name, original, patched);
  return () => {
    active = false;
    restore();
  };
}

/** Patches a method so that `note` hears of each call that succeeded. What `note` throws ends here. */
export function noteCalls(owner: object | undefined, name: string, note: (self: object, args: unknown[], answer: unknown) => void): () => void {
  return patchMethod(owner, name, (original, self, args) => {
    const answer = Reflect.apply(original, self, args);
    try {
      note(self as object, args, answer);
    } catch (error) {
      noteFailure(error);
    }
    return answer;
  });
}

export function patchConstructor(owner: object, name: string, behaviour: Construct): () => void {
  const original = patchable(owner, name);
  if (!original) return () => undefined;
  let active = true;
  const patched: Fn = disguiseConstructor(original, (target, args, newTarget) => {
    // Without the translation `new.target` would be the proxy, which subclasses never see.
    const wanted = newTarget === patched ? target : newTarget;
    return active ? behaviour(target, args, wanted) : (Reflect.construct(target, args, wanted) as object);
  });
  const prototype = original.prototype as object | undefined;
  const restoreBack = prototype && patchable(prototype, "constructor") ? pointBack(prototype, original, patched) : null;
  const restore = install(owner, name, original, patched);
  return () => {
    active = false;
    restoreBack?.();
    restore();
  };
}

function pointBack(prototype: object, original: Fn, patched: Fn): () => void {
  replace(prototype, "constructor", patched);
  return () => {
    if (Object.getOwnPropertyDescriptor(prototype, "constructor")?.value === patched) {
      replace(prototype, "constructor", original);
    }
  };
}

/** For rrweb's property setters: a plain replacement in the clothes of the original. */
export function resemble<F>(original: F, replacement: Fn): F {
  return disguise(original, (_target, self, args) => Reflect.apply(replacement, self, args));
}
