import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";

const root = join(__dirname, "../..");
const file = (name: string): Buffer => readFileSync(join(root, "dist", name));

beforeAll(() => {
  execFileSync(process.execPath, [join(root, "build.mjs")], { stdio: "ignore" });
}, 120_000);

describe("the built files", () => {
  it("weigh at most 32 KB gzipped for what every page loads", () => {
    expect(gzipSync(file("recorder.js"), { level: 9 }).length).toBeLessThanOrEqual(32 * 1024);
  });

  it.each(["recorder.js", "vitals.js", "canvas.js"])("hold %s plain, gzip and brotli with the same content", (name) => {
    expect(gunzipSync(file(`${name}.gz`)).equals(file(name))).toBe(true);
    expect(brotliDecompressSync(file(`${name}.br`)).equals(file(name))).toBe(true);
  });

  it("need no eval, no inline worker and no other host", () => {
    const code = file("recorder.js").toString("utf8");
    expect(code).not.toMatch(/\beval\(|new Function\(|createObjectURL|new Worker|https?:\/\/(?!www\.w3\.org)[a-z]/);
  });

  it("do not carry names that ad blockers look for in addresses", () => {
    expect(file("recorder.js").toString("utf8")).not.toMatch(/["'`/](?:rrweb|session-replay|collect)\.js/);
  });
});

describe("rrweb with its changes", () => {
  it("uses no name that a change took away", async () => {
    const patches = (await import(join(root, "build/rrweb-patches.mjs"))) as { patchRrweb(source: string): string };
    const folder = mkdtempSync(join(tmpdir(), "rrweb-"));
    writeFileSync(join(folder, "patched.js"), patches.patchRrweb(readFileSync(join(root, "node_modules/@rrweb/record/dist/record.js"), "utf8")));
    const options = { allowJs: true, checkJs: true, noEmit: true, target: "ES2022", lib: ["ES2022", "DOM", "DOM.Iterable"], strict: false, types: [] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["patched.js"] }));
    let complaints = "";
    try {
      execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", folder], { encoding: "utf8" });
    } catch (error) {
      complaints = (error as { stdout: string }).stdout;
    }
    const unknown = complaints.split("\n").filter((line) => /TS2304|TS2552|TS18004/.test(line));
    expect(complaints).toContain("mimic:native");
    expect(unknown).toEqual([]);
  }, 60_000);
});
