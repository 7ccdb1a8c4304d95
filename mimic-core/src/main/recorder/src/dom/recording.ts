import { record } from "@rrweb/record";
import { FULL_SNAPSHOT, INCREMENTAL, type Emit, type RecordedEvent } from "../event";
import { noteFailure } from "../host/guard";
import { setTimeout } from "../host/native";
import { IGNORE_CLASS, type Policy } from "../privacy/policy";
import { valueStars } from "../privacy/mask";
import { Sanitizer } from "../privacy/sanitizer";
import { endFrames } from "./frames";

const INPUTS = "color date datetime-local email month number range search tel text time url week textarea select password hidden";

function maskedTypes(types: string): Record<string, boolean> {
  const options: Record<string, boolean> = {};
  for (const type of types.split(" ")) options[type] = true;
  return options;
}

/** One run of rrweb. Everything it records is cleaned before it goes on. */
export class DomRecording {
  private stopRrweb: (() => void) | undefined;
  private running = false;
  snapshots = 0;

  constructor(
    private readonly policy: Policy,
    private readonly emit: Emit,
    private readonly onLost: () => void,
  ) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    const { policy } = this;
    const sanitizer = new Sanitizer(policy, record.mirror as unknown as { getNode(id: number): Node | null });
    this.stopRrweb = record({
      emit: (event) => this.take(sanitizer, event as RecordedEvent),
      blockSelector: policy.blockSelector,
      ignoreClass: IGNORE_CLASS,
      ignoreSelector: policy.ignoreSelector,
      maskInputOptions: maskedTypes(policy.preset === "none" ? "password" : INPUTS),
      maskInputFn: valueStars,
      slimDOMOptions: { headWhitespace: true },
      sampling: { mousemove: 50, scroll: 150, media: 800 },
      recordCanvas: false,
      collectFonts: false,
      inlineStylesheet: true,
      errorHandler: (error) => {
        noteFailure(error);
        return true;
      },
    });
  }

  /** What cannot be cleaned is not kept: a new snapshot takes its place. */
  private take(sanitizer: Sanitizer, event: RecordedEvent): void {
    if (!this.running) return;
    let bytes: number;
    try {
      bytes = sanitizer.clean(event);
    } catch (error) {
      noteFailure(error);
      if (event.type === INCREMENTAL || event.type === FULL_SNAPSHOT) setTimeout(this.onLost, 0);
      return;
    }
    if (event.type === FULL_SNAPSHOT) this.snapshots++;
    this.emit(event, bytes);
  }

  snapshot(): void {
    if (!this.running) return;
    try {
      record.takeFullSnapshot();
    } catch (error) {
      noteFailure(error);
    }
  }

  /** rrweb's id of a node, or -1. */
  idOf(node: Node): number {
    return record.mirror.getId(node as never);
  }

  stop(): void {
    if (!this.running) return;
    this.running = false;
    try {
      this.stopRrweb?.();
    } catch (error) {
      noteFailure(error);
    }
    endFrames();
    record.mirror.reset();
  }
}
