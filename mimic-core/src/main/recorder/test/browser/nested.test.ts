import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import { bench, tag } from "../support/browser";
import { SHOWN, spellings, TYPED } from "../support/plants";

const t = bench();
const RUNS = Number(process.env["RANDOM_PAGES"] ?? 30);

/** What holds others: of these, some hide what the page shows inside them. */
const HIDING = ["editable", "blocked", "blocked later", "masked"];
const AROUND = ["section", "frame", "shadow", ...HIDING];
/** What a script says elsewhere than in the page, or in a sheet, is hidden by no mark around it. */
const ELSEWHERE = /title|console|error|request|generated|style/;

interface Nest {
  kind: string;
  later: boolean;
  inside?: Nest[];
}
/** As the page builds it: with the markup or the script of each plant in place of its name. */
interface Built {
  kind: string;
  later: boolean;
  inside?: Built[];
  html?: string | undefined;
  script?: string | undefined;
}

let serial = 0;
const secretFor = (): string => `Zn${(serial++).toString(36)}Wv${"é"}Kx${(serial * 7919).toString(36)}Jy`;

function nests(leaves: string[]): fc.Arbitrary<Nest[]> {
  const { inside } = fc.letrec<{ nest: Nest; inside: Nest[] }>((tie) => ({
    nest: fc.oneof(
      { depthSize: "small", maxDepth: 4 },
      fc.record({ kind: fc.constantFrom(...leaves), later: fc.boolean() }),
      fc.record({ kind: fc.constantFrom(...AROUND), later: fc.boolean(), inside: tie("inside") }) as fc.Arbitrary<Nest>,
    ),
    inside: fc.array(tie("nest"), { minLength: 1, maxLength: 4 }) as fc.Arbitrary<Nest[]>,
  }));
  return fc.array(fc.record({ kind: fc.constantFrom(...AROUND), later: fc.boolean(), inside }), { minLength: 1, maxLength: 4 });
}

/** Runs in the page. */
async function build(nest: Built[]): Promise<void> {
  const pause = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 0));
  type Root = HTMLElement | ShadowRoot;

  const leaf = (root: Root, { html, script }: Built): void => {
    const owner = root.ownerDocument;
    if (html) {
      const template = owner.createElement("template");
      template.innerHTML = html;
      root.append(owner.importNode(template.content, true));
    }
    if (!script) return;
    // What a script adds to the page, it adds here.
    const here = {
      body: root, head: root, createElement: (name: string) => owner.createElement(name),
      set title(title: string) { document.title = title; },
      set adoptedStyleSheets(sheets: CSSStyleSheet[]) { document.adoptedStyleSheets = sheets; },
    };
    new Function("document", script)(here);
  };

  const fill = async (root: Root, built: Built): Promise<void> => {
    if (built.later) await pause();
    if (!built.inside) return leaf(root, built);
    const owner = root.ownerDocument;
    const element = owner.createElement(built.kind === "frame" ? "iframe" : "div");
    if (built.kind === "editable") element.contentEditable = "true";
    if (built.kind === "blocked") element.className = "mimic-block";
    if (built.kind === "masked") element.className = "mimic-mask";
    root.append(element);
    let inner: Root = element;
    if (built.kind === "frame") inner = (element as HTMLIFrameElement).contentDocument!.body;
    if (built.kind === "shadow") inner = element.attachShadow({ mode: "open" });
    if (built.kind === "blocked later") {
      inner = element.appendChild(owner.createElement("p"));
      await pause();
      element.className = "mimic-block";
    }
    for (const child of built.inside) await fill(inner, child);
  };

  document.querySelector("#box")!.textContent = "";
  for (const built of nest) await fill(document.querySelector<HTMLElement>("#box")!, built);
  await new Promise((resolve) => setTimeout(resolve, 200));
}

/** One page with many documents in it, one after the other; answers what of each left the browser. */
async function opened(privacy: string): Promise<(drawn: Nest[], secret: (kind: string, hidden: boolean) => boolean) => Promise<string[]>> {
  const settings = { privacy, network: { headers: true, bodies: true, websocketPayloads: true }, maskSelectors: [".patient"] };
  t.server.page("/page", `<!DOCTYPE html><html><head><meta charset=utf-8>${tag(settings)}</head><body><p id=control data-mimic-unmask>a</p><div id=box></div></body></html>`);
  for (const path of ["/json", "/none"]) t.server.route(path, (_request, response) => { response.setHeader("Content-Type", "application/json"); response.end("{}"); });
  const page: Page = await (await t.fresh()).newPage();
  await page.goto(`${t.server.origin}/page`);
  await t.server.until("a snapshot", () => t.server.events().some(({ type }) => type === 2));
  let run = 0;
  return async (drawn, secret) => {
    const planted: Array<{ kind: string; text: string }> = [];
    const plant = (nest: Nest, hidden: boolean): Built => {
      if (nest.inside) return { ...nest, inside: nest.inside.map((child) => plant(child, hidden || HIDING.includes(nest.kind))) };
      const text = secretFor();
      const place = TYPED[nest.kind] ?? SHOWN[nest.kind]!;
      if (secret(nest.kind, hidden)) planted.push({ kind: nest.kind, text });
      return { ...nest, html: place.html?.(text), script: place.script?.(text) };
    };
    const built = drawn.map((nest) => plant(nest, false));
    const before = t.server.arrivals.length;
    const control = secretFor();
    await page.evaluate(build, built);
    // Every other document is told in a snapshot too.
    const name = `end ${run++}`;
    const snapshots = (): number => t.server.events().filter(({ type }) => type === 2).length;
    const taken = snapshots();
    if (run % 2 === 0) t.server.respond = () => ({ body: { snapshot: snapshots() === taken } });
    await page.evaluate(([text, mark]) => {
      document.querySelector("#control")!.textContent = text!;
      window.mimic!.event(mark!);
    }, [control, name]);
    await t.server.untilPlugin("mimic/event@1", (payload) => payload["name"] === name);
    if (run % 2 === 0) await t.server.until("another snapshot", () => snapshots() > taken);
    t.server.respond = () => ({});
    expect(await page.evaluate(() => window.mimic!.status().failures)).toBe(0);
    const sent = t.server.arrivals.slice(before).map(({ text }) => text).join("\n");
    expect(sent).toContain(control);
    return planted.filter(({ text }) => spellings(text).some((spelling) => sent.includes(spelling))).map(({ kind }) => kind);
  };
}

describe("random pages, of which each part may lie in any other", () => {
  it("what is typed, and what lies in a region that hides it, does not leave under inputs", async () => {
    const leaks = await opened("inputs");
    const shown = Object.keys(SHOWN).filter((kind) => !ELSEWHERE.test(kind));
    await fc.assert(
      fc.asyncProperty(nests([...Object.keys(TYPED), ...shown]), async (drawn) => {
        expect(await leaks(drawn, (kind, hidden) => kind in TYPED || hidden)).toEqual([]);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  }, 900_000);

  it("nor does the address of a picture there that does not load", async () => {
    const leaks = await opened("inputs");
    const missing = (): unknown[] => t.server.plugins("mimic/error@1").filter((payload) => payload["kind"] === "resource");
    const drawn = HIDING.map((kind) => ({ kind, later: true, inside: [{ kind: "picture text", later: false }] }));
    expect(await leaks(drawn, () => true)).toEqual([]);
    await t.server.until("an error of each", () => missing().length === HIDING.length);
    expect(missing()).toEqual(HIDING.map(() => expect.objectContaining({ name: "img", source: "#" })));
  }, 60_000);

  it("no text leaves under strict", async () => {
    const leaks = await opened("strict");
    await fc.assert(
      fc.asyncProperty(nests([...Object.keys(TYPED), ...Object.keys(SHOWN)]), async (drawn) => {
        expect(await leaks(drawn, () => true)).toEqual([]);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  }, 900_000);

  it("the search finds what nothing hides", async () => {
    const leaks = await opened("inputs");
    const inside = ["paragraph", "shadow text", "button"].map((kind) => ({ kind, later: false }));
    const drawn = ["section", "frame", "shadow"].map((kind) => ({ kind, later: true, inside }));
    expect((await leaks(drawn, () => true)).length).toBe(9);
  });
});
