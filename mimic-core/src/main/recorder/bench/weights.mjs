// Bytes of what a page loads, beside bare @rrweb/record bundled by the same esbuild. Prints a Markdown table.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { bareRecorder, root } from "./serve.mjs";

const files = [
  ["reference: bare `@rrweb/record`", Buffer.from(await bareRecorder(5000))],
  ["`recorder.js`: that, with console, errors, network, masking, transport and sessions", readFileSync(join(root, "dist/recorder.js"))],
  ["`vitals.js`, loaded when the page is idle", readFileSync(join(root, "dist/vitals.js"))],
  ["`canvas.js`, loaded only where canvases are recorded", readFileSync(join(root, "dist/canvas.js"))],
];
const told = (bytes) => bytes.toLocaleString("en-US");
console.log("| | bytes | gzip -9 | brotli |\n|---|---:|---:|---:|");
for (const [name, bytes] of files) {
  console.log(`| ${name} | ${told(bytes.length)} | ${told(gzipSync(bytes, { level: 9 }).length)} | ${told(brotliCompressSync(bytes).length)} |`);
}
