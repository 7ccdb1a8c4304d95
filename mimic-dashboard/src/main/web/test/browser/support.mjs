import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { startMock } from '../../mock/server.mjs';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// The same engine as Chromium's without tabs and menus, which cost each profile more than a small page does; without it the whole browser.
const SHELL = '/usr/bin/chromium-headless-shell';
const CHROMIUM = process.env.CHROMIUM ?? (existsSync(SHELL) ? SHELL : '/usr/bin/chromium');

/** Why the browser tests cannot run here, or false. */
export const skip = existsSync(CHROMIUM) ? false : `no Chromium at ${CHROMIUM}; set CHROMIUM to one`;

export const launch = (...more) => chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...more] });

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong on the page, as short lines; of its colours alone, where nothing but the theme is another. */
export async function axe(page, coloursOnly = false) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const { violations } = await page.evaluate(({ tags, coloursOnly }) => {
    const colours = () => window.axe.getRules(tags).filter((rule) => rule.tags.includes('cat.color')).map((rule) => rule.ruleId);
    const runOnly = coloursOnly ? { type: 'rule', values: colours() } : { type: 'tag', values: tags };
    return window.axe.run(document, { runOnly, resultTypes: ['violations'], iframes: false });
  }, { tags: RULES, coloursOnly });
  return violations.flatMap((v) => v.nodes.slice(0, 3).map((node) => `${v.id}: ${node.target.join(' ')} — ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? v.help}`));
}

/** By how many pixels the page, or a dialog in it, is wider than it has room, and stays so: what floats is placed again a moment after a resize. */
export async function overflow(page) {
  const until = Date.now() + 5_000;
  for (;;) {
    const wider = await page.evaluate(() => Math.max(document.documentElement.scrollWidth - window.innerWidth, ...[...document.querySelectorAll('[role=dialog], [role=alertdialog]')].map((dialog) => dialog.scrollWidth - dialog.clientWidth)));
    if (wider <= 0 || Date.now() > until) return wider;
    await page.waitForTimeout(50);
  }
}

/** A page that notes what a viewer should never meet: console errors, faults, refusals by the policy, requests to elsewhere. */
export async function openPage(browser, mock, { width = 1440, height = 900, theme = 'light', project = null, path = '', before = null } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, timezoneId: 'Europe/Stockholm', reducedMotion: 'reduce' });
  if (project) await context.addCookies([{ name: 'mimic_dashboard', value: project, url: mock.url }]);
  // A machine that runs everything at once may be slow.
  context.setDefaultTimeout(90_000);
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(`fault: ${error.message}`));
  page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') faults.push(`console ${message.type()}: ${message.text()}`); });
  page.on('request', (request) => { if (!request.url().startsWith(new URL(mock.url).origin) && !/^(data|blob|about):/.test(request.url())) faults.push(`request: ${request.url()}`); });
  await before?.(page);
  await page.goto(mock.url + path);
  return { page, context, faults };
}

export const withMock = (options) => startMock(options);

/** The id of the n-th newest session of a project, or of the newest that is as asked. */
export async function sessionId(mock, project, which) {
  const answer = await fetch(`${mock.url}api/sessions?limit=200`, { headers: { cookie: `mimic_dashboard=${project}` } });
  const { items } = await answer.json();
  return (typeof which === 'number' ? items[which] : items.find(which)).id;
}

/** The recorded page itself, in its two frames. */
export async function replayed(page) {
  await page.locator('.stage iframe').waitFor();
  const outer = await (await page.locator('.stage iframe').elementHandle()).contentFrame();
  return (await outer.locator('.replayer-wrapper iframe').elementHandle()).contentFrame();
}

export const clock = (page) => page.getByTestId('clock').locator('b').textContent();

/** Waits until there are as many, or as many as the test of a number wants. */
export async function times(locator, wanted) {
  const enough = typeof wanted === 'number' ? (n) => n === wanted : wanted;
  const until = Date.now() + 60_000;
  for (let n = await locator.count(); !enough(n); n = await locator.count()) {
    if (Date.now() > until) throw new Error(`${locator}: ${n}, not ${wanted}`);
    await new Promise((later) => setTimeout(later, 50));
  }
}

/** Waits until the clock of the player tells a time. */
export const until = (page, time) => page.waitForFunction((wanted) => document.querySelector('[data-testid=clock] b')?.textContent === wanted, time);
