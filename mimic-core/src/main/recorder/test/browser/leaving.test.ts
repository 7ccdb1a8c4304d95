import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { bench, html } from "../support/browser";

const t = bench();
const BODY = `<h1 id=heading>A page</h1><input id=name><p>${"word ".repeat(600)}</p>`;

async function slow(page: Page, rate: number): Promise<void> {
  const client = await t.context.newCDPSession(page);
  await client.send("Emulation.setCPUThrottlingRate", { rate });
}

const snapshots = (): number => t.server.events().filter(({ type }) => type === 2).length;

/** Each page of the recording is whole, and its first batch can be replayed by itself. */
function whole(): void {
  for (const id of t.server.pageIds()) {
    const batches = t.server.batches(id);
    expect(batches.map(({ seq }) => seq)).toEqual(batches.map((_, index) => index));
    expect(batches[0]!.meta).toBeDefined();
    const dom = batches[0]!.events.filter(({ type }) => type !== 6).map(({ type }) => type);
    expect(dom.slice(0, 2)).toEqual([4, 2]);
  }
}

describe("pitfall 17: a page that is left before the server has answered", () => {
  it.each([[6, 0], [6, 50], [6, 200], [6, 1000], [20, 0], [20, 1000]])(
    "on a machine %i times as slow, %i ms after it was loaded, has sent its snapshot",
    async (rate, ms) => {
      t.server.page("/", html(BODY, { config: { flushInterval: 5000 } }));
      t.server.respond = () => ({ delay: 2000 });
      const page = await (await t.fresh()).newPage();
      await slow(page, rate);
      for (let visit = 1; visit <= 2; visit++) {
        await page.goto(`${t.server.origin}/`);
        await page.waitForTimeout(ms);
        await page.goto("about:blank");
        await t.server.until(`the snapshot of visit ${visit}`, () => snapshots() === visit);
      }
      whole();
    },
  );

  it("has its snapshot in the first batch although it is large", async () => {
    const large = `<h1 id=heading>A page</h1>${`<p class=item>${"word ".repeat(20)}</p>`.repeat(3400)}`;
    t.server.page("/", html(large, { config: { flushInterval: 5000 } }));
    t.server.respond = () => ({ delay: 2000 });
    const page = await t.visit("/");
    await t.server.until("the first batch", () => t.server.arrivals.length > 0);
    expect(JSON.stringify(t.server.arrivals[0]!.batch.events).length).toBeGreaterThan(700_000);
    await page.goto("about:blank");
    await t.server.until("its snapshot", () => snapshots() === 1);
    whole();
  });

  it("has recorded what the host did last: in its own listeners, which come later than those of the recorder", async () => {
    t.server.route("/last", (_request, response) => response.end());
    t.server.page("/", html("<p>x</p>", { config: { flushInterval: 60_000 } }));
    t.server.page("/next", html("<p>next</p>", { recorder: false }));
    const page = await t.visit("/");
    await t.server.until("a snapshot", () => snapshots() === 1);
    await page.evaluate(() => {
      const act = (event: Event): void => {
        const at = `${event.type} of ${event.currentTarget === window ? "window" : "document"}`;
        navigator.sendBeacon(`/last?${at}`, "beacon");
        void fetch(`/last?${at}`, { method: "POST", body: "fetch", keepalive: true });
        console.log(`leaving ${at}`);
        window.mimic!.event(`leaving ${at}`);
      };
      window.addEventListener("pagehide", act);
      window.addEventListener("visibilitychange", act);
      document.addEventListener("visibilitychange", act);
    });
    await page.goto(`${t.server.origin}/next`);
    const moments = ["pagehide of window", "visibilitychange of document", "visibilitychange of window"];
    await t.server.until("all events", () => t.server.plugins("mimic/event@1").length === 3);
    expect(t.server.plugins("mimic/event@1").map(({ name }) => name)).toEqual(moments.map((at) => `leaving ${at}`));
    expect(t.server.plugins("rrweb/console@1").map(({ payload }) => payload[0])).toEqual(moments.map((at) => `"leaving ${at}"`));
    const requests = t.server.requests().map(({ initiatorType, name }) => `${initiatorType} ${decodeURIComponent(String(name).split("?")[1]!)}`);
    expect(requests.sort()).toEqual(["beacon", "fetch"].flatMap((kind) => moments.map((at) => `${kind} ${at}`)));
    expect(t.server.pageIds()).toHaveLength(1);
    whole();
  });

  it("while the browser was offline, arrives from the next page of the tab", async () => {
    t.server.page("/", html("<p>first</p>"));
    t.server.page("/next", html("<p>next</p>"));
    const page = await t.visit("/");
    await t.server.until("a snapshot", () => snapshots() === 1);
    await t.context.setOffline(true);
    await page.evaluate(() => window.mimic!.event("offline"));
    await page.goto(`${t.server.origin}/next`).catch(() => undefined);
    await t.context.setOffline(false);
    await page.goto(`${t.server.origin}/next`);
    await t.server.untilPlugin("mimic/event@1", ({ name }) => name === "offline");
    await t.server.until("both pages", () => snapshots() === 2);
    whole();
  });

  it("and before the other tabs could say whether its window is theirs, has sent its snapshot", async () => {
    t.server.page("/", html(BODY));
    // Other tabs are asked by a page that is loaded again, as after a crash.
    const leave = `<script>
      if (performance.getEntriesByType("navigation")[0].type !== "reload") location.reload();
      else addEventListener("load", () => { location.href = "about:blank"; });
    </script>`;
    t.server.page("/left", html(BODY, { before: leave }));
    const page = await t.visit("/");
    await t.server.until("the first tab", () => snapshots() === 1);
    const storage = await page.evaluate(() => JSON.stringify(sessionStorage));
    const copy = await t.context.newPage();
    await copy.addInitScript((text) => {
      sessionStorage.removeItem("mimic_window_free");
      for (const [key, value] of Object.entries(JSON.parse(text) as Record<string, string>)) sessionStorage.setItem(key, value);
    }, storage);
    await copy.goto(`${t.server.origin}/left`).catch(() => undefined);
    await t.server.until("the copy", () => snapshots() === 2);
    expect(t.server.windows()).toHaveLength(2);
    whole();
  });

  it("while a batch was on its way that is too large to outlive it, has sent what was small", async () => {
    t.server.page("/", html("<p id=p>x</p>", { config: { flushInterval: 60_000 } }));
    const page = await t.visit("/");
    await t.server.until("a snapshot", () => snapshots() === 1);
    t.server.respond = (batch) => (JSON.stringify(batch.events).length > 100_000 ? { delay: 10_000 } : {});
    await page.evaluate(() => {
      document.getElementById("p")!.textContent = Array.from({ length: 20_000 }, () => Math.random().toString(36).slice(2)).join(" ");
    });
    await t.server.until("the large batch", () => t.server.arrivals.some(({ bytes }) => bytes > 70_000));
    await page.evaluate(() => window.mimic!.event("the last"));
    await page.goto("about:blank");
    await t.server.untilPlugin("mimic/event@1", ({ name }) => name === "the last");
  });

  it("while the server took nothing, arrives from the next page of the tab", async () => {
    t.server.page("/", html("<p>first</p>", { config: { flushInterval: 60_000 } }));
    t.server.page("/next", html("<p>next</p>"));
    t.server.respond = (_, index) => (index < 3 ? { status: 503, headers: { "Retry-After": "5" } } : {});
    const page = await t.visit("/");
    await page.waitForFunction(() => window.mimic!.status().lastStatus === 503);
    await page.goto(`${t.server.origin}/next`);
    await t.server.until("both pages", () => snapshots() === 2);
    await t.server.untilPlugin("mimic/visibility@1", ({ state }) => state === "hidden");
    expect(JSON.stringify(t.server.events())).toContain("first");
    whole();
  });
});
