import { chromium } from 'playwright-core';
import { startMock } from '../../mock/server.mjs';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });

/** A page that notes what a viewer should never meet: console errors, faults, refusals by the policy, requests to elsewhere. */
export async function openPage(browser, mock, { width = 1440, height = 900, theme = 'light', project = null, path = '' } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, timezoneId: 'Europe/Stockholm', reducedMotion: 'reduce' });
  if (project) await context.addCookies([{ name: 'mimic_dashboard', value: project, url: mock.url }]);
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(`fault: ${error.message}`));
  page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') faults.push(`console ${message.type()}: ${message.text()}`); });
  page.on('request', (request) => { if (!request.url().startsWith(new URL(mock.url).origin) && !/^(data|blob|about):/.test(request.url())) faults.push(`request: ${request.url()}`); });
  await page.goto(mock.url + path);
  return { page, context, faults };
}

export const withMock = (options) => startMock(options);

/** The id of the n-th newest session of a project. */
export async function sessionId(mock, project, n) {
  const answer = await fetch(`${mock.url}api/sessions?limit=200`, { headers: { cookie: `mimic_dashboard=${project}` } });
  return (await answer.json()).items[n].id;
}
