import { Replayer } from '@rrweb/replay';
import type { eventWithTime } from '@rrweb/types';
import type { Command, Report } from './protocol';
import { CanvasPictures } from './canvas';
import { KeptFiles } from './kept';
import { endOfFetch, EventSource, SourceError } from './source';

type Open = Extract<Command, { kind: 'open' }>;
type Extend = Extract<Command, { kind: 'extend' }>;

const AHEAD_MS = 30_000;
const EDGE_MS = 40;
const SKIP_TAKES_MS = 1_200;
const TAIL = { duration: 900, lineCap: 'round', lineWidth: 4, strokeStyle: '#0b8f87' } as const;

const PAINT_MS = 200;

/** Once the browser has had the time to draw; not for long, since a page that nobody looks at is not drawn. */
const painted = () => new Promise<void>((done) => {
  const late = setTimeout(done, PAINT_MS);
  requestAnimationFrame(() => setTimeout(() => { clearTimeout(late); done(); }));
});

const marker = (timestamp: number, tag: string): eventWithTime => ({ type: 5, timestamp, data: { tag, payload: {} } });

/** Plays one window of one session: loads what the moment needs, and no more than one stretch of it at a time. */
export class Playback {
  #replayer: Replayer | null = null;
  #source: EventSource | null = null;
  #kept: KeptFiles | null = null;
  #open: Open | null = null;
  #fetching: AbortController | null = null;
  #loadedFrom = 0;
  #loadedTo = 0;
  #now = 0;
  #playing = false;
  #waiting = false;
  #speed = 1;
  #shownSpeed = 1;
  #skip = false;
  #idle: [number, number][] = [];
  #trail = true;
  #size = { width: 0, height: 0 };
  /** Whose page was reported. */
  #shownOf: Replayer | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly report: (report: Report) => void,
  ) {
    const tick = () => {
      this.#tick();
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    addEventListener('resize', () => this.#fit());
  }

  obey(command: Command): void {
    switch (command.kind) {
      case 'prepare': return this.#keptOf(command.session).prepare(command.kept);
      case 'open': return this.#start(command);
      case 'extend': return this.#extend(command);
      case 'play': return this.#play();
      case 'pause': return this.#pause();
      case 'seek': return this.#seek(command.at);
      case 'speed': this.#speed = command.value; return;
      case 'idle': this.#skip = command.skip; this.#idle = command.stretches; return;
      case 'trail': this.#trail = command.on; this.#replayer?.setConfig({ mouseTail: command.on ? TAIL : false }); return;
    }
  }

  #keptOf(session: string): KeptFiles {
    if (this.#kept?.session !== session) this.#kept = new KeptFiles(session);
    return this.#kept;
  }

  #start(open: Open): void {
    this.#open = open;
    this.#source = new EventSource(this.#keptOf(open.session), open.window);
    this.#now = open.at;
    this.#loadFrom(open.at);
  }

  /** A live session went on, or ended; who waits at its edge plays on. */
  #extend({ endedAt, snapshots, live }: Extend): void {
    if (!this.#open) return;
    this.#open = { ...this.#open, endedAt, snapshots, live };
    if (this.#waiting && this.#playing && endedAt > this.#loadedTo) this.#loadNext();
  }

  #play(): void {
    if (this.#open && this.#now >= this.#open.endedAt - EDGE_MS) this.#seek(this.#open.startedAt);
    this.#playing = true;
    if (!this.#waiting) this.#replayer?.play(this.#offset());
  }

  #pause(): void {
    this.#playing = false;
    this.#replayer?.pause();
    this.#tell();
  }

  #seek(at: number): void {
    if (!this.#open) return;
    this.#now = Math.min(Math.max(at, this.#open.startedAt), this.#open.endedAt);
    if (!this.#replayer || this.#now < this.#loadedFrom || this.#now > this.#loadedTo) return this.#loadFrom(this.#now);
    this.#show();
  }

  #show(): void {
    if (this.#playing) this.#replayer?.play(this.#offset());
    else this.#replayer?.pause(this.#offset());
    this.#tell();
  }

  #offset(): number {
    return Math.max(0, this.#now - (this.#open?.startedAt ?? 0));
  }

  #tick(): void {
    const { replayer, open } = { replayer: this.#replayer, open: this.#open };
    if (!replayer || !open || !this.#playing || this.#waiting) return;
    this.#now = Math.min(open.startedAt + replayer.getCurrentTime(), open.endedAt);
    this.#setSpeed(this.#speedNow());
    const atEdge = this.#now >= this.#loadedTo - EDGE_MS;
    if (this.#now >= open.endedAt - EDGE_MS) this.#atEnd(open);
    else if (atEdge && this.#loadedTo < open.endedAt) {
      this.#waiting = true;
      replayer.pause();
      this.#loadNext();
    } else if (this.#loadedTo - this.#now < AHEAD_MS * this.#speed && this.#loadedTo < open.endedAt) this.#loadNext();
    this.#tell();
  }

  #atEnd(open: Open): void {
    this.#now = open.endedAt;
    if (!open.live) return this.#pause();
    this.#waiting = true;
    this.#replayer?.pause();
  }

  /** Idle stretches pass in about a second, but never so fast that a frame would run past their end. */
  #speedNow(): number {
    const stretch = this.#skip ? this.#idle.find(([from, to]) => this.#now >= from && this.#now < to) : undefined;
    if (!stretch) return this.#speed;
    return Math.max(this.#speed, Math.min((stretch[1] - stretch[0]) / SKIP_TAKES_MS, (stretch[1] - this.#now) / 60));
  }

  #setSpeed(speed: number): void {
    if (speed === this.#shownSpeed) return;
    this.#shownSpeed = speed;
    this.#replayer?.setConfig({ speed });
  }

  #tell(): void {
    this.report({
      kind: 'now', at: this.#now, playing: this.#playing, waiting: this.#waiting, skipping: this.#shownSpeed > this.#speed,
      loadedFrom: this.#loadedFrom, loadedTo: this.#loadedTo,
    });
  }

  /** Starts afresh at a moment outside of what is loaded: shown as soon as the events up to it are here. */
  #loadFrom(at: number): void {
    const { open, source } = { open: this.#open, source: this.#source };
    if (!open || !source) return;
    this.#fetching?.abort();
    this.#waiting = true;
    this.#tell();
    const fetching = (this.#fetching = new AbortController());
    const to = this.#endOf(open, at);
    void this.#guard(fetching, async () => {
      let held: eventWithTime[] | null = [marker(open.startedAt, 'mimic/start')];
      for await (const events of source.read(at, to, fetching.signal)) {
        if (held) {
          for (const event of events) held.push(event);
          // a Meta may come a moment before its snapshot, without which there is nothing to show
          if ((held.at(-1)?.timestamp ?? 0) > at && held.some(({ type }) => type === 2)) {
            held = this.#build(held, at);
            await painted(); // what follows is not shown yet
            if (fetching.signal.aborted) return;
          }
        } else {
          events.forEach((event) => this.#replayer?.addEvent(event));
          this.#loadedTo = Math.max(this.#loadedTo, events.at(-1)?.timestamp ?? 0);
        }
      }
      if (held) {
        if (held.length < 2) return this.#nothing();
        this.#build(held, at);
      }
      this.#reached(to ?? open.endedAt);
    });
  }

  /** A live session is read to where it is known to reach: what comes meanwhile is for the next time. */
  #endOf(open: Open, from: number): number | null {
    return endOfFetch(open.snapshots, from) ?? (open.live ? open.endedAt : null);
  }

  #nothing(): void {
    this.#waiting = false;
    this.#playing = false;
    this.#drop();
    this.report({ kind: 'empty' });
  }

  #loadNext(): void {
    const { open, source } = { open: this.#open, source: this.#source };
    if (!open || !source || this.#fetching) return;
    const after = this.#loadedTo;
    const from = after + 1;
    const to = this.#endOf(open, from);
    const fetching = (this.#fetching = new AbortController());
    void this.#guard(fetching, async () => {
      for await (const events of source.read(from, to, fetching.signal)) {
        events.filter((event) => event.timestamp > after).forEach((event) => this.#replayer?.addEvent(event));
      }
      this.#reached(to ?? open.endedAt);
    });
  }

  async #guard(fetching: AbortController, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      if (fetching.signal.aborted) return;
      this.#waiting = false;
      this.report({ kind: 'failed', status: cause instanceof SourceError ? cause.status : 0, detail: cause instanceof Error ? cause.message : String(cause) });
    } finally {
      if (this.#fetching === fetching) this.#fetching = null;
    }
  }

  /** All up to `to` is loaded. The marker keeps the clock running to there when the page was quiet. */
  #reached(to: number): void {
    this.#loadedTo = to;
    this.#replayer?.addEvent(marker(to, 'mimic/end'));
    if (this.#waiting) {
      this.#waiting = false;
      queueMicrotask(() => this.#show());
    } else this.#tell();
  }

  #build(events: eventWithTime[], at: number): null {
    this.#drop();
    const open = this.#open;
    if (!open) return null;
    if (!events.some((event) => event.type === 4)) {
      const first = events[1]?.timestamp ?? at;
      events.splice(1, 0, { type: 4, timestamp: first, data: { href: '', ...open.viewport } });
    }
    events.sort((a, b) => a.timestamp - b.timestamp);
    this.#shownSpeed = this.#speed;
    const canvases = new CanvasPictures();
    const replayer = new Replayer(events, {
      plugins: [canvases.plugin],
      root: this.root, speed: this.#speed, skipInactive: false, showWarning: false, showDebug: false, triggerFocus: false, UNSAFE_replayCanvas: false,
      loadTimeout: 0, mouseTail: this.#trail ? TAIL : false, logger: { log: () => undefined, warn: () => undefined },
    });
    replayer.on('resize', (size) => this.#resize(size as { width: number; height: number }));
    canvases.attach(replayer);
    this.#replayer = replayer;
    this.#loadedFrom = events[1]?.timestamp ?? at;
    this.#loadedTo = events.at(-1)?.timestamp ?? at;
    if (at < this.#loadedFrom) this.#loadedFrom = at;
    this.#waiting = false;
    // a snapshot of just this moment is rebuilt a little later
    replayer.on('fullsnapshot-rebuilded', () => this.#shown(replayer));
    this.#show();
    if (!events.some((event) => event.type === 2)) this.#shown(replayer);
    return null;
  }

  #shown(replayer: Replayer): void {
    if (this.#shownOf === replayer) return;
    this.#shownOf = replayer;
    this.report({ kind: 'shown' });
  }

  #drop(): void {
    this.#replayer?.destroy();
    this.#replayer = null;
    this.root.replaceChildren();
  }

  #resize(size: { width: number; height: number }): void {
    this.#size = size;
    this.report({ kind: 'size', ...size });
    this.#fit();
  }

  #fit(): void {
    const wrapper = this.root.querySelector<HTMLElement>('.replayer-wrapper');
    const { width, height } = this.#size;
    if (!wrapper || !width || !height) return;
    const scale = Math.min(innerWidth / width, innerHeight / height);
    wrapper.style.transform = `scale(${scale})`;
  }
}
