import { addListener, clearTimeout, setTimeout } from "./native";
import { guarded } from "./guard";

/** What must be undone when a part of the recorder stops. */
export class Scope {
  private undo: Array<() => void> = [];
  private timers = new Set<number>();
  open = true;

  add(undo: () => void): void {
    this.undo.push(undo);
  }

  listen<E extends Event>(
    target: EventTarget,
    type: string,
    listener: (event: E) => void,
    options: AddEventListenerOptions = { capture: true, passive: true },
  ): void {
    this.add(addListener(target, type, (event) => listener(event as E), options));
  }

  /** Listens on the window after all listeners of the host, whenever they came, to an event of the document: what these do comes before. */
  listenLast(type: string, listener: () => void): void {
    let remove = (): void => undefined;
    this.listen(window, type, () => {
      remove();
      remove = addListener(window, type, listener);
    });
    this.add(() => remove());
  }

  /** A timer that dies with the scope. */
  later(ms: number, run: () => void): () => void {
    const id = setTimeout(() => {
      this.timers.delete(id);
      run();
    }, ms);
    this.timers.add(id);
    return () => {
      this.timers.delete(id);
      clearTimeout(id);
    };
  }

  close(): void {
    this.open = false;
    const undo = this.undo;
    this.undo = [];
    for (const id of this.timers) clearTimeout(id);
    this.timers.clear();
    for (let i = undo.length - 1; i >= 0; i--) guarded(undo[i]!)();
  }
}
