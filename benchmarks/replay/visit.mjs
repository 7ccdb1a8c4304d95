import { gunzipSync } from 'node:zlib';

/** Walks through the shop as a visitor, and gives back what the recorder sent, batch by batch. */
export async function record(browser, shop) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const batches = [];
  page.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/mimic/ingest')) return;
    const body = request.postDataBuffer();
    if (body) batches.push(JSON.parse(body[0] === 0x1f ? gunzipSync(body) : body));
  });
  await walk(page, shop);
  await page.goto('about:blank');
  await page.waitForTimeout(2_000);
  await context.close();
  return batches.filter((batch) => batch.events.length > 0);
}

async function walk(page, shop) {
  for (const path of ['', 'p/flint-skillet', 'p/copper-saucepan', 'p/butchers-block', 'cart', 'checkout', '']) {
    await page.goto(shop + path, { waitUntil: 'load' });
    for (let turn = 0; turn < 3; turn++) {
      await page.mouse.move(200 + turn * 260, 160 + turn * 140, { steps: 24 });
      await page.mouse.wheel(0, 260);
      await page.waitForTimeout(450);
    }
    if (path === 'p/butchers-block') await Promise.all([page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().includes('/api/cart')), page.getByTestId('add-to-cart').click()]);
    if (path === 'p/flint-skillet') await page.getByText('32 cm').click();
    if (path === 'checkout') await page.locator('#name').pressSequentially('Wilhelmina Quagmire', { delay: 40 });
    await page.waitForTimeout(450);
  }
}

const pageId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The visit again and again, one run after the other, until it fills the time and weighs enough; it ends now. */
export function* repeated(batches, durationMs, leastBytes) {
  const times = batches.flatMap((batch) => batch.events.map((event) => event.timestamp));
  const first = Math.min(...times);
  const span = Math.max(...times) - first + 1_000;
  const runs = Math.max(Math.ceil(durationMs / span), Math.ceil(leastBytes / JSON.stringify(batches).length));
  const pace = durationMs / runs / span;
  const begin = Date.now() - durationMs;
  for (let run = 0; run < runs; run++) {
    const pages = new Map();
    for (const { token: _, ...batch } of batches) {
      if (!pages.has(batch.page)) pages.set(batch.page, pageId());
      const events = batch.events.map((event) => ({ ...event, timestamp: Math.round(begin + (run * durationMs) / runs + (event.timestamp - first) * pace) }));
      yield { ...batch, page: pages.get(batch.page), sentAt: Date.now(), events };
    }
  }
}
