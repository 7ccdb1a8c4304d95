import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { playHour, startShop } from './app.mjs';
import { painted, watched } from './measure.mjs';
import { visit } from './visit.mjs';

/**
 * Opens one hour of recording in the dashboard and in stock rrweb-player, in one run of one browser, and prints how long a viewer waits, what is fetched and
 * what the tab holds. The hour is a visit to the example shop, recorded by MIMIC's recorder and played by the load generator (bin/load), who goes through it again and again.
 */

const TARGET = 55 * 60_000;
const SEEKS = [50, 5, 40, 12, 58, 30, 1, 45, 20, 55].map((minute) => minute * 60_000);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const ROUNDS = Number(process.argv[2] ?? 3);

/** Notes when the player says that it shows a moment, and when the lists beside it are drawn. */
function listen() {
  window.bench = { shown: [], ready: [], now: null };
  addEventListener('message', ({ data }) => {
    if (data?.mark !== 'mimic-player') return;
    if (data.message.kind === 'shown' || data.message.kind === 'ready') window.bench[data.message.kind].push(performance.now());
    if (data.message.kind === 'now') window.bench.now = data.message;
  });
}

async function inDashboard(browser, base, cookie, detail) {
  const tab = await watched(browser, { cookie, recording: /\/api\/sessions\// });
  const { page } = tab;
  const start = Date.parse(detail.startedAt);
  await page.addInitScript(listen);
  await page.goto(`${base}sessions/${detail.id}?t=0`);
  await page.waitForFunction(() => window.bench.shown.length > 0 && document.querySelector('.stage iframe')?.checkVisibility({ visibilityProperty: true }));
  const first = await painted(page);
  await page.locator('.panels .plist').waitFor();
  const lists = await painted(page);
  console.error(`  ms since the page was asked for: ${(await steps(page)).join(', ')}`);
  const firstBytes = await tab.bytes();
  const seek = (to) => seekByTimeline(page, start, to, detail.durationMs);
  const seeking = await seek(TARGET);
  const seekBytes = await tab.bytes();
  for (const to of SEEKS) await seek(to);
  const heap = await tab.heap();
  await tab.close();
  return { first, lists, firstBytes, seek: seeking, seekBytes, heap };
}

/** What the first frame waited for. */
async function steps(page) {
  const asked = await page.evaluate(() => performance.timeOrigin);
  const ended = async (document, pattern) => {
    const at = await document.evaluate((text) => performance.getEntriesByType('resource').filter((entry) => new RegExp(text).test(entry.name)).map((entry) => performance.timeOrigin + entry.responseEnd), pattern);
    return at.length === 0 ? '–' : Math.round(Math.max(...at) - asked);
  };
  const player = page.frames().find((frame) => frame.url().endsWith('/player'));
  const told = await page.evaluate(() => ({ ready: window.bench.ready.map(Math.round), shown: window.bench.shown.map(Math.round) }));
  return [
    `scripts there ${await ended(page, '/assets/.*js$')}`, `session there ${await ended(page, '/sessions/[^/]+$')}`, `timeline there ${await ended(page, '/timeline$')}`,
    `player at work ${told.ready}`, `kept files there ${await ended(player, '/assets[/?].*[0-9a-f]{64}$')}`, `events there ${await ended(player, '/events')}`, `first page shown ${told.shown}`,
  ];
}

/** Presses on the timeline as a person does, and waits until the page of that moment is painted. */
async function seekByTimeline(page, start, to, duration) {
  const track = await page.locator('.tl-act').boundingBox();
  const before = await page.evaluate(() => { window.bench.now = null; return performance.now(); });
  await page.mouse.click(track.x + (track.width * to) / duration, track.y + track.height / 2);
  const near = duration / track.width * 2;
  await page.waitForFunction(([at, slack]) => { const { now } = window.bench; return now && !now.waiting && Math.abs(now.at - at) < slack; }, [start + to, near]);
  return (await painted(page)) - before;
}

const PAGE = `<!doctype html><meta charset="utf-8"><title>rrweb-player</title><link rel="stylesheet" href="player.css"><body><script type="module">
import Player from './player.js';
const events = await (await fetch('events.json')).json();
window.player = new Player({ target: document.body, props: { events, autoPlay: false, width: 1024, height: 576 } });
window.ready = true;
</script>`;

/** Serves rrweb-player and the whole recording, gzip as MIMIC sends it. */
async function servePlayer(events) {
  const dist = new URL('node_modules/rrweb-player/dist/', import.meta.url);
  const files = {
    '/': ['text/html', Buffer.from(PAGE)],
    '/player.js': ['text/javascript', await readFile(new URL('rrweb-player.js', dist))],
    '/player.css': ['text/css', await readFile(new URL('style.css', dist))],
    '/events.json': ['application/json', events],
  };
  const packed = new Map(Object.entries(files).map(([path, [type, body]]) => [path, [type, gzipSync(body)]]));
  const server = createServer((request, answer) => {
    const file = packed.get(request.url);
    if (!file) return answer.writeHead(404).end();
    return answer.writeHead(200, { 'content-type': file[0], 'content-encoding': 'gzip' }).end(file[1]);
  });
  await new Promise((up) => server.listen(0, '127.0.0.1', up));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => { server.closeAllConnections(); server.close(); } };
}

async function inPlayer(browser, url) {
  const tab = await watched(browser, { recording: /events\.json$/ });
  const { page } = tab;
  await page.goto(url);
  await page.waitForFunction(() => window.ready && document.querySelector('.replayer-wrapper iframe')?.contentDocument?.body?.childElementCount > 0);
  const first = await painted(page);
  const firstBytes = await tab.bytes();
  const seek = async (to) => {
    const before = await page.evaluate((at) => { const now = performance.now(); window.player.goto(at, false); return now; }, to);
    return (await painted(page)) - before;
  };
  const seeking = await seek(TARGET);
  const seekBytes = await tab.bytes();
  for (const to of SEEKS) await seek(to);
  const heap = await tab.heap();
  await tab.close();
  return { first, firstBytes, seek: seeking, seekBytes, heap };
}

const ms = (value) => Math.round(value).toLocaleString('en-US');
const kb = (value) => Math.round(value / 1024).toLocaleString('en-US');
const mb = (value) => (value / 1048576).toFixed(1);

/** The median, with the least and the most beside it. */
function spread(rounds, value, form) {
  const values = rounds.map(value).sort((a, b) => a - b);
  const [least, most] = [form(values[0]), form(values.at(-1))];
  const median = form(values[Math.floor(values.length / 2)]);
  return values.length > 1 && least !== most ? `${median} (${least} – ${most})` : median;
}

function row(name, rounds, whole) {
  const cells = [
    spread(rounds, (r) => r.first, ms), rounds[0].lists === undefined ? '–' : spread(rounds, (r) => r.lists, ms),
    spread(rounds, (r) => r.firstBytes.recording, kb), spread(rounds, (r) => (r.firstBytes.recording / whole) * 100, (share) => `${share.toFixed(1)} %`), spread(rounds, (r) => r.firstBytes.all - r.firstBytes.recording, kb),
    spread(rounds, (r) => r.seek, ms), spread(rounds, (r) => r.seekBytes.recording, kb), spread(rounds, (r) => r.heap, mb),
  ];
  return `| ${name} | ${cells.join(' | ')} |`;
}

const HEAD = '| | first frame, ms | with its lists, ms | of the recording, KB | of the whole JSON | of the app, KB | seek to 55 min, ms | of the recording, KB | heap after ten seeks, MB |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|';

const shop = await startShop();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
try {
  await visit(browser, shop.url);
  await playHour(shop);
  const cookie = await shop.mimic.login('hour');
  const detail = await shop.mimic.ended(await shop.mimic.longest());
  const events = await shop.mimic.events(detail.id);
  const whole = gzipSync(events).length;
  const player = await servePlayer(events);
  const dashboard = [];
  const stock = [];
  for (let round = 0; round < ROUNDS; round++) {
    dashboard.push(await inDashboard(browser, shop.mimic.base, cookie, detail));
    console.error(row(`MIMIC, round ${round + 1}`, dashboard.slice(-1), whole));
    stock.push(await inPlayer(browser, player.url));
    console.error(row(`rrweb-player, round ${round + 1}`, stock.slice(-1), whole));
  }
  player.close();
  console.log(`A session of ${(detail.durationMs / 60_000).toFixed(1)} min, ${mb(events.length)} MB of rrweb JSON (${mb(whole)} MB as gzip), ${detail.events.toLocaleString('en-US')} events, ${detail.segments.length} segments; Chromium ${browser.version()}, ${ROUNDS} rounds in turn, each tab with an empty cache.\n`);
  console.log([HEAD, row('MIMIC: a link to the session', dashboard, whole), row('rrweb-player, given the whole JSON (reference)', stock, whole)].join('\n'));
} finally {
  await browser.close();
  await shop.stop();
}
