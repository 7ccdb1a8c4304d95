import type { Settings } from "../settings/settings";
import type { Storage_ } from "../host/storage";

export const CONSENT = "mimic_consent";

export type Refusal = "gpc" | "consent" | "opted-out";

interface Signals {
  globalPrivacyControl?: unknown;
  doNotTrack?: string | null;
}

/** Whether this user may be recorded. */
export class Permission {
  /** What was said on this page, where the browser keeps nothing. */
  private answer: string | null = null;

  constructor(
    private readonly settings: Pick<Settings, "consent" | "respectGpc">,
    private readonly storage: Storage_,
    private readonly signals: Signals,
  ) {}

  /** The reason why not, or null. The browser's own signal stands above consent, and what the user said last, on whatever page, counts. */
  refusal(): Refusal | null {
    if (this.settings.respectGpc && this.signalled()) return "gpc";
    const answer = this.storage.get(CONSENT) ?? this.answer;
    if (answer === "no") return "opted-out";
    return this.settings.consent === "required" && answer !== "yes" ? "consent" : null;
  }

  private signalled(): boolean {
    const { globalPrivacyControl, doNotTrack } = this.signals;
    return globalPrivacyControl === true || globalPrivacyControl === "1" || doNotTrack === "1" || doNotTrack === "yes";
  }

  say(answer: "yes" | "no"): void {
    this.answer = answer;
    this.storage.set(CONSENT, answer);
  }
}
