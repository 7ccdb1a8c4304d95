// Does memory stay flat? A page that changes, opens and closes frames, logs and asks, for `npm run soak -- MINUTES` (30).
import { launch, serve } from "./serve.mjs";

const MINUTES = Number(process.argv[2] ?? process.env.SOAK_MINUTES ?? 30);
const WARM_UP = Math.min(0.25, 60_000 / (MINUTES * 60_000));
const MAX_GROWTH = 1024 * 1024;

const site = await serve((path) => (path === "/json" ? "{}" : `<!DOCTYPE html><html><head><meta charset=utf-8>
<script src=/mimic/recorder.js data-mimic-project=soak data-mimic-config='{"flushInterval":1000}' defer></script></head><body><div id=d></div>
<script>
  let n = 0;
  setInterval(() => {
    n++;
    const d = document.getElementById("d"), p = document.createElement("p");
    p.textContent = "line " + n; d.append(p);
    if (d.children.length > 50) d.firstElementChild.remove();
    p.setAttribute("data-n", n);
    if (n % 10 === 0) console.log("tick", { n });
    if (n % 25 === 0) fetch("/json").then((r) => r.text());
    if (n % 40 === 0) { const f = document.createElement("iframe"); f.srcdoc = "<p>frame " + n + "</p>"; d.append(f); setTimeout(() => f.remove(), 500); }
    if (n % 60 === 0) { const h = document.createElement("div"); d.append(h); h.attachShadow({ mode: "open" }).innerHTML = "<b>shadow</b>"; }
  }, 50);
</script></body></html>`));
const browser = await launch();
const page = await browser.newPage();
await page.goto(site.origin);

const heap = () => page.evaluate(async () => {
  for (let i = 0; i < 4; i++) { gc(); await new Promise((resolve) => setTimeout(resolve, 50)); }
  return performance.memory.usedJSHeapSize;
});
const mib = (bytes) => (bytes / 1048576).toFixed(1);
const end = Date.now() + MINUTES * 60_000;
const warm = Date.now() + MINUTES * 60_000 * WARM_UP;
const samples = [];
while (Date.now() < end) {
  await page.waitForTimeout(Math.min(15_000, (MINUTES * 60_000) / 10));
  await page.mouse.move(Math.random() * 300, Math.random() * 300);
  const used = await heap();
  if (Date.now() > warm) samples.push(used);
  console.log(`${((MINUTES * 60_000 - (end - Date.now())) / 60_000).toFixed(1)} min  heap ${mib(used)} MiB  batches ${site.counts.batches}  events ${site.counts.events}`);
}
const status = await page.evaluate(() => window.mimic.status());
await browser.close();
site.close();
const third = Math.max(1, Math.floor(samples.length / 3));
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const growth = mean(samples.slice(-third)) - mean(samples.slice(0, third));
const perMinute = site.counts.raw / MINUTES;
console.log(`heap grew by ${mib(growth)} MiB after warm-up; ${(perMinute / 1024).toFixed(0)} KiB a minute raw, ${(site.counts.wire / MINUTES / 1024).toFixed(0)} KiB sent; recorder failures: ${status.failures}`);
if (growth > MAX_GROWTH || status.failures > 0) {
  console.error(`The heap must not grow by more than ${mib(MAX_GROWTH)} MiB, and the recorder must not fail.`);
  process.exit(1);
}
