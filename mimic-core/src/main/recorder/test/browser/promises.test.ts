import { beforeAll, describe, expect, it } from "vitest";
import { bench, html } from "../support/browser";

const t = bench();

/**
 * Runs in the page. Of each promise: after how many turns of the microtask queue it settles, counted from the call that settles it,
 * or `later` when the network does; and how.
 */
const TURNS = `(async () => {
  const out = {};
  const MOST = 30;
  /** Counts turns from now on. */
  const clock = () => {
    const it = { turn: 0 };
    const next = () => { if (it.turn < MOST) { it.turn++; Promise.resolve().then(next); } };
    Promise.resolve().then(next);
    return it;
  };
  const settled = (promise, count) => promise.then(
    (value) => [count.turn < MOST ? count.turn : "later", "resolved", Object.prototype.toString.call(value)],
    (error) => [count.turn < MOST ? count.turn : "later", "rejected", error && error.name, error && error.message]);
  const note = async (name, run) => {
    try { out[name] = String(await run()); } catch (error) { out[name] = "threw " + error; }
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  /** \`call\` answers the promise that is looked at, and is itself what may settle it. */
  const at = (name, call) => note(name, () => { const count = clock(); return settled(call(), count); });
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  at.fetch = (name, ...args) => at("fetch " + name, () => fetch(...args));
  await at.fetch("success", "/json");
  await at.fetch("missing", "/nothing");
  await at.fetch("refused", "http://127.0.0.1:9/");
  await at.fetch("bad port", "http://127.0.0.1:1/");
  await at.fetch("data", "data:,x");
  await at.fetch("bad data", "data:");
  await at.fetch("blob", URL.createObjectURL(new Blob(["x"])));
  await at.fetch("gone blob", "blob:" + location.origin + "/00000000-0000-4000-8000-000000000000");
  await at.fetch("about", "about:blank");
  await at.fetch("other scheme", "ftp://127.0.0.1/");
  await at.fetch("unknown scheme", "mine:x");
  await at.fetch("javascript", "javascript:1");
  await at.fetch("bad url", "http://[");
  await at.fetch("user in url", "http://u:p@127.0.0.1/");
  await at.fetch("bad method", "/json", { method: "in valid" });
  await at.fetch("forbidden method", "/json", { method: "TRACE" });
  await at.fetch("empty method", "/json", { method: "" });
  await at.fetch("bad mode", "/json", { mode: "navigate" });
  await at.fetch("unknown mode", "/json", { mode: "mine" });
  await at.fetch("unknown credentials", "/json", { credentials: "mine" });
  await at.fetch("unknown cache", "/json", { cache: "mine" });
  await at.fetch("cache alone", "/json", { cache: "only-if-cached" });
  await at.fetch("same origin elsewhere", "http://127.0.0.1:9/", { mode: "same-origin" });
  await at.fetch("no-cors method", "/json", { mode: "no-cors", method: "PUT" });
  await at.fetch("bad referrer", "/json", { referrer: "http://[" });
  await at.fetch("redirect refused", "/moved", { redirect: "error" });
  await at.fetch("bad redirect", "/json", { redirect: "mine" });
  await at.fetch("bad integrity", "/json", { integrity: "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" });
  await at.fetch("window", "/json", { window: {} });
  await at.fetch("bad header", "/json", { headers: { "in valid": "1" } });
  await at.fetch("bad header value", "/json", { headers: [["x", "\\n\\u0100"]] });
  await at.fetch("bad header pair", "/json", { headers: [["x"]] });
  await at.fetch("get with body", "/json", { body: "x" });
  await at.fetch("keepalive too large", "/json", { method: "POST", body: "x".repeat(70000), keepalive: true });
  await at.fetch("signal that is none", "/json", { signal: {} });
  await at.fetch("init that is none", "/json", 1);
  await at.fetch("number", 7);
  await at.fetch("object", { toString: () => "/json" });
  await at.fetch("throwing object", { toString() { throw new RangeError("mine"); } });
  await at.fetch("throwing init", "/json", { get method() { throw new RangeError("mine"); } });
  await at.fetch("no argument");
  await at.fetch("symbol", Symbol("x"));
  await at("fetch aborted before", () => fetch("/slow", { signal: AbortSignal.abort() }));
  await at("fetch aborted before, of a Request", () => fetch(new Request("/slow", { signal: AbortSignal.abort(new RangeError("mine")) })));
  const used = new Request("/echo", { method: "POST", body: "body" });
  await used.text();
  await at("fetch used request", () => fetch(used));
  await at("fetch used request with another body", () => fetch(used, { body: "again" }));
  await at("fetch request for mode", () => fetch(new Request("http://127.0.0.1:9/", { mode: "same-origin" })));

  for (const [kind, make] of [
    ["plain", (signal) => fetch("/slow", { signal })],
    ["of a Request", (signal) => fetch(new Request("/slow", { signal }))],
    ["of a clone", (signal) => fetch(new Request("/slow", { signal }).clone())],
    ["posted", (signal) => fetch("/slow", { signal, method: "POST", body: "x" })],
  ]) {
    for (const [when, reason] of [["at once", undefined], ["before headers", undefined], ["with a reason", new RangeError("mine")]]) {
      await note("abort " + kind + " " + when, async () => {
        const controller = new AbortController();
        const log = [];
        controller.signal.addEventListener("abort", () => { log.push("heard"); Promise.resolve().then(() => log.push("of abort")); });
        const promise = make(controller.signal);
        if (when !== "at once") await pause(30);
        const count = clock();
        Promise.resolve().then(() => log.push("before"));
        const end = settled(promise, count).then((how) => { log.push("fetch"); return how; });
        controller.abort(reason);
        Promise.resolve().then(() => log.push("a")).then(() => log.push("b")).then(() => log.push("c")).then(() => log.push("d"));
        const how = await end;
        await pause(20);
        return [...how, ...log, how[2] === (reason && reason.name)];
      });
    }
  }
  await note("abort by two controllers", async () => {
    const [one, two] = [new AbortController(), new AbortController()];
    const promise = fetch("/slow", { signal: AbortSignal.any([one.signal, two.signal]) });
    await pause(30);
    const count = clock();
    const end = settled(promise, count);
    two.abort();
    one.abort();
    return end;
  });
  await note("abort of several", async () => {
    const controller = new AbortController();
    const log = [];
    for (const name of ["a", "b", "c"]) fetch("/slow?" + name, { signal: controller.signal }).catch(() => log.push(name));
    await pause(30);
    controller.abort();
    Promise.resolve().then(() => log.push("p"));
    await pause(20);
    return log;
  });
  await note("abort after headers", async () => {
    const controller = new AbortController();
    const response = await fetch("/trickle", { signal: controller.signal });
    const count = clock();
    const end = settled(response.text(), count);
    controller.abort();
    return end;
  });
  await note("abort after headers, then read", async () => {
    const controller = new AbortController();
    const response = await fetch("/trickle", { signal: controller.signal });
    controller.abort();
    return settled(response.text(), clock());
  });
  await note("abort after everything", async () => {
    const controller = new AbortController();
    const response = await fetch("/json", { signal: controller.signal });
    const text = await response.text();
    controller.abort();
    return [text, controller.signal.aborted];
  });
  for (const how of ["text", "json", "arrayBuffer", "blob", "formData"]) {
    await note("read " + how, async () => { const response = await fetch(how === "formData" ? "/form" : "/json"); await pause(60); return settled(response[how](), clock()); });
    await note("read twice " + how, async () => { const response = await fetch("/json"); await response.text(); return settled(response[how](), clock()); });
  }
  await note("read bad json", async () => { const response = await fetch("/text"); await pause(60); return settled(response.json(), clock()); });
  await note("read clone first", async () => { const response = await fetch("/json"); const copy = response.clone(); return [...await settled(copy.text(), clock()), ...await settled(response.text(), clock())]; });
  await note("read stream", async () => {
    const response = await fetch("/trickle");
    const reader = response.body.getReader();
    const parts = [];
    for (let i = 0; i < 3; i++) { const count = clock(); const { value, done } = await reader.read(); parts.push(count.turn < MOST, done, value && value.length); }
    const count = clock();
    return [...parts, ...await settled(reader.cancel("enough"), count), ...await settled(reader.closed, clock())];
  });
  await note("read nothing", async () => { const response = await fetch("/none"); return [response.body, ...await settled(response.text(), clock())]; });
  await note("read of HEAD", async () => { const response = await fetch("/json", { method: "HEAD" }); return [response.body, ...await settled(response.text(), clock())]; });
  await note("locked body", async () => { const response = await fetch("/json"); response.body.getReader(); return settled(response.text(), clock()); });
  await note("request body", () => settled(new Request("/echo", { method: "POST", body: "x" }).text(), clock()));
  await note("order of two", async () => {
    const log = [];
    const first = fetch("/json").then(() => log.push("first"));
    const second = first.then(() => fetch("/json")).then(() => log.push("second"));
    await second;
    return log;
  });
  await note("unhandled", async () => {
    const log = [];
    const on = (event) => { log.push(event.type, event.reason && event.reason.name); event.preventDefault(); };
    addEventListener("unhandledrejection", on);
    addEventListener("rejectionhandled", on);
    const controller = new AbortController();
    fetch("/slow", { signal: controller.signal });
    fetch("/json", { method: "in valid" });
    const late = fetch("/slow", { signal: controller.signal });
    late.then(() => log.push("never"), () => log.push("handled"));
    await pause(30);
    controller.abort();
    await pause(100);
    removeEventListener("unhandledrejection", on);
    removeEventListener("rejectionhandled", on);
    return log;
  });
  await note("same promise", () => { const promise = fetch("/json"); return [Promise.resolve(promise) === promise, Reflect.ownKeys(promise).length, Object.getPrototypeOf(promise) === Promise.prototype]; });
  return out;
})()`;

beforeAll(() => {
  const { server } = t;
  server.route("/json", (_request, response) => {
    response.setHeader("Content-Type", "application/json");
    response.end('{"a":1}');
  });
  server.route("/text", (_request, response) => {
    response.setHeader("Content-Type", "text/plain");
    response.end("no json");
  });
  server.route("/form", (_request, response) => {
    response.setHeader("Content-Type", "application/x-www-form-urlencoded");
    response.end("a=1");
  });
  server.route("/echo", (_request, response) => response.end("echo"));
  server.route("/none", (_request, response) => {
    response.statusCode = 204;
    response.end();
  });
  server.route("/moved", (_request, response) => {
    response.writeHead(302, { Location: "/json" });
    response.end();
  });
  server.route("/slow", (_request, response) => void setTimeout(() => response.end("late"), 5000));
  server.route("/trickle", (request, response) => {
    response.setHeader("Content-Type", "text/plain");
    response.write("1");
    const timer = setInterval(() => response.write("2"), 50);
    request.on("close", () => clearInterval(timer));
    response.on("close", () => clearInterval(timer));
  });
});

describe("promises settle in the turn in which they do without the recorder", () => {
  it.each([
    ["as it is", {}],
    ["with headers recorded", { network: { headers: true } }],
    ["with headers, bodies and payloads recorded", { network: { headers: true, bodies: true, websocketPayloads: true } }],
  ])("%s", async (_name, config) => {
    t.server.page("/without", html("<p>x</p>", { recorder: false }));
    t.server.page("/with", html("<p>x</p>", { config }));
    const seen: Array<Record<string, string>> = [];
    for (const path of ["/without", "/with"]) {
      const page = await t.visit(path);
      if (path === "/with") await t.server.until("a snapshot", () => t.server.events().some(({ type }) => type === 2));
      seen.push((await page.evaluate(TURNS)) as Record<string, string>);
    }
    const [without, recorded] = seen;
    expect(Object.keys(without!).length).toBeGreaterThan(80);
    expect(recorded).toEqual(without);
  });
});

describe("a fetch answers as it does without the recorder", () => {
  const ABORTED = `(async () => { const it = new AbortController(); const answer = fetch("/slow", { signal: it.signal }); it.abort(); return await answer; })()`;

  it.each([
    ["where another has put an answer in place of an abort", `const real = fetch; fetch = (...args) => real(...args).catch(() => "kept");`, ABORTED, "kept"],
    ["where another answers with what is no promise", `const thenable = (value) => ({ then: (yes) => thenable(yes(value)) }); const real = fetch; fetch = (address, ...more) => (address === "/json" ? thenable("mine") : real(address, ...more));`, `(async () => await fetch("/json"))()`, "mine"],
    ["whose signal was taken away", "", `(async () => { const it = new AbortController(); const answer = fetch(new Request("/json", { signal: it.signal }), { signal: null }); it.abort(); return (await answer).status; })()`, 200],
    ["whose signal was told of an abort that is none", "", `(async () => { const it = new AbortController(); const answer = fetch("/json", { signal: it.signal }); it.signal.dispatchEvent(new Event("abort")); return (await answer).status; })()`, 200],
    ["with a frame's signal", "", `(async () => { const frame = document.body.appendChild(document.createElement("iframe")); const it = new frame.contentWindow.AbortController(); return (await fetch("/json", { signal: it.signal })).status; })()`, 200],
    ["of nobody", "", `(async () => (await fetch.call(null, "/json")).status)()`, 200],
  ])("%s", async (_name, wrapped, call, expected) => {
    const before = `<script>${wrapped}</script>`;
    t.server.page("/without", html("<p>x</p>", { recorder: false, before }));
    t.server.page("/with", html("<p>x</p>", { before }));
    expect(await (await t.visit("/without")).evaluate(call)).toBe(expected);
    const page = await t.visit("/with");
    await t.server.until("a snapshot", () => t.server.events().some(({ type }) => type === 2));
    expect(await page.evaluate(call)).toBe(expected);
    if (expected === 200) {
      const asked = () => t.server.requests().find(({ name }) => String(name).endsWith("/json"));
      await t.server.until("the request", () => asked() !== undefined);
      expect(asked()).toMatchObject({ status: 200 });
      expect(asked()!["error"]).toBeUndefined();
    }
  });
});
