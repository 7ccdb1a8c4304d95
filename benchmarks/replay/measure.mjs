/** Nothing asked for this long: all has come. The dashboard asks on and on, so there is an end to waiting. */
const QUIET_MS = 700;
const LONGEST_MS = 20_000;

/** A page of its own, with what the network brought to it and what its heap holds. */
export async function watched(browser, { cookie = null, recording }) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  if (cookie) await context.addCookies([cookie]);
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const addresses = new Map();
  const open = new Set();
  let heard = Date.now();
  let brought = { recording: 0, all: 0 };
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => { heard = Date.now(); open.add(requestId); addresses.set(requestId, request.url); });
  for (const end of ['Network.loadingFinished', 'Network.loadingFailed']) cdp.on(end, ({ requestId }) => { heard = Date.now(); open.delete(requestId); });
  const count = (requestId, bytes) => {
    brought.all += bytes;
    if (recording.test(addresses.get(requestId) ?? '')) brought.recording += bytes;
  };
  cdp.on('Network.responseReceived', ({ requestId, response }) => count(requestId, response.encodedDataLength));
  cdp.on('Network.dataReceived', ({ requestId, encodedDataLength }) => count(requestId, encodedDataLength));
  return {
    page,
    /** Bytes on the wire since this was last asked: of the recording, and of all, once all that was asked for has come. */
    async bytes() {
      const until = Date.now() + LONGEST_MS;
      while (Date.now() < until && (open.size > 0 || Date.now() - heard < QUIET_MS)) await new Promise((wait) => setTimeout(wait, 50));
      const since = brought;
      brought = { recording: 0, all: 0 };
      return since;
    },
    async heap() {
      await cdp.send('HeapProfiler.enable');
      await cdp.send('HeapProfiler.collectGarbage');
      return (await cdp.send('Runtime.getHeapUsage')).usedSize;
    },
    close: () => context.close(),
  };
}

/** When the next picture has been drawn, in ms since the page was asked for. */
export const painted = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))));
