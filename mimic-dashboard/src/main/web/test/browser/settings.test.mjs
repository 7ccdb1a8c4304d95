import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axe, launch, openPage, overflow, sessionId, skip, withMock } from './support.mjs';

let mock;
let browser;
before(async () => {
  if (skip) return;
  mock = await withMock();
  browser = await launch();
});
after(async () => { await browser?.close(); await mock?.close(); });

const settings = (options = {}) => openPage(browser, mock, { project: 'shop', path: 'settings', ...options });

/** A dialog has to be right in both themes and on a telephone, too. */
async function inspect(page, name) {
  const found = [];
  for (const [width, theme] of [[1440, 'light'], [1440, 'dark'], [400, 'light'], [360, 'dark']]) {
    await page.setViewportSize({ width, height: 860 });
    await page.emulateMedia({ colorScheme: theme });
    found.push(...(await axe(page)).map((line) => `${name} ${width} ${theme} ${line}`));
    if ((await overflow(page)) > 0) found.push(`${name} is wider than ${width}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  assert.deepEqual(found, []);
}

describe('settings', { skip }, () => {
  test('whom the application knows chooses among the projects that it opens, and has no password to give', async () => {
    const { page, context, faults } = await openPage(browser, mock, { project: 'staff' });
    await page.getByRole('button', { name: /Project staff/ }).click();
    assert.equal(await page.getByText('Sign in to another project').count(), 0);
    await page.getByRole('menuitem', { name: 'small' }).click();
    await page.getByRole('button', { name: /Project small/ }).waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('the side names the section at the top, and on a telephone a table’s buttons have a heading of their own', async () => {
    const { page, context, faults } = await settings({ project: 'small' });
    const side = page.getByRole('navigation', { name: 'Settings' });
    await page.getByRole('row', { name: /support-desk/ }).waitFor();
    await side.locator('[aria-current=true]', { hasText: 'Project' }).waitFor();
    await side.getByRole('button', { name: 'Access log' }).click();
    await side.locator('[aria-current=true]', { hasText: 'Access log' }).waitFor();
    await page.setViewportSize({ width: 360, height: 780 });
    for (const name of ['Projects', 'Tokens']) {
      const table = page.getByRole('region', { name: `${name}, table` });
      await table.scrollIntoViewIfNeeded();
      const seen = await table.getByRole('columnheader', { name: 'Actions' }).evaluate((head) => {
        const box = head.getBoundingClientRect();
        return [Math.round(box.right - head.closest('.scroll-x').getBoundingClientRect().right), document.elementFromPoint(box.right - 24, box.top + box.height / 2) === head];
      });
      assert.deepEqual(seen, [0, true], name);
    }
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('a token is made, shown once, and revoked', async () => {
    const { page, context, faults } = await settings();
    await page.getByRole('button', { name: 'New token' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('nightly-report');
    await page.getByRole('checkbox', { name: /export/ }).check();
    await inspect(page, 'new token');
    await page.getByRole('button', { name: 'Make token' }).click();
    await page.getByTestId('secret').waitFor();
    assert.match(await page.getByTestId('secret').textContent(), /^mimic_/);
    await inspect(page, 'the token');
    await page.getByRole('button', { name: 'I have it' }).click();
    await page.getByRole('row', { name: /nightly-report.*read, export/ }).waitFor();
    assert.equal(await page.getByTestId('secret').count(), 0);
    await page.getByRole('button', { name: 'Revoke nightly-report' }).click();
    await page.getByText('It was never used.').waitFor();
    await page.getByRole('button', { name: 'Revoke 1 token' }).click();
    await page.getByRole('row', { name: /nightly-report/ }).waitFor({ state: 'detached' });
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('a project is made, changed, and removed after its name was typed', async () => {
    const { page, context, faults } = await settings();
    await page.getByRole('button', { name: 'New project' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('kiosk');
    await inspect(page, 'new project');
    await page.getByRole('button', { name: 'Make project' }).click();
    await page.getByTestId('secret').waitFor();
    await page.getByRole('button', { name: 'I have it' }).click();
    await page.getByRole('button', { name: 'Change kiosk' }).click();
    await page.getByRole('radio', { name: 'Set another' }).check();
    await page.getByLabel('Viewers’ password', { exact: true }).last().fill('look-but-no-touch');
    await page.getByLabel('Origins whose pages may send').fill('https://kiosk.example.org');
    await inspect(page, 'change project');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /kiosk .*have a password/ }).waitFor();
    await page.getByRole('button', { name: 'Remove kiosk', exact: true }).click();
    const remove = page.getByRole('button', { name: 'Remove the project and 0 sessions' });
    await remove.waitFor();
    assert.equal(await remove.isDisabled(), true);
    await page.getByLabel('Type kiosk to confirm').fill('kiosk');
    await inspect(page, 'remove project');
    await remove.click();
    await page.getByText('kiosk is being removed').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Remove shop' }).isDisabled(), true);
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('what the server refuses is told in the dialog, which stays', async () => {
    const { page, context } = await settings();
    await page.getByRole('button', { name: 'Change shop' }).click();
    await page.getByLabel('New password').fill('another-good-one');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('mimic.project.password').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await context.close();
  });

  test('a person is erased after it was said how many sessions go', async () => {
    const { page, context, faults } = await settings();
    await page.getByLabel('User id').fill('m.okonkwo@harbourline.example');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('button', { name: 'Erase 1 session…' }).click();
    await page.getByRole('alertdialog').waitFor();
    await inspect(page, 'erase');
    await page.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByText('1 session, 1 archive object and 3 batches of the buffer erased.').waitFor();
    await page.getByLabel('User id').fill('m.okonkwo@harbourline.example');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByText('No archived session of').waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('the access log is read on, and by kind', async () => {
    const { page, context, faults } = await settings();
    const log = page.getByRole('region', { name: 'Access log, table' });
    await log.getByRole('row').nth(25).waitFor();
    await page.getByRole('button', { name: 'Earlier entries' }).click();
    await log.getByRole('row').nth(50).waitFor();
    await page.getByLabel('Show', { exact: true }).selectOption('export');
    await log.getByRole('row').nth(15).waitFor();
    assert.equal(await log.getByText('watched').count(), 0);
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('a viewer sees what is in force, and as disabled what he may not change, with what would change it', async () => {
    const { page, context, faults } = await settings({ project: 'watch' });
    await page.getByText('You are signed in as viewer').waitFor();
    await page.getByText('30 days').first().waitFor();
    for (const [name, control] of [['Project', 'Change'], ['Erase a person', 'Find'], ['Tokens', 'New token']]) {
      const button = page.getByRole('region', { name, exact: true }).getByRole('button', { name: control, exact: true });
      assert.equal(await button.isDisabled(), true, name);
      const why = await button.evaluate((element) => document.getElementById(element.getAttribute('aria-describedby')).textContent);
      assert.match(why, /As viewer you may read, not .*It takes signing in with the project’s own password\./);
    }
    assert.equal(await page.getByRole('region', { name: 'Access log' }).getByLabel('Show').isDisabled(), true);
    await inspect(page, 'viewer');
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('a viewer sees what he may not do with a session, and what would change it', async () => {
    const { page, context, faults } = await openPage(browser, mock, { project: 'watch', path: `sessions/${await sessionId(mock, 'watch', 1)}` });
    await page.getByRole('button', { name: 'More: copy, download, erase' }).click();
    await page.getByText('As viewer you may watch, not download or erase.').waitFor();
    for (const name of ['Recording as rrweb JSON', 'Recording as one HTML file', 'Network as HAR', 'Erase this session…']) assert.equal(await page.getByRole('menuitem', { name }).getAttribute('aria-disabled'), 'true');
    await page.getByRole('menuitem', { name: 'Erase this session…' }).click({ force: true });
    assert.equal(await page.getByRole('alertdialog').count(), 0);
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('a selector of the privacy settings that is none is told as what it is', async () => {
    const before = (page) => page.route('**/api/settings', async (route) => {
      const answer = await route.fetch();
      const body = await answer.json();
      body.privacy.find((one) => one.name === 'mimic.privacy.mask').value = '.iban,#customer name[,.ok';
      await route.fulfill({ response: answer, json: body });
    });
    const { page, context, faults } = await settings({ before });
    await page.getByText('#customer name[ is no CSS selector: recorders leave it out, and hide everything that can be hidden until it is mended.').waitFor();
    assert.equal(await page.locator('.codes .is-wrong').count(), 1);
    await inspect(page, 'bad selector');
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('a section is reached from the side by key', async () => {
    const { page, context, faults } = await settings();
    await page.getByRole('heading', { name: 'Tokens' }).waitFor();
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: 'Tokens' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'tokens-h');
    assert.deepEqual(faults, []);
    await context.close();
  });
});
