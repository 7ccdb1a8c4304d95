// Bytes that a minute of a visit to the example shop uploads: MIMIC's recorder as the shop serves it, and in its place bare
// @rrweb/record, whose events are posted as JSON. Starts the shop (bin/demo) unless SHOP says where one listens.
import { gunzipSync, gzipSync } from "node:zlib";
import { bareRecorder, launch } from "./serve.mjs";
import { checkout, startShop } from "./visits.mjs";

const ROUNDS = Number(process.argv[2] ?? 3);

const shop = await startShop();
const bare = await bareRecorder(5000);
const browser = await launch();

async function measure(variant) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const sum = { raw: 0, gzip: 0, requests: 0 };
  context.on("request", (request) => {
    const body = request.url().includes("/mimic/ingest") ? request.postDataBuffer() : null;
    if (!body) return;
    const zipped = body[0] === 0x1f;
    const text = zipped ? gunzipSync(body) : body;
    sum.requests++;
    sum.raw += text.length;
    sum.gzip += variant === "bare" ? gzipSync(text).length : body.length;
  });
  if (variant === "bare") {
    await context.route("**/mimic/recorder.js*", (route) => route.fulfill({ contentType: "text/javascript", body: bare }));
    await context.route("**/mimic/ingest", (route) => route.fulfill({ status: 202, contentType: "application/json", body: "{}" }));
  }
  const page = await context.newPage();
  const begun = Date.now();
  await checkout(page, shop.address);
  const minutes = (Date.now() - begun) / 60_000;
  await page.waitForTimeout(500);
  await context.close();
  return { raw: sum.raw / minutes, gzip: sum.gzip / minutes, requests: sum.requests, seconds: minutes * 60, all: sum.raw, wire: sum.gzip };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
const rounds = { bare: [], mimic: [] };
try {
  for (let round = 0; round < ROUNDS; round++) {
    // at once: what is counted is bytes, and both see the same shop
    const [stock, ours] = await Promise.all([measure("bare"), measure("mimic")]);
    rounds.bare.push(stock);
    rounds.mimic.push(ours);
  }
} finally {
  await browser.close();
  await shop.stop();
}
console.log(`Medians of ${ROUNDS} visits of ${median(rounds.mimic.map((round) => round.seconds)).toFixed(0)} s each, at once; bodies alone, without headers.\n`);
console.log("| | raw a minute | gzip a minute | raw | gzip | requests |\n|---|---:|---:|---:|---:|---:|");
for (const [variant, name] of [
  ["bare", "bare `@rrweb/record`, posted every 5 s as JSON; gzip: were it compressed"],
  ["mimic", "MIMIC, with console, errors, network, clicks, vitals; gzip: as sent"],
]) {
  const of = (key) => median(rounds[variant].map((round) => round[key]));
  console.log(`| ${name} | ${kib(of("raw"))} | ${kib(of("gzip"))} | ${kib(of("all"))} | ${kib(of("wire"))} | ${of("requests")} |`);
}
