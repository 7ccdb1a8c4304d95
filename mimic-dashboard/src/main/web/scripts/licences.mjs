import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Writes the licences of all that is shipped in the bundle beside it. */

const root = fileURLToPath(new URL('../', import.meta.url));
const { packages } = JSON.parse(await readFile(`${root}package-lock.json`, 'utf8'));
const parts = [];
for (const [path, entry] of Object.entries(packages)) {
  if (path === '' || entry.dev || entry.optional || path.includes('/@types/')) continue;
  const files = await readdir(root + path).catch(() => []);
  const name = files.find((file) => /^(licen[cs]e|copying)/i.test(file));
  const text = name ? await readFile(`${root}${path}/${name}`, 'utf8') : `${entry.license ?? 'see its package'}\n`;
  parts.push(`${path.replace(/^.*node_modules\//, '')} ${entry.version} (${entry.license ?? 'unknown'})\n\n${text.trim()}\n`);
}
await writeFile(`${root}dist/licences.txt`, `What the dashboard is built from.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`);
