import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { clock, launch, openPage, replayed, sessionId, skip, until, withMock } from './support.mjs';

let mock;
let browser;
let shop;
before(async () => {
  if (skip) return;
  mock = await withMock();
  browser = await launch();
  shop = await sessionId(mock, 'shop', 8);
});
after(async () => { await browser?.close(); await mock?.close(); });

async function save(page, name) {
  await page.getByRole('button', { name: /^More/ }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name }).click()]);
  return download.path();
}

describe('flows', { skip }, () => {
  test('a login that ends while one watches leads back to the moment that was shown', async () => {
    const { page, context } = await openPage(browser, mock, { project: 'shop', path: `sessions/${shop}?t=3` });
    await (await replayed(page)).locator('body *').first().waitFor();
    await context.clearCookies();
    await page.route('**/events?**', (route) => route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"title":"Not logged in","status":401,"detail":""}' }));
    await page.keyboard.press('9');
    await page.getByRole('heading', { name: 'Sign in to a project' }).waitFor();
    const kept = new URL(page.url());
    assert.ok(Number(kept.searchParams.get('t')) > 3, kept.search);
    await page.unroute('**/events?**');
    await page.getByLabel('Project').fill('shop');
    await page.getByLabel('Password', { exact: true }).fill('kettle');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await (await replayed(page)).locator('body *').first().waitFor();
    const back = Number(await page.getByRole('slider', { name: 'Position' }).getAttribute('aria-valuenow'));
    assert.ok(Math.abs(back - Number(kept.searchParams.get('t'))) <= 1, `${back}, ${kept.search}`);
    await context.close();
  });

  test('a hostile recording is text in every panel, runs nothing and calls nobody', async () => {
    const id = await sessionId(mock, 'shop', 66);
    const { page, context, faults } = await openPage(browser, mock, { project: 'shop', path: `sessions/${id}?t=4` });
    const frame = await replayed(page);
    await frame.getByRole('heading', { name: 'Hostile page' }).waitFor();
    for (const name of [/Overview/, /Network/, /Console/, /Errors/, /Events/]) {
      await page.getByRole('tab', { name }).click();
      await page.locator('.panels .plist').waitFor();
    }
    await page.getByRole('tab', { name: /Errors/ }).click();
    await page.locator('.erow .cover').first().click();
    await page.locator('.drawer').waitFor();
    await page.waitForTimeout(300);
    for (const each of page.frames()) assert.equal(await each.evaluate(() => window.pwned).catch(() => undefined), undefined);
    assert.equal(await page.locator('.panels img, .drawer img, .shead img, .addr img').count(), 0);
    assert.equal(await frame.locator('[onload], [onerror], [onclick], [srcdoc], base[href], [http-equiv]').count(), 0);
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('every action of the player has its key', async () => {
    const { page, context, faults } = await openPage(browser, mock, { project: 'shop', path: `sessions/${shop}` });
    await (await replayed(page)).getByRole('heading', { name: 'New this week' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await until(page, '0:05.0');
    await page.keyboard.press('Shift+ArrowRight');
    await until(page, '0:35.0');
    await page.keyboard.press('ArrowLeft');
    await until(page, '0:30.0');
    await page.keyboard.press('n');
    await until(page, '1:58.0');
    await page.keyboard.press('n');
    await until(page, '5:44.1');
    await page.keyboard.press('p');
    await until(page, '1:58.0');
    await page.keyboard.press('5');
    await until(page, '4:22.8');
    await page.keyboard.press('.');
    assert.notEqual(await clock(page), '4:22.8');
    await page.keyboard.press('>');
    await page.getByRole('button', { name: 'Speed: 2 times' }).waitFor();
    await page.keyboard.press('<');
    await page.getByRole('button', { name: 'Speed: 1 times' }).waitFor();
    await page.keyboard.press('i');
    await page.getByRole('switch', { name: 'Skip idle', checked: false }).waitFor();
    await page.keyboard.press('Alt+3');
    await page.getByRole('tab', { name: /Console/, selected: true }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('chat');
    await page.waitForFunction(() => document.querySelectorAll('.crow').length === 1);
    await page.keyboard.press('n');
    assert.equal(await page.getByRole('searchbox', { name: 'Text or source' }).inputValue(), 'chatn');
    await page.getByRole('button', { name: 'Play' }).focus();
    await page.keyboard.press('w');
    await page.locator('.wtab.is-on', { hasText: 'Contact us' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Keys' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Sessions' }).waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('lists are walked by arrow keys, rows seek by Enter, and the error view gives the focus back', async () => {
    const { page, context } = await openPage(browser, mock, { project: 'shop' });
    await page.locator('[data-row="0"]').focus();
    for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Maren Okonkwo-Lindqvist' }).waitFor();
    await page.locator('.step', { hasText: '9 of 50+' }).waitFor();
    await page.getByRole('tab', { name: /Events/ }).click();
    const first = page.locator('.vrow').first();
    await first.focus();
    for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.notEqual(await clock(page), '0:00.0');
    await page.getByRole('tab', { name: /Errors/ }).click();
    const error = page.getByRole('button', { name: 'TypeError' });
    await error.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('heading', { name: /Cannot read properties/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await error.evaluate((e) => e === document.activeElement), true);
    await context.close();
  });

  test('other sessions with the same error are counted, and one press away', async () => {
    const { page, context, faults } = await openPage(browser, mock, { project: 'shop', path: `sessions/${shop}?t=401.2` });
    await page.getByRole('tab', { name: /Errors/ }).click();
    await page.locator('.erow .cover', { hasText: 'TypeError' }).click();
    await page.getByRole('dialog').getByText('and in more than 20 other sessions that have ended').waitFor();
    await page.getByRole('dialog').getByRole('link', { name: 'and in more than 20 other sessions' }).click();
    await page.getByText('2 live ones count when they end').waitFor();
    await page.waitForURL(/range=all&failure=TypeError/);
    await page.locator('.chip', { hasText: 'TypeError: Cannot read properties' }).waitFor();
    await page.locator('.srow .who-name').first().waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('a request that failed opens on the Java stack behind it: own frames bright, those of frameworks folded', async () => {
    const { page, context, faults } = await openPage(browser, mock, { project: 'shop' });
    await page.getByRole('link', { name: 'Maren Okonkwo-Lindqvist' }).first().click();
    await page.getByRole('tab', { name: /Network/ }).click();
    await page.getByRole('radio', { name: /Failed/ }).or(page.getByRole('button', { name: /Failed/ })).first().click();
    await page.locator('.nrow-bad', { hasText: 'orders' }).first().click();
    const details = page.locator('.ndetail');
    for (const text of ['CheckoutController.placeOrder', '/api/checkout/orders', 'Server time', 'NoRateException']) await details.getByText(text).first().waitFor();
    await details.getByText('5 log lines').click();
    await details.getByText('no row for postcode 98499').waitFor();
    await details.getByText('2 further lines were not kept.').waitFor();
    await details.getByText('Java stack').click();
    await details.locator('.fr-own', { hasText: 'RateTable.lookup' }).first().waitFor();
    await details.getByRole('button', { name: 'Open error' }).click();
    const view = page.getByRole('dialog');
    await view.locator('.fr-own', { hasText: 'OrderService.place' }).waitFor();
    assert.equal(await view.locator('.fr', { hasText: 'DispatcherServlet.doDispatch' }).count(), 0);
    await view.getByRole('button', { name: /frames of Spring, Tomcat and the JDK/ }).click();
    await view.locator('.fr', { hasText: 'DispatcherServlet.doDispatch' }).waitFor();
    await view.getByText('Caused by: java.util.NoSuchElementException: No value present').waitFor();
    await view.getByText('Server time').waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('a link’s recorded page is built before the dashboard’s own script is there, and is moved to its place, not loaded again', async () => {
    let release;
    const held = new Promise((go) => { release = go; });
    const documents = [];
    const slow = async (page) => {
      page.on('request', (request) => { if (request.url().endsWith('/player')) documents.push(request.url()); });
      await page.route('**/assets/main-*.js', async (route) => { await held; await route.continue(); });
    };
    const one = await sessionId(mock, 'shop', 66);
    const { page, context, faults } = await openPage(browser, mock, { project: 'shop', path: `sessions/${one}?t=2`, before: slow });
    const early = await (await page.waitForSelector('.player-waits iframe', { state: 'attached' })).contentFrame();
    await early.waitForFunction(() => document.querySelector('.replayer-wrapper iframe')?.contentDocument?.querySelector('h1')?.textContent === 'Hostile page');
    assert.equal(await page.locator('.session').count(), 0);
    release();
    await (await replayed(page)).getByRole('heading', { name: 'Hostile page' }).waitFor();
    await page.locator('.panels .plist').waitFor();
    assert.equal(documents.length, 1);
    assert.equal(await page.locator('iframe').count(), 1);
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('the first page is shown before the lists are there', async () => {
    let release;
    const held = new Promise((go) => { release = go; });
    const slow = (page) => page.route('**/timeline', async (route) => { await held; await route.continue(); });
    const one = await sessionId(mock, 'shop', 66);
    const { page, context, faults } = await openPage(browser, mock, { project: 'shop', path: `sessions/${one}?t=2`, before: slow });
    await (await replayed(page)).getByRole('heading', { name: 'Hostile page' }).waitFor();
    assert.equal(await page.locator('.panels[aria-busy=true]').count(), 1);
    assert.equal(await page.getByRole('button', { name: /^More/ }).isDisabled(), true);
    release();
    await page.locator('.panels .plist').waitFor();
    await page.getByRole('button', { name: /^More/ }).click();
    await page.getByRole('menuitem', { name: 'Copy as Markdown' }).waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('the timeline of one window is asked for when its first page is shown, or has been waited for long enough; that of two before it', async () => {
    const listen = (page) => page.addInitScript(() => addEventListener('message', ({ data }) => { if (data?.message?.kind === 'shown') window.shownAt ??= performance.now(); }));
    const opened = async (n) => {
      const { page, context, faults } = await openPage(browser, mock, { project: 'shop', path: `sessions/${await sessionId(mock, 'shop', n)}?t=2`, before: listen });
      await page.locator('.panels .plist').waitFor();
      await page.waitForFunction(() => window.shownAt !== undefined);
      const at = await page.evaluate(() => {
        const ofSession = (end) => performance.getEntriesByType('resource').find(({ name }) => new RegExp(`/api/sessions/[^/]+${end}$`).test(name));
        return { session: ofSession('').responseEnd, timelines: performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/timeline')).length, timeline: ofSession('/timeline').startTime, shown: window.shownAt };
      });
      assert.deepEqual(faults, []);
      await context.close();
      return at;
    };
    const one = await opened(66);
    assert.ok(one.timeline >= one.shown || one.timeline >= one.session + 1_000, JSON.stringify(one));
    assert.equal(one.timelines, 1);
    const two = await opened(8);
    assert.ok(two.timeline < two.shown, JSON.stringify(two));
    assert.equal(two.timelines, 1);
  });

  test('lists that come after the recorded page move nothing of it', async () => {
    let release;
    const held = new Promise((go) => { release = go; });
    const slow = (page) => page.route('**/timeline', async (route) => { await held; await route.continue(); });
    const { page, context, faults } = await openPage(browser, mock, { project: 'shop', path: `sessions/${await sessionId(mock, 'shop', 66)}?t=2`, before: slow });
    await (await replayed(page)).getByRole('heading', { name: 'Hostile page' }).waitFor();
    const box = () => page.locator('.frame').boundingBox();
    const before = await box();
    await page.locator('.tl .tl-act').waitFor();
    assert.deepEqual(await box(), before);
    release();
    await page.locator('.panels .plist').waitFor();
    assert.deepEqual(await box(), before);
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('a duration that no session can have is refused where it is typed', async () => {
    const { page, context, faults } = await openPage(browser, mock, { project: 'shop', path: '?minDuration=600000' });
    await page.getByRole('button', { name: 'Add filter' }).click();
    await page.getByLabel('What').selectOption('maxDuration');
    await page.getByLabel('Seconds').fill('60');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('alert').getByText('No session lasts at least 10 min and at most 1 min.').waitFor();
    await page.getByLabel('Seconds').fill('6000');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.waitForURL(/maxDuration=6000000/);
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('the overview is searched and filtered as the other panels are', async () => {
    const { page, context, faults } = await openPage(browser, mock, { project: 'shop', path: `sessions/${shop}` });
    await page.getByRole('tab', { name: /Overview/ }).click();
    const panel = page.getByRole('tabpanel');
    await panel.getByRole('searchbox', { name: 'Any fact or page' }).fill('windows');
    await panel.getByText('Windows 11').waitFor();
    assert.equal(await panel.getByRole('heading', { name: 'Pages' }).count(), 0);
    await panel.getByRole('searchbox').fill('checkout');
    await panel.getByRole('button', { name: '/checkout/review', exact: true }).first().waitFor();
    assert.equal(await panel.getByText('Windows 11').count(), 0);
    await panel.getByRole('searchbox').fill('no such thing');
    await panel.getByText('Nothing here matches.').waitFor();
    await panel.getByRole('searchbox').fill('');
    await panel.getByRole('button', { name: 'Recording' }).click();
    await panel.getByRole('heading', { name: 'Session', exact: true }).waitFor();
    assert.equal(await panel.getByRole('heading', { name: 'Device' }).count(), 0);
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('filters live in the address and can be saved', async () => {
    const { page, context } = await openPage(browser, mock, { project: 'shop' });
    await page.getByRole('switch', { name: 'Error Mode' }).click();
    await page.waitForURL(/errors=true/);
    await page.getByRole('searchbox', { name: 'Search sessions' }).fill('checkout');
    await page.waitForURL(/q=checkout/);
    await page.getByRole('button', { name: 'Add filter' }).click();
    await page.getByLabel('What').selectOption('browser');
    await page.getByLabel('Value').fill('Chrome');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.waitForURL(/browser=Chrome/);
    await page.getByRole('button', { name: 'Save these filters' }).click();
    await page.getByLabel('Name').fill('Checkout on Chrome');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('link', { name: 'Checkout on Chrome' }).waitFor();
    await page.waitForFunction(() => {
      const urls = [...document.querySelectorAll('.who-url')].map((node) => node.textContent);
      return urls.length > 0 && urls.every((url) => url.includes('checkout'));
    });
    await page.reload();
    await page.getByRole('switch', { name: 'Error Mode', checked: true }).waitFor();
    assert.equal(await page.getByRole('searchbox', { name: 'Search sessions' }).inputValue(), 'checkout');
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await page.waitForURL((url) => url.search === '');
    await page.getByRole('link', { name: 'Checkout on Chrome' }).click();
    await page.waitForURL(/browser=Chrome/);
    await context.close();
  });

  test('a long list is read page by page as it is scrolled', async () => {
    const { page, context } = await openPage(browser, mock, { project: 'shop', path: '?range=all' });
    await page.locator('.who-name').first().waitFor();
    const last = () => page.evaluate(() => Math.max(...[...document.querySelectorAll('.srow')].map((row) => Number(row.dataset.index))));
    for (let i = 0; i < 600 && (await last()) <= 150; i++) {
      await page.mouse.wheel(0, 4_000);
      await page.waitForTimeout(80);
    }
    assert.ok((await last()) > 150, 'further pages were read');
    assert.ok((await page.locator('.srow').count()) < 80, 'rows out of sight are not in the document');
    await context.close();
  });

  test('new sessions are announced and wait to be asked for', async () => {
    let fresh = false;
    const add = (page) => page.route('**/api/sessions?**', async (route) => {
      const answer = await route.fetch();
      const body = await answer.json();
      if (fresh) body.items.unshift({ ...body.items[0], id: 'ffffffff-0000-7000-8000-000000000000', user: 'newcomer', traits: { name: 'New Comer' }, startedAt: new Date().toISOString() });
      await route.fulfill({ response: answer, json: body });
    });
    const { page, context } = await openPage(browser, mock, { project: 'shop', before: add });
    await page.locator('.who-name').first().waitFor();
    fresh = true;
    await page.getByRole('button', { name: 'Show 1 new session' }).click();
    await page.getByRole('link', { name: 'New Comer' }).waitFor();
    await context.close();
  });

  test('panels of 100,000 rows hold few of them in the document, reach their end, and search', async () => {
    const rows = 100_000;
    const many = (page) => page.route('**/timeline', async (route) => {
      const answer = await route.fetch();
      const timeline = await answer.json();
      const [first] = timeline.network;
      const step = (timeline.endedAt - timeline.startedAt) / rows;
      const times = Array.from({ length: rows }, (_, i) => Math.round(timeline.startedAt + i * step));
      timeline.console = times.map((at, i) => ({ at, window: first.window, page: first.page, level: 'log', args: [`"line ${i}"`], trace: [] }));
      timeline.network = times.map((at, i) => ({ ...first, at, durationMs: 1, url: `https://shop.kettleandcrane.example/api/poll/${i}`, status: 503, failed: true }));
      timeline.events = times.map((at, i) => ({ at, window: first.window, page: first.page, name: `tick ${i}`, data: null }));
      await route.fulfill({ response: answer, json: timeline });
    });
    const { page, context, faults } = await openPage(browser, mock, { project: 'shop', path: `sessions/${shop}`, before: many });
    for (const [tab, row] of [[/Network/, '.nrow'], [/Console/, '.crow'], [/Events/, '.vrow']]) {
      await page.getByRole('tab', { name: tab }).click();
      await page.locator(row).first().waitFor();
      await page.locator('.panels [data-row]').first().focus();
      await page.keyboard.press('End');
      await page.waitForFunction((least) => Number(document.activeElement.dataset.row) >= least, rows - 1);
      assert.ok((await page.locator('.plist-item').count()) < 120, 'rows out of sight are not in the document');
      await page.getByRole('tabpanel').getByRole('searchbox').fill('54321');
      // a failed request is told among the events too
      await page.waitForFunction((kind) => [1, 2].includes(document.querySelectorAll(kind).length), row);
    }
    await page.getByRole('tab', { name: /Errors/ }).click();
    await page.locator('.erow').first().waitFor();
    assert.ok((await page.locator('.erow').count()) < 120, 'rows out of sight are not in the document');
    await page.getByRole('tabpanel').getByRole('searchbox').fill('poll/54321');
    await page.waitForFunction(() => document.querySelectorAll('.erow').length === 1);
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('a moment is shared by link and as Markdown', async () => {
    const { page, context } = await openPage(browser, mock, { project: 'shop', path: `sessions/${shop}?t=401.2` });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: /Share at 6:41/ }).click();
    await page.getByText('Link to 6:41.2 copied').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${mock.url}sessions/${shop}?t=401.2`);
    await page.getByRole('button', { name: /^More/ }).click();
    await page.getByRole('menuitem', { name: 'Copy as Markdown' }).click();
    await page.getByText('Copied as Markdown').waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(text, /^### TypeError: Cannot read properties/);
    assert.match(text, /\*\*Watch:\*\* <http.*t=396\.2>/);
    assert.match(text, /\d\. 6:38\.9 Clicked Place order/);
    await context.close();
  });

  test('a session is saved as JSON, HAR and one file that plays off line', async () => {
    const { page, context, faults } = await openPage(browser, mock, { project: 'shop', path: `sessions/${shop}` });
    await page.locator('.panels .plist').waitFor();
    const events = JSON.parse(await readFile(await save(page, 'Recording as rrweb JSON'), 'utf8'));
    assert.ok(events.some((e) => e.type === 2) && events.some((e) => e.type === 6));
    const har = JSON.parse(await readFile(await save(page, 'Network as HAR'), 'utf8'));
    assert.equal(har.log.version, '1.2');
    assert.ok(har.log.entries.some((e) => e.response.status === 500));
    const folder = await mkdtemp(join(tmpdir(), 'mimic-export-'));
    const html = join(folder, 'session.html');
    await copyFile(await save(page, 'Recording as one HTML file'), html);
    assert.deepEqual(faults, []);
    await context.close();

    const offline = await browser.newContext({ offline: true });
    const player = await offline.newPage();
    const trouble = [];
    player.on('console', (m) => { if (m.type() === 'error') trouble.push(m.text()); });
    player.on('request', (r) => { if (!/^(file|data|blob|about):/.test(r.url())) trouble.push(r.url()); });
    await player.goto(pathToFileURL(html).href);
    const inner = await (await player.locator('.replayer-wrapper iframe').elementHandle()).contentFrame();
    await inner.getByRole('heading', { name: 'New this week' }).waitFor();
    await player.getByLabel('Position').fill('400000');
    await inner.getByText('Your order').waitFor();
    assert.deepEqual(trouble, []);
    await offline.close();
    await rm(folder, { recursive: true });
  });
});
