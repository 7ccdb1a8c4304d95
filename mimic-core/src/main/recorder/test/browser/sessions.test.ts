import { describe, expect, it } from "vitest";
import { bench, CHROMIUM, html, setVisibility, sleep } from "../support/browser";
import { oneSession, wellFormed } from "../support/well-formed";

const t = bench();

async function snapshots(count: number, server = t.server): Promise<void> {
  await server.until(`${count} snapshots`, () => server.events().filter(({ type }) => type === 2).length >= count);
}

describe("windows", () => {
  it("two tabs are two windows", async () => {
    t.server.page("/", html("<p>x</p>"));
    await t.visit("/");
    await snapshots(1);
    await t.visit("/");
    await snapshots(2);
    expect(t.server.windows()).toHaveLength(2);
    oneSession(t.server);
    wellFormed(t.server);
  });

  it("pitfall 24: a window that begins with a copy of a tab's session storage writes as itself, and so does the tab", async () => {
    t.server.page("/", html("<p>x</p>"));
    const page = await t.visit("/");
    await snapshots(1);
    // A tab that is duplicated by the browser: tabs.test.ts.
    const [copy] = await Promise.all([page.waitForEvent("popup"), page.evaluate(() => void window.open(location.href))]);
    await snapshots(2);
    expect(await copy.evaluate(() => sessionStorage.length)).toBeGreaterThan(0);
    await page.evaluate(() => window.mimic!.event("from the first"));
    await copy.evaluate(() => window.mimic!.event("from the copy"));
    await t.server.until("both", () => t.server.plugins("mimic/event@1").length === 2);
    const windowOf = (name: string): string => t.server.batches().find(({ events }) => JSON.stringify(events).includes(name))!.window;
    expect(windowOf("from the first")).not.toBe(windowOf("from the copy"));
    expect(t.server.windows()).toHaveLength(2);
    oneSession(t.server);
    wellFormed(t.server);
  });

  it("a reload keeps the window and begins a page", async () => {
    t.server.page("/", html("<p>x</p>"));
    const page = await t.visit("/");
    await snapshots(1);
    await page.reload();
    await snapshots(2);
    expect(t.server.windows()).toHaveLength(1);
    expect(t.server.pageIds()).toHaveLength(2);
    oneSession(t.server);
    wellFormed(t.server);
  });

  it("a tab that crashed is the same window when it is loaded again", async () => {
    t.server.page("/", html("<p>x</p>"));
    const page = await t.visit("/");
    await snapshots(1);
    const client = await t.context.newCDPSession(page);
    const crashed = page.waitForEvent("crash");
    // Is never answered: its process is gone.
    client.send("Page.crash").catch(() => undefined);
    await crashed;
    await client.send("Page.reload");
    await snapshots(2);
    expect(t.server.windows()).toHaveLength(1);
    expect(t.server.pageIds()).toHaveLength(2);
    oneSession(t.server);
    wellFormed(t.server);
  });

  it("works without any storage", async () => {
    t.server.page("/", html("<p>x</p>", { before: `<script>
      for (const name of ["sessionStorage", "localStorage"]) Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
    </script>` }));
    const page = await t.visit("/");
    await snapshots(1);
    expect(await page.evaluate(() => window.mimic!.status().failures)).toBe(0);
  });
});

describe("hidden and shown", () => {
  it("hidden ends the page with a last batch; shown begins a new one with a snapshot", async () => {
    t.server.page("/", html("<p>x</p>"));
    const page = await t.visit("/");
    await snapshots(1);
    await setVisibility(page, "hidden");
    await t.server.untilPlugin("mimic/visibility@1", ({ state }) => state === "hidden");
    expect(await page.evaluate(() => window.mimic!.status())).toMatchObject({ state: "paused", reason: "hidden" });
    const quiet = t.server.arrivals.length;
    await page.evaluate(() => document.body.append("while hidden"));
    await page.waitForTimeout(600);
    expect(t.server.arrivals.length).toBe(quiet);
    await setVisibility(page, "visible");
    await snapshots(2);
    expect(t.server.pageIds()).toHaveLength(2);
    expect(t.server.windows()).toHaveLength(1);
    expect(JSON.stringify(t.server.events(t.server.pageIds()[1]))).toContain("while hidden");
    wellFormed(t.server);
  });

  it("pitfall 23: without interaction the recorder pauses with a marker, and interaction begins a new page", async () => {
    // What automation runs in a page counts as a press of a key.
    const before = `<script>Object.defineProperty(navigator, "userActivation", { value: undefined });</script>`;
    t.server.page("/", html("<p id=p>x</p>", { before, config: { idleTimeout: 700 } }));
    const page = await t.visit("/");
    await snapshots(1);
    await t.server.untilPlugin("mimic/pause@1", ({ reason }) => reason === "idle");
    await page.waitForTimeout(300);
    const quiet = t.server.arrivals.length;
    await page.evaluate(() => document.body.append("while idle"));
    await page.waitForTimeout(600);
    expect(t.server.arrivals.length).toBe(quiet);
    expect(await page.evaluate(() => window.mimic!.status().reason)).toBe("idle");
    await page.mouse.move(50, 50);
    await page.mouse.down();
    await snapshots(2);
    expect(t.server.pageIds()).toHaveLength(2);
    wellFormed(t.server);
  });

  it("a user who works in a frame keeps the page awake, and wakes it", async () => {
    t.server.page("/", html(`<iframe style="position: fixed; inset: 0" srcdoc="<button>in the frame</button>"></iframe>`, { config: { idleTimeout: 700 } }));
    const page = await t.visit("/");
    await snapshots(1);
    await t.server.untilPlugin("mimic/pause@1", ({ reason }) => reason === "idle");
    // Nothing is asked of the page, which would count as a press of a key.
    await page.mouse.click(100, 100);
    await snapshots(2);
    expect(t.server.pageIds()).toHaveLength(2);
    wellFormed(t.server);
  });

  it("a laptop that slept pauses when it wakes; the user's return begins a new page", async () => {
    t.server.page("/", html("<p>x</p>", { config: { idleTimeout: 6000 } }));
    const page = await t.visit("/");
    await snapshots(1);
    await page.mouse.move(10, 10);
    await sleep(t.browser, 8000);
    await t.server.untilPlugin("mimic/pause@1", ({ reason }) => reason === "idle");
    await page.mouse.move(20, 20);
    await page.mouse.down();
    await snapshots(2);
    expect(t.server.pageIds()).toHaveLength(2);
    expect(t.server.windows()).toHaveLength(1);
    oneSession(t.server);
    wellFormed(t.server);
  });

  it("a tab that the browser freezes has sent what it knew, and begins a new page when it is thawed", async () => {
    t.server.page("/", html("<p>x</p>", { config: { flushInterval: 60_000 } }));
    const page = await t.visit("/");
    await snapshots(1);
    // Chromium freezes hidden tabs alone, and under automation none is hidden: the events are dispatched. The back/forward
    // cache above freezes and thaws in earnest.
    await page.evaluate(() => { window.mimic!.event("before the frost"); document.dispatchEvent(new Event("freeze")); });
    await t.server.untilPlugin("mimic/event@1");
    await page.evaluate(() => document.dispatchEvent(new Event("resume")));
    await snapshots(2);
    expect(t.server.windows()).toHaveLength(1);
    oneSession(t.server);
    wellFormed(t.server);
  });

  it("pitfall 26: sentAt is taken at each attempt, so that a skewed clock can be measured", async () => {
    t.server.page("/", html("<p>x</p>"));
    const context = await t.fresh();
    const page = await context.newPage();
    await page.addInitScript(() => { const now = Date.now.bind(Date); Date.now = () => now() + 86_400_000; });
    await page.goto(`${t.server.origin}/`);
    await snapshots(1);
    const { batch, at } = t.server.arrivals[0]!;
    expect(Math.abs(batch.sentAt - at - 86_400_000)).toBeLessThan(55_000);
    expect(Math.abs(batch.events[0]!.timestamp - batch.sentAt)).toBeLessThan(55_000);
  });
});

describe("the back/forward cache", () => {
  // Only the whole browser has it, and automation switches it off.
  const t = bench([], ["--disable-back-forward-cache"], CHROMIUM);

  it("pitfall 25: a return from the back/forward cache is a new page with a snapshot, and the recorder keeps no page out of it", async () => {
    t.server.page("/", html("<p>x</p>"));
    t.server.page("/other", html("<p>other</p>"));
    const page = await t.visit("/");
    await snapshots(1, t.server);
    await page.evaluate(() => { (window as { kept?: string }).kept = "first"; });
    await page.goto(`${t.server.origin}/other`);
    await snapshots(2, t.server);
    await page.evaluate(() => { (window as { kept?: string }).kept = "other"; });
    const kept = (): Promise<string | undefined> => page.evaluate(() => (window as { kept?: string }).kept);
    // No load follows.
    await page.goBack({ waitUntil: "commit" });
    await snapshots(3, t.server);
    expect(await kept()).toBe("first");
    await page.goForward({ waitUntil: "commit" });
    await snapshots(4, t.server);
    expect(await kept()).toBe("other");
    await page.evaluate(() => window.mimic!.event("after the return"));
    await t.server.untilPlugin("mimic/event@1");
    expect(t.server.pageIds()).toHaveLength(4);
    expect(t.server.windows()).toHaveLength(1);
    expect(t.server.events().filter(({ type }) => type === 2)).toHaveLength(4);
    oneSession(t.server);
    wellFormed(t.server);
  });
});

describe("who is recorded", () => {
  it("nobody before consent, and nothing is sent or stored before it", async () => {
    t.server.page("/", html("<p>x</p>", { config: { consent: "required" } }));
    const page = await t.visit("/");
    await page.waitForTimeout(500);
    expect(t.server.arrivals).toHaveLength(0);
    expect(await page.evaluate(() => [window.mimic!.status().reason, sessionStorage.length, localStorage.length, String(fetch)])).toEqual(["consent", 0, 0, "function fetch() { [native code] }"]);
    await page.evaluate(() => window.mimic!.optIn());
    await snapshots(1);
    await page.reload();
    await snapshots(2);
  });

  it("nobody who refused, and what had not been sent is thrown away", async () => {
    t.server.page("/", html("<p>x</p>", { config: { flushInterval: 60_000 } }));
    const page = await t.visit("/");
    await snapshots(1);
    await page.evaluate(() => { window.mimic!.event("secret moment"); window.mimic!.optOut(); });
    await page.waitForTimeout(300);
    expect(JSON.stringify(t.server.events())).not.toContain("secret moment");
    expect(await page.evaluate(() => [window.mimic!.status().state, window.mimic!.status().reason, ...Object.keys(sessionStorage), ...Object.keys(localStorage)])).toEqual(["off", "opted-out", "mimic_consent"]);
    const before = t.server.arrivals.length;
    await page.reload();
    await page.waitForTimeout(400);
    expect(t.server.arrivals.length).toBe(before);
  });

  it.each([["globalPrivacyControl", true], ["doNotTrack", "1"]])("nobody whose browser says %s, unless the operator decides otherwise", async (name, value) => {
    const before = `<script>Object.defineProperty(navigator, ${JSON.stringify(name)}, { value: ${JSON.stringify(value)} });</script>`;
    t.server.page("/", html("<p>x</p>", { before }));
    t.server.page("/own", html("<p>x</p>", { before, config: { respectGpc: false } }));
    const page = await t.visit("/");
    await page.waitForTimeout(400);
    expect(t.server.arrivals).toHaveLength(0);
    expect(await page.evaluate(() => window.mimic!.status().reason)).toBe("gpc");
    await page.evaluate(() => window.mimic!.optIn());
    expect(await page.evaluate(() => window.mimic!.status().state)).toBe("off");
    await t.visit("/own");
    await snapshots(1);
  });

  it("a share of the sessions, the same for every page and tab of one", async () => {
    t.server.page("/", html("<p>x</p>", { config: { sampling: 0.5 } }));
    for (let i = 0; i < 3; i++) {
      await t.fresh();
      const states: string[] = [];
      for (let tab = 0; tab < 3; tab++) {
        const page = await t.visit("/");
        states.push(await page.evaluate(() => window.mimic!.status().reason ?? "recording"));
      }
      expect(new Set(states).size).toBe(1);
    }
    t.server.page("/none", html("<p>x</p>", { config: { sampling: 0 } }));
    const page = await t.visit("/none");
    expect(await page.evaluate(() => window.mimic!.status())).toMatchObject({ state: "off", reason: "sampled-out" });
  });

  it("nobody where a setting cannot be understood, and the status says which", async () => {
    t.server.page("/", html("<p>x</p>", { config: { maskSelectors: "p" } }));
    const page = await t.visit("/");
    await page.waitForTimeout(300);
    expect(t.server.arrivals).toHaveLength(0);
    const status = await page.evaluate(() => window.mimic!.status());
    expect(status.reason).toBe("settings");
    expect(status.lastFailure).toContain("maskSelectors");
  });
});

describe("error-buffer mode", () => {
  it("sends nothing until an error, and then what led to it", async () => {
    t.server.page("/", html("<p>x</p>", { config: { mode: "error-buffer" } }));
    const page = await t.visit("/");
    await page.waitForTimeout(700);
    expect(t.server.arrivals).toHaveLength(0);
    expect(await page.evaluate(() => window.mimic!.status().state)).toBe("buffering");
    await page.evaluate(() => { console.log("led to it"); setTimeout(() => { throw new Error("at last"); }); });
    await t.server.untilPlugin("mimic/error@1");
    expect(t.server.events().map(({ type }) => type)).toEqual(expect.arrayContaining([4, 2, 6]));
    expect(JSON.stringify(t.server.plugins("rrweb/console@1"))).toContain("led to it");
    expect(await page.evaluate(() => window.mimic!.status().state)).toBe("recording");
    await page.reload();
    await snapshots(2);
  });

  it("keeps the last minute and no more, in memory that does not grow", async () => {
    t.server.page("/", html("<p id=p>x</p>", { config: { mode: "error-buffer" } }));
    const context = await t.fresh();
    const page = await context.newPage();
    await page.addInitScript(() => {
      const now = Date.now.bind(Date);
      (window as unknown as { leap: number }).leap = 0;
      Date.now = () => now() + (window as unknown as { leap: number }).leap;
    });
    await page.goto(`${t.server.origin}/`);
    await page.waitForFunction(() => window.mimic!.status().state === "buffering");
    for (let i = 0; i < 8; i++) {
      await page.evaluate((n) => {
        (window as unknown as { leap: number }).leap += 20_000;
        console.log(`line ${n}`);
        document.getElementById("p")!.title = `change ${n}`;
      }, i);
      await page.waitForTimeout(300);
    }
    await page.evaluate(() => window.mimic!.event("now"));
    await t.server.untilPlugin("mimic/event@1");
    const lines = JSON.stringify(t.server.plugins("rrweb/console@1"));
    // 20 seconds apart: what is older than the snapshot before the last minute is gone, what is younger is there.
    for (const n of [5, 6, 7]) expect(lines).toContain(`line ${n}`);
    for (const n of [0, 1, 2]) expect(lines).not.toContain(`line ${n}`);
    wellFormed(t.server);
  });

  it("decides once: the next page and the other tab of a session that had its error are sent, a fresh session is not", async () => {
    t.server.page("/", html("<p>x</p>", { config: { mode: "error-buffer" } }));
    const page = await t.visit("/");
    await page.evaluate(() => window.mimic!.event("worth it"));
    await t.server.untilPlugin("mimic/event@1");
    expect(await page.evaluate(() => window.mimic!.status())).toMatchObject({ state: "recording", mode: "error-buffer", sampling: 1 });
    const other = await t.visit("/");
    expect(await other.evaluate(() => window.mimic!.status().state)).toBe("recording");
    await snapshots(2);
    await t.fresh();
    const fresh = await t.visit("/");
    expect(await fresh.evaluate(() => window.mimic!.status().state)).toBe("buffering");
  });

  it("decides for all open tabs: one that buffered when another had its error is sent, and takes the decision from nobody", async () => {
    t.server.page("/", html("<p>x</p>", { config: { mode: "error-buffer" } }));
    const context = await t.fresh();
    await context.addInitScript(() => {
      const now = Date.now.bind(Date);
      (window as unknown as { leap: number }).leap = 0;
      Date.now = () => now() + (window as unknown as { leap: number }).leap;
    });
    const [first, other] = [await t.visit("/"), await t.visit("/")];
    for (const page of [first, other]) await page.waitForFunction(() => window.mimic!.status().state === "buffering");
    const draw = (): Promise<{ at: number; triggered?: boolean }> => other.evaluate(() => JSON.parse(localStorage.getItem("mimic_sample")!) as { at: number });
    await first.evaluate(() => void setTimeout(() => { throw new Error("at last"); }));
    await t.server.untilPlugin("mimic/error@1");
    await snapshots(2);
    expect(await other.evaluate(() => window.mimic!.status().state)).toBe("recording");
    const before = (await draw()).at;
    await other.evaluate(() => { (window as unknown as { leap: number }).leap = 61_000; });
    await expect.poll(async () => (await draw()).at, { timeout: 45_000 }).toBeGreaterThan(before + 60_000);
    expect((await draw()).triggered).toBe(true);
    await first.reload();
    expect(await first.evaluate(() => window.mimic!.status().state)).toBe("recording");
  });

  it("does not read the browser's storage at each event while it waits", async () => {
    const before = `<script>
      window.reads = 0;
      const { getItem } = Storage.prototype;
      Storage.prototype.getItem = function (key) { if (key === "mimic_sample") window.reads++; return getItem.call(this, key); };
    </script>`;
    t.server.page("/", html(`<p id=p>${"x".repeat(100_000)}</p>`, { before, config: { mode: "error-buffer", flushInterval: 60_000 } }));
    const page = await t.visit("/");
    await page.waitForFunction(() => window.mimic!.status().state === "buffering");
    const reads = await page.evaluate(async () => {
      for (let i = 0; i < 200; i++) {
        document.getElementById("p")!.title = `change ${i}`;
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
      return (window as unknown as { reads: number }).reads;
    });
    expect(reads).toBeGreaterThan(0);
    expect(reads).toBeLessThan(20);
    await page.evaluate(() => window.mimic!.event("now"));
    await t.server.until("the changes", () => JSON.stringify(t.server.events()).includes("change 199"));
    expect(JSON.stringify(t.server.events())).toContain("change 100");
  });

  it("takes no snapshots by the clock once its error has happened", async () => {
    t.server.page("/", html("<p id=p>x</p>", { config: { mode: "error-buffer" } }));
    const context = await t.fresh();
    const page = await context.newPage();
    await page.addInitScript(() => {
      const now = Date.now.bind(Date);
      (window as unknown as { leap: number }).leap = 0;
      Date.now = () => now() + (window as unknown as { leap: number }).leap;
    });
    await page.goto(`${t.server.origin}/`);
    await page.waitForFunction(() => window.mimic!.status().state === "buffering");
    await page.evaluate(() => window.mimic!.event("now"));
    await snapshots(1);
    for (let i = 0; i < 3; i++) {
      await page.evaluate((n) => {
        (window as unknown as { leap: number }).leap += 35_000;
        document.getElementById("p")!.title = `change ${n}`;
      }, i);
      await t.server.until("the change", () => JSON.stringify(t.server.events()).includes(`change ${i}`));
    }
    expect(t.server.events().filter(({ type }) => type === 2)).toHaveLength(1);
  });

  it("sends when mimic.event asks", async () => {
    t.server.page("/", html("<p>x</p>", { config: { mode: "error-buffer" } }));
    const page = await t.visit("/");
    await page.waitForTimeout(300);
    expect(t.server.arrivals).toHaveLength(0);
    await page.evaluate(() => window.mimic!.event("worth it"));
    await t.server.untilPlugin("mimic/event@1");
    wellFormed(t.server);
  });
});
