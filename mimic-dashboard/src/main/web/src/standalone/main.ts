import { Replayer } from '@rrweb/replay';
import type { eventWithTime } from '@rrweb/types';
import { clock } from '../format/time';
import { CSS_TYPE, type Kept } from '../player/kept';
import { Sanitizer } from '../player/sanitize';

/* The player inside of an exported file: no server, no request, the recording beside it. */

interface Recording {
  title: string;
  startedAt: number;
  endedAt: number;
  kept: Record<string, string>;
  windows: { label: string; events: eventWithTime[] }[];
}

const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const recording = JSON.parse(byId('recording').textContent ?? '{}') as Recording;
const stage = byId<HTMLDivElement>('stage');
const play = byId<HTMLButtonElement>('play');
const seek = byId<HTMLInputElement>('seek');
const time = byId<HTMLOutputElement>('time');
const speed = byId<HTMLSelectElement>('speed');
const windows = byId<HTMLSelectElement>('window');
const SHEET = `data:${CSS_TYPE};base64,`;
const kept: Kept = {
  file: (address) => recording.kept[address],
  sheet: (address) => {
    const data = recording.kept[address];
    if (!data?.startsWith(SHEET)) return undefined;
    return new TextDecoder().decode(Uint8Array.from(atob(data.slice(SHEET.length)), (c) => c.charCodeAt(0)));
  },
};
const length = recording.endedAt - recording.startedAt;

let replayer: Replayer | null = null;
let playing = false;
let size = { width: 1280, height: 800 };

function fit(): void {
  const wrapper = stage.querySelector<HTMLElement>('.replayer-wrapper');
  if (!wrapper) return;
  const scale = Math.min(stage.clientWidth / size.width, stage.clientHeight / size.height);
  wrapper.style.transform = `translate(${(stage.clientWidth - size.width * scale) / 2}px, 0) scale(${scale})`;
}

function open(index: number, at: number): void {
  replayer?.destroy();
  stage.replaceChildren();
  const sanitizer = new Sanitizer(kept);
  const marker = (timestamp: number): eventWithTime => ({ type: 5, timestamp, data: { tag: 'mimic/edge', payload: {} } });
  const events = (recording.windows[index]?.events ?? []).map((event) => sanitizer.clean(structuredClone(event))).filter((event) => event !== null);
  events.sort((a, b) => a.timestamp - b.timestamp);
  replayer = new Replayer([marker(recording.startedAt), ...events, marker(recording.endedAt)], { root: stage, speed: Number(speed.value), showWarning: false, loadTimeout: 0, triggerFocus: false, mouseTail: false });
  replayer.on('resize', (next) => { size = next as typeof size; fit(); });
  go(at);
}

function go(at: number): void {
  if (playing) replayer?.play(at);
  else replayer?.pause(at);
  show(at);
}

function show(at: number): void {
  seek.value = String(Math.round(at));
  time.textContent = `${clock(at)} / ${clock(length)}`;
}

function setPlaying(on: boolean): void {
  playing = on;
  play.textContent = on ? 'Pause' : 'Play';
  const at = Number(seek.value);
  go(on && at >= length - 50 ? 0 : at);
}

function tick(): void {
  if (playing && replayer) {
    const at = Math.min(length, replayer.getCurrentTime());
    show(at);
    if (at >= length - 20) setPlaying(false);
  }
  requestAnimationFrame(tick);
}

document.title = recording.title;
byId('title').textContent = recording.title;
seek.max = String(length);
recording.windows.forEach((window, i) => windows.add(new Option(window.label, String(i))));
windows.hidden = recording.windows.length < 2;
play.addEventListener('click', () => setPlaying(!playing));
seek.addEventListener('input', () => go(Number(seek.value)));
speed.addEventListener('change', () => replayer?.setConfig({ speed: Number(speed.value) }));
windows.addEventListener('change', () => open(Number(windows.value), Number(seek.value)));
addEventListener('resize', fit);
if (recording.windows.length > 0) open(0, 0);
tick();
