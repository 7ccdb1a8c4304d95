import type { Settings } from "../settings/settings";
import type { Storage_ } from "../host/storage";

const KEY = "mimic_consent";

export type Refusal = "gpc" | "consent" | "opted-out";

interface Signals {
  globalPrivacyControl?: unknown;
  doNotTrack?: string | null;
}

/** Whether this user may be recorded. */
export class Permission {
  private answer: "yes" | "no" | null;

  constructor(
    private readonly settings: Pick<Settings, "consent" | "respectGpc">,
    private readonly storage: Storage_,
    private readonly signals: Signals,
  ) {
    const stored = storage.get(KEY);
    this.answer = stored === "yes" || stored === "no" ? stored : null;
  }

  /** The reason why not, or null. The browser's own signal stands above consent. */
  refusal(): Refusal | null {
    if (this.settings.respectGpc && this.signalled()) return "gpc";
    if (this.answer === "no") return "opted-out";
    return this.settings.consent === "required" && this.answer !== "yes" ? "consent" : null;
  }

  private signalled(): boolean {
    const { globalPrivacyControl, doNotTrack } = this.signals;
    return globalPrivacyControl === true || globalPrivacyControl === "1" || doNotTrack === "1" || doNotTrack === "yes";
  }

  optIn(): void {
    this.answer = "yes";
    this.storage.set(KEY, "yes");
  }

  optOut(): void {
    this.answer = "no";
    this.storage.set(KEY, "no");
  }
}
