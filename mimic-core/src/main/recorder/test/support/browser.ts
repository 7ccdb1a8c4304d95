import { existsSync } from "node:fs";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { IngestServer } from "./ingest";

export const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

export interface Bench {
  server: IngestServer;
  browser: Browser;
  context: BrowserContext;
  /** Opens a page of the test host. */
  visit(path: string): Promise<Page>;
  fresh(): Promise<BrowserContext>;
}

/** The whole browser. */
export const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** The same engine without tabs, menus and extensions, which are almost nine tenths of what a profile with one small page costs. */
const SHELL = "/usr/bin/chromium-headless-shell";

const ENGINE = !process.env["CHROMIUM"] && existsSync(SHELL) ? SHELL : CHROMIUM;

export function launch(flags: string[] = [], ignoreDefaultArgs: string[] = [], executablePath = ENGINE): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, args: [...FLAGS, ...flags], ignoreDefaultArgs });
}

/** A browser and a server for the tests of one file; each test gets a browser profile of its own. */
export function bench(flags: string[] = [], ignoreDefaultArgs: string[] = [], executablePath = ENGINE): Bench {
  const made = {} as Bench;
  const contexts: BrowserContext[] = [];
  made.fresh = async () => {
    const context = await made.browser.newContext();
    contexts.push(context);
    made.context = context;
    return context;
  };
  made.visit = async (path) => {
    const context = made.context ?? (await made.fresh());
    const page = await context.newPage();
    await page.goto(made.server.origin + path);
    return page;
  };
  beforeAll(async () => {
    made.server = await new IngestServer().open();
    made.browser = await launch(flags, ignoreDefaultArgs, executablePath);
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    made.context = undefined as unknown as BrowserContext;
    await made.server.quiet();
    made.server.reset();
  });
  afterAll(async () => {
    await made.browser?.close();
    await made.server?.close();
  });
  return made;
}

/** Stops every process that shows pages for a while, as a machine that sleeps does. */
export async function sleep(browser: Browser, ms: number): Promise<void> {
  const client = await browser.newBrowserCDPSession();
  const { processInfo } = await client.send("SystemInfo.getProcessInfo");
  const renderers = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  for (const pid of renderers) process.kill(pid, "SIGSTOP");
  try {
    await new Promise((resolve) => setTimeout(resolve, ms));
  } finally {
    for (const pid of renderers) process.kill(pid, "SIGCONT");
  }
}

/** Makes the page believe that it was hidden, or shown again: under automation every tab counts as shown. */
export async function setVisibility(page: Page, state: "hidden" | "visible"): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, state);
}

export interface PageOptions {
  config?: Record<string, unknown>;
  head?: string;
  /** Comes before the recorder's tag. */
  before?: string;
  recorder?: boolean;
  title?: string;
}

export function tag(config: Record<string, unknown> = {}): string {
  const json = JSON.stringify({ flushInterval: 200, ...config }).replace(/&/g, "&amp;").replace(/'/g, "&#39;");
  return `<script src="/mimic/recorder.js" data-mimic-project="test" data-mimic-config='${json}' defer></script>`;
}

export function html(body: string, options: PageOptions = {}): string {
  const { config, head = "", before = "", recorder = true, title = "Test page" } = options;
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title>${before}${recorder ? tag(config) : ""}${head}</head><body>${body}</body></html>`;
}

export interface SerialNode {
  type: number;
  id: number;
  tagName?: string;
  attributes?: Record<string, unknown>;
  textContent?: string;
  childNodes?: SerialNode[];
}

export function* nodes(root: SerialNode): Generator<SerialNode> {
  yield root;
  for (const child of root.childNodes ?? []) yield* nodes(child);
}

export function find(root: SerialNode, matching: (node: SerialNode) => boolean): SerialNode | undefined {
  for (const node of nodes(root)) if (matching(node)) return node;
  return undefined;
}

export function byId(root: SerialNode, id: string): SerialNode | undefined {
  return find(root, (node) => node.attributes?.["id"] === id);
}
