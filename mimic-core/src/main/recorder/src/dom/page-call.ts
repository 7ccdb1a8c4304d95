import { noteFailure } from "../host/guard";

/** Errors that the host's own call raised inside one of rrweb's patches: those must reach the host. */
const fromHost = new WeakSet<object>();

export function pageCall(target: (...args: unknown[]) => unknown, self: unknown, args: unknown[]): unknown {
  try {
    return Reflect.apply(target, self, args);
  } catch (error) {
    if (typeof error === "object" && error !== null) fromHost.add(error);
    throw error;
  }
}

/** rrweb's error handler: `true` ends the error here. */
export function endsHere(error: unknown): boolean {
  if (typeof error === "object" && error !== null && fromHost.has(error)) return false;
  noteFailure(error);
  return true;
}
