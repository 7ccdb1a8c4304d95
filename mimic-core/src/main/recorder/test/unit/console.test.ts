import { afterEach, describe, expect, it, vi } from "vitest";

class FakeNode {}
for (const name of ["Node", "Window", "Event"]) vi.stubGlobal(name, FakeNode);
vi.stubGlobal("window", globalThis);
const { describe: say } = await import("../../src/console/describe");
const { secretNames } = await import("../../src/privacy/secrets");
const { stackHere, traceLines, limitStack } = await import("../../src/errors/stack");
const { readSettings, SettingsError } = await import("../../src/settings/settings");

const names = secretNames();
const origin = { project: "p1", endpoint: "http://h/mimic/ingest", base: "http://h/mimic/", script: "http://h/mimic/recorder.js" };

describe("arguments of console calls", () => {
  it.each([
    ["text", '"text"'], [1, "1"], [Number.NaN, '"NaN"'], [undefined, '"undefined"'], [null, "null"], [10n, '"10n"'],
    [Symbol("s"), '"Symbol(s)"'], [[1, [2]], "[1,[2]]"], [{ a: { b: 1 } }, '{"a":{"b":1}}'], [new Date(0), '"1970-01-01T00:00:00.000Z"'],
    [new Map([["a", 1]]), '{"[Map]":[["a",1]]}'], [{ password: "x", token: "y", name: "z" }, '{"password":"***","token":"***","name":"z"}'],
  ])("%s are written as %s", (value, text) => expect(say(value, names)).toBe(text));

  it("may be cyclic, deep, huge or hostile", () => {
    const cyclic: Record<string, unknown> = { a: 1 };
    cyclic["self"] = cyclic;
    expect(say(cyclic, names)).toBe('{"a":1,"self":"[Circular]"}');
    const set = new Set<unknown>();
    const map = new Map<unknown, unknown>([["set", set]]);
    set.add(map).add(set);
    expect(say(set, names)).toBe('{"[Set]":[{"[Map]":[["set","[Circular]"]]},"[Circular]"]}');
    expect(say([new Set([1]), new Set([1])], names)).toBe('[{"[Set]":[1]},{"[Set]":[1]}]');
    let deep: unknown = 1;
    for (let i = 0; i < 1000; i++) deep = { deep };
    expect(say(deep, names).length).toBeLessThan(200);
    expect(say("x".repeat(1e6), names).length).toBeLessThan(1100);
    expect(say(Array.from({ length: 1e5 }, (_, i) => i), names).length).toBeLessThan(4100);
    const wide = Object.fromEntries(Array.from({ length: 1e4 }, (_, i) => [`k${i}`, "v".repeat(100)]));
    expect(say(wide, names).length).toBeLessThan(8000);
    expect(say(new Proxy({}, { ownKeys: () => { throw new Error("trap"); } }), names)).toBe('"[unreadable]"');
  });

  it("run nothing of the page that a line can be written without", () => {
    let runs = 0;
    const ran = (): never => { runs++; throw new Error("no"); };
    const list = Object.defineProperty([1, 2], 1, { get: ran });
    const date = Object.assign(new Date(0), { getTime: ran, toISOString: ran, toJSON: ran });
    const set = Object.assign(new Set([1]), { values: ran, [Symbol.iterator]: ran });
    const map = Object.assign(new Map([[1, 2]]), { entries: ran, [Symbol.iterator]: ran });
    class Named { static get [Symbol.hasInstance]() { return ran(); } }
    Object.defineProperty(Named, "name", { get: ran });
    expect(say({ get x() { return ran(); } }, names)).toBe('{"x":"[getter]"}');
    expect(say(list, names)).toBe('[1,"[getter]"]');
    expect(say(date, names)).toBe('"1970-01-01T00:00:00.000Z"');
    expect(say(set, names)).toBe('{"[Set]":[1]}');
    expect(say(map, names)).toBe('{"[Map]":[[1,2]]}');
    expect(say(Named, names)).toBe('"[Function anonymous]"');
    expect(say({ toJSON: 1, valueOf: 2 }, names)).toBe('{"toJSON":1,"valueOf":2}');
    expect(runs).toBe(0);
  });

  it.each([["an object", { a: 1, b: { c: 2 } }, '{"a":1,"b":{"c":2}}'], ["a list", [1, [2]], "[1,[2]]"]])(
    "read %s that is a Proxy by its own properties alone, as nothing tells it from what it stands for",
    (_what, target, text) => {
      const traps: string[] = [];
      const handler = new Proxy({}, { get: (_target, trap: string) => void traps.push(trap) });
      expect(say(new Proxy(target, handler), names)).toBe(text);
      const inevitable = ["getPrototypeOf", "ownKeys", "getOwnPropertyDescriptor"];
      expect(traps.filter((trap) => !inevitable.includes(trap))).toEqual([]);
      expect(traps.filter((trap) => trap === "getPrototypeOf").length).toBeLessThan(2);
    },
  );
});

describe("stacks", () => {
  it("become lines without the recorder's own frames", () => {
    const stack = "Error\n    at f (http://h/app.js:1:2)\n    at Object.apply (http://h/mimic/recorder.js?v=1:1:99)\n    at http://h/app.js:3:4";
    expect(traceLines(stack, "http://h/mimic/recorder.js?v=1")).toEqual(["f (http://h/app.js:1:2)", "http://h/app.js:3:4"]);
    expect(traceLines("g@http://h/app.js:1:2\n@http://h/app.js:3:4", "http://h/x.js")).toEqual(["g (http://h/app.js:1:2)", "http://h/app.js:3:4"]);
    expect(limitStack("x\n".repeat(1e5)).split("\n").length).toBeLessThan(40);
  });

  const before = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  afterEach(() => {
    if (before) Object.defineProperty(Error, "prepareStackTrace", before);
    else Reflect.deleteProperty(Error, "prepareStackTrace");
  });

  const ran = (): never => { throw new Error("asked"); };
  it.each([
    ["a function", { value: ran, writable: true, enumerable: true, configurable: true }],
    ["a getter", { get: ran, configurable: true }],
  ])("of the recorder's own do not ask the page's way to write them, be it %s", (_what, hook) => {
    Object.defineProperty(Error, "prepareStackTrace", hook);
    expect(stackHere()).toContain("console.test");
    expect(Object.getOwnPropertyDescriptor(Error, "prepareStackTrace")).toMatchObject(hook);
  });
});

describe("settings", () => {
  const read = (raw: Record<string, unknown>) => readSettings(raw, origin, (selector) => selector !== "bad[");
  it("have the defaults of the protocol", () => {
    expect(read({})).toMatchObject({
      flushInterval: 5000, idleTimeout: 300_000, sampling: 1, mode: "session", privacy: "inputs", consent: "none", respectGpc: true,
      maskSelectors: [], crossOrigin: false, network: { headers: false, bodies: false, websocketPayloads: false }, canvas: { fps: 0 }, maxMemory: 8_388_608,
    });
  });
  it.each([
    [{ sampling: 2 }, "sampling"], [{ privacy: "some" }, "privacy"], [{ mode: 1 }, "mode"], [{ respectGpc: "yes" }, "respectGpc"],
    [{ maskSelectors: "p" }, "maskSelectors"], [{ blockSelectors: [1] }, "blockSelectors"], [{ network: [] }, "network"], [{ flushInterval: -1 }, "flushInterval"],
  ])("refuse %j and name it", (raw, name) => {
    expect(() => read(raw)).toThrow(SettingsError);
    expect(() => read(raw)).toThrow(name);
  });

  it.each(["maskSelectors", "blockSelectors", "ignoreSelectors"])("leave a selector in %s out that is none, say so, and hide all that can be hidden", (name) => {
    const settings = read({ privacy: "none", [name]: [".a", "bad["] });
    expect(settings).toMatchObject({ privacy: "strict", [name]: [".a"] });
    expect(settings.complaint).toContain(`${name} has "bad["`);
    expect(read({ privacy: "none", [name]: [".a"] })).toMatchObject({ privacy: "none", complaint: null });
  });
});
