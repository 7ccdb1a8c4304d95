import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** Fails the build when the dashboard's first load, without the replayer, outgrows its budget; prints what each part weighs. */

const LIMIT = 250 * 1000;
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const weigh = async (name) => gzipSync(await readFile(dist + name), { level: 9 }).length;

async function loadedBy(page) {
  const html = await readFile(dist + page, 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map((m) => m[1]);
  return [page, ...new Set(named)];
}

let total = 0;
for (const page of ['index.html', 'player.html']) {
  let sum = 0;
  for (const name of await loadedBy(page)) {
    const bytes = await weigh(name);
    sum += bytes;
    console.log(`${(bytes / 1000).toFixed(1).padStart(7)} KB gzip  ${name}`);
  }
  console.log(`${(sum / 1000).toFixed(1).padStart(7)} KB gzip  ${page} in all`);
  if (page === 'index.html') total = sum;
}
if (total > LIMIT) {
  console.error(`First load is ${(total / 1000).toFixed(1)} KB gzip; the budget is ${LIMIT / 1000} KB.`);
  process.exit(1);
}
