// Makes the table of time zones and their countries that mimic-core ships, from the files of the tz database:
//   node bin/lib/time-zone-countries.mjs /usr/share/zoneinfo > mimic-core/src/main/resources/META-INF/mimic/time-zone-countries.tsv
// zone.tab names one country for each zone; the links of tzdata.zi add the older names, which browsers still use.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
if (!folder) {
  console.error('Usage: node bin/lib/time-zone-countries.mjs FOLDER, the folder that holds zone.tab and tzdata.zi');
  process.exit(2);
}
const lines = (name) => readFileSync(join(folder, name), 'utf8').split('\n');
const version = lines('tzdata.zi')[0].replace('# version ', '');

const countries = new Map();
for (const line of lines('zone.tab')) {
  const [country, , zone] = line.split('\t');
  if (!line.startsWith('#') && zone) countries.set(zone, country);
}
for (const line of lines('tzdata.zi')) {
  const [kind, target, name] = line.split(' ');
  if (kind === 'L' && countries.has(target) && !countries.has(name)) countries.set(name, countries.get(target));
}

console.log(`# Time zones and their countries, made by bin/lib/time-zone-countries.mjs from the tz database, version ${version}`);
console.log('# (https://www.iana.org/time-zones), which is in the public domain. It takes no position on territorial claims.');
for (const zone of [...countries.keys()].sort()) console.log(`${zone}\t${countries.get(zone)}`);
