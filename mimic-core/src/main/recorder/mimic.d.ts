/** What `window.mimic` offers to the page that is recorded. No call throws. */
export interface MimicStatus {
  /** `buffering`: an error buffer waits for its error. */
  readonly state: "recording" | "buffering" | "paused" | "off";
  /** Why nothing is recorded at the moment, or null. */
  readonly reason:
    | "gpc" | "consent" | "opted-out" | "sampled-out" | "stopped" | "hidden" | "idle" | "refused" | "settings" | "frame"
    | null;
  readonly session: string | null;
  readonly window: string | null;
  readonly page: string | null;
  readonly mode: "session" | "error-buffer";
  readonly privacy: "strict" | "inputs" | "none";
  readonly sampling: number;
  /** Batches that the server has taken. */
  readonly accepted: number;
  /** Batches that wait to be sent. */
  readonly waiting: number;
  /** HTTP status of the last answer. */
  readonly lastStatus: number | null;
  /** Batches of DOM changes so large that they may have slowed the page. */
  readonly mutationWarnings: number;
  /** Failures inside the recorder, none of which reached the page. */
  readonly failures: number;
  readonly lastFailure: string | null;
  readonly version: string;
}

export interface Mimic {
  /** Says who the user is. `traits` is any plain object; values of secret-sounding names are masked. */
  identify(user: string, traits?: Record<string, unknown>): void;
  /** Marks a moment. In error-buffer mode it also makes the session worth keeping. */
  event(name: string, data?: Record<string, unknown>): void;
  /** The user agrees to be recorded; remembered on this device. */
  optIn(): void;
  /** The user refuses; recording ends, and what was not yet sent is thrown away. */
  optOut(): void;
  /** Ends recording and takes every change to the page's functions back. */
  stop(): void;
  /** Begins again after `stop()`. */
  start(): void;
  /** Address of this session in the dashboard, or null before the server has answered. */
  sessionUrl(): string | null;
  /** What the recorder does, and why not. */
  status(): MimicStatus;
}

declare global {
  interface Window {
    readonly mimic?: Mimic;
  }
}
