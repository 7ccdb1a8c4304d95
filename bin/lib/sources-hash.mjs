// Prints one hash over all files below the given files and folders, so that a build can tell whether anything has changed:
// `node sources-hash.mjs PATH...`. What builds write, and what only tests read, does not count.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LEFT_OUT = new Set(['node_modules', 'dist', 'target', 'test', 'tests', 'bench', 'fixtures', 'mock', 'screenshots']);

const digest = createHash('sha256');
for (const file of process.argv.slice(2).sort().flatMap(filesOf)) {
  digest.update(file).update('\0').update(readFileSync(file)).update('\0');
}
console.log(digest.digest('hex').slice(0, 16));

function filesOf(path) {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !LEFT_OUT.has(entry.name) && !entry.name.startsWith('.') && !entry.isSymbolicLink())
    .map((entry) => join(path, entry.name))
    .sort()
    .flatMap(filesOf);
}
