import { useCallback, useSyncExternalStore } from 'react';
import type { KeptItem } from '../player/kept-list';
import { seal, unseal, type Command, type Report } from '../player/protocol';
import { safely } from '../ui/theme';
import { windowAt, type Played } from './played';
import { lastAtOrBefore } from './search';

export const SPEEDS = [0.5, 1, 2, 4, 8] as const;

export interface PlayState {
  now: number;
  playing: boolean;
  waiting: boolean;
  skipping: boolean;
  shown: boolean;
  empty: boolean;
  failed: { status: number; detail: string } | null;
  speed: number;
  skipIdle: boolean;
  trail: boolean;
  /** The recorded page is as large as the stage lets it be; otherwise as large as it was. */
  fit: boolean;
  window: string;
  follow: boolean;
  size: { width: number; height: number };
}

/** As fine as the clock tells. */
const FRAME_MS = 100;
const SETTLE_MS = 500;
const CLOSE_MS = 1_500;

const NOTHING: Played = { id: '', start: 0, end: 0, live: false, active: [], idle: [] };

function playerFrame(): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.src = `${document.baseURI}player`;
  frame.title = 'Recorded page';
  frame.inert = true;
  frame.tabIndex = -1;
  return frame;
}

/** As browsers have it since 2025: moves an element without loading it anew. */
type Mover = Element & { moveBefore?: (node: Node, before: Node | null) => void };

/** The dashboard's side of the player: its frame, what it was told, what it says, and which window it shows. The player's document loads while nothing is known yet. */
export class PlayController {
  #state: PlayState = {
    now: 0, playing: false, waiting: true, skipping: false, shown: false, empty: false, failed: null, size: { width: 1280, height: 800 },
    speed: Number(safely(() => localStorage.getItem('mimic.speed'))) || 1, skipIdle: safely(() => localStorage.getItem('mimic.skip')) !== 'off', trail: safely(() => localStorage.getItem('mimic.trail')) !== 'off', fit: safely(() => localStorage.getItem('mimic.fit')) !== 'off',
    window: '', follow: true,
  };
  #model = NOTHING;
  #snapshots: ReadonlyMap<string, number[]> = new Map();
  #frame: HTMLIFrameElement | null = null;
  #kept: KeptItem[] | null = null;
  #ready = false;
  #expected: { at: number; until: number } | null = null;
  readonly #listeners = new Set<() => void>();
  #tellReady: () => void = () => undefined;
  /** Once the player's document is at work. */
  readonly ready = new Promise<void>((tell) => { this.#tellReady = tell; });

  /** @param kept what the server kept of what the session shows, where that was asked for before the player's document could */
  constructor(private readonly session: string, kept: Promise<KeptItem[] | null> = Promise.resolve(null)) {
    void kept.then((items) => { this.#kept = items; });
  }

  get state(): PlayState { return this.#state; }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  };

  /** Puts the player's document into a place of the page. Moved from one place to another it goes on, or where a browser cannot do that, loads anew. */
  show(place: Mover): void {
    if (!this.#frame) {
      this.#frame = playerFrame();
      addEventListener('message', this.#onMessage);
    }
    if (this.#frame.isConnected && place.moveBefore) place.moveBefore(this.#frame, null);
    else place.append(this.#frame);
  }

  /** Takes the player's document out of the page. */
  leave(): void {
    removeEventListener('message', this.#onMessage);
    this.#frame?.remove();
    this.#frame = null;
    this.#ready = false;
  }

  readonly #onMessage = (event: MessageEvent<unknown>) => {
    const report = unseal<Report>(event, this.#frame?.contentWindow ?? null, location.origin);
    if (report) this.#hear(report);
  };

  /** Shows a session from a moment on; one that is shown already goes on. */
  begin(model: Played, snapshots: ReadonlyMap<string, number[]>, at: number, viewport: { width: number; height: number }): void {
    if (this.#model !== NOTHING) return this.extend(model, snapshots);
    this.#model = model;
    this.#snapshots = snapshots;
    const now = this.#clamp(at);
    this.#set({ now, size: viewport, window: windowAt(model.active, now) ?? [...snapshots.keys()][0] ?? '' });
    this.#sendIdle();
    if (this.#ready) this.#open();
  }

  /** A live session went on, or more is known of one. */
  extend(model: Played, snapshots: ReadonlyMap<string, number[]>): void {
    this.#model = model;
    this.#snapshots = snapshots;
    const window = (this.#state.follow ? windowAt(model.active, this.#state.now) : undefined) ?? this.#state.window;
    if (window !== this.#state.window) this.#switch(window, true);
    else this.#send({ kind: 'extend', endedAt: model.end, live: model.live, snapshots: [...(snapshots.get(window) ?? [])] });
    this.#sendIdle();
    if (this.#clamp(this.#state.now) > this.#state.now) this.seek(this.#state.now);
  }

  toggle(): void { if (this.#state.playing) this.pause(); else this.play(); }

  play(): void {
    if (this.#state.now >= this.#model.end - 50) this.seek(this.#model.start);
    this.#set({ playing: true });
    this.#send({ kind: 'play' });
  }

  pause(): void {
    this.#set({ playing: false });
    this.#send({ kind: 'pause' });
  }

  seek(at: number, window?: string): void {
    const now = this.#clamp(at);
    this.#expected = { at: now, until: performance.now() + SETTLE_MS };
    const target = window ?? (this.#state.follow ? windowAt(this.#model.active, now) : undefined) ?? this.#state.window;
    this.#set({ now, failed: null });
    if (target !== this.#state.window) this.#switch(target, this.#state.follow);
    else if (this.#state.failed || this.#state.empty) this.#open();
    else this.#send({ kind: 'seek', at: now });
  }

  by(ms: number): void { this.seek(this.#state.now + ms); }

  /** Stands still and shows what was there a moment before or after. */
  frame(step: 1 | -1): void {
    if (this.#state.playing) this.pause();
    this.by(step * FRAME_MS);
  }

  /** Shows a window until the visitor's attention is followed again. */
  showWindow(id: string): void {
    this.#switch(id, id === windowAt(this.#model.active, this.#state.now));
  }

  setSpeed(speed: number): void {
    safely(() => localStorage.setItem('mimic.speed', String(speed)));
    this.#set({ speed });
    this.#send({ kind: 'speed', value: speed });
  }

  stepSpeed(step: number): void {
    const at = SPEEDS.findIndex((s) => s >= this.#state.speed);
    this.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + step))] ?? 1);
  }

  setSkipIdle(skipIdle: boolean): void {
    safely(() => localStorage.setItem('mimic.skip', skipIdle ? 'on' : 'off'));
    this.#set({ skipIdle });
    this.#sendIdle();
  }

  setTrail(trail: boolean): void {
    safely(() => localStorage.setItem('mimic.trail', trail ? 'on' : 'off'));
    this.#set({ trail });
    this.#send({ kind: 'trail', on: trail });
  }

  setFit(fit: boolean): void {
    safely(() => localStorage.setItem('mimic.fit', fit ? 'on' : 'off'));
    this.#set({ fit });
  }

  retry(): void { this.#open(); }

  /** Nothing can be shown of the moments before the first snapshot. */
  #clamp(at: number): number {
    const { start, end } = this.#model;
    let first = Infinity;
    for (const [snapshot] of this.#snapshots.values()) first = Math.min(first, snapshot ?? Infinity);
    return Math.min(end, Math.max(start, Number.isFinite(first) ? first : start, at));
  }

  #switch(window: string, follow: boolean): void {
    this.#set({ window, follow });
    this.#open();
  }

  #open(): void {
    const { window, now } = this.#state;
    if (this.#model === NOTHING) return;
    if (window === '') return this.#set({ waiting: false, empty: true, playing: false });
    this.#set({ waiting: true, empty: false, failed: null });
    this.#send({ kind: 'open', session: this.#model.id, window, startedAt: this.#model.start, endedAt: this.#model.end, live: this.#model.live, at: now, snapshots: [...(this.#snapshots.get(window) ?? [])], viewport: this.#state.size });
    if (this.#state.playing) this.#send({ kind: 'play' });
  }

  #hear(report: Report): void {
    switch (report.kind) {
      case 'ready':
        this.#ready = true;
        this.#tellReady();
        this.#send({ kind: 'prepare', session: this.session, kept: this.#kept });
        this.#send({ kind: 'speed', value: this.#state.speed });
        this.#send({ kind: 'trail', on: this.#state.trail });
        this.#sendIdle();
        return this.#open();
      case 'now': return this.#moved(report);
      case 'size': return this.#set({ size: { width: report.width, height: report.height } });
      case 'shown': return this.#set({ shown: true, waiting: false });
      case 'empty': return this.#set({ empty: true, waiting: false, playing: false });
      case 'failed': return this.#set({ failed: { status: report.status, detail: report.detail }, waiting: false, playing: false });
    }
  }

  #moved(report: Extract<Report, { kind: 'now' }>): void {
    const expected = this.#expected;
    if (expected && performance.now() < expected.until && Math.abs(report.at - expected.at) > CLOSE_MS) return;
    this.#expected = null;
    const { playing, waiting, skipping } = report;
    this.#set({ now: report.at, playing, waiting, skipping });
    if (!playing || !this.#state.follow) return;
    const active = windowAt(this.#model.active, report.at);
    if (active && active !== this.#state.window) this.#switch(active, true);
  }

  #sendIdle(): void { this.#send({ kind: 'idle', skip: this.#state.skipIdle, stretches: this.#model.idle }); }

  #send(command: Command): void { if (this.#ready) this.#frame?.contentWindow?.postMessage(seal(command), location.origin); }

  #set(change: Partial<PlayState>): void {
    this.#state = { ...this.#state, ...change };
    this.#listeners.forEach((tell) => tell());
  }
}

/** A part of the player's state; the component renders anew only when this part is another. */
export function usePlay<T extends string | number | boolean | object | null>(control: PlayController, select: (state: PlayState) => T): T {
  return useSyncExternalStore(control.subscribe, () => select(control.state));
}

/** The index of the last row at or before the player's moment. */
export function useNowIndex(control: PlayController, rows: readonly { at: number }[]): number {
  return useSyncExternalStore(control.subscribe, useCallback(() => lastAtOrBefore(rows, control.state.now), [control, rows]));
}
