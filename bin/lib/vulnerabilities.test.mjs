import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('vulnerabilities.mjs', import.meta.url));
const BOM = { components: [
  { group: 'io.mimic', version: '1', purl: 'pkg:maven/io.mimic/mimic-core@1?type=jar' },
  { group: 'org.old', version: '1.0', purl: 'pkg:maven/org.old/old@1.0?type=jar' }] };
const LOCK = { packages: { '': { version: '1' }, 'node_modules/@new/one': { version: '2.0' }, 'node_modules/tool': { version: '3', dev: true } } };

/** Runs the script against a database that answers so. */
async function run(answer) {
  const folder = await mkdtemp(join(tmpdir(), 'mimic-vulnerabilities-'));
  const asked = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const { queries } = JSON.parse(body);
    asked.push(...queries.map((query) => query.package.purl));
    answer(response, queries);
  });
  await new Promise((up) => server.listen(0, '127.0.0.1', up));
  await writeFile(join(folder, 'bom.json'), JSON.stringify(BOM));
  await writeFile(join(folder, 'lock.json'), JSON.stringify(LOCK));
  const child = spawn(process.execPath, [SCRIPT, join(folder, 'bom.json'), join(folder, 'lock.json')], { env: { ...process.env, OSV_URL: `http://127.0.0.1:${server.address().port}` } });
  let out = '';
  child.stdout.on('data', (text) => { out += text; });
  child.stderr.on('data', (text) => { out += text; });
  const status = await new Promise((end) => child.on('close', end));
  server.close();
  await rm(folder, { recursive: true });
  return { status, out, asked };
}

const json = (response, value) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));

test('every shipped library and package is asked for, and nothing known is well', async () => {
  const { status, out, asked } = await run((response, queries) => json(response, { results: queries.map(() => ({})) }));
  assert.equal(status, 0, out);
  assert.deepEqual(asked, ['pkg:maven/org.old/old@1.0', 'pkg:npm/%40new/one@2.0']);
});

test('an advisory fails, and is named', async () => {
  const { status, out } = await run((response, queries) => json(response, { results: queries.map(({ package: { purl } }) => (purl.includes('old') ? { vulns: [{ id: 'GHSA-1' }] } : {})) }));
  assert.equal(status, 1);
  assert.match(out, /org\.old\/old@1\.0: GHSA-1/);
});

test('a database that cannot be asked fails', async () => {
  const { status, out } = await run((response) => response.writeHead(503).end());
  assert.equal(status, 1);
  assert.match(out, /could not be asked .* 503/);
});
