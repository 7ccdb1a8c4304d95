import type { Scope } from "../host/scope";

const INTERACTIONS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "scroll", "input"];

/** When the user last did something. */
export class Activity {
  last: number;

  constructor(scope: Scope, private readonly clock: () => number, private readonly onReturn: () => void) {
    this.last = clock();
    const seen = (event: Event): void => {
      // A page that scrolls or types by itself is not a user.
      if (!event.isTrusted || (event.type === "scroll" && this.clock() - this.last > 2000)) return;
      this.last = this.clock();
      onReturn();
    };
    for (const type of INTERACTIONS) scope.listen(window, type, seen);
  }

  /** Frames keep their events to themselves, but a press of a key or a button in one is told of its page for some seconds. */
  look(): void {
    if (!navigator.userActivation?.isActive) return;
    this.touch();
    this.onReturn();
  }

  idleFor(): number {
    return this.clock() - this.last;
  }

  touch(): void {
    this.last = this.clock();
  }
}
