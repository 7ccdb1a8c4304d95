// The example shop, started by bin/demo, and visits to it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "./serve.mjs";

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

/** Starts the shop unless SHOP says where one listens. */
export async function startShop(password = "") {
  if (process.env.SHOP) return { address: process.env.SHOP, stop: async () => undefined };
  const data = await mkdtemp(join(tmpdir(), "mimic-bench-shop-"));
  const demo = spawn(join(root, "../../../../bin/demo"), {
    env: { ...process.env, PORT: String(await freePort()), MIMIC_DATA_DIR: data, MIMIC_PROJECT_PASSWORD: password },
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
export async function checkout(page, shop) {
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

/** Looks around: five pages that the server renders, scrolled and pointed at. */
export async function fivePages(page, shop) {
  const at = (id) => page.getByTestId(id);
  const read = async () => {
    await page.waitForTimeout(PAUSE / 2);
    await page.mouse.move(250 + 500 * Math.random(), 200 + 300 * Math.random(), { steps: 25 });
    await page.mouse.wheel(0, 300 + 400 * Math.random());
    await page.waitForTimeout(PAUSE / 2);
  };
  await page.goto(shop);
  await read();
  await at("search-input").pressSequentially("board", { delay: 120 });
  await at("search-input").press("Enter");
  await at("search-heading").waitFor();
  await read();
  await page.goto(new URL("p/butchers-block", shop).href);
  await at("product-heading").waitFor();
  await read();
  await page.goto(new URL("p/flint-skillet", shop).href);
  await at("product-heading").waitFor();
  await page.getByText("32 cm").click();
  await read();
  await at("cart-link").click();
  await read();
  await page.goto("about:blank");
}

/** Looks for a session in MIMIC's own dashboard, which is a single-page application: only its first page comes from the server. */
export async function singlePage(page, shop, password) {
  const look = () => page.waitForTimeout(PAUSE / 2);
  const choose = async (button, item) => {
    await page.getByRole("button", { name: button }).first().click();
    await page.getByRole("menuitemradio", { name: item }).click();
    await look();
  };
  await page.goto(shop);
  const tag = await page.locator("script[data-mimic-project]").first().evaluate((script) => Object.fromEntries([...script.attributes].map(({ name, value }) => [name, value])));
  await page.goto("about:blank");
  await page.context().clearCookies();
  await page.addInitScript((attributes) => {
    if (!location.pathname.startsWith("/mimic/")) return;
    addEventListener("DOMContentLoaded", () => {
      const script = document.createElement("script");
      for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value);
      document.head.append(script);
    });
  }, tag);
  await page.goto(new URL("mimic/", shop).href);
  await page.getByLabel("Project", { exact: true }).pressSequentially("default", { delay: 80 });
  await page.getByLabel("Password", { exact: true }).pressSequentially(password, { delay: 80 });
  await page.keyboard.press("Enter");
  const search = page.getByRole("searchbox", { name: "Search sessions" });
  await search.waitFor();
  await look();
  await search.pressSequentially("flint", { delay: 120 });
  await look();
  await search.fill("");
  await look();
  await choose("Last 24 hours", "Last 7 days");
  await choose("Theme", "Dark");
  await page.mouse.move(400, 300, { steps: 40 });
  await page.getByRole("button", { name: "Add filter" }).click();
  await page.getByLabel("What").selectOption("browser");
  await page.getByLabel("Value").fill("Chrome");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await look();
  await page.getByRole("link", { name: "Settings" }).first().click();
  await look();
  await page.mouse.wheel(0, 600);
  await look();
  await page.goBack();
  await search.waitFor();
  await look();
  await choose("Theme", "Light");
  await page.goto("about:blank");
}
