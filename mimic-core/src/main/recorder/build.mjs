import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { minify } from "terser";
import { rrwebPatches } from "./build/rrweb-patches.mjs";
import { shortNames } from "./build/short-names.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "dist");
const { version } = JSON.parse(await readFile(join(here, "package.json"), "utf8"));
const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  target: "es2020",
  legalComments: "none",
  charset: "utf8",
  write: false,
  logLevel: "warning",
};

async function bundle(name, entry, options) {
  const result = await build({ ...common, ...options, entryPoints: [join(here, entry)] });
  return { name, bytes: result.outputFiles[0].contents };
}

/** A second minifier takes off a tenth that the first one leaves. */
async function shorten(bytes) {
  const library = await readFile(join(here, "node_modules/@rrweb/record/dist/record.js"), "utf8");
  const names = await shortNames(join(here, "src"), library);
  const result = await minify(Buffer.from(bytes).toString("utf8"), {
    ecma: 2020,
    toplevel: true,
    compress: { ecma: 2020, passes: 3, toplevel: true, unsafe_methods: true },
    // `builtins`: a name counts as ours although some other object of the browser has one like it.
    mangle: { toplevel: true, properties: { builtins: true, regex: new RegExp(`^(?:${names.join("|")})$`) } },
  });
  return Buffer.from(result.code, "utf8");
}

/** Precompressed beside the plain file; a file that has not changed is not compressed again. */
async function publish({ name, bytes }) {
  const hash = createHash("sha256").update(bytes).digest("hex");
  const stamp = join(here, ".cache", `${name}.sha256`);
  const built = await stat(join(out, `${name}.br`)).catch(() => null);
  const before = built ? await readFile(stamp, "utf8").catch(() => "") : "";
  if (before !== hash) {
    const gz = gzipSync(bytes, { level: 9 });
    const br = brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    });
    await Promise.all([
      writeFile(join(out, name), bytes),
      writeFile(join(out, `${name}.gz`), gz),
      writeFile(join(out, `${name}.br`), br),
    ]);
    await writeFile(stamp, hash);
  }
  const [gz, br] = await Promise.all([readFile(join(out, `${name}.gz`)), readFile(join(out, `${name}.br`))]);
  console.log(`${name}: ${bytes.length} bytes, gzip ${gz.length}, brotli ${br.length}`);
  return hash.slice(0, 12);
}

if (process.argv.includes("--clean")) await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await mkdir(join(here, ".cache"), { recursive: true });
const sides = await Promise.all([
  bundle("vitals.js", "src/vitals/vitals.ts", { format: "esm", inject: ["src/vitals/globals.ts"] }),
  bundle("canvas.js", "src/canvas/canvas.ts", { format: "esm" }),
]);
const hashes = {};
for (const side of sides) hashes[side.name] = await publish(side);
const main = await bundle("recorder.js", "src/main.ts", {
  format: "iife",
  supported: { "dynamic-import": true },
  define: {
    MIMIC_VERSION: JSON.stringify(version),
    MIMIC_SIDE_FILES: JSON.stringify(hashes),
  },
  plugins: [rrwebPatches(join(here, "src"))],
});
await publish({ name: main.name, bytes: await shorten(main.bytes) });
await writeFile(join(out, "mimic.d.ts"), await readFile(join(here, "mimic.d.ts")));
