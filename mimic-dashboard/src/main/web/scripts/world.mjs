import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Draws src/session/panels/world.json: land as dots on a grid, and where each country's dot goes. Not part of the build;
 * run it by hand after `npm i --no-save world-atlas topojson-client d3-geo i18n-iso-countries`. Land is from Natural Earth (public domain).
 */

const require = createRequire(import.meta.url);
const { feature } = require('topojson-client');
const { geoContains, geoArea, geoCentroid } = await import('d3-geo');
const iso = require('i18n-iso-countries');
const land = require('world-atlas/land-110m.json');
const countries = require('world-atlas/countries-50m.json');

const WIDTH = 400;
const STEP = 4;
const NORTH = 78;
const SOUTH = -56;
const HEIGHT = Math.round(((NORTH - SOUTH) / 360) * WIDTH);
const x = (longitude) => ((longitude + 180) / 360) * WIDTH;
const y = (latitude) => ((NORTH - latitude) / (NORTH - SOUTH)) * HEIGHT;

const ground = feature(land, land.objects.land);
let path = '';
for (let py = STEP / 2; py < HEIGHT; py += STEP) {
  for (let px = STEP / 2; px < WIDTH; px += STEP) {
    const at = [(px / WIDTH) * 360 - 180, NORTH - (py / HEIGHT) * (NORTH - SOUTH)];
    if (geoContains(ground, at)) path += `M${px} ${py}h0`;
  }
}

function largest(geometry) {
  if (geometry.type !== 'MultiPolygon') return geometry;
  const parts = geometry.coordinates.map((coordinates) => ({ type: 'Polygon', coordinates }));
  return parts.sort((a, b) => geoArea(b) - geoArea(a))[0];
}

const places = {};
for (const country of feature(countries, countries.objects.countries).features) {
  const code = iso.numericToAlpha2(country.id);
  if (!code || code === 'AQ') continue;
  const [longitude, latitude] = geoCentroid(largest(country.geometry));
  places[code] = [Math.round(x(longitude)), Math.round(y(latitude))];
}
await writeFile(fileURLToPath(new URL('../src/session/panels/world.json', import.meta.url)), JSON.stringify({ width: WIDTH, height: HEIGHT, path, places }));
