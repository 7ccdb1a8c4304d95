import type { IncomingMessage, ServerResponse } from "node:http";
import { beforeAll, describe, expect, it } from "vitest";
import { bench, html } from "../support/browser";

const t = bench();

/** Runs in the page: everything that a page could notice of its own functions. */
const LOOK = `(() => {
  const targets = {
    "fetch": [window, "fetch"], "open": [XMLHttpRequest.prototype, "open"], "send": [XMLHttpRequest.prototype, "send"],
    "abort": [XMLHttpRequest.prototype, "abort"], "setRequestHeader": [XMLHttpRequest.prototype, "setRequestHeader"],
    "WebSocket": [window, "WebSocket"], "ws.send": [WebSocket.prototype, "send"], "EventSource": [window, "EventSource"],
    "es.close": [EventSource.prototype, "close"], "sendBeacon": [Navigator.prototype, "sendBeacon"],
    "pushState": [History.prototype, "pushState"], "replaceState": [History.prototype, "replaceState"],
    "attachShadow": [Element.prototype, "attachShadow"], "insertRule": [CSSStyleSheet.prototype, "insertRule"],
    "deleteRule": [CSSStyleSheet.prototype, "deleteRule"], "addRule": [CSSStyleSheet.prototype, "addRule"],
    "removeRule": [CSSStyleSheet.prototype, "removeRule"], "replaceSync": [CSSStyleSheet.prototype, "replaceSync"],
    "setProperty": [CSSStyleDeclaration.prototype, "setProperty"], "define": [CustomElementRegistry.prototype, "define"],
    "groupInsert": [CSSGroupingRule.prototype, "insertRule"], "toString": [Function.prototype, "toString"],
    "arrayFrom": [Array, "from"], "setTimeout": [window, "setTimeout"], "forEach": [NodeList.prototype, "forEach"],
  };
  for (const level of ["log", "warn", "error", "info", "debug", "table", "assert", "group", "trace"]) targets["console." + level] = [console, level];
  const seen = {};
  for (const [key, [owner, name]] of Object.entries(targets)) {
    const d = Object.getOwnPropertyDescriptor(owner, name);
    const f = owner[name];
    seen[key] = {
      own: !!d, flags: d && [d.writable, d.enumerable, d.configurable].join(), name: f.name, length: f.length, text: f.toString(),
      text2: Function.prototype.toString.call(f), text3: String(f), keys: Reflect.ownKeys(f).map(String).sort().join(),
      proto: Object.getPrototypeOf(f) === Function.prototype, hasPrototype: "prototype" in f,
      back: typeof f.prototype === "object" && f.prototype !== null ? f.prototype.constructor === f : null,
    };
  }
  for (const [type, name] of [[HTMLInputElement, "value"], [HTMLInputElement, "checked"], [HTMLSelectElement, "value"],
      [HTMLSelectElement, "selectedIndex"], [HTMLTextAreaElement, "value"], [HTMLOptionElement, "selected"]]) {
    const d = Object.getOwnPropertyDescriptor(type.prototype, name);
    seen[type.name + "." + name] = { get: String(d.get), set: String(d.set), setName: d.set.name, setLength: d.set.length,
      flags: [d.enumerable, d.configurable].join() };
  }
  seen.statics = [WebSocket.OPEN, WebSocket.CLOSED, EventSource.OPEN, Object.keys(window).includes("mimic")].join();
  return seen;
})()`;

/** Runs in the page: what its calls do. */
const DO = `(async () => {
  const out = {};
  const note = async (name, run) => { try { out[name] = await run(); } catch (e) { out[name] = "threw " + (e && e.name) + ": " + (e && e.message); } };
  await note("fetch", async () => { const r = await fetch("/json?token=abc"); return [r.status, r.url.split("/").pop(), r.type, r.redirected, r.bodyUsed, JSON.stringify(await r.json()), r.constructor === Response].join(); });
  await note("promise is native", () => { const p = fetch("/json"); return [p instanceof Promise, p.constructor === Promise, Object.prototype.toString.call(p)].join(); });
  await note("bad url", () => fetch("http://["));
  await note("bad method", () => fetch("/json", { method: "in valid" }));
  await note("get with body", () => fetch("/json", { method: "GET", body: "x" }));
  await note("no argument", () => fetch());
  await note("illegal receiver", () => fetch.call({}, "/json"));
  await note("refused", () => fetch("http://127.0.0.1:9/"));
  await note("aborted before", () => { const c = new AbortController(); c.abort(); return fetch("/slow", { signal: c.signal }); });
  await note("aborted after", () => { const c = new AbortController(); setTimeout(() => c.abort(), 30); return fetch("/slow", { signal: c.signal }); });
  await note("aborted with reason", () => { const c = new AbortController(); setTimeout(() => c.abort(new RangeError("mine")), 30); return fetch("/slow", { signal: c.signal }); });
  await note("timed out", () => fetch("/slow", { signal: AbortSignal.timeout(30) }));
  await note("request object", async () => { const r = new Request("/echo", { method: "POST", body: "body" }); const a = await (await fetch(r.clone())).text(); const b = await (await fetch(r)).text(); return [a, b, r.bodyUsed].join(); });
  await note("used request", async () => { const r = new Request("/echo", { method: "POST", body: "body" }); await fetch(r); return fetch(r); });
  await note("stream", async () => { const r = await fetch("/stream"); const reader = r.body.getReader(); const first = await reader.read(); await reader.cancel(); return new TextDecoder().decode(first.value).slice(0, 9); });
  await note("clone", async () => { const r = await fetch("/json"); const c = r.clone(); return (await r.text()) + (await c.text()); });
  await note("headers once", async () => { let n = 0; function* g() { n++; yield ["x-a", "1"]; } const r = await fetch("/headers", { headers: g() }); return n + await r.text(); });
  await note("subclass", () => { class Mine extends WebSocket { get mine() { return 1; } } const s = new Mine("ws://127.0.0.1:9/"); const a = [s.mine, s instanceof WebSocket, s instanceof Mine, s.constructor === Mine].join(); s.close(); return a; });
  await note("websocket", () => { const s = new WebSocket("ws://127.0.0.1:9/x"); const a = [s.constructor === WebSocket, s instanceof WebSocket, s.readyState, s.url].join(); s.close(); return a; });
  await note("websocket without new", () => WebSocket("ws://127.0.0.1:9/"));
  await note("websocket bad url", () => new WebSocket("::"));
  await note("websocket send early", () => new WebSocket("ws://127.0.0.1:9/").send("x"));
  await note("eventsource", () => { const s = new EventSource("/none"); const a = [s.constructor === EventSource, s.readyState].join(); s.close(); return a + s.readyState; });
  await note("beacon", () => navigator.sendBeacon("/beacon", "x"));
  await note("beacon bad", () => navigator.sendBeacon("ftp://x/"));
  await note("insertRule", () => { const s = document.createElement("style"); document.head.append(s); const i = s.sheet.insertRule("p { color: red }"); return i + s.sheet.cssRules[0].cssText; });
  await note("insertRule bad", () => { const s = document.createElement("style"); document.head.append(s); s.sheet.insertRule("}}}"); });
  await note("insertRule none", () => { const s = document.createElement("style"); document.head.append(s); s.sheet.insertRule(); });
  await note("deleteRule bad", () => document.querySelector("style").sheet.deleteRule(99));
  await note("addRule", () => { const s = document.createElement("style"); document.head.append(s); return [s.sheet.addRule("a", "color: red"), s.sheet.cssRules.length, s.sheet.removeRule(0), s.sheet.cssRules.length].join(); });
  await note("attachShadow twice", () => { const d = document.createElement("div"); document.body.append(d); d.attachShadow({ mode: "open" }); d.attachShadow({ mode: "open" }); });
  await note("value setter", () => { const i = document.createElement("input"); i.value = "x"; const d = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value"); d.set.call({}, "x"); });
  await note("pushState", () => { history.pushState({ a: 1 }, "", "/a"); const s = JSON.stringify(history.state) + location.pathname; history.replaceState(null, "", "/"); return s; });
  await note("pushState bad", () => history.pushState({}, "", "http://other.example/"));
  await note("pushState uncloneable", () => history.pushState({ f() {} }, "", "/a"));
  await note("console answers", () => [console.log("x"), console.assert(true), console.count("c")].join());
  await note("console getter not run", () => { let n = 0; console.log({ get x() { n++; return 1; } }); return n; });
  await note("console throwing", () => { console.log({ toJSON() { throw new Error("no"); }, toString() { throw new Error("no"); } }, new Proxy({}, { ownKeys() { throw new Error("trap"); } })); return "fine"; });
  for (const [name, hook] of [["function", { value: () => { throw new Error("asked"); }, writable: true, configurable: true }], ["getter", { get: () => { throw new Error("asked"); }, configurable: true }], ["frozen", { value: (e) => "of " + e.message }]]) {
    await note("own way to write stacks, " + name, () => {
      const asked = []; const way = { ...hook };
      for (const kind of ["get", "value"]) if (way[kind]) way[kind] = (...args) => { asked.push(kind); return hook[kind](...args); };
      Object.defineProperty(Error, "prepareStackTrace", way);
      console.log("x"); console.warn("y");
      const now = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
      if (now.configurable) delete Error.prepareStackTrace;
      return [asked.length, now.value === way.value, now.get === way.get, now.enumerable, now.writable, now.configurable].join();
    });
  }
  await note("adopted", () => { const s = new CSSStyleSheet(); s.replaceSync("p{color:red}"); document.adoptedStyleSheets = [s]; return [document.adoptedStyleSheets.length, document.adoptedStyleSheets[0] === s].join(); });
  await note("microtasks", async () => { const log = []; const c = new AbortController(); c.abort(); fetch("/json", { signal: c.signal }).catch(() => log.push("fetch")); Promise.resolve().then(() => log.push("a")).then(() => log.push("b")); await new Promise((r) => setTimeout(r, 30)); return log.join(); });
  await note("unhandled rejection", async () => { const seen = []; const on = (e) => { seen.push(e.reason && e.reason.name, e.promise instanceof Promise); e.preventDefault(); }; addEventListener("unhandledrejection", on); fetch("http://127.0.0.1:9/unhandled"); await new Promise((r) => setTimeout(r, 300)); removeEventListener("unhandledrejection", on); return seen.join(); });
  await note("handled rejection is quiet", async () => { const seen = []; const on = (e) => { seen.push(1); e.preventDefault(); }; addEventListener("unhandledrejection", on); await fetch("http://127.0.0.1:9/handled").catch(() => {}); await new Promise((r) => setTimeout(r, 100)); removeEventListener("unhandledrejection", on); return seen.length; });
  for (const [name, url, options] of [["xhr", "/json", {}], ["xhr missing", "/nothing", {}], ["xhr refused", "http://127.0.0.1:9/", {}], ["xhr timeout", "/slow", { timeout: 40 }], ["xhr abort", "/slow", { abort: 40 }], ["xhr sync", "/json", { sync: true }]]) {
    await note(name, () => new Promise((resolve) => {
      const xhr = new XMLHttpRequest(); const log = [];
      for (const type of ["readystatechange", "loadstart", "progress", "load", "error", "abort", "timeout", "loadend"]) {
        xhr["on" + type] = () => log.push("on" + type + xhr.readyState);
        xhr.addEventListener(type, () => log.push(type + xhr.readyState));
      }
      xhr.open("GET", url, !options.sync);
      if (options.timeout) xhr.timeout = options.timeout;
      xhr.addEventListener("loadend", () => setTimeout(() => resolve([xhr.status, xhr.responseText, log.join(" ")].join("|")), 10));
      try { xhr.send(); } catch (e) { resolve("threw " + e.name); }
      if (options.abort) setTimeout(() => xhr.abort(), options.abort);
    }));
  }
  await note("xhr json type", () => new Promise((resolve) => { const x = new XMLHttpRequest(); x.open("GET", "/json"); x.responseType = "json"; x.onload = () => resolve(JSON.stringify(x.response)); x.send(); }));
  await note("xhr unopened", () => new XMLHttpRequest().send());
  await note("xhr bad", () => new XMLHttpRequest().open("in valid", "/"));
  await note("xhr reused", () => new Promise((resolve) => { const x = new XMLHttpRequest(); let n = 0; x.onload = () => { if (++n === 2) resolve(x.responseText); else { x.open("GET", "/json"); x.send(); } }; x.open("GET", "/json"); x.send(); }));
  await note("dom", () => document.documentElement.outerHTML.replace(/<script src="\\/mimic[^>]*><\\/script>/, ""));
  return out;
})()`;

const BODY = `<div id=root><input id=i type=password><iframe srcdoc="<p>frame</p>"></iframe></div>`;

beforeAll(() => {
  const { server } = t;
  server.route("/json", (_request: IncomingMessage, response: ServerResponse) => {
    response.setHeader("Content-Type", "application/json");
    response.end('{"a":1}');
  });
  server.route("/slow", (_request, response) => void setTimeout(() => response.end("late"), 400));
  server.route("/never", () => undefined);
  server.route("/echo", (_request, response) => response.end("echo"));
  server.route("/headers", (request, response) => response.end(String(request.headers["x-a"])));
  server.route("/beacon", (_request, response) => response.end());
  server.route("/none", (_request, response) => { response.statusCode = 204; response.end(); });
  server.route("/stream", (request, response) => {
    response.setHeader("Content-Type", "text/event-stream");
    response.write("data: 1\n\n");
    const timer = setInterval(() => response.write("data: 2\n\n"), 50);
    request.on("close", () => clearInterval(timer));
    response.on("close", () => clearInterval(timer));
  });
});

async function both<R>(script: string, config: Record<string, unknown>, before = ""): Promise<{ without: R; with: R }> {
  t.server.page("/without", html(BODY, { recorder: false, before }));
  t.server.page("/with", html(BODY, { config, before }));
  const run = async (path: string): Promise<R> => {
    const context = await t.fresh();
    const page = await context.newPage();
    await page.goto(t.server.origin + path);
    if (path === "/with") await t.server.until("a snapshot", () => t.server.events().some(({ type }) => type === 2));
    return (await page.evaluate(script)) as R;
  };
  return { without: await run("/without"), with: await run("/with") };
}

describe("a page cannot tell that it is recorded", () => {
  it("by the name, length, text, prototype or flags of any function", async () => {
    const seen = await both<Record<string, unknown>>(LOOK, {});
    expect(seen.with).toEqual(seen.without);
  });

  it.each([
    ["by what its calls answer, throw and when", {}],
    ["with headers, bodies and payloads recorded", { network: { headers: true, bodies: true, websocketPayloads: true } }],
    ["under the strict preset", { privacy: "strict" }],
  ])("%s", async (_name, config) => {
    const seen = await both<Record<string, string>>(DO, config);
    const port = (text: string): string => String(text).replace(/127\.0\.0\.1:\d+/g, "host").replace(/\/with(out)?\b/g, "/page");
    for (const name of Object.keys(seen.without)) expect([name, port(seen.with[name]!)]).toEqual([name, port(seen.without[name]!)]);
    expect(Object.keys(seen.with)).toEqual(Object.keys(seen.without));
  });

  it("once recording has stopped: every function is the original; no property, listener, timer, observer or channel is left", async () => {
    const spy = `<script>
      window.__live = new Map(); window.__timers = new Map(); window.__open = new Map(); let count = 0;
      const add = EventTarget.prototype.addEventListener, remove = EventTarget.prototype.removeEventListener;
      const capture = (options) => (typeof options === "object" && options ? !!options.capture : !!options);
      EventTarget.prototype.addEventListener = function (type, fn, options) {
        if (fn) {
          let byTarget = __live.get(this);
          if (!byTarget) __live.set(this, byTarget = new Map());
          const key = type + capture(options) + (fn.__id ??= ++count);
          byTarget.set(key, type);
          // The recorder's own are all in place at once, and one that is to run once is gone when it has.
          if (options && options.once) add.call(this, type, () => byTarget.delete(key), options);
        }
        return add.call(this, type, fn, options);
      };
      EventTarget.prototype.removeEventListener = function (type, fn, options) {
        if (fn) __live.get(this)?.delete(type + capture(options) + fn.__id);
        return remove.call(this, type, fn, options);
      };
      const counted = (begin, end, kind) => {
        const original = window[begin], cancel = window[end];
        window[begin] = (run, ...rest) => { const id = original((...args) => { __timers.delete(kind + id); run(...args); }, ...rest); __timers.set(kind + id, begin); return id; };
        window[end] = (id) => { __timers.delete(kind + id); return cancel(id); };
      };
      counted("setTimeout", "clearTimeout", "t"); counted("requestAnimationFrame", "cancelAnimationFrame", "f"); counted("requestIdleCallback", "cancelIdleCallback", "i");
      const interval = window.setInterval;
      window.setInterval = (...args) => { __timers.set("interval", "setInterval"); return interval(...args); };
      for (const name of ["MutationObserver", "PerformanceObserver", "IntersectionObserver", "ResizeObserver"]) {
        const { observe, disconnect } = window[name].prototype;
        window[name].prototype.observe = function (...args) { __open.set(this, name); return observe.apply(this, args); };
        window[name].prototype.disconnect = function () { __open.delete(this); return disconnect.call(this); };
      }
      const Channel = window.BroadcastChannel;
      window.BroadcastChannel = class extends Channel { constructor(name) { super(name); __open.set(this, "BroadcastChannel"); } close() { __open.delete(this); super.close(); } };
      const setters = () => [HTMLInputElement, HTMLSelectElement, HTMLTextAreaElement, HTMLOptionElement, Document, ShadowRoot]
        .flatMap(({ prototype }) => Object.values(Object.getOwnPropertyDescriptors(prototype)).flatMap(({ get, set }) => [get, set]));
      const methods = () => [console, XMLHttpRequest.prototype, WebSocket.prototype, EventSource.prototype, Navigator.prototype, History.prototype, Element.prototype, CSSStyleSheet.prototype,
        CSSGroupingRule.prototype, CSSStyleDeclaration.prototype, CustomElementRegistry.prototype, Function.prototype, Array, NodeList.prototype, JSON, Array.prototype, Object.prototype, Promise.prototype]
        .flatMap((owner) => Reflect.ownKeys(owner).map((key) => Object.getOwnPropertyDescriptor(owner, key).value));
      window.__originals = () => [fetch, WebSocket, EventSource, XMLHttpRequest, MutationObserver, ...setters(), ...methods()];
      window.__before = __originals();
      window.__own = Reflect.ownKeys(document).length;
    </script>`;
    t.server.page("/", html(`${BODY}<div id=host></div><canvas></canvas>`, { before: spy, config: { canvas: { fps: 5 } } }));
    const page = await t.visit("/");
    await t.server.until("a snapshot", () => t.server.events().some(({ type }) => type === 2));
    await t.server.untilPlugin("mimic/vital@1");
    await page.evaluate(() => {
      document.getElementById("host")!.attachShadow({ mode: "open" }).innerHTML = "<p>shadow</p>";
      new WebSocket("ws://127.0.0.1:9/");
      new EventSource("/stream");
      document.adoptedStyleSheets = [new CSSStyleSheet()];
      void fetch("/slow");
      const hanging = new XMLHttpRequest();
      hanging.open("GET", "/never");
      hanging.send();
      console.log("x");
    });
    await page.waitForTimeout(400);
    await page.evaluate(() => window.mimic!.stop());
    // What was being sent may arrive, and ends then. `waitForFunction` would add listeners of its own.
    await expect.poll(() => page.evaluate(() => [...(window as unknown as { __timers: Map<string, string> }).__timers.values()]), { timeout: 45_000 }).toEqual([]);
    const left = await page.evaluate(() => {
      const w = window as unknown as Record<string, any>;
      const listeners: string[] = [];
      for (const [target, kept] of w["__live"] as Map<object, Map<string, string>>) {
        for (const type of kept.values()) listeners.push(`${Object.prototype.toString.call(target)} ${type}`);
      }
      const before = w["__before"] as unknown[];
      const after = (w["__originals"] as () => unknown[])();
      return {
        listeners,
        observers: [...(w["__open"] as Map<object, string>).values()],
        originals: before.length,
        changed: after.map((value, index) => (value === before[index] ? null : index)).filter((index) => index !== null),
        document: Reflect.ownKeys(document).length - w["__own"],
        shadow: Reflect.ownKeys(document.getElementById("host")!.shadowRoot!).length,
        status: window.mimic!.status().state,
        failures: window.mimic!.status().failures,
      };
    });
    expect(left.originals).toBeGreaterThan(500);
    expect(left).toMatchObject({ listeners: [], observers: [], changed: [], document: 0, shadow: 0, status: "off", failures: 0 });
  });

  it("by what its own last words may weigh, while the recorder has much to send", async () => {
    t.server.route("/words", (_request, response) => response.end());
    t.server.page("/", html("<p id=p>x</p>", { config: { flushInterval: 60_000 } }));
    t.server.page("/next", html("<p>next</p>", { recorder: false }));
    const page = await t.visit("/");
    await t.server.until("a snapshot", () => t.server.events().some(({ type }) => type === 2));
    t.server.respond = () => ({ delay: 5000 });
    await page.evaluate(() => {
      addEventListener("pagehide", () => localStorage.setItem("taken", String(navigator.sendBeacon("/words", "x".repeat(20 * 1024)))));
      // Does not get smaller by compression.
      document.getElementById("p")!.textContent = Array.from({ length: 6000 }, () => Math.random().toString(36).slice(2)).join(" ");
    });
    await t.server.until("the large batch", () => t.server.arrivals.some(({ bytes }) => bytes > 30_000));
    expect(t.server.arrivals.at(-1)!.bytes).toBeLessThan(58_000);
    await page.evaluate(() => window.mimic!.event("last", { text: "y".repeat(2000) }));
    await page.goto(`${t.server.origin}/next`);
    expect(await page.evaluate(() => localStorage.getItem("taken"))).toBe("true");
    await t.server.until("the host's words", () => t.server.asked.some(({ url, body }) => url === "/words" && body.length === 20 * 1024));
    await t.server.untilPlugin("mimic/event@1");
  });

  it("starts again after stop as a new page", async () => {
    t.server.page("/", html(BODY));
    const page = await t.visit("/");
    await t.server.until("a snapshot", () => t.server.events().some(({ type }) => type === 2));
    await page.evaluate(() => { window.mimic!.stop(); window.mimic!.start(); });
    await t.server.until("a second page", () => t.server.pageIds().length === 2);
    expect(t.server.windows()).toHaveLength(1);
  });
});
