import { describe, expect, it } from "vitest";
import { bench, html } from "../support/browser";
import { oneSession } from "../support/well-formed";

const t = bench();

const statuses = (): number[] => t.server.arrivals.map(({ status }) => status);
const noHoles = (page: string): void => {
  const seqs = t.server.batches(page).map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, index) => index));
};
async function started(): Promise<void> {
  await t.server.until("a snapshot", () => t.server.events().some(({ type }) => type === 2));
}

describe("a batch that the server does not take", () => {
  it("is sent again under the same number after 503, with a new sentAt", async () => {
    let failures = 2;
    t.server.respond = () => (failures-- > 0 ? { status: 503 } : {});
    t.server.page("/", html("<p>x</p>"));
    await t.visit("/");
    await t.server.until("success", () => statuses().includes(202));
    const [first, second, third] = t.server.arrivals;
    expect([first!.status, second!.status, third!.status]).toEqual([503, 503, 202]);
    expect(new Set([first, second, third].map((arrival) => arrival!.batch.seq))).toEqual(new Set([0]));
    expect(third!.batch.events).toEqual(expect.arrayContaining(first!.batch.events));
    expect(third!.batch.sentAt).toBeGreaterThan(first!.batch.sentAt);
    expect(third!.at - first!.at).toBeGreaterThan(900);
  });

  it("waits as long as Retry-After says after 429", async () => {
    let failures = 1;
    t.server.respond = () => (failures-- > 0 ? { status: 429, headers: { "Retry-After": "2" } } : {});
    t.server.page("/", html("<p>x</p>"));
    await t.visit("/");
    await t.server.until("success", () => statuses().includes(202));
    expect(t.server.arrivals[1]!.at - t.server.arrivals[0]!.at).toBeGreaterThan(1950);
  });

  it("is split in halves after 413, the first keeping the number (pitfall 18)", async () => {
    t.server.respond = (batch) => (batch.events.length > 3 ? { status: 413 } : {});
    t.server.page("/", html("<p id=p>x</p>"));
    const page = await t.visit("/");
    await page.evaluate(() => { for (let i = 0; i < 20; i++) window.mimic!.event(`e${i}`); });
    await t.server.until("all", () => t.server.plugins("mimic/event@1").length === 20);
    expect(statuses()).toContain(413);
    expect(t.server.plugins("mimic/event@1").map(({ name }) => name)).toEqual(Array.from({ length: 20 }, (_, i) => `e${i}`));
    noHoles(t.server.pageIds()[0]!);
  });

  it("leaves a visible gap when a single event is too large (pitfall 18)", async () => {
    t.server.respond = (batch) => (JSON.stringify(batch.events).length > 30_000 ? { status: 413 } : {});
    t.server.page("/", html("<p>x</p>"));
    const page = await t.visit("/");
    await started();
    await page.evaluate(() => { document.body.append("y".repeat(40_000)); window.mimic!.event("after"); });
    await t.server.untilPlugin("mimic/gap@1");
    expect(t.server.plugins("mimic/gap@1")[0]).toMatchObject({ reason: "too-large", events: 1 });
    expect(t.server.plugins("mimic/gap@1")[0]!["bytes"]).toBeGreaterThan(40_000);
    await t.server.untilPlugin("mimic/event@1");
    noHoles(t.server.pageIds()[0]!);
  });

  it("is replaced by a gap under the same number after 400, and the DOM is sent anew as soon as the server takes it", async () => {
    const refused = (): number => t.server.arrivals.filter(({ status }) => status === 400).length;
    t.server.respond = (batch) => (JSON.stringify(batch.events).includes("poison") ? { status: 400 } : {});
    t.server.page("/", html("<p>x</p>"));
    const page = await t.visit("/");
    await started();
    await page.evaluate(() => { const p = document.createElement("p"); p.textContent = "poison"; document.body.append(p); });
    await t.server.until("the change and three snapshots to be refused", () => refused() >= 4);
    await t.server.untilPlugin("mimic/gap@1", ({ reason }) => reason === "rejected");
    await page.evaluate(() => document.body.lastElementChild!.remove());
    await t.server.until("a new snapshot", () => t.server.events().filter(({ type }) => type === 2).length >= 2);
    noHoles(t.server.pageIds()[0]!);
  });

  it.each([403, 415])("stops the recorder after %i", async (status) => {
    t.server.respond = () => ({ status });
    t.server.page("/", html("<p>x</p>"));
    const page = await t.visit("/");
    await t.server.until("the refusal", () => t.server.arrivals.length > 0);
    await page.waitForTimeout(700);
    expect(t.server.arrivals).toHaveLength(1);
    expect(await page.evaluate(() => window.mimic!.status())).toMatchObject({ state: "off", reason: "refused", failures: 0 });
  });

  it("is kept while the host that the user logged out of answers 401, and arrives after the next login", async () => {
    const sessions = new Set<string>();
    t.server.route("/login", (_, response) => {
      const id = `s${sessions.size}`;
      sessions.add(id);
      response.setHeader("Set-Cookie", `host=${id}; Path=/; HttpOnly`);
      response.end("welcome");
    });
    t.server.route("/logout", (_, response) => { sessions.clear(); response.end("goodbye"); });
    t.server.respond = (_batch, _index, headers) => (sessions.has(/host=(s\d+)/.exec(headers.cookie ?? "")?.[1] ?? "") ? {} : { status: 401 });
    t.server.page("/", html("<p>private</p>"));
    t.server.page("/form", html("<form>login</form>"));
    const page = await t.visit("/login");
    await page.goto(`${t.server.origin}/`);
    await started();
    // In another tab, say.
    await t.context.request.get(`${t.server.origin}/logout`);
    await page.evaluate(() => window.mimic!.event("after the logout"));
    await t.server.until("401", () => statuses().includes(401));
    await page.goto(`${t.server.origin}/form`);
    await page.evaluate(() => window.mimic!.event("at the form"));
    const before = statuses().length;
    await t.server.until("the next attempt", () => statuses().length > before);
    expect(statuses().at(-1)).toBe(401);
    await page.evaluate(() => fetch("/login"));
    await t.server.until("all", () => t.server.plugins("mimic/event@1").length === 2);
    expect(t.server.plugins("mimic/event@1").map(({ name }) => name)).toEqual(["after the logout", "at the form"]);
    expect(t.server.windows()).toHaveLength(1);
    expect(t.server.pageIds()).toHaveLength(2);
    oneSession(t.server);
    t.server.pageIds().forEach(noHoles);
  });

  it("is kept while a login page answers in its place", async () => {
    let logins = 1;
    t.server.respond = () => (logins-- > 0 ? { status: 200 } : {});
    t.server.page("/", html("<p>x</p>"));
    await t.visit("/");
    await t.server.until("success", () => statuses().includes(202));
    expect(statuses().slice(0, 2)).toEqual([200, 202]);
    expect(t.server.pageIds()).toHaveLength(1);
  });

  it("is given up when a slow line has not carried it three times, with a gap in its place", async () => {
    // Waits of a minute last a moment.
    const before = `<script>{ const { setTimeout } = window; window.setTimeout = (run, ms, ...args) => setTimeout(run, ms === 60000 ? 1000 : ms, ...args); }</script>`;
    const large = (text: string): boolean => text.length > 600_000;
    t.server.respond = (batch) => (large(JSON.stringify(batch.events)) ? { status: 503, delay: 5000 } : {});
    t.server.page("/", html(`<div>${"<p>word</p>".repeat(10_000)}</div>`, { before }));
    const page = await t.visit("/");
    await t.server.untilPlugin("mimic/gap@1", ({ reason }) => reason === "lost");
    await page.evaluate(() => { document.querySelector("div")!.remove(); window.mimic!.event("after"); });
    await t.server.untilPlugin("mimic/event@1");
    await t.server.until("a snapshot that arrives", () => t.server.arrivals.some(({ batch, text }) => !large(text) && batch.events.some(({ type }) => type === 2)));
    expect(t.server.arrivals.filter(({ batch, text }) => batch.seq === 0 && large(text))).toHaveLength(3);
  });

  it("waits offline and is sent when the network returns", async () => {
    t.server.page("/", html("<p>x</p>"));
    const page = await t.visit("/");
    await started();
    await t.context.setOffline(true);
    await page.waitForTimeout(100);
    const before = t.server.arrivals.length;
    await page.evaluate(() => window.mimic!.event("offline"));
    await page.waitForTimeout(700);
    expect(t.server.arrivals.length).toBe(before);
    await t.context.setOffline(false);
    await t.server.untilPlugin("mimic/event@1", ({ name }) => name === "offline");
    noHoles(t.server.pageIds()[0]!);
  });
});

describe("memory", () => {
  it("is bounded while nothing can be sent; what was dropped is told, and a snapshot follows", async () => {
    let down = false;
    t.server.respond = () => (down ? { status: 503, headers: { "Retry-After": "1" } } : {});
    t.server.page("/", html("<p id=p>x</p>", { config: { maxMemory: 200_000 } }));
    const page = await t.visit("/");
    await started();
    down = true;
    for (let i = 0; i < 8; i++) {
      await page.evaluate((n) => { const p = document.createElement("p"); p.textContent = `${n}`.repeat(50_000); document.body.append(p); p.remove(); document.getElementById("p")!.title = "t".repeat(40_000) + n; }, i);
      await page.waitForTimeout(60);
    }
    down = false;
    await t.server.untilPlugin("mimic/gap@1", ({ reason }) => reason === "memory");
    const gap = t.server.plugins("mimic/gap@1").find(({ reason }) => reason === "memory")!;
    expect(gap["events"]).toBeGreaterThan(0);
    expect(gap["bytes"]).toBeGreaterThan(1000);
    expect(gap["to"]).toBeGreaterThanOrEqual(gap["from"]);
    await t.server.until("a snapshot after the gap", () => t.server.events().filter(({ type }) => type === 2).length >= 2);
  });
});

describe("pitfall 17: unload loses the last batch", () => {
  it("what does not fit into 64 KiB in flight is kept and arrives from the next page", async () => {
    t.server.page("/", html("<a id=go href=/next>go</a><div id=d></div>", { config: { flushInterval: 60_000 } }));
    t.server.page("/next", html("<p>next</p>", { config: { flushInterval: 60_000 } }));
    const page = await t.visit("/");
    await started();
    // Random text, so that neither the browser nor gzip makes it small; all of it in the task in which the page leaves.
    await page.evaluate(() => {
      addEventListener("beforeunload", () => {
        for (let i = 0; i < 6; i++) window.mimic!.event(`last ${i}`, { text: Array.from({ length: 3 }, () => Math.random().toString(36)).join("") });
      });
      const text = (n: number): string => Array.from({ length: n }, () => Math.random().toString(36).slice(2)).join(" ");
      setTimeout(() => {
        for (let i = 0; i < 5; i++) { const p = document.createElement("p"); p.textContent = text(4000); document.getElementById("d")!.append(p); }
        setTimeout(() => { location.href = "/next"; });
      });
    });
    await t.server.until("the next page", () => t.server.pageIds().length >= 2);
    await t.server.until("all that was last", () => t.server.plugins("mimic/event@1").length === 6);
    const first = t.server.pageIds()[0]!;
    noHoles(first);
    const adds = t.server.events(first).filter(({ type, data }) => type === 3 && data["source"] === 0).flatMap(({ data }) => data["adds"] as unknown[]);
    expect(JSON.stringify(adds).length).toBeGreaterThan(150_000);
    const keys = await page.evaluate(() => Object.keys(sessionStorage));
    expect(keys).not.toContain("mimic_unsent");
  });

  it("a small last batch goes out with the page, without waiting for the next one", async () => {
    t.server.page("/", html("<p>x</p>", { config: { flushInterval: 60_000 } }));
    const page = await t.visit("/");
    await started();
    await page.evaluate(() => { addEventListener("pagehide", () => undefined); window.mimic!.event("the very last"); });
    await page.close({ runBeforeUnload: false });
    await t.server.untilPlugin("mimic/event@1", ({ name }) => name === "the very last");
  });

  it("batches are compressed when they are large, and plain where the browser cannot", async () => {
    t.server.page("/", html(`<p>${"word ".repeat(3000)}</p>`));
    t.server.page("/old", html(`<p>${"word ".repeat(3000)}</p>`, { before: "<script>delete window.CompressionStream;</script>" }));
    await t.visit("/");
    await started();
    const zipped = t.server.arrivals.find(({ batch }) => batch.events.some(({ type }) => type === 2))!;
    expect(zipped.headers["content-encoding"]).toBe("gzip");
    expect(zipped.bytes).toBeLessThan(zipped.text.length / 3);
    t.server.reset();
    await t.visit("/old");
    await started();
    expect(t.server.arrivals[0]!.headers["content-encoding"]).toBeUndefined();
  });

  it("another origin gets text/plain and no header of its own, so that no preflight is needed", async () => {
    t.server.page("/", html("<p>x</p>", { config: { crossOrigin: true } }));
    t.server.respond = () => ({ body: { token: "tok-1" } });
    await t.visit("/");
    await t.server.until("two batches", () => t.server.arrivals.length >= 2);
    expect(t.server.arrivals[0]!.headers["content-type"]).toMatch(/^text\/plain/);
    expect(t.server.arrivals[0]!.headers["content-encoding"]).toBeUndefined();
    expect(t.server.arrivals[0]!.batch.token).toBeUndefined();
    expect(t.server.arrivals[1]!.batch.token).toBe("tok-1");
    const first = t.server.pageIds()[0];
    await t.visit("/");
    await t.server.until("another tab", () => t.server.pageIds().length === 2);
    expect(t.server.arrivals.find(({ batch }) => batch.page !== first)!.batch).toMatchObject({ seq: 0, token: "tok-1" });
  });
});
