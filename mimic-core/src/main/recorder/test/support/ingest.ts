import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { echoWebSockets } from "./websocket";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

export interface WireEvent {
  type: number;
  timestamp: number;
  data: Record<string, any>;
}

export interface Batch {
  v: number;
  project: string;
  window: string;
  page: string;
  seq: number;
  sentAt: number;
  token?: string;
  server?: string[];
  meta?: Record<string, any>;
  events: WireEvent[];
}

export interface Arrival {
  batch: Batch;
  at: number;
  status: number;
  bytes: number;
  headers: IncomingMessage["headers"];
  text: string;
  session: string;
}

export interface Answer {
  status?: number;
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
  delay?: number;
}

export interface Asked {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => unknown;

/** Plays the host and its ingest endpoint, and keeps everything that arrives. */
export class IngestServer {
  readonly arrivals: Arrival[] = [];
  /** Pages of the tests before: what they send late, on a busy machine, belongs to no test. */
  private readonly past = new Set<string>();
  readonly asked: Asked[] = [];
  private readonly seen = new Set<string>();
  private lastSession = 0;
  private readonly pages = new Map<string, { html: string; headers: Record<string, string> }>();
  private readonly routes = new Map<string, Handler>();
  /** Decides the answer of one batch; the default takes it. */
  respond: (batch: Batch, index: number, headers: IncomingMessage["headers"]) => Answer = () => ({});
  private server!: Server;
  origin = "";

  async open(): Promise<this> {
    this.server = createServer((request, response) => {
      this.handle(request, response).catch((error: unknown) => {
        response.statusCode = 500;
        response.end(String(error));
      });
    });
    echoWebSockets(this.server);
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  reset(): void {
    for (const { batch } of this.arrivals) this.past.add(batch.page);
    this.arrivals.length = 0;
    this.asked.length = 0;
    this.seen.clear();
    this.respond = () => ({});
  }

  /** Waits for the last batches of pages that were closed. */
  async quiet(): Promise<void> {
    let seen = -1;
    while (seen !== this.arrivals.length) {
      seen = this.arrivals.length;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  page(path: string, html: string, headers: Record<string, string> = {}): void {
    this.pages.set(path, { html, headers });
  }

  route(path: string, handler: Handler): void {
    this.routes.set(path, handler);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.origin);
    const body = await read(request);
    this.asked.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body: text(body) });
    if (url.pathname === "/mimic/ingest") return this.ingest(request, response, body);
    const asset = /^\/mimic\/([\w.]+\.js)$/.exec(url.pathname);
    if (asset) {
      response.setHeader("Content-Type", "text/javascript");
      response.end(readFileSync(join(DIST, asset[1]!)));
      return;
    }
    const route = this.routes.get(url.pathname);
    if (route) return void (await route(request, response, url));
    const page = this.pages.get(url.pathname);
    if (!page) {
      response.statusCode = 404;
      response.end("not found");
      return;
    }
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    for (const [name, value] of Object.entries(page.headers)) response.setHeader(name, value);
    response.end(page.html);
  }

  private async ingest(request: IncomingMessage, response: ServerResponse, raw: Buffer): Promise<void> {
    const json = text(raw);
    const batch = JSON.parse(json) as Batch;
    if (this.past.has(batch.page)) {
      response.statusCode = 202;
      response.setHeader("Content-Type", "application/json");
      response.end("{}");
      return;
    }
    const answer = this.respond(batch, this.arrivals.length, request.headers);
    const status = answer.status ?? 202;
    // As the server has it: a session is what a browser's cookie names, and the cookie comes with each answer.
    const session = /mimic_session_test=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1] ?? `0190-test-${++this.lastSession}`;
    this.arrivals.push({ batch, at: Date.now(), status, bytes: raw.length, headers: request.headers, text: json, session });
    if (answer.delay) await new Promise((resolve) => setTimeout(resolve, answer.delay));
    response.statusCode = status;
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
    if (status === 202) {
      this.seen.add(`${batch.page}:${batch.seq}`);
      response.setHeader("Set-Cookie", `mimic_session_test=${session}; Path=/mimic; HttpOnly; SameSite=Lax`);
    }
    response.setHeader("Content-Type", status === 202 ? "application/json" : "application/problem+json");
    const taken = { session, created: batch.seq === 0, snapshot: false, interval: undefined, ...answer.body };
    response.end(JSON.stringify(status === 202 ? taken : { status, ...answer.body }));
  }

  /** What the server has accepted, each batch once, in order of page and number. */
  batches(page?: string): Batch[] {
    const once = new Map<string, Batch>();
    for (const { batch, status } of this.arrivals) {
      if (status === 202 && (page === undefined || batch.page === page)) {
        const key = `${batch.page}:${batch.seq}`;
        if (!once.has(key)) once.set(key, batch);
      }
    }
    const pages = [...new Set(this.arrivals.map(({ batch }) => batch.page))];
    return [...once.values()].sort((a, b) => pages.indexOf(a.page) - pages.indexOf(b.page) || a.seq - b.seq);
  }

  events(page?: string): WireEvent[] {
    return this.batches(page).flatMap(({ events }) => events);
  }

  plugins(name: string, page?: string): Array<Record<string, any>> {
    return this.events(page)
      .filter((event) => event.type === 6 && event.data["plugin"] === name)
      .map((event) => event.data["payload"] as Record<string, any>);
  }

  requests(page?: string): Array<Record<string, any>> {
    return this.plugins("rrweb/network@1", page).flatMap((payload) => payload["requests"] as Array<Record<string, any>>);
  }

  pageIds(): string[] {
    return [...new Set(this.batches().map(({ page }) => page))];
  }

  sessions(): string[] {
    return [...new Set(this.arrivals.filter(({ status }) => status === 202).map(({ session }) => session))];
  }

  windows(): string[] {
    return [...new Set(this.batches().map(({ window }) => window))];
  }

  async until(what: string, check: () => boolean, ms = 45_000): Promise<void> {
    const end = Date.now() + ms;
    while (!check()) {
      if (Date.now() > end) throw new Error(`waited ${ms} ms for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  untilPlugin(name: string, matching: (payload: Record<string, any>) => boolean = () => true): Promise<void> {
    return this.until(name, () => this.plugins(name).some(matching));
  }
}

function read(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => resolve(Buffer.concat(parts)));
    request.on("error", reject);
  });
}

function text(body: Buffer): string {
  return (body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body).toString("utf8");
}
