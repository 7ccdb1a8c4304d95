import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bench, byId, html, tag, type SerialNode } from "../support/browser";

const t = bench();

function snapshotOf(page?: string): SerialNode {
  return t.server.events(page).find(({ type }) => type === 2)!.data["node"] as SerialNode;
}

async function started(): Promise<void> {
  await t.server.until("a snapshot", () => t.server.events().some(({ type }) => type === 2));
}

describe("a page that is recorded", () => {
  it("sends its first batch at once, with Meta and a full snapshot", async () => {
    t.server.page("/", html("<h1 id=head>Hello</h1>", { config: { flushInterval: 60_000 } }));
    const from = Date.now();
    await t.visit("/");
    await started();
    const { batch, at } = t.server.arrivals[0]!;
    expect(at - from).toBeLessThan(55_000);
    expect(batch).toMatchObject({ v: 1, project: "test", seq: 0 });
    expect(batch.page).toMatch(/^[0-9a-f]{32}$/);
    expect(batch.window).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
    expect(Math.abs(batch.sentAt - at)).toBeLessThan(55_000);
    const types = t.server.events().map(({ type }) => type);
    expect(types.indexOf(4)).toBeGreaterThanOrEqual(0);
    expect(types.indexOf(4)).toBeLessThan(types.indexOf(2));
    expect(byId(snapshotOf(), "head")?.childNodes?.[0]?.textContent).toBe("Hello");
    expect(batch.meta).toMatchObject({ url: `${t.server.origin}/`, title: "Test page", recorder: "0.1.0", privacy: "inputs" });
    expect(batch.meta!["timeZone"]).toBeTruthy();
  });

  it("numbers its batches without holes and posts while nothing happens", async () => {
    t.server.page("/", html("<p>quiet</p>"));
    await t.visit("/");
    await t.server.until("heartbeats", () => t.server.batches().filter(({ events }) => events.length === 0).length >= 3);
    const seqs = t.server.batches().map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, index) => index));
    expect(t.server.batches().filter(({ meta }) => meta !== undefined).map(({ seq }) => seq)).toEqual([0]);
  });

  it("records console lines, errors, rejections and resources that fail", async () => {
    t.server.page("/", html(`<img src="/no-such.png"><script>
      window.addEventListener("load", () => {
        console.log("hello", { a: 1 }, [1, 2]);
        setTimeout(() => { throw new TypeError("broken thing"); });
        Promise.reject(new RangeError("rejected thing"));
      });</script>`));
    await t.visit("/");
    await t.server.untilPlugin("mimic/error@1", ({ kind }) => kind === "rejection");
    await t.server.untilPlugin("mimic/error@1", ({ kind }) => kind === "error");
    await t.server.untilPlugin("mimic/error@1", ({ kind }) => kind === "resource");
    const line = t.server.plugins("rrweb/console@1").find(({ level }) => level === "log");
    expect(line?.["payload"]).toEqual(['"hello"', '{"a":1}', "[1,2]"]);
    expect(line?.["trace"][0]).toContain(`${t.server.origin}/`);
    const errors = t.server.plugins("mimic/error@1");
    const thrown = errors.find(({ kind }) => kind === "error");
    expect(thrown).toMatchObject({ name: "TypeError" });
    expect(thrown!["message"]).toContain("broken thing");
    expect(thrown!["stack"]).toContain(t.server.origin);
    expect(thrown!["line"]).toBeGreaterThan(0);
    expect(errors.find(({ kind }) => kind === "rejection")).toMatchObject({ name: "RangeError", message: "rejected thing" });
    expect(errors.find(({ kind }) => kind === "resource")).toMatchObject({ name: "img", source: `${t.server.origin}/no-such.png` });
  });

  it("gives back the ids that the host's MIMIC put on the page's own answer and on others, for its first dozen batches", async () => {
    const timing = (id: string): Record<string, string> => ({ "Server-Timing": `db;dur=53, mimic;desc=${id}` });
    t.server.route("/data", (request, response) => {
      response.writeHead(request.method === "PUT" ? 500 : 200, timing(request.method === "PUT" ? "id-of-xhr" : "id-of-fetch"));
      response.end("{}");
    });
    t.server.page("/", html(`<script>
      addEventListener("load", async () => {
        await fetch("/data");
        const xhr = new XMLHttpRequest();
        xhr.open("PUT", "/data");
        xhr.send("1");
      });</script>`), timing("id-of-page"));
    await t.visit("/");
    await t.server.until("two requests", () => t.server.requests().length >= 2);
    expect(t.server.requests().map(({ serverId }) => serverId).sort()).toEqual(["id-of-fetch", "id-of-xhr"]);
    expect(t.server.batches()[0]!.server![0]).toBe("id-of-page");
    await t.server.until("all of them", () => t.server.batches().some(({ server }) => server?.length === 3));
    await t.server.until("a thirteenth batch", () => t.server.batches().length > 12, 30_000);
    expect(t.server.batches()[12]!.server).toBeUndefined();
  });

  it("says nothing of a server where no MIMIC answers", async () => {
    t.server.page("/", html("<p>quiet</p>"), { "Server-Timing": "mimicry;desc=no, cache;desc=mimic" });
    await t.visit("/");
    await started();
    expect(t.server.batches()[0]).not.toHaveProperty("server");
  });

  it("records fetch and XMLHttpRequest with status, sizes and duration, and never its own requests", async () => {
    t.server.route("/data", (_request, response) => response.end('{"ok":true}'));
    t.server.route("/broken", (_request, response) => { response.statusCode = 500; response.end("no"); });
    t.server.page("/", html(`<script>
      addEventListener("load", async () => {
        await (await fetch("/data?q=1", { method: "POST", body: "12345" })).text();
        await fetch("/broken");
        const xhr = new XMLHttpRequest();
        xhr.open("PUT", "/data");
        xhr.send("123");
        await fetch(new Request("/data?request", { method: "POST", body: "12345" }));
        await fetch("/data?wide", { method: "POST", body: "h\u00e9 \u20ac" });
        fetch("http://127.0.0.1:9/nowhere").catch(() => undefined);
      });</script>`));
    await t.visit("/");
    await t.server.until("six requests", () => t.server.requests().length >= 6);
    const requests = t.server.requests();
    const posted = requests.find(({ name }) => name.includes("/data?q=1"))!;
    expect(posted).toMatchObject({ method: "POST", status: 200, initiatorType: "fetch", requestSize: 5 });
    expect(posted["duration"]).toBeGreaterThan(0);
    // A Request is not asked what it carries; what is not known is not told.
    expect(requests.find(({ name }) => name.endsWith("?request"))).not.toHaveProperty("requestSize");
    expect(requests.find(({ name }) => name.endsWith("?wide"))).toMatchObject({ requestSize: 7 });
    expect(posted["responseSize"]).toBe(11);
    // Headers and bodies are for operators who ask for them.
    expect(requests.flatMap((request) => Object.keys(request)).filter((key) => /headers|body/i.test(key))).toEqual([]);
    expect(requests.find(({ name }) => name.endsWith("/broken"))).toMatchObject({ status: 500 });
    expect(requests.find(({ method }) => method === "PUT")).toMatchObject({ initiatorType: "xmlhttprequest", status: 200, requestSize: 3, responseSize: 11 });
    expect(requests.find(({ name }) => name.includes(":9/"))).toMatchObject({ status: 0, error: "network" });
    expect(requests.some(({ name }) => name.includes("ingest"))).toBe(false);
    expect(new Set(requests.map(({ id }) => id)).size).toBe(requests.length);
  });

  it("records navigation of a single-page app, clicks, custom events and identity", async () => {
    t.server.page("/", html(`<button id=buy class="big blue">Buy it</button>`));
    const page = await t.visit("/");
    await started();
    await page.click("#buy");
    await page.evaluate(() => {
      // In one task: between two real clicks a slow machine may let more than a second pass, which is no anger.
      for (let i = 0; i < 3; i++) document.getElementById("buy")!.dispatchEvent(new MouseEvent("click", { bubbles: true, clientX: 400, clientY: 300 }));
      // At the edge of the window, where a click without a place would be.
      for (const y of [10, 20]) document.getElementById("buy")!.dispatchEvent(new MouseEvent("click", { bubbles: true, clientX: 0, clientY: y, detail: 1 }));
      document.getElementById("buy")!.click();
      history.pushState({}, "", "/next?token=s3cr3t-value");
      history.replaceState({}, "", "/third");
      window.mimic!.event("checkout", { total: 3 });
      window.mimic!.identify("ada", { plan: "pro", password: "hunter2hunter2" });
    });
    await t.server.untilPlugin("mimic/identify@1");
    const navigation = t.server.plugins("mimic/navigation@1");
    expect(navigation.map(({ kind }) => kind)).toEqual(["load", "push", "replace"]);
    expect(navigation[1]!["url"]).toBe(`${t.server.origin}/next?token=***`);
    const clicks = t.server.plugins("mimic/click@1");
    expect(clicks.map(({ label, rage }) => [label, rage])).toEqual([["Buy it", 1], ["Buy it", 1], ["Buy it", 2], ["Buy it", 3], ["Buy it", 1], ["Buy it", 2], ["Buy it", 1]]);
    expect(clicks[0]!["selector"]).toContain("#buy");
    expect(t.server.plugins("mimic/event@1")).toEqual([{ name: "checkout", data: { total: 3 } }]);
    expect(t.server.plugins("mimic/identify@1")[0]).toEqual({ user: "ada", traits: { plan: "pro", password: "***" } });
  });

  it("takes a click that a label hands on to its field as the one click that it is", async () => {
    t.server.page("/", html(`<form><label>32 cm <input type=radio name=size></label></form><button id=last>Buy it</button>`));
    const page = await t.visit("/");
    await started();
    await page.getByText("32 cm").click();
    await page.getByText("32 cm").click();
    await page.click("#last");
    await page.evaluate(() => { window.mimic!.event("done"); });
    await t.server.untilPlugin("mimic/event@1");
    const clicks = t.server.plugins("mimic/click@1");
    expect(clicks.map(({ label }) => label as string)).toEqual(["32 cm", "32 cm", "Buy it"]);
    expect(clicks.every(({ rage }, i) => (rage as number) <= i + 1)).toBe(true);
  });

  it("masks what is typed, in the snapshot and afterwards", async () => {
    t.server.page("/", html(`<form>
      <input id=name placeholder="SECRETplaceholder" title="SECRETtitle" value="SECRETvalue">
      <input type=hidden name=_csrf value="SECRETcsrf"><input type=submit value="SECRETbutton">
      <select><option value="SECRETopt">SECRETtext</option></select>
      <textarea>SECRETarea</textarea><div id=edit contenteditable>SECRETedit</div>
      <input id=pw type=password></form><p>plain text</p>`));
    const page = await t.visit("/");
    await started();
    await page.fill("#name", "SECRETtyped");
    await page.fill("#pw", "SECRETpassword");
    await page.evaluate(() => { (document.getElementById("pw") as HTMLInputElement).type = "text"; });
    await page.fill("#pw", "SECRETshown");
    await page.fill("#edit", "SECRETedited");
    await page.evaluate(() => {
      const input = document.getElementById("name")!;
      input.setAttribute("value", "SECRETattr");
      input.setAttribute("data-value", "SECRETdata");
    });
    await page.evaluate(() => window.mimic!.event("done"));
    await t.server.untilPlugin("mimic/event@1");
    const all = t.server.arrivals.map(({ text }) => text).join("\n");
    expect(all).not.toContain("SECRET");
    expect(all).toContain("plain text");
    expect(t.server.events().some(({ type, data }) => type === 3 && data["source"] === 5)).toBe(true);
  });

  it("finds the same values with masking off, so that the search is known to work", async () => {
    t.server.page("/", html(`<input id=name value="SECRETvalue"><input id=pw type=password>`, { config: { privacy: "none" } }));
    const page = await t.visit("/");
    await started();
    await page.fill("#name", "SECRETtyped");
    await page.fill("#pw", "SECRETpassword");
    await page.evaluate(() => window.mimic!.event("done"));
    await t.server.untilPlugin("mimic/event@1");
    const all = t.server.arrivals.map(({ text }) => text).join("\n");
    expect(all).toContain("SECRETvalue");
    expect(all).toContain("SECRETtyped");
    expect(all).not.toContain("SECRETpassword");
  });

  it("sends a last batch when the page goes away, and begins a new page on the next one", async () => {
    t.server.page("/", html(`<a id=go href="/second">go</a>`, { config: { flushInterval: 60_000 } }));
    t.server.page("/second", html(`<p>second</p>`, { config: { flushInterval: 60_000 } }));
    const page = await t.visit("/");
    await t.server.until("first", () => t.server.arrivals.length > 0);
    await page.evaluate(() => window.mimic!.event("before leaving"));
    await page.click("#go");
    await t.server.until("two pages", () => t.server.pageIds().length === 2);
    await t.server.untilPlugin("mimic/event@1", ({ name }) => name === "before leaving");
    expect(t.server.windows()).toHaveLength(1);
    expect(t.server.plugins("mimic/visibility@1", t.server.pageIds()[0]).map(({ state }) => state)).toEqual(["visible", "hidden"]);
    for (const id of t.server.pageIds()) {
      expect(t.server.batches(id).map(({ seq }) => seq)).toEqual(t.server.batches(id).map((_, index) => index));
    }
  });

  it("takes a snapshot when the server asks for one", async () => {
    t.server.page("/", html("<p>text</p>"));
    t.server.respond = (batch) => ({ body: { snapshot: batch.seq === 1 } });
    await t.visit("/");
    await t.server.until("a second snapshot", () => t.server.events().filter(({ type }) => type === 2).length === 2);
    const types = t.server.events().filter(({ type }) => type === 2 || type === 4).map(({ type }) => type);
    expect(types).toEqual([4, 2, 4, 2]);
    expect(t.server.pageIds()).toHaveLength(1);
  });

  it("works under script-src 'self'; connect-src 'self'", async () => {
    const complaints: string[] = [];
    t.server.page("/", html("<p>strict page</p>"), {
      "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'",
    });
    const context = await t.fresh();
    const page = await context.newPage();
    page.on("console", (message) => complaints.push(message.text()));
    await page.goto(`${t.server.origin}/`);
    await started();
    await t.server.untilPlugin("mimic/vital@1");
    for (const left of ["1px", "2px"]) {
      await page.evaluate((x) => {
        const { style } = document.querySelector("p")!;
        style.color = "red";
        style.left = x;
      }, left);
      await t.server.until("the style", () => new RegExp(`left\\W+${left}`).test(JSON.stringify(t.server.events())));
    }
    expect(complaints.filter((text) => /Content.Security/i.test(text))).toEqual([]);
    expect(await page.evaluate(() => window.mimic!.status().failures)).toBe(0);
  });

  it("offers what its published types say, and nothing else", async () => {
    const types = readFileSync(new URL("../../mimic.d.ts", import.meta.url), "utf8");
    const told = (name: string, member: RegExp): string[] =>
      [...new RegExp(`interface ${name} \\{([\\s\\S]*?)\\n\\}`).exec(types)![1]!.matchAll(member)].map(([, found]) => found!).sort();
    t.server.page("/", html("<p>text</p>"));
    const page = await t.visit("/");
    const found = await page.evaluate(() => [Object.keys(window.mimic!).sort(), Object.keys(window.mimic!.status()).sort()]);
    expect(found).toEqual([told("Mimic", /^ {2}(\w+)\(/gm), told("MimicStatus", /^ {2}readonly (\w+):/gm)]);
    expect(await page.evaluate(() => Object.isFrozen(window.mimic))).toBe(true);
  });

  it("tells its status and the address of the session", async () => {
    t.server.page("/", html("<p>text</p>"));
    const page = await t.visit("/");
    await started();
    await t.server.until("an answer", () => t.server.arrivals.length > 1);
    const status = await page.evaluate(() => window.mimic!.status());
    expect(status).toMatchObject({ state: "recording", reason: null, failures: 0, lastStatus: 202, session: t.server.sessions()[0] });
    expect(await page.evaluate(() => window.mimic!.sessionUrl())).toBe(`${t.server.origin}/mimic/sessions/${t.server.sessions()[0]}`);
  });

  it("records once when its tag is on the page twice", async () => {
    t.server.page("/", html(`<p>text</p>`, { head: tag() }));
    await t.visit("/");
    await t.server.until("heartbeats", () => t.server.batches().length >= 4);
    expect(t.server.pageIds()).toHaveLength(1);
    expect(t.server.events().filter(({ type }) => type === 2)).toHaveLength(1);
  });
});
