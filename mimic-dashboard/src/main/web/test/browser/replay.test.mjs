import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clock, launch, openPage, replayed, sessionId, skip, withMock } from './support.mjs';

let mock;
let browser;
before(async () => { if (skip) return; mock = await withMock(); browser = await launch(); });
after(async () => { await browser?.close(); await mock?.close(); });

const SHOP_VISIT = 8;

test('a link opens at its moment after signing in', { skip }, async () => {
  const id = await sessionId(mock, 'shop', SHOP_VISIT);
  const { page, context } = await openPage(browser, mock, { path: `sessions/${id}?t=401.2` });
  await page.getByLabel('Project').fill('shop');
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('Project or password is wrong.').waitFor();
  await page.getByLabel('Password', { exact: true }).fill('kettle');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: /Maren Okonkwo/ }).waitFor();
  assert.equal(await clock(page), '6:41.2');
  const frame = await replayed(page);
  await frame.getByText('We could not place your order.').waitFor();
  await context.close();
});

test('the page of a moment is replayed, and a click in a panel seeks', { skip }, async () => {
  const id = await sessionId(mock, 'shop', SHOP_VISIT);
  const { page, context, faults } = await openPage(browser, mock, { project: 'shop', path: `sessions/${id}` });
  await (await replayed(page)).getByRole('heading', { name: 'New this week' }).waitFor();
  await page.getByRole('tab', { name: /Events/ }).click();
  await page.locator('.vrow', { hasText: 'Opened /kettles/crane-gooseneck-3' }).click();
  await (await replayed(page)).getByRole('heading', { name: 'Crane gooseneck kettle' }).waitFor();
  assert.equal(await clock(page), '1:52.0');
  await page.keyboard.press('Space');
  await page.waitForFunction(() => document.querySelector('[data-testid=clock] b').textContent > '1:52.9');
  await page.keyboard.press('Space');
  assert.deepEqual(faults, []);
  await context.close();
});

test('who wants less motion sees the play line step from second to second', { skip }, async () => {
  const id = await sessionId(mock, 'shop', SHOP_VISIT);
  const { page, context, faults } = await openPage(browser, mock, { project: 'shop', path: `sessions/${id}` });
  await (await replayed(page)).getByRole('heading', { name: 'New this week' }).waitFor();
  await page.evaluate(() => {
    window.places = new Set();
    const line = document.querySelector('.tl-now');
    new MutationObserver(() => window.places.add(line.style.getPropertyValue('--at'))).observe(line, { attributes: true });
  });
  await page.keyboard.press('Space');
  await page.waitForFunction(() => document.querySelector('[data-testid=clock] b').textContent > '0:03.2');
  const seconds = await page.evaluate(() => [...window.places].map((at) => (Number(at) / 100) * Number(document.querySelector('[role=slider]').getAttribute('aria-valuemax'))));
  assert.ok(seconds.length >= 3, `${seconds}`);
  for (const second of seconds) assert.ok(Math.abs(second - Math.round(second)) < 0.05, `${seconds}`);
  assert.deepEqual(faults, []);
  await context.close();
});

test('a session whose first snapshot came late opens at it, not on an empty stage', { skip }, async () => {
  const id = await sessionId(mock, 'shop', SHOP_VISIT);
  const earlier = (page) => page.route(`**/api/sessions/${id}`, async (route) => {
    const response = await route.fetch();
    const session = await response.json();
    await route.fulfill({ response, json: { ...session, startedAt: new Date(Date.parse(session.startedAt) - 700).toISOString() } });
  });
  const { page, context, faults } = await openPage(browser, mock, { project: 'shop', path: `sessions/${id}`, before: earlier });
  await (await replayed(page)).getByRole('heading', { name: 'New this week' }).waitFor();
  assert.equal(await clock(page), '0:00.7');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await clock(page), '0:00.7');
  await (await replayed(page)).getByRole('heading', { name: 'New this week' }).waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test('the window that the visitor turned to is shown', { skip }, async () => {
  const id = await sessionId(mock, 'shop', SHOP_VISIT);
  const { page, context } = await openPage(browser, mock, { project: 'shop', path: `sessions/${id}?t=440` });
  await (await replayed(page)).getByRole('heading', { name: 'How can we help?' }).waitFor();
  assert.match(await page.locator('.wtab.is-on').textContent(), /Contact us/);
  await context.close();
});
