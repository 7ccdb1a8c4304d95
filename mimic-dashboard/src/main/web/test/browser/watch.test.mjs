import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { clock, launch, openPage, replayed, sessionId, skip, times, until, withMock } from './support.mjs';

/** What the player and the timeline do beside playing. */

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

const DURATION_S = 525.6;

async function watched(at, options = {}) {
  const opened = await openPage(browser, mock, { project: 'shop', path: `sessions/${shop}?t=${at}`, ...options });
  await (await replayed(opened.page)).locator('body *').first().waitFor();
  await opened.page.locator('.panels .plist').waitFor();
  return opened;
}

const done = async ({ context, faults }) => { assert.deepEqual(faults, []); await context.close(); };

/** Where a second is on the timeline. */
async function spot(page, second) {
  const track = await page.locator('.tl-act').boundingBox();
  return [track.x + (track.width * second) / DURATION_S, track.y + track.height / 2];
}

const seconds = (text) => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

describe('watching', { skip }, () => {
  test('the timeline has a marker of each kind in its lane, idle stretches, page changes and gaps', async () => {
    const opened = await watched(0);
    const { page } = opened;
    for (const [lane, kinds] of Object.entries({ errors: ['error'], requests: ['request'], console: ['console'], user: ['click', 'rage', 'input', 'event'] })) {
      for (const kind of kinds) await times(page.locator(`.tl-${lane} .mk-${kind}`), (n) => n > 0);
    }
    await times(page.locator('.tl-idle'), (n) => n > 1);
    await times(page.locator('.tl-page'), 7);
    await times(page.locator('.tl-edge'), 6);
    await times(page.locator('.tl-gap'), 1);
    await done(opened);
  });

  test('over the timeline one is told time, page and nearest marker, and drags to another moment', async () => {
    const opened = await watched(0);
    const { page } = opened;
    await page.mouse.move(...(await spot(page, 400)));
    const tip = page.locator('.tl-tip');
    await tip.getByText('/checkout/review').waitFor();
    await tip.getByText(/TypeError|500 POST/).waitFor();
    assert.ok(Math.abs(seconds(await tip.locator('b').textContent()) - 400) < 2);
    await page.mouse.move(...(await spot(page, 60)));
    await page.mouse.down();
    await page.mouse.move(...(await spot(page, 90)), { steps: 3 });
    await page.mouse.move(...(await spot(page, 200)), { steps: 3 });
    await page.mouse.up();
    await (await replayed(page)).getByRole('heading', { name: 'Crane gooseneck kettle' }).waitFor();
    assert.ok(Math.abs(seconds(await clock(page)) - 200) < 2, await clock(page));
    await done(opened);
  });

  test('a frame is stepped, the pointer leaves a trail or none, and the page is fitted or as large as it was', async () => {
    const opened = await watched(20);
    const { page } = opened;
    await page.keyboard.press(']');
    await until(page, '0:20.1');
    await page.getByRole('button', { name: 'One frame back' }).click();
    await until(page, '0:20.0');
    const width = async () => Math.round((await page.locator('.frame').boundingBox()).width);
    const stage = await page.locator('.stage').boundingBox();
    assert.ok((await width()) <= stage.width);
    await page.keyboard.press('z');
    await page.waitForFunction(() => document.querySelector('.frame').offsetWidth === 1280);
    await page.setViewportSize({ width: 1100, height: 900 });
    assert.equal(await width(), 1280);
    await page.getByRole('button', { name: 'Speed: 1 times' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Fit to the stage', checked: false }).click();
    await page.waitForFunction(() => document.querySelector('.frame').offsetWidth < 1000);
    await page.getByRole('menuitemcheckbox', { name: 'Mouse trail', checked: true }).click();
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByRole('button', { name: 'Speed: 1 times' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Mouse trail', checked: false }).waitFor();
    await page.getByRole('menuitemradio', { name: '8×' }).click();
    await page.getByRole('button', { name: 'Speed: 8 times' }).waitFor();
    await done(opened);
  });

  test('full screen shows the player with its menus, and is left again', async () => {
    const opened = await watched(20);
    const { page } = opened;
    await page.keyboard.press('f');
    await page.waitForFunction(() => document.fullscreenElement?.classList.contains('player'));
    await page.getByRole('button', { name: 'Speed: 1 times' }).click();
    await page.getByRole('menuitemradio', { name: '2×' }).click();
    await page.getByRole('button', { name: 'Speed: 2 times' }).waitFor();
    await page.keyboard.press('f');
    await page.waitForFunction(() => document.fullscreenElement === null);
    await done(opened);
  });

  test('the window tab and the address bar follow the visitor, and what is ahead is loaded before it is reached', async () => {
    const asked = [];
    const before = (page) => page.on('request', (request) => { if (request.url().includes('/events?')) asked.push(new URL(request.url()).searchParams); });
    const opened = await watched(424, { before });
    const { page } = opened;
    await page.locator('.wtab.is-on', { hasText: 'Review and pay' }).waitFor();
    await page.keyboard.press('Space');
    await page.locator('.wtab.is-on', { hasText: 'Contact us' }).waitFor();
    await page.locator('.addr-u', { hasText: '/help/contact' }).waitFor();
    await (await replayed(page)).getByRole('heading', { name: 'How can we help?' }).waitFor();
    assert.equal(new Set(asked.map((query) => query.get('window'))).size, 2);
    await page.keyboard.press('Space');
    await page.keyboard.press('0');
    await until(page, '0:00.0');
    const start = Date.parse(await (await fetch(`${mock.url}api/sessions/${shop}`, { headers: { cookie: 'mimic_dashboard=shop' } })).json().then((session) => session.startedAt));
    const fromOf = (request) => Number(new URL(request.url()).searchParams.get('from'));
    const ahead = page.waitForRequest((request) => request.url().includes('/events?') && fromOf(request) > start + 1_000, { timeout: 120_000 });
    for (let faster = 0; faster < 3; faster++) await page.keyboard.press('>');
    await page.getByRole('button', { name: 'Speed: 8 times' }).waitFor();
    await page.keyboard.press('Space');
    const from = fromOf(await ahead);
    assert.ok(from - start > seconds(await clock(page)) * 1000, `${from - start} at ${await clock(page)}`);
    await done(opened);
  });

  test('what was not recorded is told on the stage, on the timeline and in the panels', async () => {
    const opened = await watched(121);
    const { page } = opened;
    await page.locator('.shot-note', { hasText: '2.10 s not recorded: a batch was lost on its way' }).waitFor();
    await page.getByRole('tab', { name: /Overview/ }).click();
    await page.getByRole('button', { name: /missing at 2:0/ }).waitFor();
    await page.getByRole('tab', { name: /Events/ }).click();
    await page.locator('.vrow-gap').first().waitFor();
    await done(opened);
  });
});

describe('understanding', { skip }, () => {
  test('a row of each panel seeks, and the now line is where the player is', async () => {
    const opened = await watched(0);
    const { page } = opened;
    const panel = page.getByRole('tabpanel');
    for (const [tab, query, row, time] of [[/Network/, 'orders', '.nrow', '6:38.9'], [/Console/, 'img', '.crow .hit', '1:54.0'], [/Events/, 'checkout_started', '.vrow', '5:41.0']]) {
      await page.getByRole('tab', { name: tab }).click();
      await panel.getByRole('searchbox').fill(query);
      await panel.locator(row).first().click();
      await until(page, time);
      await panel.getByRole('searchbox').fill('');
      await panel.getByRole('separator', { name: `The player is here: ${time}` }).waitFor();
    }
    await page.getByRole('tab', { name: /Errors/ }).click();
    await panel.getByRole('button', { name: '6:47' }).first().click();
    await page.waitForFunction(() => document.querySelector('[data-testid=clock] b').textContent.startsWith('6:47'));
    await page.getByRole('tab', { name: /Overview/ }).click();
    await panel.getByRole('button', { name: '/kettles', exact: true }).click();
    await until(page, '0:38.0');
    await done(opened);
  });

  test('the now line and the list follow the player, until one looks elsewhere', async () => {
    const opened = await watched(110);
    const { page } = opened;
    await page.getByRole('tab', { name: /Events/ }).click();
    const panel = page.getByRole('tabpanel');
    await panel.getByRole('button', { name: 'Follow', pressed: true }).waitFor();
    const line = panel.getByRole('separator', { name: /^The player is here/ });
    const before = await line.getAttribute('aria-label');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.waitForFunction(() => document.querySelector('[data-testid=clock] b').textContent > '1:53.0');
    await page.getByRole('button', { name: 'Pause' }).click();
    await panel.locator(`[role=separator]:not([aria-label="${before}"])`).waitFor();
    await times(panel.locator('.vrow:not(.is-future)', { hasText: 'Opened /kettles/crane-gooseneck-3' }), 1);
    await panel.locator('.plist').hover();
    await page.mouse.wheel(0, 300);
    await panel.getByRole('button', { name: 'Follow', pressed: false }).waitFor();
    await done(opened);
  });

  test('a WebSocket opens into its frames, an object unfolds, and a line that came again says how often', async () => {
    const opened = await watched(440);
    const { page } = opened;
    const panel = page.getByRole('tabpanel');
    await page.getByRole('tab', { name: /Network/ }).click();
    await panel.getByRole('searchbox').fill('chat');
    await panel.locator('.nrow').first().click();
    await panel.locator('.ndetail').getByText('14').first().waitFor();
    await times(panel.locator('.ndetail button', { hasText: /\d:\d\d/ }), (n) => n >= 14); // each frame can be sought
    await page.getByRole('tab', { name: /Console/ }).click();
    await panel.getByRole('searchbox').fill('ResizeObserver');
    await panel.getByText('×47').waitFor();
    await panel.getByRole('searchbox').fill('bag] total');
    await panel.locator('.v-fold').first().click();
    await panel.getByText('customer').first().waitFor();
    await done(opened);
  });

  test('the overview tells who, where and on what, with a map that asks nobody', async () => {
    const opened = await watched(0);
    const { page } = opened;
    await page.getByRole('tab', { name: /Overview/ }).click();
    const panel = page.getByRole('tabpanel');
    for (const text of ['Chrome 156', 'Windows 11', '1920×1080@1.5', 'Europe/Stockholm', 'https://www.google.com/', 'trade']) await panel.getByText(text).first().waitFor();
    await panel.getByText('Sundsvall, Sweden').first().waitFor();
    await panel.locator('.ov-place svg').waitFor();
    await panel.getByText(/good|LCP/).first().waitFor();
    await done(opened);
  });

  test('the error view has what led to it with how long before, the request, and each occurrence', async () => {
    const opened = await watched(400);
    const { page } = opened;
    await page.getByRole('tab', { name: /Errors/ }).click();
    await page.locator('.erow .cover', { hasText: 'TypeError' }).click();
    const view = page.getByRole('dialog');
    await view.getByText('1 of 3').waitFor();
    await view.locator('.pre', { hasText: 'Place order' }).getByText(/−1\.\d s/).first().waitFor();
    await view.getByText(/before, a request failed/).waitFor();
    await view.getByText('Sundsvall').waitFor();
    assert.equal(await view.getByRole('button', { name: 'Previous occurrence' }).isDisabled(), true);
    await view.getByRole('button', { name: 'Next occurrence' }).click();
    await view.getByText('2 of 3').waitFor();
    await view.getByText('6:47').first().waitFor();
    await view.getByRole('button', { name: /Watch from/ }).click();
    await view.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await done(opened);
  });
});
