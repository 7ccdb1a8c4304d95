import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { bench, byId, html, nodes, setVisibility, tag, type SerialNode } from "../support/browser";

const t = bench(["--js-flags=--expose-gc", "--enable-precise-memory-info"]);

async function snapshots(count = 1): Promise<void> {
  await t.server.until(`${count} snapshots`, () => t.server.events().filter(({ type }) => type === 2).length >= count);
}
const snapshot = (): SerialNode => t.server.events().find(({ type }) => type === 2)!.data["node"] as SerialNode;
const mutations = () => t.server.events().filter(({ type, data }) => type === 3 && data["source"] === 0).map(({ data }) => data);

beforeAll(() => {
  t.server.route("/json", (_request, response) => { response.setHeader("Content-Type", "application/json"); response.end('{"a":1,"password":"pw"}'); });
  t.server.route("/stream", (_request, response) => {
    response.setHeader("Content-Type", "text/event-stream");
    response.write("event: tick\ndata: 1\n\ndata: 2\n\n");
  });
});

describe("pitfall 18: a snapshot that is too large", () => {
  it("is marked, and the timeline of the session goes on", async () => {
    t.server.page("/", html(`<p>${"x".repeat(400_000)}</p>`, { config: { maxMemory: 65_536 } }));
    const page = await t.visit("/");
    await page.evaluate(() => window.mimic!.event("still here"));
    await t.server.untilPlugin("mimic/event@1");
    await t.server.untilPlugin("mimic/gap@1", ({ reason }) => reason === "memory");
  });

  const counted = `<script>
    window.__snapshots = 0;
    Object.defineProperty(document, "compatMode", { get() { __snapshots++; return "CSS1Compat"; }, configurable: true });
  </script>`;
  const taken = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as { __snapshots: number }).__snapshots);

  it("is taken again after ever longer waits, not with every batch", async () => {
    t.server.page("/", html(`<p id=p>${"x".repeat(400_000)}</p>`, { before: counted, config: { maxMemory: 65_536, flushInterval: 100 } }));
    const page = await t.visit("/");
    await t.server.until("many batches", () => t.server.batches().length >= 50);
    const count = await taken(page);
    // After 0, 1, 3, 7 and 15 s and so on.
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(12);
    await page.evaluate(() => document.getElementById("p")!.remove());
    await snapshots();
  });

  it("is taken again after ever longer waits while an error buffer waits for its error", async () => {
    t.server.page("/", html(`<p id=p>${"x".repeat(400_000)}</p>`, { before: counted, config: { maxMemory: 65_536, flushInterval: 100, mode: "error-buffer" } }));
    const page = await t.visit("/");
    await page.waitForFunction(() => (window as unknown as { __snapshots: number }).__snapshots >= 2);
    // As many intervals as the recorder has timers.
    await page.evaluate(() => new Promise<void>((resolve) => {
      let left = 50;
      const next = (): void => { if (left-- > 0) setTimeout(next, 100); else resolve(); };
      next();
    }));
    expect(await taken(page)).toBeLessThan(12);
    await page.evaluate(() => window.mimic!.event("now"));
    await t.server.untilPlugin("mimic/gap@1", ({ reason }) => reason === "memory");
  });
});

describe("pitfall 19: a big DOM or a storm of mutations freezes the page", () => {
  it("warns above 750 mutations at once and records them", async () => {
    t.server.page("/", html("<div id=d></div>"));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(() => { for (let i = 0; i < 2000; i++) document.getElementById("d")!.append(document.createElement("i")); });
    await t.server.until("the nodes", () => mutations().some((data) => (data["adds"] as unknown[]).length === 2000));
    expect(await page.evaluate(() => window.mimic!.status().mutationWarnings)).toBe(1);
  });

  it("pauses above 10,000 with a marker, and takes a snapshot when it is calm", async () => {
    t.server.page("/", html("<div id=d></div>"));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(() => { for (let i = 0; i < 12_000; i++) document.getElementById("d")!.append(document.createElement("i")); });
    await t.server.untilPlugin("mimic/pause@1", ({ reason }) => reason === "mutations");
    expect(t.server.plugins("mimic/gap@1")[0]).toMatchObject({ reason: "mutations", events: 12_000 });
    expect(mutations().every((data) => (data["adds"] as unknown[]).length < 100)).toBe(true);
    await page.evaluate(() => console.log("still heard"));
    await t.server.untilPlugin("rrweb/console@1");
    await t.server.until("a snapshot after the storm", () => t.server.events().filter(({ type }) => type === 2).length === 2);
  });
});

describe("pitfall 19: changes that take the recorder long, however few they are", () => {
  it("pause it, and a snapshot says what came of them", async () => {
    t.server.page("/", html("<div id=d></div>"));
    const page = await t.visit("/");
    await snapshots();
    // asked by the recorder for each batch: a page in which that is slow
    await page.evaluate(() => {
      Object.defineProperty(document, "designMode", { get: () => { for (const end = performance.now() + 2600; performance.now() < end;); return "off"; } });
    });
    for (const id of ["a", "b", "c"]) {
      await page.evaluate((id) => document.getElementById("d")!.append(Object.assign(document.createElement("i"), { id })), id);
      await page.waitForTimeout(50);
    }
    await t.server.untilPlugin("mimic/pause@1", ({ reason }) => reason === "mutations");
    await page.evaluate(() => delete (document as { designMode?: string }).designMode);
    await t.server.until("a snapshot after it", () => t.server.events().filter(({ type }) => type === 2).length === 2);
    expect(await page.evaluate(() => window.mimic!.status().failures)).toBe(0);
  });
});

describe("pitfall 20: patched network breaks the app", () => {
  it("hands out answers at once although bodies are recorded, and leaves streams alone", async () => {
    t.server.page("/", html("<p>x</p>", { config: { network: { headers: true, bodies: true } } }));
    const page = await t.visit("/");
    await snapshots();
    const seen = await page.evaluate(async () => {
      const response = await fetch("/stream");
      const reader = response.body!.getReader();
      const { value } = await reader.read();
      await reader.cancel();
      const json = await (await fetch("/json", { method: "POST", body: JSON.stringify({ password: "pw", name: "n" }), headers: { "X-Auth-Token": "t", "X-Plain": "yes" } })).json() as { a: number };
      return [new TextDecoder().decode(value).length > 0, json.a];
    });
    expect(seen).toEqual([true, 1]);
    await t.server.until("both", () => t.server.requests().length >= 2);
    const [stream, json] = ["/stream", "/json"].map((path) => t.server.requests().find(({ name }) => name.endsWith(path))!);
    expect(stream).toMatchObject({ status: 200, stream: true });
    expect(stream!["responseBody"]).toBeUndefined();
    expect(JSON.parse(json!["responseBody"])).toEqual({ a: 1, password: "***" });
    expect(JSON.parse(json!["requestBody"])).toEqual({ password: "***", name: "n" });
    expect(json!["requestHeaders"]).toMatchObject({ "x-auth-token": "***", "x-plain": "yes" });
  });

  it("keeps no more of a body than its beginning, and of an endless one no more than comes in a moment", async () => {
    t.server.route("/long", (_request, response) => { response.setHeader("Content-Type", "text/plain"); response.end("long ".repeat(20_000)); });
    t.server.route("/endless", (_request, response) => {
      response.setHeader("Content-Type", "text/plain");
      response.write("begins");
    });
    t.server.page("/", html("<p>x</p>", { config: { network: { bodies: true } } }));
    const page = await t.visit("/");
    await snapshots();
    const lengths = await page.evaluate(async () => {
      const post = { method: "POST", body: "sent ".repeat(20_000) };
      const fetched = (await (await fetch("/long?fetch", post)).text()).length;
      const xhr = new XMLHttpRequest();
      xhr.open("POST", "/long?xhr");
      const loaded = new Promise((resolve) => { xhr.onload = resolve; });
      xhr.send(post.body);
      await loaded;
      return [fetched, xhr.responseText.length, (await fetch("/endless")).status];
    });
    expect(lengths).toEqual([100_000, 100_000, 200]);
    await t.server.until("all three", () => t.server.requests().length === 3);
    // Its body was waited for; the event is of the moment when the answer was there.
    const told = t.server.events().find(({ data }) => String(data["payload"]?.requests?.[0]?.name).endsWith("/endless"))!;
    expect(Math.abs(told.timestamp - (await page.evaluate(() => performance.timeOrigin)) - told.data["payload"].requests[0].endTime)).toBeLessThan(1000);
    for (const { name, requestBody, responseBody } of t.server.requests()) {
      if (String(name).endsWith("/endless")) expect(responseBody).toBe("begins");
      else for (const body of [requestBody, responseBody] as string[]) expect([body.length > 16_000, body.length < 17_000, body.includes("… (")]).toEqual([true, true, true]);
    }
  });

  it("tells requests that had not ended when the page went away", async () => {
    t.server.route("/never", () => undefined);
    t.server.page("/", html("<p>x</p>"));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(() => void fetch("/never").catch(() => undefined));
    await setVisibility(page, "hidden");
    await t.server.until("the request", () => t.server.requests().some(({ error }) => error === "unfinished"));
  });

  it("records WebSocket and EventSource", async () => {
    t.server.page("/", html("<p>x</p>"));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(() => {
      const source = new EventSource("/stream");
      source.onmessage = () => source.close();
      new WebSocket("ws://127.0.0.1:9/socket?token=abc");
    });
    await t.server.untilPlugin("mimic/eventsource@1", ({ kind }) => kind === "close");
    await t.server.untilPlugin("mimic/websocket@1", ({ kind }) => kind === "close");
    expect(t.server.plugins("mimic/eventsource@1").map(({ kind }) => kind)).toEqual(["open", "message", "close"]);
    expect(t.server.plugins("mimic/websocket@1").find(({ kind }) => kind === "close")).toMatchObject({ code: 1006, url: "ws://127.0.0.1:9/socket?token=***" });
  });
});

describe("WebSocket messages", () => {
  async function talk(config: Record<string, unknown>): Promise<Array<Record<string, any>>> {
    t.server.page("/", html("<p>x</p>", { config }));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(async () => {
      const socket = new WebSocket(`ws://${location.host}/socket?token=abc`);
      await new Promise((resolve) => { socket.onopen = resolve; });
      const heard = new Promise((resolve) => { socket.onmessage = resolve; });
      socket.send(JSON.stringify({ text: "hello there", password: "hunter2hunter2" }));
      await heard;
      const closed = new Promise((resolve) => { socket.onclose = resolve; });
      socket.send("close");
      await closed;
    });
    await t.server.untilPlugin("mimic/websocket@1", ({ kind }) => kind === "close");
    return t.server.plugins("mimic/websocket@1");
  }

  it("are told by direction and size, and their payloads stay in the browser", async () => {
    const frames = await talk({});
    expect(frames.map(({ kind, direction }) => [kind, direction ?? null])).toEqual([["open", null], ["message", "out"], ["message", "in"], ["message", "out"], ["close", null]]);
    expect(frames[1]).toMatchObject({ size: 50, url: expect.stringContaining("token=***") });
    expect(frames[4]).toMatchObject({ code: 4001, reason: "done" });
    expect(frames.some((frame) => "payload" in frame)).toBe(false);
  });

  it("are recorded when the operator asks for it, without their secrets", async () => {
    const frames = await talk({ network: { websocketPayloads: true } });
    const payloads = frames.filter(({ kind }) => kind === "message").map(({ payload }) => payload as string);
    expect(payloads).toEqual(['{"text":"hello there","password":"***"}', '{"text":"hello there","password":"***"}', "close"]);
    expect(new Set(frames.map(({ id }) => id)).size).toBe(1);
  });

  it("stay in the browser under strict, whatever is asked for", async () => {
    const frames = await talk({ network: { websocketPayloads: true }, privacy: "strict" });
    expect(frames.some((frame) => "payload" in frame)).toBe(false);
  });
});

describe("pitfall 27: patched globals give an empty recording", () => {
  const ZONE = `<script>
    window.Zone = { current: {} }; window.__ran = [];
    for (const name of ["setTimeout", "requestAnimationFrame", "fetch"]) {
      const original = window[name]; window["__zone_symbol__" + name] = original;
      window[name] = function (...args) { __ran.push(name); return original.apply(this, args); };
    }
    const add = EventTarget.prototype.addEventListener; EventTarget.prototype.__zone_symbol__addEventListener = add;
    EventTarget.prototype.addEventListener = function (...args) { __ran.push("addEventListener " + args[0]); return add.apply(this, args); };
    const Observer = window.MutationObserver; window.__zone_symbol__MutationObserver = Observer;
    window.MutationObserver = function () { throw new Error("the patched one"); }; window.MutationObserver.prototype = Observer.prototype;
  </script>`;
  const PROTOTYPE_JS = `<script>
    Array.prototype.toJSON = function () { return "broken"; }; Object.prototype.toJSON = undefined; delete Object.prototype.toJSON;
    String.prototype.toJSON = function () { return "broken"; };
    const from = Array.from; Array.from = function (items) { const out = []; for (let i = 0; i < items.length; i++) out.push(items[i]); return out; };
    Element.prototype.select = function () { return []; };
  </script>`;

  it("Zone.js: what the recorder does never runs in the host's zone", async () => {
    t.server.page("/", html("<p id=p>x</p>", { before: ZONE }));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(() => { (document.getElementById("p")!.firstChild as Text).data = "changed"; });
    await t.server.until("the change", () => JSON.stringify(mutations()).includes("changed"));
    await t.server.untilPlugin("mimic/vital@1");
    const ran = await page.evaluate(() => (window as unknown as { __ran: string[] }).__ran);
    expect(ran).toEqual([]);
    expect(await page.evaluate(() => [document.querySelectorAll("iframe").length, window.mimic!.status().failures])).toEqual([0, 0]);
  });

  it("a page that has frozen its built-in types, and wraps fetch in a Proxy, is recorded and works on", async () => {
    t.server.page("/", html("<p id=p>x</p><input id=i>", { before: `<script>
      window.__seen = []; window.__errors = [];
      addEventListener("error", (event) => __errors.push(event.message));
      window.fetch = new Proxy(fetch, { apply: (target, self, args) => { __seen.push(String(args[0])); return Reflect.apply(target, self, args); } });
      for (const type of [Object, Array, Function, Promise, Element, HTMLInputElement, HTMLSelectElement, HTMLOptionElement, HTMLTextAreaElement, CSSStyleSheet,
        CSSStyleDeclaration, CSSGroupingRule, History, XMLHttpRequest, WebSocket, EventSource, Navigator, CustomElementRegistry, Node, EventTarget, Document, ShadowRoot]) {
        Object.freeze(type.prototype); Object.freeze(type);
      }
      Object.freeze(console); Object.freeze(document); Object.freeze(JSON); Object.freeze(Reflect);
    </script>` }));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(async () => {
      (document.getElementById("p")!.firstChild as Text).data = "changed";
      document.getElementById("i")!.style.setProperty("color", "red");
      history.pushState({}, "", "/next");
      document.body.append(document.createElement("div").attachShadow({ mode: "open" }).host);
      await (await fetch("/json")).text();
      console.log("line");
      window.mimic!.event("end");
    });
    await page.fill("#i", "typed");
    await t.server.untilPlugin("mimic/event@1");
    await t.server.until("the change", () => JSON.stringify(mutations()).includes("changed"));
    await t.server.until("the request", () => t.server.requests().some(({ name }) => String(name).endsWith("/json")));
    const seen = await page.evaluate(() => {
      const w = window as unknown as { __seen: string[]; __errors: string[] };
      return { failures: window.mimic!.status().failures, last: window.mimic!.status().lastFailure, errors: w.__errors, asked: w.__seen.filter((url) => url === "/json").length };
    });
    expect(seen).toEqual({ failures: 0, last: null, errors: [], asked: 1 });
    await page.evaluate(() => window.mimic!.stop());
    expect(await page.evaluate(() => [window.mimic!.status().state, window.mimic!.status().lastFailure])).toEqual(["off", null]);
  });

  it("prototype.js: arrays stay arrays, and the host keeps its own functions", async () => {
    t.server.page("/", html("<p id=p>x</p>", { before: PROTOTYPE_JS }));
    const page = await t.visit("/");
    await snapshots();
    expect(byId(snapshot(), "p")?.childNodes?.[0]?.textContent).toBe("x");
    expect(await page.evaluate(() => [JSON.stringify([1]), String(Array.from).includes("native"), window.mimic!.status().failures])).toEqual(['"broken"', false, 0]);
  });
});

describe("pitfall 28: memory leaks", () => {
  it("frames that come and go, and pages that are hidden and shown, leave nothing behind", async () => {
    t.server.page("/", html("<div id=d></div>"));
    const page = await t.visit("/");
    await snapshots();
    const churn = async (rounds: number): Promise<void> => {
      for (let i = 0; i < rounds; i++) {
        await page.evaluate(async () => {
          const frame = document.createElement("iframe");
          frame.srcdoc = `<p>${"content ".repeat(500)}</p>`;
          const loaded = new Promise((resolve) => { frame.onload = resolve; });
          document.getElementById("d")!.append(frame);
          await loaded;
          (frame.contentWindow as unknown as { weight: string[] }).weight = Array.from({ length: 20_000 }, (_, n) => `item ${n}`);
          await new Promise((resolve) => setTimeout(resolve, 20));
          frame.remove();
        });
        if (i % 5 === 0) {
          await setVisibility(page, "hidden");
          await setVisibility(page, "visible");
        }
      }
    };
    const heap = async (): Promise<number> => {
      await page.waitForTimeout(500);
      return page.evaluate(async () => {
        for (let i = 0; i < 4; i++) { (window as unknown as { gc(): void }).gc(); await new Promise((resolve) => setTimeout(resolve, 50)); }
        return (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize;
      });
    };
    await churn(10);
    const before = await heap();
    await churn(40);
    const after = await heap();
    // One leaked frame weighs about 1 MB.
    expect(after - before).toBeLessThan(5_000_000);
    expect(await page.evaluate(() => window.mimic!.status().failures)).toBe(0);
  }, 180_000);
});

describe("pitfall 28: shadow trees", () => {
  it("that come and go leave nothing behind, also in frames; one that comes back is recorded again", async () => {
    t.server.page("/", html("<div id=d></div>"));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(async () => {
      const made: Array<WeakRef<ShadowRoot>> = [];
      Object.assign(window, { made });
      const grow = (into: Node): Element => {
        const host = into.ownerDocument!.createElement("div");
        into.appendChild(host);
        const root = host.attachShadow({ mode: "open" });
        root.innerHTML = "<b>shadow</b>";
        made.push(new WeakRef(root));
        return host;
      };
      const frame = document.createElement("iframe");
      const loaded = new Promise((resolve) => { frame.onload = resolve; });
      frame.srcdoc = "<p>frame</p>";
      document.body.append(frame);
      await loaded;
      for (let i = 0; i < 20; i++) grow(document.getElementById("d")!);
      grow(frame.contentDocument!.body);
      await new Promise((resolve) => setTimeout(resolve, 500));
      frame.remove();
      document.getElementById("d")!.replaceChildren();
      // Is kept by the page, and comes back.
      const host = document.createElement("section");
      document.body.append(host);
      host.attachShadow({ mode: "open" }).innerHTML = "<i>a</i>";
      Object.assign(window, { host });
      await new Promise((resolve) => setTimeout(resolve, 500));
      host.remove();
    });
    await page.waitForFunction(() => {
      const { made, gc } = window as unknown as { made: Array<WeakRef<ShadowRoot>>; gc(): void };
      gc();
      return made.length === 21 && made.every((ref) => ref.deref() === undefined);
    }, undefined, { polling: 200 });
    await page.evaluate(async () => {
      const { host } = window as unknown as { host: Element };
      document.body.append(host);
      await new Promise((resolve) => setTimeout(resolve, 300));
      host.shadowRoot!.querySelector("i")!.textContent = "changed after it came back";
    });
    await t.server.until("the change", () => JSON.stringify(mutations()).includes("changed after it came back"));
    expect(await page.evaluate(() => window.mimic!.status().failures)).toBe(0);
  });
});

describe("pitfall 29: console floods", () => {
  it("are cut to 30 lines a second, each of bounded length, and what was left out is counted", async () => {
    t.server.page("/", html("<p>x</p>"));
    const page = await t.visit("/");
    await snapshots();
    const seconds = await page.evaluate(() => {
      const from = Math.floor(Date.now() / 1000);
      for (let i = 0; i < 500; i++) console.log(`line ${i}`, "x".repeat(100_000));
      return Math.floor(Date.now() / 1000) - from + 1;
    });
    const lines = (): Array<Record<string, any>> => t.server.plugins("rrweb/console@1");
    const logged = (): number => lines().filter(({ level }) => level === "log").length;
    const leftOut = (): number => lines().filter(({ level }) => level === "warn").reduce((sum, { payload }) => sum + Number(/\d+/.exec(payload[0])![0]), 0);
    await t.server.until("the rest to be counted", () => logged() + leftOut() === 500);
    expect(logged()).toBeLessThanOrEqual(30 * seconds);
    expect(lines().every(({ payload }) => JSON.stringify(payload).length < 3000)).toBe(true);
  });

  it("and floods of errors and messages, are counted although the page ends at once", async () => {
    t.server.page("/", html("<p>x</p>", { config: { flushInterval: 60_000 } }));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(async () => {
      const socket = new WebSocket(`ws://${location.host}/socket`);
      await new Promise((resolve) => { socket.onopen = resolve; });
      for (let i = 0; i < 300; i++) socket.send("m");
      for (let i = 0; i < 300; i++) window.dispatchEvent(new ErrorEvent("error", { message: `error ${i}` }));
      for (let i = 0; i < 300; i++) console.log(`line ${i}`);
    });
    await setVisibility(page, "hidden");
    await t.server.untilPlugin("mimic/visibility@1", ({ state }) => state === "hidden");
    const lines = t.server.plugins("rrweb/console@1");
    const leftOut = (what: string): number => lines.reduce((sum, { payload }) => sum + Number(new RegExp(`(\\d+) ${what} left out`).exec(payload[0])?.[1] ?? 0), 0);
    expect(t.server.plugins("mimic/error@1").length + leftOut("errors")).toBe(300);
    expect(lines.filter(({ level }) => level === "log").length + leftOut("console lines")).toBe(300);
    expect(t.server.plugins("mimic/websocket@1").filter(({ direction }) => direction === "out").length + leftOut("messages")).toBeGreaterThanOrEqual(300);
  });
});

describe("pitfall 30: style sheets, shadow roots and frames", () => {
  it("constructed and adopted sheets, CSS-in-JS and shadow trees are recorded", async () => {
    t.server.page("/", html(`<style id=s></style><div id=host></div><iframe id=f srcdoc="<p>in the frame</p>"></iframe>`));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("p { color: rgb(1, 2, 3) }");
      document.adoptedStyleSheets = [sheet];
      sheet.insertRule("b { color: rgb(4, 5, 6) }");
      (document.getElementById("s") as HTMLStyleElement).sheet!.insertRule("i { color: rgb(7, 8, 9) }");
      const root = document.getElementById("host")!.attachShadow({ mode: "open" });
      root.innerHTML = "<p>in the shadow</p>";
      const own = new CSSStyleSheet();
      own.replaceSync("p { color: rgb(10, 11, 12) }");
      root.adoptedStyleSheets = [own];
      root.querySelector("p")!.setAttribute("lang", "de");
      (document.getElementById("s") as HTMLStyleElement).sheet!.cssRules[0]!;
      ((document.getElementById("s") as HTMLStyleElement).sheet!.cssRules[0] as CSSStyleRule).style.setProperty("color", "rgb(13, 14, 15)");
    });
    await page.waitForTimeout(500);
    await page.evaluate(() => window.mimic!.event("end"));
    await t.server.untilPlugin("mimic/event@1");
    const all = JSON.stringify(t.server.events());
    for (const part of ["rgb(1, 2, 3)", "rgb(4, 5, 6)", "rgb(7, 8, 9)", "rgb(10, 11, 12)", "rgb(13, 14, 15)", "in the shadow", "in the frame", '"lang":"de"']) {
      expect(all).toContain(part);
    }
  });

  it("a style sheet of another origin that scripts may not read stays a link, and is not asked for again", async () => {
    t.server.route("/sheet.css", (_request, response) => { response.setHeader("Content-Type", "text/css"); response.end("p { color: rgb(1, 2, 3) }"); });
    const sheet = `${t.server.origin.replace("127.0.0.1", "localhost")}/sheet.css`;
    t.server.page("/", html(`<p id=p>x</p>`, { head: `<link id=l rel=stylesheet href="${sheet}">` }));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate((href) => {
      const link = document.createElement("link");
      Object.assign(link, { rel: "stylesheet", href: `${href}?later`, id: "later" });
      const loaded = new Promise((resolve) => { link.onload = resolve; });
      document.head.append(link);
      return loaded;
    }, sheet);
    await t.server.until("the later one", () => JSON.stringify(mutations()).includes("?later"));
    expect(byId(snapshot(), "l")!.attributes).toMatchObject({ rel: "stylesheet", href: sheet });
    const seen = await page.evaluate(() => [getComputedStyle(document.getElementById("p")!).color, window.mimic!.status().failures]);
    expect(seen).toEqual(["rgb(1, 2, 3)", 0]);
    expect(t.server.asked.filter(({ url }) => url.startsWith("/sheet.css")).map(({ url }) => url)).toEqual(["/sheet.css", "/sheet.css?later"]);
  });

  it("a frame that has the recorder's tag itself is recorded once, from outside", async () => {
    t.server.page("/inner", html("<p>inner page</p>"));
    t.server.page("/", html(`<iframe src="/inner"></iframe>`));
    const page = await t.visit("/");
    await t.server.until("the frame", () => JSON.stringify(t.server.events()).includes("inner page"));
    await page.waitForTimeout(400);
    expect(t.server.pageIds()).toHaveLength(1);
    expect(await page.frames()[1]!.evaluate(() => window.mimic!.status().reason)).toBe("frame");
  });

  it("nor is one that lies in another, which has no tag", async () => {
    t.server.page("/inner", html("<p>inner page</p>"));
    t.server.page("/wrapper", html(`<iframe src="/inner"></iframe>`, { recorder: false }));
    t.server.page("/", html(`<iframe src="/wrapper"></iframe>`));
    const page = await t.visit("/");
    await t.server.until("the frame", () => JSON.stringify(t.server.events()).includes("inner page"));
    expect(await page.frames()[2]!.evaluate(() => window.mimic!.status().reason)).toBe("frame");
    expect(t.server.pageIds()).toHaveLength(1);
  });

  it("canvases are recorded when asked for, with pictures of those that change", async () => {
    t.server.page("/", html(`<canvas id=c width=40 height=30></canvas>`, { config: { canvas: { fps: 10 } } }));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(() => {
      const context = (document.getElementById("c") as HTMLCanvasElement).getContext("2d")!;
      let n = 0;
      setInterval(() => { context.fillStyle = `rgb(${(n += 40) % 255}, 0, 0)`; context.fillRect(0, 0, 40, 30); }, 100);
    });
    await t.server.until("pictures", () => t.server.events().filter(({ type, data }) => type === 3 && data["source"] === 9).length >= 3);
    const drawn = t.server.events().find(({ type, data }) => type === 3 && data["source"] === 9)!.data;
    expect(drawn["id"]).toBe(byId(snapshot(), "c")!.id);
    expect(drawn["commands"].map(({ property }: { property: string }) => property)).toEqual(["clearRect", "drawImage"]);
  });

  it("canvases of frames and shadow trees are recorded, and again after each snapshot although they did not change", async () => {
    t.server.page("/", html(`<canvas></canvas><div id=host></div><iframe srcdoc="<canvas></canvas>"></iframe>`, { config: { canvas: { fps: 10 } } }));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(() => {
      const root = document.getElementById("host")!.attachShadow({ mode: "open" });
      root.innerHTML = "<canvas></canvas>";
      for (const tree of [document, root, document.querySelector("iframe")!.contentDocument!]) tree.querySelector("canvas")!.getContext("2d")!.fillRect(0, 0, 9, 9);
    });
    const pictures = (page: number): unknown[] => t.server.events(t.server.pageIds()[page]).filter(({ type, data }) => type === 3 && data["source"] === 9).map(({ data }) => data["id"]);
    await t.server.until("all three", () => new Set(pictures(0)).size === 3);
    let asked = 0;
    t.server.respond = () => ({ body: { snapshot: asked++ === 0 } });
    const before = pictures(0).length;
    await t.server.until("all three again", () => new Set(pictures(0).slice(before)).size === 3);
    await t.server.until("the snapshot", () => t.server.events().filter(({ type }) => type === 2).length === 2);
  });

  it("canvases are recorded no more often than they were asked for", async () => {
    t.server.page("/", html(`<canvas id=c width=40 height=30></canvas>`, { config: { canvas: { fps: 2 } } }));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(() => {
      const context = (document.getElementById("c") as HTMLCanvasElement).getContext("2d")!;
      let n = 0;
      setInterval(() => { context.fillStyle = `rgb(${(n += 40) % 255}, ${n % 7}, 0)`; context.fillRect(0, 0, 40, 30); }, 20);
    });
    const pictures = (): number[] => t.server.events().filter(({ type, data }) => type === 3 && data["source"] === 9).map(({ timestamp }) => timestamp);
    await t.server.until("pictures", () => pictures().length >= 6);
    const [first, ...others] = pictures();
    // A picture is told when it has been compressed, which may take one of them longer than the next.
    expect((others.at(-1)! - first!) / others.length).toBeGreaterThan(350);
  });

  it.each([
    ["class mimic-mask", { privacy: "inputs" }, `<p class=mimic-mask><canvas></canvas></p>`],
    ["class mimic-block", { privacy: "inputs" }, `<canvas class=mimic-block></canvas>`],
    ["a selector to mask", { maskSelectors: [".chart"] }, `<canvas class=chart></canvas>`],
    ["a selector to block", { blockSelectors: [".chart"] }, `<canvas class=chart></canvas>`],
    ["the preset strict", { privacy: "strict" }, `<canvas></canvas>`],
  ])("canvases are not recorded under %s", async (_name, config, body) => {
    t.server.page("/", html(`${body}<div class=mimic-unmask><canvas id=shown></canvas></div>`, { config: { canvas: { fps: 10 }, ...config } }));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(() => {
      let n = 0;
      const draw = (canvas: HTMLCanvasElement): void => {
        const context = canvas.getContext("2d")!;
        context.fillStyle = `rgb(${(n += 40) % 255}, ${n % 7}, 0)`;
        context.fillRect(0, 0, 40, 30);
      };
      setInterval(() => document.querySelectorAll("canvas").forEach(draw), 50);
    });
    const drawn = (): unknown[] => t.server.events().filter(({ type, data }) => type === 3 && data["source"] === 9).map(({ data }) => data["id"]);
    await t.server.until("pictures", () => drawn().length >= 5);
    expect(new Set(drawn())).toEqual(new Set([byId(snapshot(), "shown")!.id]));
  });

  it("vitals and canvases are loaded apart, once the page has loaded and has nothing better to do", async () => {
    let finish = (): void => undefined;
    t.server.route("/slow.png", (_request, response) => { finish = () => response.end(); });
    // The page decides when it is idle for the side files; batches, which wait for a second at most, go on.
    const before = `<script>
      window.__idle = [];
      const whenIdle = window.requestIdleCallback.bind(window);
      window.requestIdleCallback = (run, options) => (options.timeout < 5000 ? whenIdle(run, options) : __idle.push(run));
    </script>`;
    t.server.page("/", html(`<img src=/slow.png><canvas></canvas>`, { before, config: { canvas: { fps: 1 } } }));
    const page = await (await t.fresh()).newPage();
    await page.goto(`${t.server.origin}/`, { waitUntil: "commit" });
    const sides = (): string[] => t.server.asked.map(({ url }) => url).filter((url) => /vitals|canvas/.test(url)).map((url) => url.split("?")[0]!).sort();
    const waiting = (): Promise<number> => page.evaluate(() => (window as unknown as { __idle: unknown[] }).__idle.length);
    await t.server.until("the page to be asked for its picture", () => t.server.asked.some(({ url }) => url === "/slow.png"));
    await page.waitForFunction(() => window.mimic?.status().state === "recording");
    expect([await waiting(), sides()]).toEqual([0, []]);
    finish();
    await page.waitForFunction(() => (window as unknown as { __idle: unknown[] }).__idle.length > 0);
    expect(sides()).toEqual([]);
    await page.evaluate(() => (window as unknown as { __idle: Array<() => void> }).__idle.splice(0).forEach((run) => run()));
    await t.server.until("both files", () => sides().length === 2);
    expect(sides()).toEqual(["/mimic/canvas.js", "/mimic/vitals.js"]);
  });

  it("canvases are not recorded, and their file is not loaded, otherwise", async () => {
    t.server.page("/", html(`<canvas id=c width=40 height=30></canvas>`));
    const page = await t.visit("/");
    await t.server.untilPlugin("mimic/vital@1");
    await page.waitForTimeout(300);
    expect(t.server.asked.filter(({ url }) => url.includes("canvas.js"))).toEqual([]);
  });
});

describe("pitfall 31: ad blockers", () => {
  it("every address that the page asks for lies below the first-party mount, without a name that lists know", async () => {
    t.server.page("/", html("<p>x</p>"));
    await t.visit("/");
    await t.server.untilPlugin("mimic/vital@1");
    const urls = t.server.asked.map(({ url }) => url).filter((url) => url !== "/" && url !== "/favicon.ico");
    expect(urls.every((url) => url.startsWith("/mimic/"))).toBe(true);
    expect(urls.join("\n")).not.toMatch(/rrweb|replay|collect|track|analytics|telemetry|beacon|\bevents?\b|session-/);
  });

  it("the endpoint can be given another name", async () => {
    t.server.page("/", `<!DOCTYPE html><script src="/mimic/recorder.js" data-mimic-project="test" data-mimic-endpoint="/mimic/ingest?x" defer></script><p>x</p>`);
    await t.visit("/");
    await snapshots();
    expect(t.server.asked.some(({ url }) => url === "/mimic/ingest?x")).toBe(true);
  });
});

describe("what else is captured", () => {
  it("viewport, long tasks and web vitals", async () => {
    t.server.page("/", html(`<button id=b onclick="for (const end = performance.now() + 120; performance.now() < end;);">b</button>`));
    const page = await t.visit("/");
    await snapshots();
    await page.setViewportSize({ width: 640, height: 480 });
    await page.evaluate(() => setTimeout(() => { const end = Date.now() + 120; while (Date.now() < end); }));
    await page.click("#b");
    await t.server.untilPlugin("mimic/viewport@1");
    await t.server.untilPlugin("mimic/longtask@1", ({ duration }) => duration >= 100);
    await page.waitForTimeout(300);
    await setVisibility(page, "hidden");
    await t.server.untilPlugin("mimic/vital@1", ({ name }) => name === "LCP");
    expect(t.server.plugins("mimic/viewport@1")[0]).toEqual({ width: 640, height: 480 });
    expect(t.server.plugins("mimic/vital@1").map(({ name }) => name)).toEqual(expect.arrayContaining(["FCP", "TTFB", "LCP", "CLS", "INP"]));
    expect(t.server.plugins("mimic/vital@1").find(({ name }) => name === "INP")!["value"]).toBeGreaterThanOrEqual(100);
  });

  it("moves through the history of a single-page application", async () => {
    t.server.page("/", html("<p>x</p>"));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(() => history.pushState({}, "", "/deeper"));
    await page.evaluate(() => { location.hash = "part"; });
    await page.evaluate(() => new Promise((resolve) => { addEventListener("popstate", () => setTimeout(resolve), { once: true }); history.go(-2); }));
    await page.evaluate(() => window.mimic!.event("end"));
    await t.server.untilPlugin("mimic/event@1");
    const moves = t.server.plugins("mimic/navigation@1").map(({ kind, url }) => [kind, String(url).slice(t.server.origin.length)]);
    // The browser tells of a new fragment as a move through the history first.
    expect(moves).toEqual([["load", "/"], ["push", "/deeper"], ["pop", "/deeper#part"], ["pop", "/"]]);
  });

  it("moves of a single-page application that takes navigations over from the browser", async () => {
    t.server.page("/", html("<p>x</p>"));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(async () => {
      interface Move { finished: Promise<unknown> }
      const { navigation } = window as unknown as { navigation: EventTarget & { navigate(url: string): Move; back(): Move } };
      navigation.addEventListener("navigate", (event) => (event as Event & { intercept(): void }).intercept());
      await navigation.navigate("/taken").finished;
      await new Promise((resolve) => setTimeout(resolve, 100));
      await navigation.back().finished;
      setTimeout(() => window.mimic!.event("end"), 100);
    });
    await t.server.untilPlugin("mimic/event@1");
    const moves = t.server.plugins("mimic/navigation@1").map(({ kind, url }) => [kind, String(url).slice(t.server.origin.length)]);
    expect(moves).toEqual([["load", "/"], ["push", "/taken"], ["pop", "/"]]);
  });

  it("where a page is that was opened in the background, once it is shown", async () => {
    const before = `<script>Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });</script>`;
    t.server.page("/", html("<p>x</p>", { before }));
    const page = await t.visit("/");
    expect(await page.evaluate(() => window.mimic!.status().reason)).toBe("hidden");
    await setVisibility(page, "visible");
    await snapshots();
    await setVisibility(page, "hidden");
    await setVisibility(page, "visible");
    await snapshots(2);
    expect(t.server.plugins("mimic/navigation@1").map(({ kind }) => kind)).toEqual(["load"]);
  });

  it("the size of an answer that no header tells, without anybody reading it", async () => {
    t.server.route("/chunks", (_request, response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.write("[1,");
      response.end("2]");
    });
    t.server.route("/moved", (_request, response) => { response.writeHead(302, { Location: "/chunks" }); response.end(); });
    t.server.page("/", html("<p>x</p>"));
    const page = await t.visit("/");
    await snapshots();
    const reads = await page.evaluate(() => new Promise<number>((resolve) => {
      const { get } = Object.getOwnPropertyDescriptor(XMLHttpRequest.prototype, "response")!;
      let count = 0;
      Object.defineProperty(XMLHttpRequest.prototype, "response", { get() { count++; return get!.call(this) as unknown; }, configurable: true });
      const xhr = new XMLHttpRequest();
      xhr.open("GET", "/moved");
      xhr.responseType = "json";
      xhr.onload = () => setTimeout(() => resolve(count), 300);
      xhr.send();
    }));
    expect(reads).toBe(0);
    await t.server.until("the request", () => t.server.requests().length === 1);
    expect(t.server.requests()[0]).toMatchObject({ status: 200, responseSize: 5 });
  });

  it("beacons of the page", async () => {
    t.server.page("/", html("<p>x</p>"));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(() => navigator.sendBeacon("/json", "12345"));
    await t.server.until("it", () => t.server.requests().some(({ initiatorType }) => initiatorType === "beacon"));
    expect(t.server.requests()[0]).toMatchObject({ method: "POST", requestSize: 5 });
  });

  it("settings of a script that was written at build time", async () => {
    t.server.page("/", `<!DOCTYPE html><script>window.mimicSettings = { project: "built", endpoint: "/mimic/ingest", flushInterval: 200, privacy: "strict" };</script><script src="/mimic/recorder.js" defer></script><p>hello</p>`);
    await t.visit("/");
    await snapshots();
    expect(t.server.arrivals[0]!.batch).toMatchObject({ project: "built", meta: { privacy: "strict" } });
    expect([...nodes(snapshot())].some(({ textContent }) => textContent === "hello")).toBe(false);
  });

  it("the source map of a script that raised an error, without a request for it", async () => {
    t.server.route("/app.js", (_request, response) => {
      response.setHeader("Content-Type", "text/javascript");
      response.end('window.fail = () => setTimeout(() => { throw new Error("mapped"); });\n//# sourceMappingURL=maps/app.js.map?token=abc');
    });
    t.server.route("/other.js", (_request, response) => {
      response.setHeader("Content-Type", "text/javascript");
      response.setHeader("SourceMap", "/maps/other.js.map");
      response.end('window.refuse = () => void Promise.reject(new Error("mapped by header"));');
    });
    t.server.page("/", html(`<script src="/app.js" defer></script><script src="/other.js" defer></script>`, { config: { flushInterval: 60_000 } }));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(() => { const w = window as unknown as Record<string, () => void>; w["fail"]!(); w["refuse"]!(); });
    // The batch leaves only when the page is hidden, so that a slow machine has looked both scripts up before.
    await page.waitForFunction(() => (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).filter(({ name, initiatorType }) => initiatorType === "fetch" && /(?:app|other)\.js$/.test(name)).length === 2);
    await page.waitForTimeout(1000);
    await setVisibility(page, "hidden");
    await t.server.until("both errors", () => t.server.plugins("mimic/error@1").length === 2);
    const map = (message: string): unknown => t.server.plugins("mimic/error@1").find((error) => String(error["message"]).endsWith(message))!["sourceMap"];
    expect(map("mapped")).toBe(`${t.server.origin}/maps/app.js.map?token=***`);
    expect(map("mapped by header")).toBe(`${t.server.origin}/maps/other.js.map`);
    expect(t.server.asked.filter(({ url }) => url === "/app.js")).toHaveLength(1);
    expect(t.server.asked.filter(({ url }) => url.includes("/maps/"))).toEqual([]);
  });

  it("an exception inside the recorder reaches nobody", async () => {
    t.server.page("/", html("<p id=p>x</p>", { head: `<script>window.__errors = []; addEventListener("error", (e) => __errors.push(e.message)); addEventListener("unhandledrejection", (e) => __errors.push(String(e.reason)));</script>` }));
    const page = await t.visit("/");
    await snapshots();
    await page.evaluate(() => {
      Object.defineProperty(Element.prototype, "closest", { value: () => { throw new Error("sabotage"); }, configurable: true });
      document.getElementById("p")!.setAttribute("title", "y");
      (document.getElementById("p")!.firstChild as Text).data = "z";
      document.getElementById("p")!.click();
    });
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => (window as unknown as { __errors: string[] }).__errors)).toEqual([]);
    expect(await page.evaluate(() => window.mimic!.status().failures)).toBeGreaterThan(0);
  });

  it("a second tag for the same page does nothing", async () => {
    t.server.page("/", html("<p>x</p>", { head: tag({ flushInterval: 100 }) }));
    await t.visit("/");
    await t.server.until("some", () => t.server.batches().length > 3);
    expect(t.server.pageIds()).toHaveLength(1);
  });
});
