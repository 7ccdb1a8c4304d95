import { describe } from "../console/describe";
import { sweepFrames } from "../dom/frames";
import { watchStorms } from "../dom/storm";
import { plugin, type EmitPlugin } from "../event";
import { failureCount, guarded, lastFailure } from "../host/guard";
import { Scope } from "../host/scope";
import type { Storage_ } from "../host/storage";
import { CONSENT, Permission, type Refusal } from "../privacy/permission";
import { policyOf, type Policy } from "../privacy/policy";
import type { Settings } from "../settings/settings";
import { carryOver, takeCarried } from "../transport/carry-over";
import { Sender, type Answer } from "../transport/sender";
import type { Page } from "../transport/page";
import { Activity } from "./activity";
import { Instruments } from "./instruments";
import { learnPlatform } from "./meta";
import { Run } from "./run";
import { Sample, SAMPLE } from "./sample";
import { SideFiles } from "./side-files";
import { WindowId } from "./window-id";

export type State = "recording" | "buffering" | "paused" | "off";
export type Reason = Refusal | "sampled-out" | "stopped" | "hidden" | "idle" | "refused" | "settings" | "frame" | null;

export interface Environment {
  session: Storage_;
  local: Storage_;
  fetch: typeof window.fetch;
  version: string;
}

const MIN_INTERVAL = 100;
const MAX_INTERVAL = 600_000;
const STORM_PAUSE = 10_000;

/** Decides when to record, and holds together what a recording consists of. */
export class Recorder {
  private readonly policy: Policy;
  private readonly permission: Permission;
  private readonly windowId: WindowId;
  private sample: Sample | null = null;
  private scope: Scope | null = null;
  private sender: Sender | null = null;
  private instruments: Instruments | null = null;
  private activity: Activity | null = null;
  private run: Run | null = null;
  /** The run that ended with the page: takes what the host does in its own last moments. */
  private gone: Run | null = null;
  /** Since `pagehide`, after which some pages still count as shown. */
  private left = false;
  private sides: SideFiles | null = null;
  private interval: number;
  private reason: Reason = null;
  private session: string | null = null;
  private identity: { user: string; traits: unknown } | null = null;
  private accepted = 0;
  private storms = 0;
  private stormPause = STORM_PAUSE;

  constructor(
    private readonly settings: Settings,
    private readonly environment: Environment,
  ) {
    this.policy = policyOf(settings);
    this.permission = new Permission(settings, environment.local, navigator as Navigator & { doNotTrack?: string | null });
    this.windowId = new WindowId(environment.session);
    this.interval = settings.flushInterval;
  }

  start(): void {
    if (this.scope) return;
    if (this.forbidden()) return;
    this.reason = null;
    this.sample = new Sample(this.environment.local, Date.now());
    if (!this.sample.includes(this.settings.sampling)) {
      this.reason = "sampled-out";
      return;
    }
    const scope = new Scope();
    this.scope = scope;
    this.sender = this.newSender();
    if (this.settings.crossOrigin) this.sender.token = this.environment.session.get("mimic_token") ?? this.sample.token;
    this.sender.enqueue(takeCarried(this.environment.session, this.settings.project, Date.now()));
    learnPlatform();
    const onFault = (): void => this.trigger();
    this.instruments = new Instruments(scope, this.emit, this.policy, this.settings, onFault);
    this.activity = new Activity(scope, Date.now, () => this.returned());
    scope.add(watchStorms(() => this.storms++, guarded((records: number) => this.storm(records))));
    this.sides = new SideFiles(this.settings, scope, this.emit, this.policy, () => this.run);
    this.followVisibility(scope);
    scope.listen<StorageEvent>(window, "storage", ({ key }) => {
      if (key === CONSENT) this.forbidden();
      if (key === SAMPLE) this.sample?.share(Date.now());
    });
    this.reason = "hidden";
    this.shown();
    this.schedule();
  }

  private newSender(): Sender {
    return new Sender(this.settings, this.environment.fetch, {
      accepted: guarded((answer: Answer, page: Page) => this.answered(answer, page)),
      refused: guarded(() => {
        this.halt("refused", false);
      }),
      lost: guarded((page: Page) => {
        if (page === this.run?.page) this.run.repair();
      }),
      failed: guarded(() => {
        if (!this.run) this.persist();
      }),
      drained: guarded(() => this.run?.drained()),
    });
  }

  private readonly emit: EmitPlugin = (name, payload, bytes = 200, at?) => {
    (this.run ?? this.gone)?.take(plugin(name, payload, at), bytes);
  };

  private sending(): boolean {
    return this.settings.mode === "session" || this.sample?.triggered === true;
  }

  private shown(): void {
    if (!this.scope || !this.sender || this.run || this.away() || this.forbidden()) return;
    this.reason = this.gone = null;
    const run = new Run({
      policy: this.policy,
      version: this.environment.version,
      maxMemory: this.settings.maxMemory,
      scope: this.scope,
      sender: this.sender,
      sending: () => this.sending(),
    });
    this.run = run;
    this.activity?.touch();
    this.instruments?.pageLoaded();
    this.emit("mimic/visibility@1", { state: "visible" }, 60);
    if (this.identity) this.emit("mimic/identify@1", this.identity, 500);
    this.windowId.acquire(guarded((id: string) => run.address(id)));
    run.begin();
    this.sides?.begin();
  }

  private endRun(): void {
    const run = this.run ?? this.gone;
    if (run && this.sender) {
      this.sides?.end();
      this.instruments?.settle();
      this.windowId.hurry();
      this.sender.enqueue(run.end());
      this.run = this.gone = null;
      this.sender.finish();
    }
    this.persist();
  }

  /** Keeps what has not arrived where the next page of this tab finds it. */
  private persist(): void {
    if (this.sender) carryOver(this.environment.session, this.settings.project, this.sender.unsent(), Date.now());
  }

  private followVisibility(scope: Scope): void {
    scope.listenLast("visibilitychange", () => {
      if (this.away()) this.hidden();
      else this.shown();
    });
    scope.listen(window, "pagehide", () => {
      // A page that was shown is told after this that it is hidden; until then the host may act.
      const { run } = this;
      this.hidden();
      this.gone = run;
      this.left = true;
      this.windowId.release();
    });
    scope.listen(document, "freeze", () => this.hidden());
    scope.listen(document, "resume", () => this.shown());
    scope.listen(window, "pageshow", () => {
      this.left = false;
      this.shown();
    });
  }

  private away(): boolean {
    return this.left || document.visibilityState === "hidden";
  }

  private hidden(): void {
    if (this.run) {
      this.emit("mimic/visibility@1", { state: "hidden" }, 60);
      this.reason = "hidden";
    }
    this.endRun();
  }

  private schedule(): void {
    this.scope?.later(this.interval, () => {
      this.schedule();
      sweepFrames();
      this.activity?.look();
      if (!this.run) return;
      if (this.activity && this.activity.idleFor() >= this.settings.idleTimeout) this.pause();
      else {
        this.sample?.touch(Date.now(), this.sender?.token);
        this.instruments?.tellLeftOut();
        this.run.tick();
      }
    });
  }

  private pause(): void {
    this.emit("mimic/pause@1", { reason: "idle" }, 60);
    this.endRun();
    this.reason = "idle";
  }

  private returned(): void {
    if (this.reason === "idle") this.shown();
  }

  /** The DOM changes faster than it can be recorded without harm: leaves it alone for a while. */
  private storm(records: number): void {
    const { run, scope } = this;
    if (!run || !scope) return;
    const now = Date.now();
    this.emit("mimic/pause@1", { reason: "mutations" }, 60);
    this.emit("mimic/gap@1", { reason: "mutations", bytes: 0, events: records, from: now, to: now }, 120);
    run.dom.stop();
    run.flushSoon();
    scope.later(this.stormPause, () => {
      if (this.run === run) run.dom.start();
    });
    this.stormPause = Math.min(this.stormPause * 2, 300_000);
  }

  private answered(answer: Answer, page: Page): void {
    this.accepted++;
    const changed = this.session !== null && this.session !== answer.session;
    this.session = answer.session;
    const { interval } = answer;
    if (typeof interval === "number" && interval >= MIN_INTERVAL && interval <= MAX_INTERVAL) this.interval = interval;
    if (this.settings.crossOrigin && this.sender?.token) {
      this.environment.session.set("mimic_token", this.sender.token);
      this.sample?.touch(Date.now(), this.sender.token);
    }
    if (page === this.run?.page) {
      if (answer.snapshot) this.run.snapshot();
      if (changed && this.identity) this.emit("mimic/identify@1", this.identity, 500);
    } else if (!this.run) this.persist();
  }

  private trigger(): void {
    if (!this.sample || this.sending()) return;
    this.sample.trigger(Date.now());
    this.run?.flushSoon();
  }

  identify(user: string, traits: unknown): void {
    const secret = this.policy.secret;
    const clean = JSON.parse(describe(traits ?? {}, secret)) as unknown;
    this.identity = { user: String(user).slice(0, 200), traits: typeof clean === "object" && clean !== null ? clean : {} };
    this.emit("mimic/identify@1", this.identity, 500);
  }

  event(name: string, data: unknown): void {
    const clean = JSON.parse(describe(data ?? {}, this.policy.secret)) as unknown;
    const payload = { name: String(name).slice(0, 200), data: typeof clean === "object" && clean !== null ? clean : { value: clean } };
    this.emit("mimic/event@1", payload, 500);
    this.trigger();
  }

  private halt(reason: Reason, farewell: boolean): void {
    if (!this.scope) return;
    if (farewell) {
      this.emit("mimic/pause@1", { reason: "stopped" }, 60);
      this.endRun();
    } else {
      this.run?.end();
      this.run = this.gone = null;
    }
    this.windowId.release();
    this.sender?.retire();
    this.scope.close();
    this.scope = this.sender = this.instruments = this.activity = this.sides = null;
    this.reason = reason;
  }

  stop(): void {
    if (this.scope) this.halt("stopped", true);
    else this.reason = "stopped";
  }

  optIn(): void {
    this.permission.say("yes");
    this.start();
  }

  optOut(): void {
    this.permission.say("no");
    this.forget("opted-out");
  }

  /** Whether the user may not be recorded, or not any more: another tab may have been told so. */
  private forbidden(): boolean {
    const refusal = this.permission.refusal();
    if (refusal) this.forget(refusal);
    return refusal !== null;
  }

  /** Stops, and forgets on this device everything but the refusal. */
  private forget(reason: Reason): void {
    this.sender?.close();
    this.halt(reason, false);
    this.reason = reason;
    this.windowId.forget();
    this.sample?.forget();
    carryOver(this.environment.session, this.settings.project, [], 0);
    this.environment.session.remove("mimic_token");
    this.identity = this.session = null;
  }

  sessionUrl(): string | null {
    return this.session ? new URL(`sessions/${this.session}`, this.settings.endpoint).href : null;
  }

  status(): object {
    const state: State = this.run ? (this.sending() ? "recording" : "buffering") : this.scope ? "paused" : "off";
    return {
      state,
      reason: this.reason,
      session: this.session,
      window: this.run?.page.window ?? null,
      page: this.run?.page.id ?? null,
      mode: this.settings.mode,
      privacy: this.settings.privacy,
      sampling: this.settings.sampling,
      accepted: this.accepted,
      waiting: this.sender?.waiting ?? 0,
      lastStatus: this.sender?.lastStatus ?? null,
      mutationWarnings: this.storms,
      failures: failureCount(),
      lastFailure: lastFailure(),
      version: this.environment.version,
    };
  }
}
