// Builds one npm project if its sources changed since its last build: `node web-build.mjs FOLDER`.
// Maven calls it for the recorder and the dashboard, so that a build without a change costs no npm at all. Beside the Java libraries' bill of
// materials it writes one of the npm packages that are bundled.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const LEFT_OUT = new Set(['node_modules', 'dist', 'test', 'tests', 'bench', 'fixtures', 'mock', 'screenshots']);

if (Number(process.versions.node.split('.')[0]) < 20) fail(`Node 20 or newer is needed, this is ${process.versions.node}.`);
const folder = resolve(process.argv[2] ?? '.');
const stampFile = join(folder, 'node_modules', '.mimic-build');
const sources = hash(filesBelow(folder));
const lock = hash([join(folder, 'package-lock.json')]);
const stamp = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {};
const bills = fileURLToPath(new URL('../../target/', import.meta.url));
const bill = join(bills, `${JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name}-npm-bom.json`);

if (stamp.sources !== sources || !existsSync(bill)) writeBill();
if (stamp.sources === sources && existsSync(join(folder, 'dist'))) process.exit(0);
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

function writeBill() {
  const made = run(['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'], 'pipe');
  if (made.status !== 0) {
    console.warn('No bill of materials of the npm packages is written: npm 10 or newer can, which Node 20.10 brings.');
    return;
  }
  mkdirSync(bills, { recursive: true });
  writeFileSync(bill, made.stdout);
}

function npm(args) {
  if (run(args, 'inherit').status !== 0) fail(`npm ${args.join(' ')} failed in ${folder}.`);
}

function run(args, output) {
  const command = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
  const result = spawnSync(command, args, { cwd: folder, stdio: ['inherit', output, 'inherit'], env, shell: process.platform === 'win32' });
  if (result.error) fail(`npm could not be started: ${result.error.message}`);
  return result;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
