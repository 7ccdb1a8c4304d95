// What recording costs the page's main thread, in one browser run: no recorder, bare @rrweb/record, MIMIC's recorder.
// Rounds alternate between the variants; times are CPU time of the thread, so that a busy machine matters less.
// Prints a Markdown table.
//   npm run bench -- ROUNDS SCENARIO
import { loadavg } from "node:os";
import { launch, serve } from "./serve.mjs";

const ROUNDS = Number(process.argv[2] ?? 7);
/** Only scenarios whose name has this. */
const ONLY = process.argv[3] ?? "";
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
const tag = "<script src=/mimic/recorder.js data-mimic-project=bench data-mimic-config='{\"flushInterval\":1000}' defer></script>";
const small = `<ul id=list>${Array.from({ length: 1000 }, (_, i) => `<li>${i}</li>`).join("")}</ul>`;
const tags = { none: "", bare: "<script src=/bare.js defer></script>", mimic: tag };
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
  /** On a busy machine nothing is done after a fixed time: until so many bytes of events have come. */
  const arrived = async (bytes, since) => {
    const end = Date.now() + 60_000;
    while (variant !== "none" && site.counts.raw - since < bytes) {
      if (Date.now() > end) throw new Error(`${scenario}, ${variant}: ${bytes} bytes of events have not come within a minute.`);
      await page.waitForTimeout(50);
    }
  };
  const opened = site.counts.raw;
  await page.goto(`${site.origin}/${variant}/${run ? "small" : "big"}`);
  await arrived(run ? 50_000 : 2_000_000, opened);
  if (run) {
    // What is loaded once, when the page is idle, is no part of a scenario.
    const idle = "performance.getEntriesByType('resource').some(({ name }) => name.includes('vitals.js'))";
    if (tags[variant].includes("mimic")) await page.waitForFunction(idle, undefined, { polling: 100 });
    await page.waitForTimeout(1500);
  }
  const before = run ? await cpu() : { task: 0, script: 0 };
  const begun = site.counts.raw;
  if (run) {
    await page.evaluate(`setTimeout(${run.toString()}, 0)`);
    await arrived(20_000, begun);
  }
  await page.waitForTimeout(1000);
  const after = await cpu();
  await context.close();
  return { task: after.task - before.task, script: after.script - before.script };
}

/** Other work on the machine only ever adds: the quickest third says what the page itself cost. */
const quick = (values) => {
  const best = [...values].sort((a, b) => a - b).slice(0, Math.ceil(values.length / 3));
  return best.reduce((sum, value) => sum + value, 0) / best.length;
};

/** The ratio of two series, and between which values nine in ten lie when the rounds are drawn again and again. */
const ratio = (ours, theirs) => {
  const drawn = (values) => values.map(() => values[Math.floor(Math.random() * values.length)]);
  const all = Array.from({ length: 2000 }, () => quick(drawn(ours)) / quick(drawn(theirs))).sort((a, b) => a - b);
  return `${(quick(ours) / quick(theirs)).toFixed(2)} (${all[100].toFixed(2)} – ${all[1899].toFixed(2)})`;
};
const spread = (values) => `${quick(values).toFixed(0)} (${Math.min(...values).toFixed(0)} – ${Math.max(...values).toFixed(0)})`;
console.log(`Chromium ${browser.version()}, load at the beginning ${loadavg()[0].toFixed(1)}; ms of the page's main thread, the mean of the quickest third of ${ROUNDS} rounds (least – greatest); ratios with what nine in ten are between when the rounds are drawn again.\n`);
console.log("| | | no recorder | bare | MIMIC | of bare |\n|---|---|---:|---:|---:|---|");
for (const scenario of Object.keys(SCENARIOS).filter((name) => name.includes(ONLY))) {
  const variants = Object.keys(tags);
  const times = Object.fromEntries(variants.map((variant) => [variant, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const variant of round % 2 ? [...variants].reverse() : variants) times[variant].push(await measure(variant, scenario));
  }
  const of = (variant, kind) => times[variant].map((time) => time[kind]);
  for (const [kind, name] of [["task", "whole thread"], ["script", "script alone"]]) {
    const shown = variants.map((variant) => spread(of(variant, kind))).join(" | ");
    console.log(`| ${scenario} | ${name} | ${shown} | ${ratio(of("mimic", kind), of("bare", kind))} |`);
  }
}
await browser.close();
site.close();
