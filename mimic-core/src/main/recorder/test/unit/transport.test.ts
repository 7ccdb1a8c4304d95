import { beforeEach, describe, expect, it, vi } from "vitest";

vi.stubGlobal("window", globalThis);
vi.stubGlobal("requestAnimationFrame", () => 0);
vi.stubGlobal("cancelAnimationFrame", () => undefined);
const { Outbox } = await import("../../src/transport/outbox");
const { backoff, retryAfter } = await import("../../src/transport/backoff");
const { carryOver, takeCarried } = await import("../../src/transport/carry-over");
const { KeepaliveBudget, LAST, ORDINARY } = await import("../../src/transport/keepalive");
const { envelope, gapParcel, split, utf8Length } = await import("../../src/transport/parcel");
const { toJson } = await import("../../src/host/native");
const { Sample } = await import("../../src/lifecycle/sample");

import type { Parcel } from "../../src/transport/parcel";
import type { Storage_ } from "../../src/host/storage";

const page = () => ({ id: "0".repeat(32), window: "w".repeat(8), meta: '{"url":"x"}', nextSeq: 0 });
const event = (timestamp: number, type = 6) => ({ type, timestamp, data: { n: timestamp } });

function memory(): Storage_ & { map: Map<string, string> } {
  const map = new Map<string, string>();
  return { map, get: (key) => map.get(key) ?? null, set: (key, value) => (map.set(key, value), true), remove: (key) => void map.delete(key) };
}

function parcel(events: string[], seq = -1): Parcel {
  return { page: page(), seq, events, bytes: events.join("").length, from: 1, to: 2, timeouts: 0, gap: false };
}

describe("the outbox", () => {
  it("keeps the order of events and makes batches of bounded size", () => {
    const outbox = new Outbox(page(), 8_000_000, () => 0);
    for (let i = 0; i < 12_000; i++) outbox.add(event(i), 10);
    const parcels = outbox.drain();
    expect(parcels.length).toBe(3);
    expect(parcels.flatMap(({ events }) => events).map((json) => (JSON.parse(json) as { timestamp: number }).timestamp)).toEqual(Array.from({ length: 12_000 }, (_, i) => i));
    expect(outbox.bytes).toBe(0);
  });

  it("counts what does not fit and takes no more of the DOM until the gap is told", () => {
    const outbox = new Outbox(page(), 1000, () => 500);
    outbox.add(event(1, 3), 400);
    outbox.add(event(2, 3), 400);
    outbox.add(event(3, 3), 10);
    outbox.add(event(4, 6), 10);
    expect(outbox.full).toBe(true);
    expect(outbox.closeGap()).toEqual({ reason: "memory", bytes: 410, events: 2, from: 2, to: 3 });
    expect(outbox.drain()[0]!.events).toHaveLength(2);
  });

  it("lets one snapshot be larger than the events may be", () => {
    const outbox = new Outbox(page(), 1000, () => 0);
    outbox.add(event(1, 2), 3500);
    expect(outbox.full).toBe(false);
    outbox.add(event(2, 2), 3500);
    expect(outbox.full).toBe(true);
  });

  it("keeps a snapshot with what precedes it, so that it is in the page's first batch", () => {
    const outbox = new Outbox(page(), 64_000_000, () => 0);
    const large = (at: number, type: number, size: number) => outbox.add({ type, timestamp: at, data: { text: "x".repeat(size) } }, size);
    large(1, 4, 10);
    large(2, 2, 2_000_000);
    large(3, 3, 10);
    large(4, 4, 10);
    large(5, 2, 9_000_000);
    expect(outbox.drain().map(({ events }) => events.map((json) => (JSON.parse(json) as { timestamp: number }).timestamp))).toEqual([[1, 2], [3, 4], [5]]);
  });

  it("trims an error buffer to its last snapshot and gives the memory back", () => {
    const outbox = new Outbox(page(), 8000, () => 0);
    for (const [at, type] of [[1, 4], [2, 2], [3, 3], [10, 4], [11, 2], [12, 3], [30, 3]] as const) outbox.add(event(at, type), 100);
    outbox.trim(20);
    expect(outbox.bytes).toBe(400);
    expect(outbox.drain()[0]!.events.map((json) => (JSON.parse(json) as { timestamp: number }).timestamp)).toEqual([10, 11, 12, 30]);
  });
});

describe("batches", () => {
  it("have everything small before the events, and meta on the first alone", () => {
    const first = envelope(parcel(['{"a":1}'], 0), { project: "p", token: null, sentAt: 5 });
    expect(first).toBe(`{"v":1,"project":"p","window":"${"w".repeat(8)}","page":"${"0".repeat(32)}","seq":0,"sentAt":5,"meta":{"url":"x"},"events":[{"a":1}]}`);
    expect(envelope(parcel([], 1), { project: "p", token: "t", sentAt: 5 })).toContain('"token":"t","events":[]}');
  });

  it("split into halves that together are the whole", () => {
    const [left, right] = split(parcel(["1", "2", "3"], 7));
    expect([left.seq, right.seq]).toEqual([7, -1]);
    expect([...left.events, ...right.events]).toEqual(["1", "2", "3"]);
  });

  it("become a gap of the same number", () => {
    const gap = gapParcel(parcel(["12345"], 7), "rejected");
    expect(gap.seq).toBe(7);
    expect(JSON.parse(gap.events[0]!)).toMatchObject({ type: 6, data: { plugin: "mimic/gap@1", payload: { reason: "rejected", bytes: 5, events: 1 } } });
  });

  it.each([["abc", 3], ["é", 2], ["€", 3], ["😀", 4], ["\ud800", 3], ["a😀é€", 10]])("know the length of %j in UTF-8", (text, bytes) => {
    expect(utf8Length(text)).toBe(bytes);
  });
});

describe("waiting", () => {
  it("doubles, with jitter, up to a minute", () => {
    expect([1, 2, 3, 4].map((n) => backoff(n, () => 1))).toEqual([1000, 2000, 4000, 8000]);
    expect(backoff(1, () => 0)).toBe(500);
    expect(backoff(50, () => 1)).toBe(60_000);
  });

  it("follows Retry-After in seconds or as a date, within reason", () => {
    expect(retryAfter("3", 0, () => 0)).toBe(3000);
    expect(retryAfter(new Date(10_000).toUTCString(), 4000, () => 0)).toBe(6000);
    expect(retryAfter("99999", 0, () => 0)).toBe(600_000);
    expect(retryAfter("soon", 0)).toBeNull();
    expect(retryAfter(null, 0)).toBeNull();
  });

  it("takes no more of what outlives the page than leaves the host its share", () => {
    const budget = new KeepaliveBudget();
    const release = budget.take(15_000, ORDINARY)!;
    expect(budget.take(2000, ORDINARY)).toBeNull();
    expect(budget.take(26_000, LAST)).toBeNull();
    expect(budget.take(25_000, LAST)).not.toBeNull();
    release();
    release();
    expect(budget.take(15_000, LAST)).not.toBeNull();
    expect(budget.take(2000, LAST)).toBeNull();
    expect(LAST).toBeLessThanOrEqual(44 * 1024);
  });
});

describe("what is carried to the next page", () => {
  let storage: ReturnType<typeof memory>;
  beforeEach(() => { storage = memory(); });

  it("comes back once, with its numbers", () => {
    const shared = page();
    const parcels = [5, 6].map((seq) => ({ ...parcel([`{"n":${seq}}`], seq), page: shared }));
    carryOver(storage, "p", parcels, 1000);
    const back = takeCarried(storage, "p", 2000);
    expect(back.map(({ seq }) => seq)).toEqual([5, 6]);
    expect(back[0]!.page).toBe(back[1]!.page);
    expect(takeCarried(storage, "p", 2000)).toEqual([]);
  });

  it("is for the same project, for half an hour, and never mind what is stored", () => {
    carryOver(storage, "p", [parcel(["{}"], 0)], 1000);
    expect(takeCarried(storage, "other", 1000)).toEqual([]);
    carryOver(storage, "p", [parcel(["{}"], 0)], 1000);
    expect(takeCarried(storage, "p", 1000 + 31 * 60_000)).toEqual([]);
    storage.set("mimic_unsent", "{broken");
    expect(takeCarried(storage, "p", 1000)).toEqual([]);
  });

  it("is as much as a storage takes that the host has filled, and never none of the gaps", () => {
    const room = 30_000;
    const { set } = storage;
    storage.set = (key, value) => value.length <= room && set(key, value);
    carryOver(storage, "p", [parcel(["1".repeat(40_000)], 0), parcel(['{"n":2}'], 1)], 1000);
    const back = takeCarried(storage, "p", 1000);
    expect(back.map(({ seq }) => seq)).toEqual([0, 1]);
    expect(back[0]!.events[0]).toContain('"lost"');
    expect(back[1]!.events).toEqual(['{"n":2}']);
  });

  it("is bounded: what does not fit is told as lost", () => {
    carryOver(storage, "p", [parcel(["1".repeat(900_000)], 0), parcel(["2".repeat(900_000)], 1)], 1000);
    const back = takeCarried(storage, "p", 1000);
    expect(back[0]!.events[0]).toHaveLength(900_000);
    expect(back[1]!.events[0]).toContain('"lost"');
  });
});

describe("JSON", () => {
  it("is standard although prototype.js defines toJSON (pitfall 27)", () => {
    const prototype = Array.prototype as unknown as { toJSON?: () => string };
    prototype.toJSON = () => "broken";
    try {
      expect(toJson([1, { a: [2] }])).toBe('[1,{"a":[2]}]');
      expect(typeof prototype.toJSON).toBe("function");
    } finally {
      delete prototype.toJSON;
    }
  });
});

describe("the sample", () => {
  it("is one for all tabs: none writes over what another found, whichever was there first", () => {
    const storage = memory();
    const [a, b] = [new Sample(storage, 0, () => 0.4), new Sample(storage, 0)];
    a.trigger(1000);
    b.touch(70_000);
    expect(JSON.parse(storage.get("mimic_sample")!)).toMatchObject({ value: 0.4, at: 70_000, triggered: true });
    expect(b.triggered).toBe(true);
    expect(new Sample(storage, 80_000).triggered).toBe(true);
  });

  it("is drawn once for a session and again for the next", () => {
    const storage = memory();
    const first = new Sample(storage, 0, () => 0.4);
    expect([first.includes(0.5), first.includes(0.3)]).toEqual([true, false]);
    expect(new Sample(storage, 60_000, () => 0.9).includes(0.5)).toBe(true);
    expect(new Sample(storage, 60_000 + 31 * 60_000, () => 0.9).includes(0.5)).toBe(false);
  });
});
