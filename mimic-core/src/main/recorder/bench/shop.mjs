// Bytes that a minute of a visit to the example shop uploads: MIMIC's recorder as the shop serves it, and in its place bare
// @rrweb/record, whose events are posted as JSON. Starts the shop (bin/demo) unless SHOP says where one listens.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { gunzipSync, gzipSync } from "node:zlib";
import { bareRecorder, launch, root } from "./serve.mjs";

const ROUNDS = Number(process.argv[2] ?? 3);
/** A person looks at what a step has brought. */
const PAUSE = 4000;

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

async function startShop() {
  if (process.env.SHOP) return { address: process.env.SHOP, stop: async () => undefined };
  const data = await mkdtemp(join(tmpdir(), "mimic-bench-shop-"));
  const demo = spawn(join(root, "../../../../bin/demo"), {
    env: { ...process.env, PORT: String(await freePort()), MIMIC_DATA_DIR: data },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let address;
  for await (const line of createInterface(demo.stdout)) {
    if (line.startsWith("Shop: ")) address = line.slice(6);
    if (address && line.includes("Ctrl-C")) break;
  }
  if (!address) throw new Error("bin/demo has ended before it said where the shop is.");
  return {
    address,
    stop: async () => {
      demo.kill("SIGTERM");
      await once(demo, "exit");
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Searches, meets a script error, fills the cart, types an address and a card, meets a 500. */
async function visit(page, shop) {
  const at = (id) => page.getByTestId(id);
  const look = () => page.waitForTimeout(PAUSE);
  await page.goto(shop);
  await look();
  await at("search-input").pressSequentially("skillet", { delay: 120 });
  await at("search-input").press("Enter");
  await at("search-heading").waitFor();
  await look();
  await at("product-flint-skillet").click();
  await at("product-heading").waitFor();
  await page.mouse.move(300, 500, { steps: 30 });
  await page.mouse.wheel(0, 600);
  await page.getByText("32 cm").click();
  await look();
  await page.goto(new URL("p/butchers-block", shop).href);
  await at("add-to-cart").click();
  await look();
  await at("cart-link").click();
  await look();
  await at("to-checkout").click();
  await at("checkout-heading").waitFor();
  const fields = {
    "#email": "w.quagmire@example.org", "#name": "Wilhelmina Quagmire", "#street": "Zonnebloemlaan 1187", "#postcode": "1187 ZX", "#city": "Lutjebroek",
    "#card-holder": "Wilhelmina Quagmire", "[data-testid=card-number]": "5555 5555 5555 4444", "#card-expires": "11 / 29", "[data-testid=card-cvc]": "917",
  };
  for (const [field, text] of Object.entries(fields)) await page.locator(field).pressSequentially(text, { delay: 80 });
  await at("shipping-express").check({ force: true });
  await at("place-order").click();
  await at("order-error").waitFor();
  await look();
  await page.goto("about:blank");
}

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
  await visit(page, shop.address);
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
    for (const variant of round % 2 ? ["mimic", "bare"] : ["bare", "mimic"]) rounds[variant].push(await measure(variant));
  }
} finally {
  await browser.close();
  await shop.stop();
}
for (const [variant, name] of [["bare", "bare @rrweb/record"], ["mimic", "MIMIC"]]) {
  const of = (key) => median(rounds[variant].map((round) => round[key]));
  console.log(
    `${name.padEnd(20)} a minute: ${kib(of("raw"))} raw, ${kib(of("gzip"))} ${variant === "bare" ? "if it were gzipped" : "sent"}; ` +
      `the visit of ${of("seconds").toFixed(0)} s: ${kib(of("all"))} raw, ${kib(of("wire"))} gzip, ${of("requests")} requests`,
  );
}
