import type { EmitPlugin } from "../event";
import { perSecond } from "../host/limit";
import type { Scope } from "../host/scope";

/** Records the size of the window, once it has come to rest. */
export function recordViewport(scope: Scope, emit: EmitPlugin): void {
  let cancel: (() => void) | null = null;
  let last = `${window.innerWidth}x${window.innerHeight}`;
  scope.listen(window, "resize", () => {
    cancel?.();
    cancel = scope.later(250, () => {
      const size = `${window.innerWidth}x${window.innerHeight}`;
      if (size === last) return;
      last = size;
      emit("mimic/viewport@1", { width: window.innerWidth, height: window.innerHeight }, 80);
    });
  });
}

const TASKS_PER_SECOND = 5;

/** Records tasks that held the page up for 50 ms or more. */
export function recordLongTasks(scope: Scope, emit: EmitPlugin): void {
  if (typeof PerformanceObserver !== "function") return;
  if (!PerformanceObserver.supportedEntryTypes?.includes("longtask")) return;
  const admit = perSecond(TASKS_PER_SECOND, "long tasks");
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (admit()) emit("mimic/longtask@1", { duration: Math.round(entry.duration) }, 60);
    }
  });
  observer.observe({ type: "longtask", buffered: true });
  scope.add(() => observer.disconnect());
}
