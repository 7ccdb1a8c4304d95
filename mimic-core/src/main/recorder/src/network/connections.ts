import type { Scope } from "../host/scope";

type Undo = Array<() => void>;

/** Listeners on connections that are open. They go when the connection ends, or when the recorder stops. */
export class Connections {
  private readonly open = new Set<Undo>();

  constructor(scope: Scope) {
    scope.add(() => {
      for (const undo of this.open) undo.forEach((remove) => remove());
      this.open.clear();
    });
  }

  begin(undo: Undo): void {
    this.open.add(undo);
  }

  end(undo: Undo): void {
    if (this.open.delete(undo)) undo.forEach((remove) => remove());
  }
}
