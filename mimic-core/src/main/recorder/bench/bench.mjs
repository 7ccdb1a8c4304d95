// What recording costs the page's main thread, in one browser run: no recorder, bare @rrweb/record, MIMIC's recorder.
// Rounds alternate between the variants; times are CPU time of the thread, so that a busy machine matters little.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { launch, root, serve } from "./serve.mjs";

const ROUNDS = Number(process.argv[2] ?? 7);
const SCENARIOS = {
  "add 10,000 nodes": () => {
    const box = document.createElement("div");
    for (let i = 0; i < 10_000; i++) { const p = document.createElement("p"); p.textContent = `node ${i}`; p.className = "a b"; box.append(p); }
    document.body.append(box);
  },
  "1,000 attribute changes": () => {
    document.querySelectorAll("#list li").forEach((li, i) => { if (i < 1000) { li.setAttribute("data-n", `${i}`); li.title = `t ${i}`; li.className = `c${i}`; } });
  },
  "append-and-remove storm": () => {
    for (let round = 0; round < 20; round++) {
      const list = [];
      for (let i = 0; i < 200; i++) { const p = document.createElement("p"); p.textContent = "x"; document.body.append(p); list.push(p); }
      list.forEach((p, i) => { if (i % 2) p.remove(); });
    }
  },
  "first snapshot of 50,000 nodes": null,
};

const rows = (n) => Array.from({ length: n }, (_, i) => `<tr class="row r${i % 7}"><td>${i}</td><td title="cell ${i}"><a href="/item/${i}?page=2">Item ${i}</a></td></tr>`).join("");
const big = `<table>${rows(7_200)}</table>`;
const small = `<ul id=list>${Array.from({ length: 1000 }, (_, i) => `<li>${i}</li>`).join("")}</ul>`;
const tags = {
  none: "",
  bare: "<script src=/bare.js defer></script>",
  mimic: `<script src=/mimic/recorder.js data-mimic-project=bench data-mimic-config='{"flushInterval":1000}' defer></script>`,
};
const site = await serve((path) => {
  const [, variant, size] = path.split("/");
  return `<!DOCTYPE html><html><head><meta charset=utf-8>${tags[variant] ?? ""}</head><body>${size === "big" ? big : small}</body></html>`;
});
const browser = await launch();

async function measure(variant, scenario) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  await client.send("Performance.setTimeDomain", { timeDomain: "threadTicks" });
  await client.send("Performance.enable");
  const cpu = async () => {
    const { metrics } = await client.send("Performance.getMetrics");
    const value = (name) => metrics.find((metric) => metric.name === name).value * 1000;
    return { task: value("TaskDuration"), script: value("ScriptDuration") };
  };
  const run = SCENARIOS[scenario];
  await page.goto(`${site.origin}/${variant}/${run ? "small" : "big"}`);
  if (run) await page.waitForTimeout(1500);
  const before = run ? await cpu() : { task: 0, script: 0 };
  if (run) await page.evaluate(`setTimeout(${run.toString()}, 0)`);
  await page.waitForTimeout(run ? 2500 : 3000);
  const after = await cpu();
  await context.close();
  return { task: after.task - before.task, script: after.script - before.script };
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const results = {};
for (const scenario of Object.keys(SCENARIOS)) {
  const times = { none: [], bare: [], mimic: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const order = round % 2 ? ["mimic", "bare", "none"] : ["none", "bare", "mimic"];
    for (const variant of order) times[variant].push(await measure(variant, scenario));
  }
  const at = (variant, kind) => median(times[variant].map((time) => time[kind]));
  results[scenario] = { none: at("none", "task"), bare: at("bare", "task"), mimic: at("mimic", "task"), bareScript: at("bare", "script"), mimicScript: at("mimic", "script") };
  const { none, bare, mimic, bareScript, mimicScript } = results[scenario];
  const ms = (value) => `${value.toFixed(0).padStart(5)} ms`;
  console.log(
    `${scenario.padEnd(32)} none ${ms(none)}  bare ${ms(bare)}  mimic ${ms(mimic)}  page's main thread: ${(mimic / bare).toFixed(2)} of bare; ` +
      `script alone: ${ms(bareScript)} and ${ms(mimicScript)}, ${(mimicScript / bareScript).toFixed(2)}`,
  );
}
await browser.close();
site.close();

const ours = readFileSync(join(root, "dist/recorder.js"));
for (const [name, bytes] of [["bare @rrweb/record", site.bare], ["MIMIC recorder.js", ours]]) {
  console.log(`${name.padEnd(20)} ${bytes.length} bytes, gzip ${gzipSync(bytes, { level: 9 }).length}, brotli ${brotliCompressSync(bytes).length}`);
}
