// Checks the licence of everything that MIMIC ships or asks a host to add: the libraries of the bill of materials that the build wrote,
// and the npm packages that are bundled. An unknown licence fails, so that somebody looks at it.
import { readFileSync } from 'node:fs';

const ALLOWED = new Set([
  'MIT', 'MIT-0', 'Apache-2.0', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'EPL-1.0', 'EPL-2.0', 'CC0-1.0', 'Public Domain', 'Unlicense', 'OFL-1.1',
  'Go License', // BSD-3-Clause, as RE2/J words it
  'Bouncy Castle Licence', // MIT, as Bouncy Castle words it
]);
const [bom, ...locks] = process.argv.slice(2);

const allowed = (licence) => licence.split(/ OR |, /).some((one) => one.replace(/[()]/g, '').split(' AND ').every((part) => ALLOWED.has(part.trim())));

function* libraries() {
  for (const { group, name, version, licenses = [] } of JSON.parse(readFileSync(bom, 'utf8')).components) {
    const names = licenses.map(({ license, expression }) => expression ?? license.id ?? license.name);
    yield { what: `${group}:${name}:${version}`, licence: names.join(' OR ') };
  }
}

function* packages() {
  for (const lock of locks) {
    for (const [path, { version, dev, license = '' }] of Object.entries(JSON.parse(readFileSync(lock, 'utf8')).packages)) {
      if (path !== '' && !dev) yield { what: `${path.replace(/^.*node_modules\//, '')}@${version}`, licence: license };
    }
  }
}

const all = [...libraries(), ...packages()];
const wrong = all.filter(({ licence }) => !allowed(licence));
for (const { what, licence } of wrong) console.error(`${what}: ${licence === '' ? 'no licence is named' : `licence ${licence} is not among the allowed ones`}`);
if (wrong.length > 0) {
  console.error(`${wrong.length} licences must be looked at; bin/lib/licences.mjs lists what is allowed.`);
  process.exit(1);
}
console.log(`${all.length} libraries and packages, each under a licence that is allowed.`);
