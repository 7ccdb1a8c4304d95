/** Walks through the shop as a visitor, whom MIMIC records. */
export async function visit(browser, shop) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(120_000);
  await walk(await context.newPage(), shop);
  await context.close();
}

async function walk(page, shop) {
  for (const path of ['', 'p/flint-skillet', 'p/copper-saucepan', 'p/butchers-block', 'cart', 'checkout', '']) {
    await page.goto(shop + path, { waitUntil: 'load' });
    for (let turn = 0; turn < 3; turn++) {
      await page.mouse.move(200 + turn * 260, 160 + turn * 140, { steps: 24 });
      await page.mouse.wheel(0, 260);
      await page.waitForTimeout(700);
    }
    if (path === 'p/butchers-block') await Promise.all([page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().includes('/api/cart')), page.getByTestId('add-to-cart').click()]);
    if (path === 'p/flint-skillet') await page.getByText('32 cm').click();
    if (path === 'checkout') await page.locator('#name').pressSequentially('Wilhelmina Quagmire', { delay: 40 });
    await page.waitForTimeout(900);
  }
  await page.goto('about:blank');
  await page.waitForTimeout(2_000);
}
