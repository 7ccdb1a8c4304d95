import { hostileVisit } from './hostile.mjs';
import { longVisit, shopVisit } from './shop.mjs';
import { timelineOf } from './timeline.mjs';

/** Sessions by the thousand, each from its number alone: what the catalog would hold. */

function random(seed) {
  let x = (seed * 2654435761 + 88172645) >>> 0;
  return () => {
    x ^= x << 13; x >>>= 0; x ^= x >>> 17; x ^= x << 5; x >>>= 0;
    return x / 4294967296;
  };
}

const PEOPLE = [
  ['Oluwaseun Adébáyọ̀', 'o.adebayo@hexel.example'], ['Jean-Baptiste Vandenbroucke', 'jb.vandenbroucke@proximedia-logistique.example.be'], ['Дмитро Кравченко', 'd.kravchenko@karpaty.example.ua'],
  ['Priya Raghunathan', 'priya@fellwalker.example.in'], ['Tomáš Dvořáček', 't.dvoracek@horolezec.example.cz'], ['Depot terminal 14', 'kiosk-osl-14'], ['Rosalind Achterberg', 'r.achterberg@kuiper.example.nl'], [null, null], [null, null], [null, null],
];
const PLACES = [
  ['Nigeria', 'NG', 'Lagos'], ['Japan', 'JP', 'Osaka'], ['Sweden', 'SE', 'Sundsvall'], ['Belgium', 'BE', 'Ottignies-Louvain-la-Neuve'], ['Ukraine', 'UA', 'Lviv'], ['United Kingdom', 'GB', 'Leeds'],
  ['India', 'IN', 'Bengaluru'], ['Czechia', 'CZ', 'Brno'], ['Norway', 'NO', 'Oslo'], [null, null, null],
];
const DEVICES = [
  ['Chrome', '156', 'Android', '15', 'mobile'], ['Safari', '26', 'iOS', '26', 'mobile'], ['Chrome', '156', 'Windows', '11', 'desktop'], ['Firefox', '148', 'Linux', null, 'desktop'], ['Edge', '156', 'Windows', '11', 'desktop'],
  ['Safari', '26', 'macOS', '26', 'desktop'], ['Chrome', '155', 'macOS', '15', 'desktop'], [null, null, null, null, 'unknown'],
];
const PATHS = [
  '/checkout/delivery', '/stoves/trekker-2?utm_source=newsletter&utm_campaign=winter-sale-2026&variant=%7B%22fuel%22%3A%22gas%22%7D', '/checkout/review', '/account/orders/2026-11-0048812/return', '/', '/warehouse/pick-list',
  '/tents/%D0%93%D0%BE%D1%80%D0%B0-3', '/search?q=merino+base+layer', '/checkout/payment', '/stores/nearest?lat=59.33&lng=18.06', '/ropes/compare',
];

const FOUR_HOURS = 14_400_000;

const hex = (n, width) => n.toString(16).padStart(width, '0');
const idOf = (at, n) => `${hex(at, 12).slice(0, 8)}-${hex(at, 12).slice(8)}-7${hex(n % 4096, 3)}-9a8e-${hex((n + 1) * 7919, 12)}`;

export function sessionList(count, now) {
  return Array.from({ length: count }, (_, n) => itemOf(n, now));
}

function itemOf(n, now) {
  const r = random(n + 1);
  const pick = (list) => list[Math.floor(r() * list.length)];
  const startedMs = n === 2 ? now - 34 * 60_000 : now - Math.floor(n * n * 18 + n * 210_000 + (n < 2 ? 126_000 : 340_000));
  const [name, user] = pick(PEOPLE);
  const [country, countryCode, city] = pick(PLACES);
  const [browser, browserVersion, os, osVersion, device] = pick(DEVICES);
  const active = n < 2;
  const durationMs = active ? now - startedMs : n === 5 ? FOUR_HOURS : n === 4 ? 0 : Math.floor(8_000 + r() * r() * 1_400_000);
  const bad = r() < 0.32;
  const item = {
    id: idOf(startedMs, n), state: active ? 'active' : 'ended', startedAt: new Date(startedMs).toISOString(), endedAt: active ? null : new Date(startedMs + durationMs).toISOString(), durationMs,
    landingUrl: 'https://shop.kettleandcrane.example/', url: `https://shop.kettleandcrane.example${pick(PATHS)}`, title: 'Kettle & Crane', pages: 1 + Math.floor(r() * 9), windows: 1,
    events: n === 4 ? 0 : Math.floor(40 + r() * 2_400), errors: bad ? Math.floor(r() * 4) : 0, failedRequests: bad ? 1 + Math.floor(r() * 6) : 0, consoleErrors: r() < 0.1 ? 4 : 0, rageClicks: bad && r() < 0.3 ? 1 : 0,
    user, traits: name ? { name } : null, ip: n % 5 ? `81.230.${n % 250}.${(n * 7) % 250}` : `2001:db8:85a3::8a2e:370:${hex(n % 65536, 4)}`, browser, browserVersion, os, osVersion, device, language: 'en-GB', timeZone: 'Europe/Stockholm',
    country, countryCode, region: null, city, bytes: Math.floor(r() * 90_000), screen: '1920×1080@1.5', referrer: 'https://www.google.com/', recorder: '0.1.0',
    activity: n === 4 ? [] : Array.from({ length: 32 }, () => Math.floor(r() * r() * 100)),
  };
  // what the list knows of a session before it has ended
  if (active) Object.assign(item, { url: item.landingUrl, pages: 0, windows: 0, events: 0, errors: 0, failedRequests: 0, consoleErrors: 0, rageClicks: 0, user: null, traits: null, bytes: 0, activity: [] });
  if (n === 2) Object.assign(item, { user: 'm.okonkwo@harbourline.example', traits: { name: 'Maren Okonkwo-Lindqvist', plan: 'trade', since: 2023 }, country: 'Sweden', countryCode: 'SE', city: 'Sundsvall', browser: 'Chrome', browserVersion: '156', os: 'Windows', osVersion: '11', device: 'desktop' });
  if (n === 2) Object.assign(item, { durationMs: 526_000, endedAt: new Date(startedMs + 526_000).toISOString(), pages: 7, windows: 2, errors: 3, failedRequests: 6, rageClicks: 1, events: 1_412, url: 'https://shop.kettleandcrane.example/checkout/review' });
  return item;
}

const recordings = new Map();

/** The recording behind an item: the shop visit for all, the hostile one for every hundredth, and one of four hours. */
export function recordingOf(item, n) {
  const found = recordings.get(item.id);
  if (found) return found;
  const start = Date.parse(item.startedAt);
  const pages = item.events === 0 ? [] : n % 100 === 66 ? hostileVisit(start) : item.durationMs === FOUR_HOURS ? longVisit(start) : shopVisit(start);
  const timeline = timelineOf(pages);
  if (!pages.length) Object.assign(timeline, { startedAt: start, endedAt: start });
  const made = { pages, timeline };
  recordings.set(item.id, made);
  return made;
}

export function detailOf(item, { pages, timeline }) {
  const windows = [...new Set(pages.map((p) => p.window))];
  const span = (list) => ({ firstAt: Math.min(...list.map((p) => p.at)), lastAt: Math.max(...list.map((p) => p.last)) });
  return {
    ...item,
    ...(pages.length && item.state === 'ended' ? { durationMs: timeline.endedAt - timeline.startedAt, endedAt: new Date(timeline.endedAt).toISOString() } : {}),
    windows: windows.map((id, i) => ({ id, label: `Window ${i + 1}`, ...span(pages.filter((p) => p.window === id)), pages: pages.filter((p) => p.window === id).length })),
    pages: pages.map((p) => ({ id: p.page, window: p.window, url: p.url, title: p.title, firstAt: p.at, lastAt: p.last, skewMs: 0, gaps: [] })),
    segments: pages.length ? [{ number: 0, firstAt: timeline.startedAt, lastAt: timeline.endedAt, events: item.events, timelineBytes: 9_000, domBytes: 37_000, rawBytes: 2_800_000 }] : [],
    snapshots: pages.map((p) => ({ page: p.page, at: p.at })),
    metadata: { viewport: { width: 1280, height: 800 }, privacy: 'inputs' },
    skewMs: 0,
  };
}

export function eventsOf({ pages }, { window, from, to, dom }) {
  const wanted = pages.filter((p) => (!window || p.window === window) && (to === null || p.at <= to));
  const shown = wanted.filter((p) => p.at <= (from ?? -Infinity)).at(-1);
  return wanted.filter((p) => from === null || p.at >= (shown?.at ?? -Infinity))
    .flatMap((p) => [...p.events].sort((a, b) => a.timestamp - b.timestamp))
    .filter((e) => (to === null || e.timestamp <= to) && !(dom && e.type === 6));
}
