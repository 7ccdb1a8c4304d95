import { addListener, clearTimeout, setTimeout } from "../host/native";
import type { Storage_ } from "../host/storage";
import { randomId } from "../transport/page";

const ID = "mimic_window";
const FREE = "mimic_window_free";
const CHANNEL = "mimic";
const ASK_MS = 120;

function reloaded(): boolean {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return navigation?.type === "reload";
}

/**
 * The id of this tab. A duplicated tab and a window that a page opened begin with a copy of the session storage, so an id
 * counts only when its last page has released it, or when the page is loaded again, after a crash say, and no other tab answers to
 * the id. A copy is never a page that is loaded again, and a tab that the browser has frozen cannot answer for itself.
 */
export class WindowId {
  private id: string | null = null;
  private channel: BroadcastChannel | null = null;
  private forgetQuestions: (() => void) | null = null;
  /** While other tabs are asked: ends that, as if one of them had the id. */
  private give: (() => void) | null = null;

  constructor(private readonly storage: Storage_) {}

  /** Calls back with the id: at once, or a moment later when other tabs have to be asked. */
  acquire(done: (id: string) => void): void {
    const stored = this.storage.get(ID);
    const free = this.storage.get(FREE);
    if (!stored || !/^[0-9a-f]{32}$/.test(stored)) this.take(randomId(), done);
    else if (free === stored || this.id === stored) this.take(stored, done);
    else if (reloaded()) this.ask(stored, (taken) => this.take(taken ? randomId() : stored, done));
    else this.take(randomId(), done);
  }

  private take(id: string, done: (id: string) => void): void {
    this.id = id;
    this.storage.set(ID, id);
    this.storage.remove(FREE);
    this.answer();
    done(id);
  }

  /** Whether another tab has this id. Without a way to ask, yes. */
  private ask(id: string, done: (taken: boolean) => void): void {
    if (typeof BroadcastChannel !== "function") {
      done(true);
      return;
    }
    const channel = new BroadcastChannel(CHANNEL);
    let taken = false;
    const forget = addListener(channel, "message", (event) => {
      const data = (event as MessageEvent).data as { mine?: string } | null;
      if (data?.mine === id) taken = true;
    });
    channel.postMessage({ whose: id });
    const end = (isTaken: boolean): void => {
      clearTimeout(timer);
      this.give = null;
      forget();
      channel.close();
      done(isTaken);
    };
    const timer = setTimeout(() => end(taken), ASK_MS);
    this.give = () => end(true);
  }

  /** The page may end before the others could answer: what it recorded needs an id now. */
  hurry(): void {
    this.give?.();
  }

  private answer(): void {
    if (this.channel || typeof BroadcastChannel !== "function") return;
    const channel = new BroadcastChannel(CHANNEL);
    this.channel = channel;
    this.forgetQuestions = addListener(channel, "message", (event) => {
      const data = (event as MessageEvent).data as { whose?: string } | null;
      if (data?.whose === this.id) channel.postMessage({ mine: this.id });
    });
  }

  /** The page ends: the next one of this tab goes on with the id. An open channel would keep the page out of the bfcache. */
  release(): void {
    this.forgetQuestions?.();
    this.channel?.close();
    this.channel = null;
    if (this.id && this.storage.get(ID) === this.id) this.storage.set(FREE, this.id);
  }

  forget(): void {
    this.release();
    this.id = null;
    this.storage.remove(ID);
    this.storage.remove(FREE);
  }
}
