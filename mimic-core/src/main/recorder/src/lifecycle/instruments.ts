import { recordConsole } from "../console/console";
import { recordClicks } from "../dom/clicks";
import { recordLongTasks, recordViewport } from "../dom/viewport";
import { recordErrors } from "../errors/errors";
import type { EmitPlugin } from "../event";
import { guarded } from "../host/guard";
import { tellLeftOut } from "../host/limit";
import type { Scope } from "../host/scope";
import { recordNetwork } from "../network/network";
import type { Exchange } from "../network/request";
import { flushTimings } from "../network/timing";
import type { Policy } from "../privacy/policy";
import type { Settings } from "../settings/settings";
import { recordNavigation } from "./navigation";

/** Everything that is recorded beside the DOM. */
export class Instruments {
  private readonly open = new Set<Exchange>();
  private loaded: (() => void) | undefined;

  constructor(scope: Scope, private readonly emit: EmitPlugin, policy: Policy, settings: Settings, onFault: () => void) {
    const { open } = this;
    guarded(recordErrors)(scope, emit, policy, onFault);
    guarded(recordConsole)(scope, emit, policy, settings.script);
    guarded(recordNetwork)(scope, { open, emit, policy, settings, script: settings.script });
    guarded(recordClicks)(scope, emit, policy);
    guarded(recordViewport)(scope, emit);
    guarded(recordLongTasks)(scope, emit);
    this.loaded = guarded(recordNavigation)(scope, emit, policy);
  }

  /** Says where the page is, once. */
  pageLoaded(): void {
    this.loaded?.();
    this.loaded = undefined;
  }

  tellLeftOut(): void {
    tellLeftOut(this.emit);
  }

  /** The page ends: what has begun is told as it stands. */
  settle(): void {
    this.tellLeftOut();
    flushTimings();
    for (const exchange of [...this.open]) guarded(() => exchange.end({ error: "unfinished" }))();
  }
}
