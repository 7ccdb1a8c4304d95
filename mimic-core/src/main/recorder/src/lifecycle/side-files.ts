import { CANVAS, INCREMENTAL, type EmitPlugin } from "../event";
import { recordedRoots } from "../dom/frames";
import { guarded, noteFailure } from "../host/guard";
import { whenIdle } from "../host/native";
import type { Scope } from "../host/scope";
import type { Policy } from "../privacy/policy";
import { blocks, masksText } from "../privacy/regions";
import type { Settings } from "../settings/settings";
import type { CanvasModule } from "../canvas/canvas";
import type { Vitals, VitalsModule } from "../vitals/vitals";
import type { Run } from "./run";

declare const MIMIC_SIDE_FILES: Record<string, string>;

/** Loads what not every page needs, once the page has nothing better to do. */
export class SideFiles {
  private vitals: Vitals | null = null;
  private asked = false;
  private canvas: CanvasModule | null = null;
  private stopCanvas: (() => void) | null = null;

  constructor(
    private readonly settings: Settings,
    private readonly scope: Scope,
    private readonly emit: EmitPlugin,
    private readonly policy: Policy,
    private readonly run: () => Run | null,
  ) {}

  begin(): void {
    this.beginCanvas();
    if (this.asked) return;
    this.asked = true;
    const load = (): void => this.scope.add(whenIdle(() => this.load(), 5000));
    if (document.readyState === "complete") load();
    else this.scope.listen(window, "load", load, { once: true });
  }

  private load(): void {
    this.fetch<VitalsModule>("vitals.js", (module) => {
      this.vitals = module.recordVitals((vital) => this.emit("mimic/vital@1", vital, 80));
      this.scope.add(() => this.vitals?.stop());
    });
    if (this.settings.canvas.fps > 0) {
      this.fetch<CanvasModule>("canvas.js", (module) => {
        this.canvas = module;
        this.scope.add(() => this.endCanvas());
        this.beginCanvas();
      });
    }
  }

  private fetch<T>(name: string, use: (module: T) => void): void {
    const url = `${new URL(name, this.settings.base).href}?v=${MIMIC_SIDE_FILES[name] ?? ""}`;
    (import(url) as Promise<T>).then(guarded((module: T) => {
      if (this.scope.open) use(module);
    }), noteFailure);
  }

  private beginCanvas(): void {
    const run = this.run();
    const { policy } = this;
    if (!this.canvas || !run || this.stopCanvas) return;
    this.stopCanvas = this.canvas.recordCanvases({
      fps: this.settings.canvas.fps,
      idOf: (canvas) => (blocks(canvas, policy.blockSelector) || masksText(canvas, policy) ? -1 : run.dom.idOf(canvas)),
      roots: recordedRoots,
      snapshots: () => run.dom.snapshots,
      emit: (data, bytes) => {
        run.take({ type: INCREMENTAL, timestamp: Date.now(), data: { source: CANVAS, ...data } }, bytes);
      },
    });
  }

  private endCanvas(): void {
    this.stopCanvas?.();
    this.stopCanvas = null;
  }

  end(): void {
    this.vitals?.flush();
    this.endCanvas();
  }
}
