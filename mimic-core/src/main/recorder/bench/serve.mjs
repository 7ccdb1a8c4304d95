import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--enable-precise-memory-info", "--js-flags=--expose-gc",
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: FLAGS });
}

/** The library alone, as its own documentation shows it: events collected, and posted as JSON every so often. */
export async function bareRecorder(interval = 1000) {
  const result = await build({
    absWorkingDir: root, bundle: true, minify: true, target: "es2020", format: "iife", write: false,
    stdin: {
      resolveDir: root,
      contents: `import { record } from "@rrweb/record";
        let events = [];
        setTimeout(() => { record({ emit: (event) => events.push(event), maskAllInputs: true }); window.__flush(); }, 0);
        window.__flush = () => { const body = JSON.stringify({ events }); events = []; fetch("/mimic/ingest", { keepalive: body.length < 60000, method: "POST", body, headers: { "Content-Type": "application/json" } }).catch(() => undefined); };
        setInterval(window.__flush, ${interval});
        addEventListener("pagehide", window.__flush);`,
    },
  });
  return Buffer.from(result.outputFiles[0].contents);
}

/** Serves pages made by `page(path)`, the recorders and an ingest endpoint that only counts. */
export async function serve(page) {
  const bare = await bareRecorder();
  const counts = { batches: 0, wire: 0, raw: 0, events: 0 };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://h");
    const parts = [];
    for await (const part of request) parts.push(part);
    if (pathname === "/mimic/ingest") {
      const body = Buffer.concat(parts);
      const text = body[0] === 0x1f ? gunzipSync(body) : body;
      counts.batches++;
      counts.wire += body.length;
      counts.raw += text.length;
      counts.events += JSON.parse(text.toString()).events.length;
      response.writeHead(202, { "Content-Type": "application/json" });
      response.end('{"session":"bench","created":false,"snapshot":false}');
    } else if (pathname === "/bare.js") {
      response.setHeader("Content-Type", "text/javascript");
      response.end(bare);
    } else if (/^\/mimic\/\w+\.js$/.test(pathname)) {
      response.setHeader("Content-Type", "text/javascript");
      response.end(readFileSync(join(root, "dist", pathname.slice(7))));
    } else {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(page(pathname));
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, counts, bare, close: () => { server.closeAllConnections(); server.close(); } };
}
