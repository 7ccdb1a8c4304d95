import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axe, launch, openPage, overflow, sessionId, skip, withMock } from './support.mjs';

/** Every screen and state, in both themes and at four widths: accessible, within its width, and silent. */

const WIDTHS = [1440, 1024, 820, 400];
/** The colours of the dark theme at the widest and the narrowest, or with SCREENS=all, as in bin/test long, at each. */
const DARK = process.env.SCREENS === 'all' ? WIDTHS : [1440, 400];
let mock;
let browser;
const ids = {};

before(async () => {
  if (skip) return;
  mock = await withMock();
  browser = await launch();
  for (const [name, n] of Object.entries({ shop: 8, zero: 3, live: 0, hostile: 66 })) ids[name] = await sessionId(mock, 'shop', n);
  ids.long = await sessionId(mock, 'shop', (item) => item.durationMs === 14_400_000);
});
after(async () => { await browser?.close(); await mock?.close(); });

const tab = (name) => async (page) => { await page.getByRole('tab', { name }).click(); };
const loaded = async (page) => { await page.locator('.panels .plist').waitFor(); };
const refuse = (pattern, status, body = {}) => async (page) => page.route(pattern, (route) => route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify({ title: 'Refused', status, detail: 'The catalog is down.', ...body }) }));

/** What a slow network has not brought yet. */
const never = (pattern) => (page) => page.route(pattern, () => undefined);

const SCREENS = {
  'sign in': { ready: 'Sign in to a project', allowed: /401/ },
  'sign in, refused': { ready: 'Sign in to a project', allowed: /401/, act: async (page) => { await page.getByLabel('Project').fill('shop'); await page.getByLabel('Password', { exact: true }).fill('x'); await page.getByRole('button', { name: 'Sign in' }).click(); await page.getByRole('alert').waitFor(); } },
  'list of 10,000': { project: 'shop', ready: 'Sessions', act: (page) => page.locator('.srow .who-name').first().waitFor() },
  'list of 3': { project: 'small', ready: 'Sessions', act: (page) => page.locator('.srow .who-name').first().waitFor() },
  'empty for ever': { project: 'empty', ready: 'Nothing has been recorded yet' },
  'empty by filter': { project: 'shop', path: '?q=zzz&errors=true&browser=Safari&minDuration=30000', ready: 'No session matches' },
  'list on a slow network': { project: 'shop', routes: never(/api\/(sessions|overview)\?/), ready: 'Sessions', act: (page) => page.locator('.srow-sk').first().waitFor() },
  'list with filters open': { project: 'shop', path: '?status=4xx', ready: 'Sessions', act: async (page) => { await page.getByRole('button', { name: 'Add filter' }).click(); await page.getByText('Add a filter').waitFor(); } },
  'list that failed': { project: 'shop', routes: refuse('**/api/sessions?**', 503), ready: 'The list could not be loaded', allowed: /503/ },
  'session, errors': { project: 'shop', path: () => `sessions/${ids.shop}?t=401.2`, ready: 'Maren Okonkwo-Lindqvist', act: async (page) => { await loaded(page); await tab(/Errors/)(page); } },
  'session, network': { project: 'shop', path: () => `sessions/${ids.shop}?t=401.2`, ready: 'Maren Okonkwo-Lindqvist', act: async (page) => { await loaded(page); await tab(/Network/)(page); await page.locator('.nrow-bad').first().click(); } },
  'session, console': { project: 'shop', path: () => `sessions/${ids.shop}?t=401.2`, ready: 'Maren Okonkwo-Lindqvist', act: async (page) => { await loaded(page); await tab(/Console/)(page); await page.locator('.v-fold').first().click(); } },
  'session, events': { project: 'shop', path: () => `sessions/${ids.shop}?t=401.2`, ready: 'Maren Okonkwo-Lindqvist', act: async (page) => { await loaded(page); await tab(/Events/)(page); } },
  'session, overview': { project: 'shop', path: () => `sessions/${ids.shop}?t=401.2`, ready: 'Maren Okonkwo-Lindqvist', act: async (page) => { await loaded(page); await tab(/Overview/)(page); } },
  'session, live': { project: 'shop', path: () => `sessions/${ids.live}`, ready: null, act: loaded },
  'session without events': { project: 'shop', path: () => `sessions/${ids.zero}`, ready: null, act: (page) => page.getByText('Nothing was recorded here').waitFor() },
  'session of four hours': { project: 'shop', path: () => `sessions/${ids.long}?t=14000`, ready: null, act: async (page) => { await loaded(page); await page.getByText('3:53:20').first().waitFor(); } },
  'session on a slow network': { project: 'shop', path: () => `sessions/${ids.shop}`, routes: never('**/timeline'), ready: null, act: (page) => page.locator('.sk-row').first().waitFor() },
  'session whose recording cannot be read': { project: 'shop', path: () => `sessions/${ids.shop}`, routes: refuse('**/events?**', 503), ready: 'Maren Okonkwo-Lindqvist', allowed: /503/, act: (page) => page.getByText('The recording could not be read', { exact: true }).waitFor() },
  'session that is gone': { project: 'shop', path: 'sessions/00000000-0000-7000-8000-000000000000', ready: 'This session is not here', allowed: /404/ },
  'session that failed': { project: 'shop', path: () => `sessions/${ids.shop}`, routes: refuse(/api\/sessions\/[^/]+$/, 503), ready: 'The session could not be loaded', allowed: /503/ },
  'session whose lists failed': { project: 'shop', path: () => `sessions/${ids.shop}`, routes: refuse('**/timeline', 503), ready: 'What happened could not be loaded', allowed: /503/ },
  'filters that contradict each other': { project: 'shop', path: '?minDuration=600000&maxDuration=60000', ready: 'No session can match' },
  'error view': { project: 'shop', path: () => `sessions/${ids.shop}?t=401.2`, ready: 'Maren Okonkwo-Lindqvist', act: async (page) => { await loaded(page); await tab(/Errors/)(page); await page.locator('.erow .cover').first().click(); await page.locator('.drawer').waitFor(); } },
  'jump to a session': { project: 'shop', ready: 'Sessions', act: async (page) => { await page.keyboard.press('Control+k'); await page.getByRole('heading', { name: 'Jump to a session' }).waitFor(); } },
  'shortcut sheet': { project: 'shop', ready: 'Sessions', act: async (page) => { await page.keyboard.press('?'); await page.getByRole('heading', { name: 'Keys' }).waitFor(); } },
  settings: { project: 'shop', path: 'settings', ready: 'Settings', act: (page) => page.getByRole('row', { name: /support-desk/ }).waitFor() },
  'settings of an empty project': { project: 'empty', path: 'settings', ready: 'Settings', act: (page) => page.getByRole('row', { name: /support-desk/ }).waitFor() },
  'settings while a store is down': { project: 'shop', path: 'settings', routes: refuse(/api\/(storage|settings|tokens|access-log|admin)/, 503), ready: 'Tokens could not be loaded', allowed: /503/ },
  'login of the application ended': { project: 'gone', ready: 'Log in to the application' },
  'no role of the application': { project: 'stranger', ready: 'You have no access to these recordings', allowed: /403/ },
  'unknown route': { project: 'shop', path: 'sessions/a/b/c', shell: true, ready: 'There is no such page' },
};

describe('screens', { skip }, () => {
  for (const [name, screen] of Object.entries(SCREENS)) {
    test(name, async () => {
      const path = typeof screen.path === 'function' ? screen.path() : (screen.path ?? '');
      const { page, context, faults } = await openPage(browser, mock, { project: screen.project ?? null, path: screen.shell ? '' : path, before: screen.routes });
      if (screen.shell) await page.evaluate((to) => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }, path);
      if (screen.ready) await page.getByRole('heading', { name: screen.ready }).first().waitFor();
      await screen.act?.(page);
      const found = [];
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: width < 500 ? 860 : 900 });
        await page.waitForTimeout(60);
        if ((await overflow(page)) > 0) found.push(`wider than ${width}`);
        for (const theme of DARK.includes(width) ? ['light', 'dark'] : ['light']) {
          await page.emulateMedia({ colorScheme: theme });
          found.push(...(await axe(page, theme === 'dark')).map((line) => `${width} ${theme} ${line}`));
        }
      }
      for (const width of [360, 3840]) {
        await page.setViewportSize({ width, height: 900 });
        if ((await overflow(page)) > 0) found.push(`wider than ${width}`);
      }
      assert.deepEqual(found, []);
      assert.deepEqual(faults.filter((fault) => !screen.allowed?.test(fault)), []);
      await context.close();
    });
  }
});
