import { guarded } from "../host/guard";
import { clearTimeout, setTimeout } from "../host/native";
import type { Scope } from "../host/scope";

interface Waiting {
  url: string;
  from: number;
  timer: number;
  done: (timing: PerformanceResourceTiming | null) => void;
}

const MAX_WAIT = 1500;
let waiting: Waiting[] = [];
let watching = false;

/** Follows the browser's own measure of requests, which knows sizes without reading any body. */
export function watchTimings(scope: Scope): void {
  if (typeof PerformanceObserver !== "function") return;
  const observer = new PerformanceObserver(
    guarded((list: PerformanceObserverEntryList) => {
      for (const entry of list.getEntries() as PerformanceResourceTiming[]) settle(entry);
    }),
  );
  try {
    observer.observe({ type: "resource" });
  } catch {
    return;
  }
  watching = true;
  scope.add(() => {
    watching = false;
    observer.disconnect();
    flushTimings();
  });
}

function settle(entry: PerformanceResourceTiming): void {
  if (waiting.length === 0) return;
  const at = waiting.findIndex((item) => item.url === entry.name && entry.startTime >= item.from - 1);
  if (at < 0) return;
  const [item] = waiting.splice(at, 1);
  clearTimeout(item!.timer);
  item!.done(entry);
}

/** Calls back with the timing of the request to `url` that began after `from`, or with null when there is none soon. */
export function awaitTiming(url: string, from: number, done: (timing: PerformanceResourceTiming | null) => void): void {
  if (!watching || url === "" || waiting.length > 100) {
    done(null);
    return;
  }
  const item: Waiting = { url: url.split("#")[0]!, from, done: guarded(done), timer: 0 };
  item.timer = setTimeout(() => {
    waiting = waiting.filter((other) => other !== item);
    item.done(null);
  }, MAX_WAIT);
  waiting.push(item);
}

/** Stops waiting: the page is about to end. */
export function flushTimings(): void {
  const items = waiting;
  waiting = [];
  for (const item of items) {
    clearTimeout(item.timer);
    item.done(null);
  }
}
