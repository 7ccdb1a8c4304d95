import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(__dirname, "../..");
const doc = readFileSync(join(root, "../../../../docs/recorder.md"), "utf8");
const types = readFileSync(join(root, "mimic.d.ts"), "utf8");

it("docs/recorder.md tells every call of window.mimic", () => {
  const api = /interface Mimic \{([\s\S]*?)\n\}/.exec(types)![1]!;
  const calls = [...api.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name!);
  expect(calls.length).toBeGreaterThan(7);
  for (const call of calls) expect(doc).toContain(`mimic.${call}(`);
});

it("docs/recorder.md tells every reason for which nothing is recorded, and no other", () => {
  const reasons = [.../readonly reason:([\s\S]*?);/.exec(types)![1]!.matchAll(/"([\w-]+)"/g)].map(([, reason]) => reason!);
  const told = [...doc.slice(doc.indexOf("| reason |")).matchAll(/^\| `([\w-]+)` \|/gm)].map(([, reason]) => reason!);
  expect(told.sort()).toEqual(reasons.sort());
});
