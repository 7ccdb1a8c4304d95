import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { CHROMIUM, FLAGS } from "./browser";

type Answer = Record<string, any>;
interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

/** An extension that may duplicate a tab, as the browser's menu does. */
const MANIFEST = { manifest_version: 3, name: "tabs", version: "1", permissions: ["tabs"], background: { service_worker: "worker.js" } };

/**
 * Chromium with tabs of which one is shown and the others are hidden, as a person has them: Playwright makes every page believe that
 * it is shown. Spoken to over a pipe, which is also the only way to load an extension.
 */
export class Tabs {
  private readonly folder = mkdtempSync(join(tmpdir(), "tabs-"));
  private readonly waiting = new Map<number, Waiting>();
  private process!: ChildProcess;
  private worker = "";
  private lastId = 0;
  private unread = "";

  async open(): Promise<this> {
    const profile = join(this.folder, "profile");
    const flags = [...FLAGS, "--headless=new", "--remote-debugging-pipe", "--enable-unsafe-extension-debugging", `--user-data-dir=${profile}`];
    this.process = spawn(CHROMIUM, [...flags, "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    (this.process.stdio[4] as Duplex).on("data", (part: Buffer) => this.read(part.toString("utf8")));
    writeFileSync(join(this.folder, "manifest.json"), JSON.stringify(MANIFEST));
    writeFileSync(join(this.folder, "worker.js"), "");
    const { id } = await this.send("Extensions.loadUnpacked", { path: this.folder });
    this.worker = await this.attach(await this.target((info) => info["type"] === "service_worker" && String(info["url"]).includes(id as string)));
    return this;
  }

  private read(text: string): void {
    const messages = (this.unread + text).split("\0");
    this.unread = messages.pop()!;
    for (const message of messages) {
      const { id, result, error } = JSON.parse(message) as { id?: number; result: Answer; error?: { message: string } };
      const waiting = id === undefined ? undefined : this.waiting.get(id);
      this.waiting.delete(id!);
      if (error) waiting?.reject(new Error(error.message));
      else waiting?.resolve(result);
    }
  }

  private send(method: string, params: object = {}, sessionId?: string): Promise<Answer> {
    const id = ++this.lastId;
    (this.process.stdio[3] as Duplex).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  private async target(matching: (info: Answer) => boolean): Promise<string> {
    const end = Date.now() + 45_000;
    while (Date.now() < end) {
      const { targetInfos } = await this.send("Target.getTargets", { filter: [{}] });
      const found = (targetInfos as Answer[]).find(matching);
      if (found) return found["targetId"] as string;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("The browser has no such tab.");
  }

  private async attach(targetId: string): Promise<string> {
    return (await this.send("Target.attachToTarget", { targetId, flatten: true }))["sessionId"] as string;
  }

  private async evaluate(sessionId: string, expression: string): Promise<any> {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true }, sessionId);
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return (result as Answer)["value"];
  }

  private async tab(targetId: string): Promise<Tab> {
    const session = await this.attach(targetId);
    return {
      show: async () => void (await this.send("Target.activateTarget", { targetId })),
      run: (expression) => this.evaluate(session, expression),
      lifecycle: async (state) => void (await this.send("Page.setWebLifecycleState", { state }, session)),
      close: async () => void (await this.send("Target.closeTarget", { targetId })),
    };
  }

  /** A new tab, which is shown. */
  async visit(url: string): Promise<Tab> {
    return this.tab((await this.send("Target.createTarget", { url }))["targetId"] as string);
  }

  /** Duplicates the only tab that is at this address; the copy is shown. */
  async duplicate(url: string): Promise<Tab> {
    const known = new Set(((await this.send("Target.getTargets"))["targetInfos"] as Answer[]).map((info) => info["targetId"]));
    const script = `chrome.tabs.query({}).then((tabs) => chrome.tabs.duplicate(tabs.find((tab) => tab.url === ${JSON.stringify(url)}).id)).then(() => 1)`;
    await this.evaluate(this.worker, script);
    return this.tab(await this.target((info) => info["type"] === "page" && info["url"] === url && !known.has(info["targetId"])));
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    // The pipe may end before the answer has come through it.
    this.send("Browser.close").catch(() => this.process.kill());
    const late = setTimeout(() => this.process.kill("SIGKILL"), 20_000);
    await ended;
    clearTimeout(late);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

export interface Tab {
  /** Brings the tab to the front; the one that was there is hidden. */
  show(): Promise<void>;
  run(expression: string): Promise<any>;
  lifecycle(state: "frozen" | "active"): Promise<void>;
  close(): Promise<void>;
}
