import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { html } from "../support/browser";
import { IngestServer } from "../support/ingest";
import { Tabs, type Tab } from "../support/tabs";
import { wellFormed } from "../support/well-formed";

const server = new IngestServer();
const tabs = new Tabs();
const open: Tab[] = [];

beforeAll(async () => {
  await server.open();
  await tabs.open();
});
afterEach(async () => {
  for (const tab of open.splice(0)) await tab.close();
  await server.quiet();
  server.reset();
});
afterAll(async () => {
  await tabs.close();
  await server.close();
});

async function visit(path: string): Promise<Tab> {
  const tab = await tabs.visit(server.origin + path);
  open.push(tab);
  return tab;
}
const snapshots = (count: number): Promise<void> =>
  server.until(`${count} snapshots`, () => server.events().filter(({ type }) => type === 2).length >= count);
const hidden = (): number => server.plugins("mimic/visibility@1").filter(({ state }) => state === "hidden").length;
const windowOf = (event: string): string => server.batches().find(({ events }) => JSON.stringify(events).includes(`"${event}"`))!.window;
const status = (tab: Tab): Promise<Record<string, any>> => tab.run("window.mimic.status()") as Promise<Record<string, any>>;

describe("tabs of which one is shown", () => {
  it("pitfall 24: a tab that the browser duplicates writes as itself, and so does the one that it was made from", async () => {
    server.page("/", html("<p>x</p>"));
    const first = await visit("/");
    await snapshots(1);
    await first.run(`sessionStorage.setItem("mark", "copied")`);
    const copy = await tabs.duplicate(`${server.origin}/`);
    open.push(copy);
    await snapshots(2);
    expect(await copy.run(`sessionStorage.getItem("mark")`)).toBe("copied");
    await copy.run(`window.mimic.event("from the copy")`);
    await server.untilPlugin("mimic/event@1", ({ name }) => name === "from the copy");
    await first.show();
    await snapshots(3);
    await first.run(`window.mimic.event("from the first")`);
    await server.untilPlugin("mimic/event@1", ({ name }) => name === "from the first");
    expect(windowOf("from the first")).not.toBe(windowOf("from the copy"));
    expect(server.windows()).toHaveLength(2);
    expect(server.batches(server.pageIds()[2]!)[0]!.window).toBe(server.batches(server.pageIds()[0]!)[0]!.window);
    wellFormed(server);
  });

  it("pitfall 24: a tab that is duplicated while it is frozen, and cannot say that it lives, is still another window", async () => {
    server.page("/", html("<p>x</p>"));
    server.page("/other", html("<p>other</p>"));
    const first = await visit("/");
    await snapshots(1);
    await visit("/other");
    await snapshots(2);
    await server.until("the first to be hidden", () => hidden() === 1);
    await first.lifecycle("frozen");
    open.push(await tabs.duplicate(`${server.origin}/`));
    await snapshots(3);
    expect(server.windows()).toHaveLength(3);
    await first.lifecycle("active");
    wellFormed(server);
  });

  it("the one behind sends its last batch and is silent; shown again it begins a new page of the same window", async () => {
    server.page("/", html("<p>first</p>"));
    server.page("/other", html("<p>other</p>", { config: { flushInterval: 60_000 } }));
    const first = await visit("/");
    await snapshots(1);
    const other = await visit("/other");
    await snapshots(2);
    await server.until("the first to be hidden", () => hidden() === 1);
    expect(await status(first)).toMatchObject({ state: "paused", reason: "hidden", failures: 0 });
    await server.quiet();
    const silent = server.arrivals.length;
    await first.run(`document.body.append("while hidden"); new Promise((resolve) => setTimeout(resolve, 1500))`);
    expect(server.arrivals.length).toBe(silent);
    await first.show();
    await snapshots(3);
    await server.until("the other to be hidden", () => hidden() === 2);
    expect(await status(other)).toMatchObject({ state: "paused", reason: "hidden" });
    expect(server.pageIds()).toHaveLength(3);
    expect(server.windows()).toHaveLength(2);
    expect(JSON.stringify(server.events(server.pageIds()[2]))).toContain("while hidden");
    wellFormed(server);
  });

  it("one that the browser freezes and thaws behind another begins a new page once it is shown", async () => {
    server.page("/", html("<p>first</p>"));
    server.page("/other", html("<p>other</p>"));
    const first = await visit("/");
    await snapshots(1);
    await first.run(`document.seen = []; for (const type of ["freeze", "resume"]) document.addEventListener(type, () => document.seen.push(type)); 1`);
    await visit("/other");
    await snapshots(2);
    await server.until("the first to be hidden", () => hidden() === 1);
    await first.lifecycle("frozen");
    await new Promise((resolve) => setTimeout(resolve, 500));
    await first.lifecycle("active");
    expect(await first.run("document.seen.join()")).toBe("freeze,resume");
    expect(await status(first)).toMatchObject({ state: "paused", reason: "hidden", failures: 0 });
    await first.show();
    await snapshots(3);
    expect(server.windows()).toHaveLength(2);
    wellFormed(server);
  });
});
