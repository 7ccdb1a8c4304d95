/**
 * What web-vitals finds in place of the browser's globals: Zone.js is bypassed, and everything can be taken back. The build puts
 * them in their places.
 */
import { addListener, requestAnimationFrame as frame, setTimeout as later } from "../host/native";

interface Listener {
  type: string;
  heard: (event: Event) => void;
  undo: () => void;
}

const Observer = window.PerformanceObserver;
let listeners: Listener[] = [];
let observers: PerformanceObserver[] = [];

export const setTimeout = later;
export const requestAnimationFrame = frame;

export function addEventListener(type: string, heard: (event: Event) => void, options?: AddEventListenerOptions | boolean): void {
  const given = typeof options === "object" ? options : { capture: options === true };
  listeners.push({ type, heard, undo: addListener(window, type, heard, given) });
}

export function removeEventListener(type: string, heard: (event: Event) => void): void {
  listeners = listeners.filter((listener) => {
    const other = listener.type !== type || listener.heard !== heard;
    if (!other) listener.undo();
    return other;
  });
}

class Kept extends Observer {
  constructor(callback: PerformanceObserverCallback) {
    super(callback);
    observers.push(this);
  }
}
export { Kept as PerformanceObserver };

export function takeBack(): void {
  for (const { undo } of listeners) undo();
  for (const observer of observers) observer.disconnect();
  listeners = [];
  observers = [];
}
