import { beforeAll, describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import { bench, tag } from "../support/browser";
import { SHOWN, spellings, TYPED, type Place } from "../support/plants";
import { storages } from "../support/storages";

const t = bench();

beforeAll(() => {
  t.server.route("/json", (_request, response) => { response.setHeader("Content-Type", "application/json"); response.end('{"a":1}'); });
  t.server.route("/none", (_request, response) => { response.statusCode = 204; response.end(); });
});

interface Plant {
  place: string;
  depth: number;
  later: boolean;
}

let serial = 0;
const secretFor = (): string => `Zq${(serial++).toString(36)}Wv${"é"}Kx${(serial * 7919).toString(36)}Jy`;

function markup(place: Place, secret: string, depth: number): string {
  const inner = place.html?.(secret) ?? "";
  return "<div><section>".repeat(depth) + inner + "</section></div>".repeat(depth);
}

/** Everything in which a secret could leave: what the recorder asked for, what sockets said, and what lies in the browser's storage. */
interface Outlets {
  sockets: string[];
  others: string[];
}

/** The host's own requests carry its secrets by right; any other that is not below the recorder's mount is searched too. */
const OWN = /^\/(?:json|none|page|x|y|p\.png|x\.png|favicon\.ico)?(?:[?;#]|$)/;

function listen(page: Page): Outlets {
  const outlets: Outlets = { sockets: [], others: [] };
  page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => outlets.sockets.push(payload.toString())));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin === t.server.origin && OWN.test(url.pathname + url.search)) return;
    outlets.others.push(`${request.url()}\n${JSON.stringify(request.headers())}\n${request.postDataBuffer()?.toString("utf8") ?? ""}`);
  });
  return outlets;
}

/**
 * Opens a page with every plant in it and answers which secrets left the browser or were kept in its storages, and where they were
 * planted.
 *
 * @param down whether the server takes nothing once it has the snapshot, so that the rest is kept for the next page
 */
async function leaks(places: Record<string, Place>, plants: Plant[], config: Record<string, unknown>, down = false): Promise<string[]> {
  t.server.reset();
  const planted = plants.map((plant) => ({ ...plant, secret: secretFor() }));
  // What is marked to be shown must be found, on every page: the search works.
  const control = secretFor();
  const body = `<p data-mimic-unmask>${control}</p>\n` + planted.filter(({ later }) => !later).map(({ place, secret, depth }) => markup(places[place]!, secret, depth)).join("\n");
  const settings = { network: { headers: true, bodies: true, websocketPayloads: true }, maskSelectors: [".patient"], ...config };
  t.server.page("/page", `<!DOCTYPE html><html><head><meta charset=utf-8><title>t</title>${tag(settings)}</head><body>${body}</body></html>`);
  const context = await t.fresh();
  const page = await context.newPage();
  const outlets = listen(page);
  await page.goto(`${t.server.origin}/page`);
  await t.server.until("a snapshot", () => t.server.events().some(({ type }) => type === 2));
  if (down) t.server.respond = () => ({ status: 503 });
  for (const { place, secret, depth, later } of planted) {
    if (later && places[place]!.html) {
      await page.evaluate((text) => {
        const box = document.createElement("div");
        box.innerHTML = text;
        document.body.append(box);
      }, markup(places[place]!, secret, depth));
    }
    const script = places[place]!.script?.(secret);
    if (script) await page.evaluate(`(() => { ${script} })()`);
  }
  await page.waitForTimeout(350);
  await page.evaluate(() => window.mimic!.event("end"));
  if (!down) await t.server.untilPlugin("mimic/event@1", ({ name }) => name === "end");
  else await page.waitForFunction(() => window.mimic!.status().lastStatus === 503);
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pagehide")));
  await page.waitForTimeout(50);
  const kept = await storages(page);
  expect(kept.includes("mimic_unsent")).toBe(down);
  expect(await page.evaluate(() => window.mimic!.status().failures)).toBe(0);
  const asked = t.server.asked.filter(({ url }) => url.startsWith("/mimic/")).map(({ url, headers, body: text }) => `${url}\n${JSON.stringify(headers)}\n${text}`);
  const sent = [...asked, ...outlets.sockets, ...outlets.others, kept].join("\n");
  await context.close();
  expect(spellings(control).some((text) => sent.includes(text))).toBe(true);
  return planted.filter(({ secret }) => spellings(secret).some((text) => sent.includes(text))).map(({ place }) => place);
}

const each = (names: string[], later: boolean): Plant[] => names.map((place) => ({ place, depth: 1, later }));

describe("pitfall 21: masking leaks", () => {
  it.each([false, true])("nothing typed leaves under inputs, whatever the place (added later: %s)", async (later) => {
    expect(await leaks(TYPED, each(Object.keys(TYPED), later), { privacy: "inputs" })).toEqual([]);
  });

  it.each([false, true])("no text leaves under strict, whatever the place (added later: %s)", async (later) => {
    const all = { ...TYPED, ...SHOWN };
    expect(await leaks(all, each(Object.keys(all), later), { privacy: "strict" })).toEqual([]);
  });

  it.each(["inputs", "strict"])("nothing lies in the browser's storages either while the server takes nothing, under %s", async (privacy) => {
    const all = privacy === "strict" ? { ...TYPED, ...SHOWN } : TYPED;
    expect(await leaks(all, each(Object.keys(all), true), { privacy }, true)).toEqual([]);
    expect(await leaks(SHOWN, each(["text set later"], true), { privacy: "inputs" }, true)).toEqual(["text set later"]);
  });

  it("the search finds what lies in any storage of the browser", async () => {
    t.server.page("/page", `<!DOCTYPE html><html><head>${tag()}</head><body></body></html>`);
    const page = await t.visit("/page");
    await page.evaluate(async () => {
      sessionStorage.setItem("a", "in-session");
      localStorage.setItem("b", "in-local");
      document.cookie = "c=in-cookie";
      await (await caches.open("d")).put("/kept", new Response("in-cache", { headers: { "x-note": "in-cached-header" } }));
      await new Promise<void>((resolve, reject) => {
        const request = indexedDB.open("e", 1);
        request.onupgradeneeded = () => {
          const store = request.result.createObjectStore("f");
          store.put({ deep: ["in-database", new TextEncoder().encode("in-bytes"), new Blob(["in-blob"])] }, "in-key");
        };
        request.onsuccess = () => { request.result.close(); resolve(); };
        request.onerror = () => reject(request.error);
      });
    });
    const found = await storages(page);
    for (const text of ["in-session", "in-local", "in-cookie", "in-cache", "in-cached-header", "in-database", "in-bytes", "in-blob", "in-key"]) expect(found).toContain(text);
  });

  it("the search finds what leaves by any other way", async () => {
    t.server.page("/page", `<!DOCTYPE html><html><head>${tag()}</head><body></body></html>`);
    const page = await (await t.fresh()).newPage();
    const outlets = listen(page);
    await page.goto(`${t.server.origin}/page`);
    await page.evaluate(async () => {
      await fetch("/elsewhere?in-address", { method: "POST", headers: { "x-note": "in-header" }, body: "in-body" });
      navigator.sendBeacon("/elsewhere", "in-beacon");
      const socket = new WebSocket(`ws://${location.host}/socket`);
      await new Promise((resolve) => { socket.onopen = resolve; });
      for (const frame of ["in-frame", new TextEncoder().encode("in-bytes")]) socket.send(frame);
      socket.close();
    });
    const found = (): string => [...outlets.others, ...outlets.sockets].join("\n");
    await t.server.until("all of them", () => ["in-address", "in-header", "in-body", "in-beacon", "in-frame", "in-bytes"].every((text) => found().includes(text)));
  });

  it("the search finds what is not masked: it is known to work", async () => {
    const found = await leaks(SHOWN, each(Object.keys(SHOWN), false), { privacy: "inputs" });
    expect(found).toEqual(expect.arrayContaining(["paragraph", "button", "svg text", "frame text", "text set later", "title", "console line", "thrown error", "click", "shadow text"]));
    const typed = ["value attribute", "textarea", "option", "contenteditable", "typed text", "value property"];
    expect(await leaks(TYPED, each(typed, false), { privacy: "none" })).toEqual(typed);
  });
});

describe("pitfall 22: secrets in URLs, headers, bodies, console and WebSocket payloads", () => {
  it("configuration adds to the deny-list and takes nothing from it", async () => {
    const places: Record<string, Place> = {
      added: { html: (s) => `<a href="/?voucher=${s}">v</a>` },
      "built in": { html: (s) => `<a href="/?token=${s}">t</a>` },
    };
    expect(await leaks(places, each(["added", "built in"], false), { scrubParameters: ["voucher"] })).toEqual([]);
    expect(await leaks(places, each(["added", "built in"], false), { scrubParameters: [] })).toEqual(["added"]);
  });
});

describe("a selector that is none", () => {
  const BODY = `<p class=patient>SECRETpatient</p><p>SECRETother</p><p data-mimic-unmask>SECRETshown</p><img src="/p.png?SECRETpicture" alt=SECRETalt>
    <svg><text>SECRETsvg</text></svg><input id=i><input id=c type=checkbox>`;

  /** `;` is no selector; the others parse alone, and would swallow those that follow them in a list. */
  it.each([
    ["maskSelectors", "p[["], ["maskSelectors", ";"], ["maskSelectors", '[title="x'], ["maskSelectors", "b /*"], ["maskSelectors", ":is(b"],
    ["blockSelectors", "b:not("], ["ignoreSelectors", "b\\"],
  ])("in %s (%s) is left out and told once; the others count, and all that can be hidden is", async (name, bad) => {
    t.server.page("/page", `<!DOCTYPE html><html><head><meta charset=utf-8>${tag({ privacy: "none", [name]: [bad, ".patient"] })}</head><body>${BODY}</body></html>`);
    const context = await t.fresh();
    const page = await context.newPage();
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    await page.goto(`${t.server.origin}/page`);
    await t.server.until("a snapshot", () => t.server.events().some(({ type }) => type === 2));
    await page.fill("#i", "SECRETtyped");
    await page.check("#c");
    await page.evaluate(() => window.mimic!.event("end"));
    await t.server.untilPlugin("mimic/event@1");
    expect(t.server.arrivals.map(({ text }) => text).join("\n")).not.toContain("SECRET");
    expect(t.server.events().filter(({ type, data }) => type === 3 && data["source"] === 5)).toEqual([]);
    expect(said.filter((text) => text.startsWith("MIMIC"))).toEqual([expect.stringContaining(name)]);
    const status = await page.evaluate(() => window.mimic!.status());
    expect(status).toMatchObject({ state: "recording", privacy: "strict", failures: 1 });
    expect(status.lastFailure).toContain(JSON.stringify(bad));
  });
});

describe("marks in the page", () => {
  it("show what is marked to be shown, hide what is marked to be hidden, and ignore what is marked to be ignored", async () => {
    t.server.reset();
    t.server.page("/page", `<!DOCTYPE html><html><head>${tag({ privacy: "strict", ignoreSelectors: [".quiet"] })}</head><body>
      <p data-mimic-unmask>open words <b class="mimic-mask">closed words</b></p><p>other words</p>
      <input class="mimic-ignore" id=a><input class=quiet id=b><input id=c></body></html>`);
    const context = await t.fresh();
    const page = await context.newPage();
    await page.goto(`${t.server.origin}/page`);
    await t.server.until("a snapshot", () => t.server.events().some(({ type }) => type === 2));
    for (const id of ["a", "b", "c"]) await page.fill(`#${id}`, "typed");
    await page.evaluate(() => window.mimic!.event("end"));
    await t.server.untilPlugin("mimic/event@1");
    const sent = JSON.stringify(t.server.events());
    expect(sent).toContain("open words");
    expect(sent).not.toContain("closed words");
    expect(sent).not.toContain("other words");
    const inputs = new Set(t.server.events().filter(({ type, data }) => type === 3 && data["source"] === 5).map(({ data }) => data["id"] as number));
    expect(inputs.size).toBe(1);
  });
});
