import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cleanAttribute, type Place } from "../../src/privacy/attributes";
import { policyOf } from "../../src/privacy/policy";
import { secretNames } from "../../src/privacy/secrets";
import { readSettings } from "../../src/settings/settings";
import type { Preset } from "../../src/privacy/mask";

const root = join(__dirname, "../..");
const doc = readFileSync(join(root, "../../../../docs/privacy.md"), "utf8");
const code = readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
  .join("\n");
const PRESETS: Preset[] = ["strict", "inputs", "none"];
const origin = { project: "p", endpoint: "http://h/i", base: "http://h/", script: "http://h/r.js" };

function effect(example: string, preset: Preset): string {
  const [, tag, type, name, value] = /^([\w-]+)(?:\[(\w+)\])? ([\w-]+)="(.*)"$/.exec(example)!;
  const policy = policyOf(readSettings({ privacy: preset }, origin, () => true));
  const field = tag === "input" || tag === "textarea" || tag === "option";
  const place: Place = { tag: tag!, masked: policy.strict || (field && tag !== "input" && preset !== "none"), svg: false, field, password: type === "password" };
  const clean = cleanAttribute(name!, value!, place, policy);
  if (clean === null) return "removed";
  if (clean === value) return "kept";
  const text = String(clean);
  if (/^[*\s]+$/.test(text) && text !== "***") return "masked";
  return text.includes("***") ? "scrubbed" : text.length < value!.length ? "emptied" : `?${text}`;
}

describe("docs/privacy.md", () => {
  const rows = [...doc.matchAll(/^\| `([\w-]+(?:\[\w+\])? [\w-]+=".*")` \| (\w+) \| (\w+) \| (\w+) \|$/gm)].map((match) => match.slice(1, 5));

  it("has a table of attributes", () => expect(rows.length).toBeGreaterThan(20));

  it.each(rows)("tells what becomes of %s", (example, ...told) => {
    expect(PRESETS.map((preset) => effect(example!, preset))).toEqual(told);
  });

  it("lists every event that the code emits, and no other", () => {
    const emitted = new Set([...code.matchAll(/"((?:mimic|rrweb)\/\w+@1)"/g)].map(([, name]) => name));
    const table = new Set([...doc.matchAll(/^\| `((?:mimic|rrweb)\/\w+@1)`/gm)].map(([, name]) => name));
    expect([...table].sort()).toEqual([...emitted].sort());
  });

  it("lists every secret name, and each is one", () => {
    const source = readFileSync(join(root, "src/privacy/secrets.ts"), "utf8");
    const lists = source.slice(source.indexOf("SECRET_WORDS"), source.indexOf("SECRET_HEADERS"));
    const inCode = [...lists.matchAll(/"([\w ]+)"/g)].flatMap(([, words]) => words!.split(" ")).filter((word) => word !== "").sort();
    const inDoc = [.../<!-- words -->([\s\S]*)<!-- \/words -->/.exec(doc)![1]!.matchAll(/`(\w+)`/g)].map(([, word]) => word!).sort();
    expect(inDoc).toEqual(inCode);
    const secret = secretNames();
    for (const word of inDoc) expect([word, secret(word)]).toEqual([word, true]);
  });

  it("lists every key that is stored on the device", () => {
    const keys = new Set([...code.matchAll(/"(mimic_\w+)"/g)].map(([, key]) => key));
    for (const key of keys) expect(doc).toContain(`\`${key}\``);
  });
});
