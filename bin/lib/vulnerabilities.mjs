// Asks the OSV database (https://osv.dev) what is known of every library of the bill of materials and every npm package that is bundled. Ends with 0
// when nothing is, with 1 when something is or when it could not be asked: no answer is not a good answer.
//
//   node bin/lib/vulnerabilities.mjs BOM LOCK...     OSV_URL names another database of the same form
import { readFileSync } from 'node:fs';

const AT_ONCE = 500;
const database = process.env.OSV_URL ?? 'https://api.osv.dev';
const [bom, ...locks] = process.argv.slice(2);

function* libraries() {
  for (const { group, purl, version } of JSON.parse(readFileSync(bom, 'utf8')).components) {
    if (group !== 'io.mimic') yield { purl: purl.replace(/\?.*$/, ''), version };
  }
}

function* packages() {
  for (const lock of locks) {
    for (const [path, { version, dev }] of Object.entries(JSON.parse(readFileSync(lock, 'utf8')).packages)) {
      const name = path.replace(/^.*node_modules\//, '');
      if (path !== '' && !dev) yield { purl: `pkg:npm/${name.replace(/^@/, '%40')}@${version}`, version };
    }
  }
}

async function known(some) {
  const answer = await fetch(`${database}/v1/querybatch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ queries: some.map(({ purl }) => ({ package: { purl } })) }),
  });
  if (!answer.ok) throw new Error(`it answered ${answer.status}`);
  const { results } = await answer.json();
  if (results?.length !== some.length) throw new Error(`it answered ${results?.length} of ${some.length} questions`);
  return results.map(({ vulns = [] }) => vulns.map(({ id }) => id));
}

const all = [...new Map([...libraries(), ...packages()].map((one) => [one.purl, one])).values()];
let found = 0;
try {
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const some = all.slice(from, from + AT_ONCE);
    for (const [i, ids] of (await known(some)).entries()) {
      if (ids.length > 0) console.error(`${some[i].purl}: ${ids.join(', ')}`);
      found += ids.length;
    }
  }
} catch (e) {
  console.error(`${database} could not be asked what is known: ${e.cause?.message ?? e.message}.`);
  process.exit(1);
}
if (found > 0) {
  console.error(`${found} advisories for ${all.length} libraries and packages: take newer versions, or say in docs/security.md why one does not matter here.`);
  process.exit(1);
}
console.log(`${all.length} libraries and packages, nothing known of any.`);
