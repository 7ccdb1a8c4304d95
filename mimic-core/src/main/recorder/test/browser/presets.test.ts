import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { bench, find, html, type SerialNode } from "../support/browser";

const t = bench();
const doc = readFileSync(new URL("../../../../../../docs/privacy.md", import.meta.url), "utf8");
const PRESETS = ["strict", "inputs", "none"] as const;
const WORD = "plainword";
const SECRET = "Zq7secretWv";

/** The rows of the table of events: name, and the cell of each preset. */
const rows = [...doc.matchAll(/^\| `?((?:mimic|rrweb)\/\w+@1|DOM|input)`?(?: \(rrweb[^)]*\))? \| .* \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)];
const told = (preset: number): Record<string, string> => Object.fromEntries(rows.map((row) => [row[1]!, row[preset + 2]!]));

const BODY = `<p id=shown>${WORD}</p><button id=plain>${WORD}</button><button id=masked class=mimic-mask>${WORD}</button>
  <a id=link href="/find?q=${WORD}">x</a><input id=typed type=text><input id=tick type=checkbox><input id=pw type=password>`;

type Payload = Record<string, any>;
const scrubbed = (text: string): string => (text.includes(SECRET) ? "kept" : text.includes(WORD) ? "scrubbed" : "masked");
/** What became of an address that has the word and the secret in its query. */
const address = (url: string, shown: string): string => (url.includes(`q=${WORD}`) ? (url.includes(SECRET) ? "kept" : shown) : "all query values masked");

function requestCell(request: Payload): string {
  if ("responseBody" in request || "requestBody" in request) return scrubbed(JSON.stringify(request));
  const headers = scrubbed(JSON.stringify(request["requestHeaders"]));
  return `${address(request["name"] as string, "scrubbed").replace(" masked", "")} and headers ${headers}, no bodies`;
}

function errorCell(error: Payload): string {
  const message = scrubbed(error["message"] as string);
  return message === "masked" && /at .*:\d+/.test(error["stack"] as string) ? "message masked, frames kept" : message;
}

function clickCell([plain, masked, field]: string[]): string {
  expect(masked).toBe("*".repeat(WORD.length));
  if (plain !== WORD) return "label masked";
  return field === "input[text]" ? "label masked where text is; for fields their kind" : "label";
}

function socketCell(messages: Payload[]): string {
  if (messages.some((message) => "payload" in message)) return scrubbed(JSON.stringify(messages));
  return `no payloads, ${address(messages[0]!["url"] as string, "scrubbed")}`;
}

/** What the table says, told from what arrived. */
function seen(): Record<string, string> {
  const of = (name: string): Payload[] => t.server.plugins(name);
  const events = t.server.events();
  const snapshot = events.find(({ type }) => type === 2)!.data["node"] as SerialNode;
  const node = (id: string): SerialNode => find(snapshot, ({ attributes }) => attributes?.["id"] === id)!;
  const inputs = events.filter(({ type, data }) => type === 3 && data["source"] === 5).map(({ data }) => data);
  const input = (id: string): Payload => inputs.filter((data) => data["id"] === node(id).id).pop()!;
  const open = input("typed")["text"] === WORD;
  const text = JSON.stringify(node("shown")).includes(WORD);
  const moved = of("mimic/navigation@1").find(({ kind }) => kind === "push")!;
  const titled = String(moved["title"]).includes(WORD) ? "" : "title and ";
  const secretNames = (payloads: Payload[]): string => (scrubbed(JSON.stringify(payloads)) === "scrubbed" ? "secret names masked" : "?");
  expect(input("pw")["text"]).toMatch(/^\*+$/);
  expect(JSON.stringify(events)).not.toContain(SECRET);
  return {
    DOM: text ? (open ? "passwords masked" : "inputs masked") : `text masked, ${address(JSON.stringify(node("link")), "scrubbed")}`,
    input: open ? "passwords masked" : input("tick")["isChecked"] ? "masked" : "masked, not ticked",
    "rrweb/console@1": scrubbed(JSON.stringify(of("rrweb/console@1")[0]!["payload"])),
    "rrweb/network@1": requestCell(t.server.requests()[0]!),
    "mimic/error@1": errorCell(of("mimic/error@1")[0]!),
    "mimic/navigation@1": titled + address(moved["url"] as string, "scrubbed"),
    "mimic/click@1": clickCell(of("mimic/click@1").slice(-3).map(({ label }) => label as string)),
    "mimic/websocket@1": socketCell(of("mimic/websocket@1").filter(({ kind }) => kind === "message")),
    "mimic/eventsource@1": address(of("mimic/eventsource@1")[0]!["url"] as string, "URL scrubbed"),
    "mimic/identify@1": secretNames(of("mimic/identify@1")),
    "mimic/event@1": secretNames(of("mimic/event@1")),
  };
}

beforeAll(() => {
  t.server.route("/json", (_request, response) => { response.setHeader("Content-Type", "application/json"); response.end(JSON.stringify({ note: WORD, password: SECRET })); });
  t.server.route("/none", (_request, response) => { response.statusCode = 204; response.end(); });
});

describe("docs/privacy.md, the table of events", () => {
  it("has a row for each event", () => expect(rows.length).toBeGreaterThan(15));

  it.each(PRESETS.map((preset, index) => [preset, index] as const))("tells what is kept under %s", async (preset, index) => {
    t.server.page("/", html(BODY, { title: WORD, config: { privacy: preset, network: { headers: true, bodies: true, websocketPayloads: true } } }));
    const page = await t.visit("/");
    await t.server.until("a snapshot", () => t.server.events().some(({ type }) => type === 2));
    await page.fill("#typed", WORD);
    await page.fill("#pw", SECRET);
    await page.check("#tick");
    await page.evaluate(async ([word, secret]) => {
      const query = `?q=${word}&token=${secret}`;
      const note = { note: word, password: secret };
      console.log(`${word} token=${secret}`);
      await (await fetch(`/json${query}`, { method: "POST", headers: { "x-note": word!, "x-api-key": secret! }, body: JSON.stringify(note) })).text();
      setTimeout(() => { throw new Error(`${word} token=${secret}`); });
      new EventSource(`/none${query}`).close();
      const socket = new WebSocket(`ws://${location.host}/socket${query}`);
      await new Promise((resolve) => { socket.onopen = resolve; });
      socket.send(JSON.stringify(note));
      history.pushState({}, "", `/page${query}`);
      for (const id of ["plain", "masked", "typed"]) document.getElementById(id)!.click();
      window.mimic!.identify("ada", note);
      window.mimic!.event("end", note);
    }, [WORD, SECRET]);
    await t.server.untilPlugin("mimic/event@1");
    await t.server.until("a request", () => t.server.requests().length > 0);
    await t.server.untilPlugin("mimic/error@1");
    await t.server.untilPlugin("mimic/websocket@1", ({ kind }) => kind === "message");
    // The others have nothing in them that a preset could mask.
    const same = Object.fromEntries(Object.keys(told(index)).map((name) => [name, "same"]));
    expect(told(index)).toEqual({ ...same, ...seen() });
  });
});
