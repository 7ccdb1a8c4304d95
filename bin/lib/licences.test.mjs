import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('licences.mjs', import.meta.url));
const OWN = { group: 'io.mimic', name: 'mimic-core', version: '1', licenses: [{ license: { id: 'Apache-2.0' } }] };
const library = (id) => ({ group: 'org.old', name: 'old', version: '1.0', licenses: [{ license: { id } }] });
const LOCK = { packages: { '': { version: '1' }, 'node_modules/@new/one': { version: '2.0', license: 'MIT' }, 'node_modules/tool': { version: '3', dev: true } } };

function run(bom, lock = LOCK) {
  const folder = mkdtempSync(join(tmpdir(), 'mimic-licences-'));
  writeFileSync(join(folder, 'bom.json'), JSON.stringify(bom));
  writeFileSync(join(folder, 'lock.json'), JSON.stringify(lock));
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, join(folder, 'bom.json'), join(folder, 'lock.json')], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return { status, out: stdout + stderr };
}

test('licences that are known pass', () => {
  const { status, out } = run({ components: [OWN, library('MIT')] });
  assert.equal(status, 0, out);
  assert.match(out, /2 libraries and packages/);
});

test('a licence that is not known fails, and none too', () => {
  for (const id of ['GPL-3.0-only', '']) {
    const { status, out } = run({ components: [OWN, library(id)] });
    assert.equal(status, 1);
    assert.match(out, /org\.old:old:1\.0/);
  }
});

test('a bill that names nothing fails, since nothing was checked', () => {
  for (const bom of [{ components: [] }, {}, { components: [OWN] }]) {
    const { status, out } = run(bom);
    assert.equal(status, 1, out);
    assert.match(out, /bom\.json names no library/);
  }
  const { status, out } = run({ components: [library('MIT')] }, { packages: { '': { version: '1' } } });
  assert.equal(status, 1);
  assert.match(out, /lock\.json names no library and no package/);
});
