import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axe, launch, openPage, sessionId, skip, withMock } from './support.mjs';

/** How a session is found among many, and how the dashboard is made to look like the application's own. */

let mock;
let browser;
before(async () => {
  if (skip) return;
  mock = await withMock();
  browser = await launch();
});
after(async () => { await browser?.close(); await mock?.close(); });

const list = (options = {}) => openPage(browser, mock, { project: 'shop', ...options });
const done = async ({ context, faults }) => { assert.deepEqual(faults, []); await context.close(); };
const item = async (which) => {
  const id = await sessionId(mock, 'shop', which);
  return (await fetch(`${mock.url}api/sessions/${id}`, { headers: { cookie: 'mimic_dashboard=shop' } })).json();
};

describe('finding', { skip }, () => {
  test('a row tells when here and there, for how long, who, where, on what, and what went wrong', async () => {
    const { startedAt } = await item(8);
    const opened = await list({ before: (page) => page.clock.setFixedTime(Date.parse(startedAt) + 34.5 * 60_000) });
    const { page } = opened;
    const row = page.locator('.srow', { hasText: 'Maren Okonkwo-Lindqvist' }).first();
    await row.getByText('34 min ago').waitFor();
    const title = await row.locator('.c-start').getAttribute('title');
    assert.match(title, /here\n.* there \(Europe\/Stockholm\)\n.* UTC/);
    for (const text of ['8:46', '1,412 events', '/checkout/review', 'Sundsvall, Sweden']) await row.getByText(text).waitFor();
    assert.equal(await row.locator('.c-pages').textContent(), '7');
    assert.match(await row.locator('.dev').getAttribute('title'), /^Chrome 156 on Windows 11, desktop$/);
    assert.match(await row.locator('.c-iss').textContent(), /3.*6.*1/s);
    await done(opened);
  });

  test('a session is found by its id, its address, its user and its URL', async () => {
    const maren = await item(8);
    const opened = await list({ path: '?range=all' });
    const { page } = opened;
    for (const text of [maren.id, maren.ip, 'm.okonkwo@', 'checkout/review']) {
      await page.getByRole('searchbox', { name: 'Search sessions' }).fill(text);
      await page.waitForURL((url) => url.searchParams.get('q') === text);
      await page.getByText(/sessions? match/).waitFor();
      await page.getByRole('link', { name: 'Maren Okonkwo-Lindqvist' }).first().waitFor();
    }
    await done(opened);
  });

  test('each filter is offered, kept in the address, asked of the server, and taken away again', async () => {
    const asked = [];
    const opened = await list({ before: (page) => page.on('request', (request) => { if (/api\/sessions\?/.test(request.url())) asked.push(new URL(request.url()).searchParams); }) });
    const { page } = opened;
    await page.locator('.who-name').first().waitFor();
    const filters = { status: ['Value', '4xx', '4xx'], browser: ['Value', 'Chrome', 'Chrome'], os: ['Value', 'Windows', 'Windows'], country: ['Value', 'SE', 'SE'], event: ['Value', 'bag_changed', 'bag_changed'], minDuration: ['Seconds', '5', '5000'], maxDuration: ['Seconds', '3600', '3600000'] };
    for (const [field, [label, typed, sent]] of Object.entries(filters)) {
      await page.getByRole('button', { name: 'Add filter' }).click();
      await page.getByLabel('What').selectOption(field);
      await page.getByLabel(label).fill(typed);
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.waitForURL((url) => url.searchParams.get(field) === sent);
    }
    await page.getByRole('link', { name: 'Maren Okonkwo-Lindqvist' }).first().waitFor();
    assert.ok(asked.some((query) => Object.entries(filters).every(([field, [, , sent]]) => query.get(field) === sent)), 'all at once');
    for (const name of ['Status', 'Browser', 'System', 'Country', 'Event', 'Duration at least 5 s', 'Duration at most 60 min']) await page.getByRole('button', { name: `Remove filter ${name}`, exact: true }).click();
    await page.waitForURL((url) => url.search === '');
    await done(opened);
  });

  test('the time is chosen from a list, typed, or drawn over the bars', async () => {
    const opened = await list();
    const { page } = opened;
    const range = page.getByRole('button', { name: 'Last 24 hours' });
    await range.click();
    assert.deepEqual(await axe(page), []);
    await page.getByRole('menuitemradio', { name: 'Last 7 days' }).click();
    await page.waitForURL(/range=7d/);
    await page.getByRole('button', { name: 'Last 7 days' }).click();
    await page.getByRole('menuitem', { name: 'From … to …' }).click();
    await page.getByLabel('From').fill('2026-01-01T00:00');
    await page.getByLabel('To').fill('2025-01-01T00:00');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByRole('alert').getByText('The end is before the beginning.').waitFor();
    await page.getByLabel('To').fill('2099-01-01T00:00');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('from') === '2025-12-31T23:00:00.000Z' && url.searchParams.get('to') === '2098-12-31T23:00:00.000Z');
    await page.goto(mock.url);
    const bars = await page.locator('.hist-plot').boundingBox();
    await page.mouse.move(bars.x + bars.width * 0.5, bars.y + 20);
    await page.locator('.hist-tip').waitFor();
    await page.mouse.down();
    await page.mouse.move(bars.x + bars.width * 0.75, bars.y + 20, { steps: 4 });
    await page.mouse.up();
    await page.waitForURL(/from=.*&to=/);
    const { searchParams } = new URL(page.url());
    const hours = (Date.parse(searchParams.get('to')) - Date.parse(searchParams.get('from'))) / 3_600_000;
    assert.ok(Math.abs(hours - 6) < 0.2, `${hours} h`);
    await done(opened);
  });
});

describe('the look', { skip }, () => {
  test('one file restyles it, and each viewer chooses light or dark for good', async () => {
    const own = (page) => page.route('**/theme.css', (route) => route.fulfill({ contentType: 'text/css', body: ':root { --mimic-accent: light-dark(rgb(122, 46, 142), rgb(213, 155, 228)); }' }));
    const opened = await list({ before: own });
    const { page } = opened;
    await page.locator('.who-name').first().waitFor();
    const accent = () => page.locator('.logo-front').evaluate((logo) => getComputedStyle(logo).fill);
    assert.equal(await accent(), 'rgb(122, 46, 142)');
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    assert.equal(await accent(), 'rgb(213, 155, 228)');
    await page.reload();
    await page.locator('.who-name').first().waitFor();
    assert.equal(await accent(), 'rgb(213, 155, 228)');
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: 'As the system' }).click();
    assert.equal(await accent(), 'rgb(122, 46, 142)');
    await done(opened);
  });

  test('an open menu is accessible wherever it opens', async () => {
    const opened = await list();
    const { page } = opened;
    await page.locator('.who-name').first().waitFor();
    const open = async (button) => {
      await button.click();
      await page.getByRole('menu').waitFor();
      for (const theme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme: theme });
        assert.deepEqual(await axe(page), []);
      }
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      assert.equal(await button.evaluate((element) => element === document.activeElement), true);
    };
    await open(page.getByRole('button', { name: /^Project/ }));
    await open(page.getByRole('button', { name: 'Theme' }));
    await page.getByRole('link', { name: 'Maren Okonkwo-Lindqvist' }).first().click();
    await page.locator('.panels .plist').waitFor();
    await open(page.getByRole('button', { name: /^More/ }));
    await open(page.getByRole('button', { name: /^Speed/ }));
    await done(opened);
  });
});
