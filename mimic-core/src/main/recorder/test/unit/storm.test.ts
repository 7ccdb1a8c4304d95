import { afterEach, describe, expect, it, vi } from "vitest";

vi.stubGlobal("window", globalThis);
const { admitMutations, mutationsHandled, watchStorms } = await import("../../src/dom/storm");

describe("pitfall 19: changes that take the recorder long", () => {
  let now = 0;
  const pauses: number[] = [];
  const stop = watchStorms(() => undefined, (records) => pauses.push(records));
  vi.spyOn(performance, "now").mockImplementation(() => now);
  afterEach(() => pauses.splice(0));

  const batch = (records: number, ms: number): void => {
    expect(admitMutations(records)).toBe(true);
    now += ms;
    mutationsHandled(records);
  };

  it("pause it when they take five seconds more than the page has for itself", () => {
    batch(1, 3000);
    expect(pauses).toEqual([]);
    batch(7, 3000);
    expect(pauses).toEqual([7]);
  });

  it("do not when the page has most of the time, however many they are", () => {
    for (let i = 0; i < 100; i++) {
      now += 2000;
      batch(500, 400);
    }
    expect(pauses).toEqual([]);
  });

  it("do not pause it because the machine slept meanwhile", () => {
    batch(1, 3_600_000);
    for (let i = 0; i < 20; i++) {
      now += 100;
      batch(1, 50);
    }
    expect(pauses).toEqual([]);
  });

  it("are nobody's business after the end", () => {
    stop();
    batch(1, 60_000);
    expect(pauses).toEqual([]);
  });
});
