// Records visits to the example shop (bin/demo) and to its dashboard as JSON arrays of rrweb's events, for the load generator and the benchmarks: npm run record FOLDER [NAME]
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { launch } from "./serve.mjs";
import { checkout, fivePages, singlePage, startShop } from "./visits.mjs";

const folder = process.argv[2];
if (!folder) throw new Error("Say which folder the recordings go to: npm run record FOLDER.");
const PASSWORD = process.env.SHOP_PASSWORD ?? "kettle-and-7-cups";
const shop = await startShop(PASSWORD);
const api = new URL("mimic/api/", shop.address);

async function login() {
  const answer = await fetch(new URL("login", api), {
    method: "POST",
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
    body: JSON.stringify({ project: "default", password: PASSWORD }),
  });
  if (answer.status !== 204) throw new Error(`The login was answered with ${answer.status}.`);
  return answer.headers.get("set-cookie").split(";")[0];
}

async function read(path, cookie) {
  const answer = await fetch(new URL(path, api), { headers: { cookie } });
  if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}.`);
  return answer.json();
}

/** What the server saw is no part of what a browser sends. */
const sent = (event) => event.data?.plugin !== "mimic/server@1";

const browser = await launch();
try {
  await mkdir(folder, { recursive: true });
  const only = process.argv[3] ?? "";
  for (const [name, visit] of Object.entries({ "shop-checkout": checkout, "shop-five-pages": fivePages, "dashboard-single-page": singlePage })) {
    if (!name.includes(only)) continue;
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, bypassCSP: name === "dashboard-single-page" });
    const page = await context.newPage();
    await visit(page, shop.address, PASSWORD);
    await page.waitForTimeout(1000);
    await context.close();
    const cookie = await login();
    const { items } = await read("sessions?limit=1", cookie);
    const events = (await read(`sessions/${items[0].id}/events`, cookie)).filter(sent);
    await writeFile(join(folder, `${name}.json`), `[${events.map((event) => JSON.stringify(event)).join(",\n")}]\n`);
    console.log(`${name}: ${items[0].pages} pages, ${events.length} events`);
  }
} finally {
  await browser.close();
  await shop.stop();
}
