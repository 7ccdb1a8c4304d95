import { describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import { bench, html } from "../support/browser";

const t = bench();

const snapshots = (count: number): Promise<void> =>
  t.server.until(`${count} snapshots`, () => t.server.events().filter(({ type }) => type === 2).length >= count);
const off = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => window.mimic!.status().state === "off" && window.mimic!.status().reason === "opted-out", null, { timeout: 45_000 });
const stored = (page: Page): Promise<string[]> => page.evaluate(() => [...Object.keys(sessionStorage), ...Object.keys(localStorage)]);
/** What arrives from now on, until nothing has for a while. */
async function arriving(run: () => Promise<unknown>): Promise<number> {
  await t.server.quiet();
  const before = t.server.arrivals.length;
  await run();
  await t.server.quiet();
  return t.server.arrivals.length - before;
}

describe("a refusal", () => {
  it("ends what the user's other tabs record, and throws away what they had not sent", async () => {
    t.server.page("/", html("<p>x</p>"));
    const first = await t.visit("/");
    const second = await t.visit("/");
    await snapshots(2);
    t.server.respond = () => ({ status: 503 });
    await first.evaluate(() => window.mimic!.event("not sent"));
    await first.waitForFunction(() => window.mimic!.status().lastStatus === 503, null, { timeout: 45_000 });
    await first.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pagehide")));
    expect(await stored(first)).toContain("mimic_unsent");
    await second.evaluate(() => window.mimic!.optOut());
    await off(first);
    t.server.respond = () => ({});
    expect(await arriving(() => first.evaluate(() => { document.body.append("later"); window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })); }))).toBe(0);
    expect(await stored(first)).toEqual(["mimic_consent"]);
    expect(await stored(second)).toEqual(["mimic_consent"]);
  });

  it("is asked for again when a page comes back, as from the back/forward cache, where nothing told it", async () => {
    t.server.page("/", html("<p>x</p>"));
    const page = await t.visit("/");
    await snapshots(1);
    await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
    expect(await arriving(async () => {
      await page.evaluate(() => {
        // Its own writing is no event for a page.
        localStorage.setItem("mimic_consent", "no");
        window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
        document.body.append("later");
      });
      await off(page);
    })).toBe(0);
    expect(await stored(page)).toEqual(["mimic_consent"]);
  });
});
