import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { deep, everything, numbers, shouted, slow, slowPlace, slowStack } from './attacks.mjs';
import { launch, sessionId, skip, withMock } from './support.mjs';

/* Hostile recordings are replayed while a socket listens at every address that they name. What arrives, and what runs, is counted. */

/** Chromium asks before a page reaches this machine, which would hide what the recordings reach. */
const LOCAL_ALLOWED = '--disable-features=LocalNetworkAccessChecks';

let mock;
let browser;
let listener;
let id;
before(async () => {
  if (skip) return;
  [mock, browser, listener] = [await withMock(), await launch(LOCAL_ALLOWED), await listen()];
  id = await sessionId(mock, 'shop', 8);
});
after(async () => { await browser?.close(); await mock?.close(); listener?.close(); });

/** A socket that notes the first line of everything that comes, be it HTTP, TLS or nothing. */
async function listen() {
  const arrived = [];
  const server = createServer((socket) => {
    let told = false;
    const tell = (line) => { if (!told) arrived.push(line); told = true; };
    socket.on('data', (bytes) => { tell(String(bytes).split('\r\n')[0]); socket.end('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'); });
    socket.on('close', () => tell('a connection without a word'));
    socket.on('error', () => tell('a connection that broke'));
  });
  await new Promise((up) => server.listen(0, '127.0.0.1', up));
  return { evil: `http://127.0.0.1:${server.address().port}`, arrived, close: () => server.close() };
}

/** A page on which everything counts that a recording must not do. */
async function watched({ path = null, events = null, kept = {} } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  context.setDefaultTimeout(90_000);
  await context.addCookies([{ name: 'mimic_dashboard', value: 'shop', url: mock.url }]);
  if (events) await context.route(/\/api\/sessions\/[^/]+\/(events|export)/, (route) => route.fulfill({ contentType: 'application/json', body: events }));
  const hash = (n) => String(n).padStart(64, '0');
  const names = Object.keys(kept);
  if (names.length > 0) {
    await context.route(/\/api\/sessions\/[^/]+\/assets$/, (route) => route.fulfill({ json: { items: names.map((url, n) => ({ url, sha256: hash(n), type: kept[url].type, bytes: 1 })) } }));
    // every other one comes with others, the rest alone
    await context.route(/\/api\/sessions\/[^/]+\/assets\?sha256=/, (route) => {
      const asked = new URL(route.request().url()).searchParams.get('sha256').split(',');
      const together = asked.filter((sha256) => Number(sha256) % 2 === 0).map((sha256) => ({ sha256, content: Buffer.from(kept[names[Number(sha256)]].body).toString('base64') }));
      return route.fulfill({ json: { items: together } });
    });
    await context.route(/\/api\/sessions\/[^/]+\/assets\/\d+$/, (route) => route.fulfill({ contentType: kept[names[Number(route.request().url().split('/').at(-1))]].type, body: kept[names[Number(route.request().url().split('/').at(-1))]].body }));
  }
  const seen = { dialogs: 0, popups: 0, navigations: [], ran: 0 };
  const page = await context.newPage();
  const own = (url) => url.startsWith(new URL(mock.url).origin) || /^(about:|file:)/.test(url);
  page.on('dialog', (dialog) => { seen.dialogs++; dialog.dismiss().catch(() => {}); });
  context.on('page', () => { seen.popups++; });
  page.on('framenavigated', (frame) => { if (!own(frame.url())) seen.navigations.push(frame.url()); });
  if (path !== null) await page.goto(path);
  const count = async () => {
    for (const frame of page.frames()) if (await frame.evaluate(() => window.pwned).catch(() => undefined)) seen.ran++;
    return seen;
  };
  return { context, page, count, seen };
}

const startOf = async () => {
  const answer = await fetch(`${mock.url}api/sessions/${id}`, { headers: { cookie: 'mimic_dashboard=shop' } });
  return Date.parse((await answer.json()).startedAt);
};

const replayed = (page) => page.frameLocator('.stage iframe').frameLocator('.replayer-wrapper iframe');

/** Time for what was begun to arrive: more is asked for afterwards, and must come first. */
async function settle(page) {
  await page.evaluate(() => new Promise((done) => setTimeout(done, 1_000)));
}

/** The recorded page as text, with nothing taken out: for documents that hold by themselves. */
function markup(events) {
  const quoted = (text) => String(text).replace(/[&"]/g, (c) => `&#${c.charCodeAt(0)};`);
  const write = ({ tagName, attributes, childNodes = [], textContent = '' }) =>
    tagName ? `<${tagName.replace(/^.*:/, '')} ${Object.entries(attributes).filter(([name]) => !/^(rr_|_css)/.test(name)).map(([name, value]) => `${name}="${quoted(value)}"`).join(' ')}>${childNodes.map(write).join('')}</${tagName.replace(/^.*:/, '')}>` : textContent;
  const { node } = events.find((event) => event.type === 2).data;
  return node.childNodes.filter((child) => child.tagName).map(write).join('');
}

/** Writes it into a frame of the page, as the player's is, by parser: what a browser reads it does at once. */
function drawn({ html, sandbox }) {
  const frame = document.createElement('iframe');
  if (sandbox !== null) frame.setAttribute('sandbox', sandbox);
  document.body.append(frame);
  frame.contentDocument.open();
  frame.contentDocument.write(`<!doctype html>${html}`);
  frame.contentDocument.close();
}

/** Replays by rrweb as it comes; each change waits until the browser has drawn the one before, which it might not ask for else. */
async function livePlayed(events) {
  const replayer = new window.rrwebReplay.Replayer([], { liveMode: true });
  replayer.startLive(Date.now() - 1_000);
  for (const event of events) {
    replayer.addEvent({ ...event, timestamp: Date.now() });
    for (let frames = 0; frames < 6; frames++) await new Promise((drawn) => requestAnimationFrame(drawn));
  }
}

const CONSTRUCTED = ['constructed', 'constructed-replace', 'constructed-sync'];
const SHEETS = ['text', 'link', 'later', 'shadow', 'svg', 'prefix', ...CONSTRUCTED];

/** Names for which Chromium 156 does not ask although nothing keeps it from doing so: that they are not asked for in the player proves nothing. So are those of the sheet `replace`: a link's cannot be replaced. */
const INERT = [
  // SVG of its own origin alone, no function `src()`, no request for a namespace or in a comment; joined only by a filter that takes out what stands between
  ...SHEETS.flatMap((n) => ['filter.svg', 'src.png', 'ns', 'comment.png', 'joined.png', 'joined-import.css'].map((name) => `${n}-${name}`)),
  ...CONSTRUCTED.flatMap((n) => [`${n}-import.css`, `${n}-import-url.css`]), 'shadow-font.woff2', 'shadow-escaped-font.woff2',
  // rules that are added one by one, and are none by themselves
  'constructed-font.woff2', 'constructed-letter.png', 'constructed-broken-string.png',
  'real-use.svg', 'real-use-x.svg', 'use.svg', 'real-filter.svg', 'list-filter.svg', 'set-filter.svg', 'real-gradient.svg', 'real-path.svg', 'real-pattern.svg', 'track.vtt',
  // scripts, which rrweb leaves out or the sandbox stops, refresh, what only scripts or a canvas would draw
  'script.js', 'module.js', 'late.js', 'svg.js', 'real-svg.js', 'real-svg-x.js', 'modulepreload-hint', 'noscript.png', 'refresh', 'refresh-2', 'csp', 'custom.png', 'draw.png', 'fill.png',
  // a press or a form that is sent
  'area', 'button-form', 'form', 'formaction', 'math', 'ping', 'real-ping', 'base',
  // another attribute counts in its place, or another element
  '2x.png', 'img.png', 'frame', 'rr-frame', 'data-frame.png', 'sheet.css', 'real-set.png', 'real-animate-1.png', 'real-animate-2.png',
  // what is no SVG, or no element that browsers know any more
  'fe.png', 'image.png', 'image2.png', 'applet.class', 'bgsound.wav', 'dynsrc.avi', 'lowsrc.png', 'longdesc', 'usemap', 'portal', 'attribution',
  ...['apple-touch-icon', 'dns-prefetch', 'expect', 'icon', 'import', 'manifest', 'next', 'pingback', 'preconnect', 'prerender'].map((rel) => `${rel}-hint`),
];

const NOTHING = { dialogs: 0, popups: 0, navigations: [], ran: 0 };

describe('hostile recordings', { skip }, () => {
  test('the counters count, from a page of a server and from a file', async () => {
    // of its own: a browser may open a connection ahead of what it asks for, and use it late or never
    const { evil, arrived, close } = await listen();
    const html = `<img src="${evil}/control.png"><iframe src="${evil}/control-frame"></iframe><style>@import "${evil}/control.css";</style><script>window.pwned=1;alert(1);window.open('about:blank')</script>`;
    const folder = await mkdtemp(join(tmpdir(), 'mimic-control-'));
    await writeFile(join(folder, 'control.html'), html);
    const server = createHttpServer((_, answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end(html));
    await new Promise((up) => server.listen(0, '127.0.0.1', up));
    for (const path of [`http://127.0.0.1:${server.address().port}/`, pathToFileURL(join(folder, 'control.html')).href]) {
      arrived.length = 0;
      const { context, page, count } = await watched({ path });
      await page.waitForLoadState('load');
      await settle(page);
      const seen = await count();
      for (const name of ['control.png', 'control-frame', 'control.css']) assert.ok(arrived.some((line) => line.includes(name)), `${path} ${name}: ${arrived.join(', ')}`);
      assert.equal(seen.dialogs, 1);
      assert.ok(seen.navigations.some((url) => url.startsWith(evil)), String(seen.navigations));
      assert.ok(seen.ran > 0);
      await context.close();
    }
    server.close();
    close();
    await rm(folder, { recursive: true });
  });

  for (const [spelling, spelt] of [['as a recorder writes it', (events) => events], ['in other letters', shouted]]) {
    test(`in the player nothing runs and nothing leaves, ${spelling}`, () => playsSafely(spelt));
    test(`without the player's policy nothing leaves either, ${spelling}`, () => playsSafely(spelt, (context) => context.route(/\/player$/, async (route) => {
      const answer = await route.fetch();
      const { 'content-security-policy': policy, ...headers } = answer.headers();
      assert.match(policy, /default-src 'none'/);
      await route.fulfill({ response: answer, headers });
    })));
  }

  async function playsSafely(spelt, before = async () => {}) {
    const start = await startOf();
    const { context, page, count } = await watched({ events: JSON.stringify(spelt(everything(start, listener.evil))) });
    await before(context);
    await page.goto(`${mock.url}sessions/${id}?t=2`);
    await replayed(page).getByText('All of it was played').waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await settle(page);
    assert.deepEqual(listener.arrived, []);
    assert.deepEqual(await count(), NOTHING);
    await context.close();
  }

  test('under the policy alone, unsandboxed and as it was recorded, nothing runs and no address is asked for', async () => {
    const { evil, arrived, close } = await listen();
    const { context, page, count } = await watched({ path: `${mock.url}player` });
    await page.evaluate(drawn, { html: markup(everything(0, evil)), sandbox: null });
    await settle(page);
    // a policy of today does not govern what is only prepared for: `preconnect` and `dns-prefetch` are the first layer's
    assert.deepEqual(arrived.filter((line) => line !== 'a connection without a word'), []);
    const { navigations, ...seen } = await count();
    assert.deepEqual({ ...seen, navigations: navigations.filter((url) => !url.startsWith('chrome-error:')) }, NOTHING, 'a frame that was refused shows so');
    await context.close();
    close();
  });

  test('in the sandbox alone nothing runs, opens or navigates, though what is named is asked for', async () => {
    const { evil, arrived, close } = await listen();
    const server = createHttpServer((_, answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><body>'));
    await new Promise((up) => server.listen(0, '127.0.0.1', up));
    const { context, page, seen } = await watched({ path: `http://127.0.0.1:${server.address().port}/` });
    await page.evaluate(drawn, { html: markup(everything(0, evil)), sandbox: 'allow-same-origin' });
    await settle(page);
    assert.ok(arrived.some((line) => line.includes('/img.png')), arrived.join(', '));
    // frames of `evil` stand there now, in which nothing can be asked: every attack tells the page, too
    assert.deepEqual({ dialogs: seen.dialogs, popups: seen.popups, ran: await page.evaluate(() => window.pwned ?? 0) }, { dialogs: 0, popups: 0, ran: 0 });
    assert.equal(new URL(page.url()).port, String(server.address().port), 'the page itself is where it was');
    await context.close();
    server.close();
    close();
  });

  test('in the sandbox alone, replayed with nothing taken out, every name is asked for but those that this browser leaves alone anyway', async (control) => {
    const { evil, arrived, close } = await listen();
    const rrweb = await readFile(join(dirname(createRequire(import.meta.url).resolve('@rrweb/replay')), 'replay.umd.min.cjs'));
    const server = createHttpServer((request, answer) => (request.url === '/replay.js' ? answer.writeHead(200, { 'content-type': 'text/javascript' }).end(rrweb) : answer.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><script src="/replay.js"></script><body>')));
    await new Promise((up) => server.listen(0, '127.0.0.1', up));
    const { context, page } = await watched({ path: `http://127.0.0.1:${server.address().port}/` });
    control.after(() => { server.close(); close(); });
    const events = everything(0, evil);
    await page.evaluate(livePlayed, events);
    const named = new Set([...JSON.stringify(events).matchAll(new RegExp(`${evil}/([\\w.-]+)`, 'g'))].map(([, name]) => name));
    const inert = [...INERT, ...[...named].filter((name) => /^replace[-.]/.test(name))];
    assert.deepEqual(inert.filter((name) => !named.has(name)), [], 'what is listed is named');
    const missing = () => [...named].filter((name) => !inert.includes(name) && !arrived.some((line) => line.split(' ')[1] === `/${name}`));
    for (let tries = 0; tries < 600 && missing().length > 0; tries++) await page.waitForTimeout(100);
    assert.deepEqual(missing(), []);
    await context.close();
  });

  test('texts that were made to be slow leave the dashboard at work', async () => {
    const { context, page, count } = await watched({ events: JSON.stringify(slow(await startOf())) });
    await context.route(/\/api\/sessions\/[^/]+\/timeline/, async (route) => {
      const timeline = await (await route.fetch()).json();
      const [error, line] = [timeline.errors[0], timeline.console[0]];
      assert.ok(error && line);
      await route.fulfill({ json: { ...timeline, errors: [{ ...error, kind: 'error', name: 'Slow', message: 'Slow: stack', fingerprint: 'slow', stack: slowStack() }], console: [{ ...line, args: ['"slow line"'], trace: [slowPlace()] }] } });
    });
    await page.goto(`${mock.url}sessions/${id}?t=2`);
    await replayed(page).getByText('All of it was played').waitFor({ state: 'attached' });
    await page.getByRole('tab', { name: /Console/ }).click();
    await page.getByText('slow line').waitFor();
    await page.getByRole('tab', { name: /Errors/ }).click();
    await page.getByRole('button', { name: 'Slow', exact: true }).click();
    await page.getByText('seen.js:1:2').waitFor();
    assert.deepEqual(await count(), NOTHING);
    await context.close();
  });

  test('in the exported file nothing runs and nothing leaves', async () => {
    const start = await startOf();
    const { context, page } = await watched({ path: `${mock.url}sessions/${id}?t=2`, events: JSON.stringify(shouted(everything(start, listener.evil))) });
    await replayed(page).getByText('All of it was played').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: /^More/ }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Recording as one HTML file' }).click()]);
    const folder = await mkdtemp(join(tmpdir(), 'mimic-hostile-'));
    const file = join(folder, 'recording.html');
    await download.saveAs(file);
    await context.close();

    const exported = await watched({ path: pathToFileURL(file).href });
    const inner = exported.page.frameLocator('.replayer-wrapper iframe').first();
    await inner.getByText('Hostile page').waitFor({ state: 'attached' });
    await exported.page.locator('#seek').evaluate((seek) => { seek.value = '2000'; seek.dispatchEvent(new Event('input')); });
    await inner.getByText('All of it was played').waitFor({ state: 'attached' });
    await settle(exported.page);
    assert.deepEqual(listener.arrived, []);
    assert.deepEqual(await exported.count(), NOTHING);
    await exported.context.close();
    await rm(folder, { recursive: true });
  });

  test('kept files that are hostile run nothing, reach nobody, and are shown', async () => {
    const start = await startOf();
    const app = 'https://app.example';
    const { evil } = listener;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="120" height="80" onload="top.pwned=1;fetch('${evil}/svg-load')"><script>top.pwned=1;fetch('${evil}/svg-script')</script><image xlink:href="${evil}/svg-image.png" width="9" height="9"/><style>@import "${evil}/svg-import.css";</style><foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="${evil}/svg-frame"></iframe></foreignObject><symbol id="x"><rect width="40" height="20" onclick="top.pwned=1"/><image href="${evil}/use-image.png" width="9" height="9"><set attributeName="href" to="${evil}/use-set.png"/></image><rect width="9" height="9" fill="u\\72l(${evil}/use-fill.svg#a)" style="mask:url(${evil}/use-mask.svg#a)"/></symbol></svg>`;
    const css = `@import "${evil}/sheet-import.css";@import url(part.css) screen;@font-face{font-family:x;src:url(${evil}/sheet-font.woff2)}.kept{background:url(${evil}/sheet-url.png);color:rgb(1, 2, 3);font-family:x}.kept::after{content:url(${evil}/sheet-content.png)}`;
    const kept = { [`${app}/a.svg`]: { type: 'image/svg+xml', body: svg }, [`${app}/late.css`]: { type: 'text/css', body: css }, [`${app}/part.css`]: { type: 'text/css', body: `@import "${evil}/part-import.css";.kept{border-top:3px solid;background:u\\72l(${evil}/part-url.png)}` } };
    const node = (id, tagName, attributes, ...childNodes) => ({ type: 2, id, tagName, attributes, childNodes, ...(/^(svg|use)$/.test(tagName) ? { isSVG: true } : {}) });
    const tree = node(2, 'html', {}, node(3, 'head', {}, node(4, 'link', { rel: 'stylesheet', href: `${app}/late.css` })),
      node(5, 'body', {}, node(6, 'img', { class: 'kept', src: `${app}/a.svg` }), node(7, 'iframe', { src: `${app}/a.svg` }), node(8, 'object', { data: `${app}/a.svg`, type: 'image/svg+xml' }), node(9, 'embed', { src: `${app}/a.svg` }), node(10, 'svg', { width: '50', height: '30' }, node(11, 'use', { href: `${app}/a.svg#x` }))));
    const events = [
      { type: 4, timestamp: start, data: { href: `${app}/`, width: 800, height: 600 } },
      { type: 2, timestamp: start + 1, data: { node: { type: 0, id: 1, childNodes: [tree] }, initialOffset: { top: 0, left: 0 } } },
      { type: 3, timestamp: start + 5_000, data: { source: 1, positions: [{ x: 1, y: 1, id: 5, timeOffset: 0 }] } },
    ];
    const { context, page, count } = await watched({ path: `${mock.url}sessions/${id}?t=2`, events: JSON.stringify(events), kept });
    const picture = replayed(page).locator('img.kept');
    await picture.waitFor({ state: 'attached' });
    for (let tries = 0; tries < 300 && (await picture.evaluate((img) => img.naturalWidth)) !== 120; tries++) await page.waitForTimeout(100);
    assert.equal(await picture.evaluate((img) => img.naturalWidth), 120);
    assert.equal(await picture.evaluate((img) => getComputedStyle(img).color), 'rgb(1, 2, 3)');
    assert.equal(await picture.evaluate((img) => getComputedStyle(img).borderTopWidth), '3px', 'of the sheet that the kept one imports');
    const part = replayed(page).locator('use');
    for (let tries = 0; tries < 300 && (await part.evaluate((use) => use.getBBox().width)) !== 40; tries++) await page.waitForTimeout(100);
    assert.equal(await part.evaluate((use) => use.getBBox().width), 40, 'a part of a kept drawing');
    await settle(page);
    assert.deepEqual(listener.arrived, []);
    assert.deepEqual(await count(), NOTHING);
    await context.close();
  });

  test('kept style sheets hold as they did, with their layers, conditions and namespaces', async () => {
    const start = await startOf();
    const app = 'https://app.example';
    const css = (body) => ({ type: 'text/css', body });
    const kept = {
      [`${app}/app.css`]: css('@layer low, high;@import "high.css" layer(high);@import url(low.css) layer(low) supports(display: grid) screen;@import "never.css" supports(display: never);@namespace s url(http://www.w3.org/2000/svg);s|rect{fill:rgb(1, 2, 3)}'),
      [`${app}/high.css`]: css('.kept{color:rgb(4, 5, 6)}'), [`${app}/low.css`]: css('.kept{color:rgb(7, 8, 9);border-top:3px solid}'), [`${app}/never.css`]: css('.kept{color:red}'),
    };
    const node = (id, tagName, attributes, ...childNodes) => ({ type: 2, id, tagName, attributes, childNodes, ...(/^(svg|rect)$/.test(tagName) ? { isSVG: true } : {}) });
    const tree = node(2, 'html', {}, node(3, 'head', {}, node(4, 'link', { rel: 'stylesheet', href: `${app}/app.css` })), node(5, 'body', {}, node(6, 'p', { class: 'kept' }, { type: 3, id: 7, textContent: 'Kept' }), node(8, 'svg', {}, node(9, 'rect', { width: '9', height: '9' }))));
    const events = [{ type: 4, timestamp: start, data: { href: `${app}/`, width: 800, height: 600 } }, { type: 2, timestamp: start + 1, data: { node: { type: 0, id: 1, childNodes: [tree] }, initialOffset: { top: 0, left: 0 } } }];
    const { context, page } = await watched({ path: `${mock.url}sessions/${id}?t=2`, events: JSON.stringify(events), kept });
    const style = (selector, property) => replayed(page).locator(selector).evaluate((element, name) => getComputedStyle(element)[name], property);
    await replayed(page).getByText('Kept').waitFor({ state: 'attached' });
    assert.equal(await style('.kept', 'color'), 'rgb(4, 5, 6)', 'of the layer that was named last, not of the sheet');
    assert.equal(await style('.kept', 'borderTopWidth'), '3px');
    assert.equal(await style('rect', 'fill'), 'rgb(1, 2, 3)');
    await context.close();
  });

  test('huge numbers and times leave the dashboard at work', async () => {
    const { context, page, count } = await watched({ path: `${mock.url}sessions/${id}?t=2`, events: JSON.stringify(numbers(await startOf())) });
    await replayed(page).getByText('Huge numbers').waitFor({ state: 'attached' });
    await page.getByRole('tab', { name: /Console/ }).click();
    await page.getByRole('tab', { name: /Console/, selected: true }).waitFor();
    assert.deepEqual(await count(), NOTHING);
    await context.close();
  });

  // the first is what ingest takes at most, which is shown; the other nobody can send
  for (const depth of [1_994, 50_000]) {
    test(`a page nested ${depth.toLocaleString('en')} deep leaves the dashboard at work`, async () => {
      const { context, page, count } = await watched({ path: `${mock.url}sessions/${id}?t=2`, events: deep(await startOf(), depth) });
      await page.locator('.stage').waitFor();
      await settle(page);
      await page.getByRole('tab', { name: /Console/ }).click();
      await page.getByRole('tab', { name: /Console/, selected: true }).waitFor();
      if (depth < 2_000) await replayed(page).getByText('deep').waitFor({ state: 'attached' });
      assert.deepEqual(listener.arrived, []);
      assert.deepEqual(await count(), NOTHING);
      await context.close();
    });
  }
});
