import type { Mimic, MimicStatus } from "../mimic";
import { guarded, noteFailure } from "./host/guard";
import { fetch } from "./host/native";
import { storageOf } from "./host/storage";
import { Recorder } from "./lifecycle/recorder";
import { SettingsError } from "./settings/settings";
import { settingsOfPage } from "./settings/tag";

declare const MIMIC_VERSION: string;

const MARK = Symbol.for("mimic.recorder");
type Marked = Window & { [MARK]?: true };

/** A frame of the same origin is recorded from outside, as a part of its page. */
function insideRecordedPage(): boolean {
  try {
    for (let page = window as Marked; page !== page.parent; ) {
      page = page.parent as Marked;
      if (page[MARK] || page.document.querySelector("script[data-mimic-project]")) return true;
    }
  } catch {
    // A page of another origin, which cannot look into this one either.
  }
  return false;
}

/** What the page finds where nothing is recorded: every call does nothing. */
function off(reason: MimicStatus["reason"], detail: string | null): Mimic {
  const status = (): MimicStatus => ({ state: "off", reason, lastFailure: detail, version: MIMIC_VERSION }) as MimicStatus;
  const mimic: Record<string, unknown> = { status, sessionUrl: () => null };
  for (const name of ["identify", "event", "optIn", "optOut", "stop", "start"]) mimic[name] = () => undefined;
  return mimic as unknown as Mimic;
}

function api(recorder: Recorder): Mimic {
  return {
    identify: guarded((user: string, traits?: Record<string, unknown>) => recorder.identify(user, traits)),
    event: guarded((name: string, data?: Record<string, unknown>) => recorder.event(name, data)),
    optIn: guarded(() => recorder.optIn()),
    optOut: guarded(() => recorder.optOut()),
    stop: guarded(() => recorder.stop()),
    start: guarded(() => recorder.start()),
    sessionUrl: () => guarded(() => recorder.sessionUrl())() ?? null,
    status: () => guarded(() => recorder.status())() as MimicStatus,
  };
}

function publish(mimic: Mimic): void {
  if (Object.prototype.hasOwnProperty.call(window, "mimic")) return;
  Object.defineProperty(window, "mimic", { value: Object.freeze(mimic), configurable: true, enumerable: false });
}

/** Told once for each page, to whom the settings belong: before anything is recorded. */
function complain(mistake: string): void {
  noteFailure(mistake);
  console.warn(`MIMIC: ${mistake}`);
}

function main(): void {
  const page = window as Marked;
  if (page[MARK]) return;
  Object.defineProperty(page, MARK, { value: true, configurable: true, enumerable: false });
  if (typeof Proxy !== "function" || typeof WeakMap !== "function" || typeof window.fetch !== "function") return;
  if (insideRecordedPage()) {
    publish(off("frame", null));
    return;
  }
  let recorder: Recorder;
  try {
    const settings = settingsOfPage();
    if (settings.complaint) complain(settings.complaint);
    recorder = new Recorder(settings, {
      session: storageOf(() => window.sessionStorage),
      local: storageOf(() => window.localStorage),
      fetch,
      version: MIMIC_VERSION,
    });
  } catch (error) {
    const reason = error instanceof SettingsError ? error.message : String(error);
    complain(reason);
    publish(off("settings", reason));
    return;
  }
  publish(api(recorder));
  guarded(() => recorder.start())();
}

guarded(main)();
