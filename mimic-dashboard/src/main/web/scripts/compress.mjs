import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Puts .gz and .br beside each text asset, so that the server compresses nothing. Pages are filled in per request and stay plain. */

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const TEXT = new Set(['.js', '.css', '.svg', '.json', '.txt']);

for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
  const name = join(entry.parentPath, entry.name);
  const wanted = TEXT.has(extname(name)) || entry.name === 'player.html';
  if (!entry.isFile() || !wanted) continue;
  const body = await readFile(name);
  if (body.length < 512) continue;
  await writeFile(`${name}.gz`, gzipSync(body, { level: 9 }));
  await writeFile(`${name}.br`, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }));
}
