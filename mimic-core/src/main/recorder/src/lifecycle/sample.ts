import { toJson } from "../host/native";
import type { Storage_ } from "../host/storage";

export const SAMPLE = "mimic_sample";
/** As long as a session may be resumed. */
const MAX_IDLE = 30 * 60_000;
/** Each write is an event in the host's other tabs. */
const WRITE_EVERY = 60_000;

interface Draw {
  value: number;
  at: number;
  /** In error-buffer mode: something happened in this session that made it worth keeping. */
  triggered?: boolean;
  /** Session token, where cookies do not travel. */
  token?: string;
}

/** The decision to record a session, drawn once and shared by the tabs of the browser for as long as the session lasts. */
export class Sample {
  private draw: Draw;

  constructor(
    private readonly storage: Storage_,
    now: number,
    random: () => number = Math.random,
  ) {
    this.draw = this.stored(now) ?? { value: random(), at: now };
    this.write(now);
  }

  private stored(now: number): Draw | null {
    const text = this.storage.get(SAMPLE);
    if (!text) return null;
    try {
      const draw = JSON.parse(text) as Draw;
      return typeof draw.value === "number" && now - draw.at < MAX_IDLE ? draw : null;
    } catch {
      return null;
    }
  }

  includes(rate: number): boolean {
    return this.draw.value < rate;
  }

  /** Whether the session is worth keeping. Asked at each event, hence of nothing but memory. */
  get triggered(): boolean {
    return this.draw.triggered === true;
  }

  trigger(now: number): void {
    this.draw.triggered = true;
    this.write(now);
  }

  get token(): string | null {
    return this.draw.token ?? null;
  }

  /** The session goes on; `token` is the one that it has now. */
  touch(now: number, token?: string | null): void {
    this.share(now);
    const news = token && !this.draw.token;
    if (token) this.draw.token = token;
    if (news || now - this.draw.at >= WRITE_EVERY) this.write(now);
  }

  /** What other tabs of the session have written counts here. */
  share(now: number): void {
    Object.assign(this.draw, this.stored(now));
  }

  private write(now: number): void {
    this.draw.at = now;
    this.storage.set(SAMPLE, toJson(this.draw));
  }

  forget(): void {
    this.storage.remove(SAMPLE);
  }
}
