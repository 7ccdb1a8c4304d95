// Builds one npm project if its sources changed since its last build: `node web-build.mjs FOLDER`.
// Maven calls it for the recorder and the dashboard, so that a build without a change costs no npm at all.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';

const LEFT_OUT = new Set(['node_modules', 'dist', 'test', 'tests', 'bench', 'fixtures', 'mock', 'screenshots']);

const folder = resolve(process.argv[2] ?? '.');
const stampFile = join(folder, 'node_modules', '.mimic-build');
const sources = hash(filesBelow(folder));
const lock = hash([join(folder, 'package-lock.json')]);
const stamp = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {};

if (stamp.sources === sources && existsSync(join(folder, 'dist'))) process.exit(0);
if (Number(process.versions.node.split('.')[0]) < 20) fail(`Node 20 or newer is needed, this is ${process.versions.node}.`);
if (stamp.lock !== lock || !existsSync(join(folder, 'node_modules'))) npm(['ci', '--no-audit', '--no-fund']);
npm(['run', '--silent', 'build']);
mkdirSync(join(folder, 'node_modules'), { recursive: true });
writeFileSync(stampFile, JSON.stringify({ sources, lock }));

function filesBelow(directory) {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => !LEFT_OUT.has(entry.name) && !entry.name.startsWith('.'))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    })
    .sort();
}

function hash(files) {
  const digest = createHash('sha256');
  for (const file of files) digest.update(file).update('\0').update(readFileSync(file)).update('\0');
  return digest.digest('hex');
}

function npm(args) {
  const command = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
  const result = spawnSync(command, args, { cwd: folder, stdio: 'inherit', env, shell: process.platform === 'win32' });
  if (result.error) fail(`npm could not be started: ${result.error.message}`);
  if (result.status !== 0) fail(`npm ${args.join(' ')} failed in ${folder}.`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
