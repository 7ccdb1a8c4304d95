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

/** Of others than MIMIC. */
function libraries() {
  const { components = [] } = JSON.parse(readFileSync(bom, 'utf8'));
  return components.filter(({ group }) => group !== 'io.mimic').map(({ group, name, version, licenses = [] }) => {
    const names = licenses.map(({ license, expression }) => expression ?? license.id ?? license.name);
    return { what: `${group}:${name}:${version}`, licence: names.join(' OR ') };
  });
}

function packages(lock) {
  return Object.entries(JSON.parse(readFileSync(lock, 'utf8')).packages ?? {}).filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path, { version, license = '' }]) => ({ what: `${path.replace(/^.*node_modules\//, '')}@${version}`, licence: license }));
}

const found = [[bom, libraries()], ...locks.map((lock) => [lock, packages(lock)])];
const empty = found.filter(([, named]) => named.length === 0).map(([file]) => file);
if (empty.length > 0) {
  console.error(`${empty.join(' and ')} name${empty.length > 1 ? '' : 's'} no library and no package, so nothing of it was checked: was it written by this build?`);
  process.exit(1);
}
const all = found.flatMap(([, named]) => named);
const wrong = all.filter(({ licence }) => !allowed(licence));
for (const { what, licence } of wrong) console.error(`${what}: ${licence === '' ? 'no licence is named' : `licence ${licence} is not among the allowed ones`}`);
if (wrong.length > 0) {
  console.error(`${wrong.length} licences must be looked at; bin/lib/licences.mjs lists what is allowed.`);
  process.exit(1);
}
console.log(`${all.length} libraries and packages, each under a licence that is allowed.`);
