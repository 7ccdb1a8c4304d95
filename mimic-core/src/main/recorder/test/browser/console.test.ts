import { describe, expect, it } from "vitest";
import { bench, html } from "../support/browser";

const t = bench();

/** What is recorded of a line that the page logs. */
async function logged(script: string): Promise<string[]> {
  t.server.page("/", html("<p id=p class='a b'>x</p>"));
  const page = await t.visit("/");
  await t.server.until("a snapshot", () => t.server.events().some(({ type }) => type === 2));
  await page.evaluate(script);
  await t.server.untilPlugin("rrweb/console@1");
  expect(await page.evaluate(() => window.mimic!.status().failures)).toBe(0);
  return t.server.plugins("rrweb/console@1")[0]!["payload"] as string[];
}

describe("arguments of console calls in the browser", () => {
  it("that are cyclic, nodes of the page, hostile or huge are told in a few words, and the page's code is not run", async () => {
    const payload = await logged(`(() => {
      const cycle = { name: "c" };
      cycle.self = cycle;
      const frame = document.createElement("iframe");
      document.body.append(frame);
      window.ran = 0;
      const thrower = { get a() { window.ran++; throw new Error("no"); }, b: 1 };
      const huge = new Map(Array.from({ length: 300000 }, (_, i) => [i, "v".repeat(100)]));
      const set = new Set(huge.keys());
      console.log(cycle, document.querySelector("#p"), document.body.firstChild.firstChild, document, frame.contentWindow, thrower, huge, set,
        new Proxy({}, { ownKeys() { throw new Error("trap"); } }), new Event("go"));
    })()`);
    expect(payload.slice(0, 6)).toEqual([
      '{"name":"c","self":"[Circular]"}', '"<p#p.a.b>"', '"[#text]"', '"[#document]"', expect.any(String), '{"a":"[getter]","b":1}',
    ]);
    expect(payload[6]!.startsWith('{"[Map]":[[0,"vvv')).toBe(true);
    expect(payload[7]!).toContain("… 299950 more");
    for (const text of payload) expect(text.length).toBeLessThan(4100);
    expect(payload.slice(8)).toEqual(['"[unreadable]"', '"[Event go]"']);
    expect(await t.context.pages()[0]!.evaluate("window.ran")).toBe(0);
  });

  it("reads no more of a set or map than it tells", async () => {
    const payload = await logged(`(() => {
      const set = new Set(Array.from({ length: 100000 }, (_, i) => i));
      const next = Object.getPrototypeOf(set.values());
      const original = next.next;
      let reads = 0;
      next.next = function () { reads++; return original.call(this); };
      console.debug(set);
      next.next = original;
      console.info(reads);
    })()`);
    expect(payload[0]).toContain("more");
    await t.server.untilPlugin("rrweb/console@1", ({ level }) => level === "info");
    const reads = Number(t.server.plugins("rrweb/console@1").find(({ level }) => level === "info")!["payload"][0]);
    expect(reads).toBeGreaterThan(0);
    expect(reads).toBeLessThan(100);
  });

  it("keep no secret, however the text that has it is written", async () => {
    const payload = await logged(`console.log(
      JSON.stringify({ password: "hunter2", user: "ann" }), JSON.stringify({ body: JSON.stringify({ password: 'hun"ter2', user: "ann" }) }),
      { body: '{"token":"hunter2"}', note: "failed\\npassword=hunter2\\nlater" }, "Authorization: Token hunter2\\nHost: h", "Cookie: a=1; b=hunter2; c=3",
      "GET https://ann:hunter2@example.test/x")`);
    expect(payload.join("\n")).not.toMatch(/hunter2|ter2/);
    expect(payload.map((text) => JSON.parse(text) as unknown)).toEqual([
      '{"password":***,"user":"ann"}', '{"body":"{\\"password\\":***,\\"user\\":\\"ann\\"}"}',
      { body: '{"token":***}', note: "failed\npassword=***\nlater" }, "Authorization: ***\nHost: h", "Cookie: ***", "GET https://example.test/x",
    ]);
  });
});
