import { expect } from "vitest";
import type { IngestServer } from "./ingest";

/** One browser is one session, whatever became of its tabs. */
export function oneSession(server: IngestServer): void {
  expect(server.sessions()).toHaveLength(1);
}

/** Each page of the recording belongs to one window, and begins with Meta and a snapshot of its own. */
export function wellFormed(server: IngestServer): void {
  for (const id of server.pageIds()) {
    const batches = server.batches(id);
    expect(new Set(batches.map(({ window }) => window)).size).toBe(1);
    expect(batches.map(({ seq }) => seq)).toEqual(batches.map((_, index) => index));
    const dom = batches.flatMap(({ events }) => events).filter(({ type }) => type !== 6).map(({ type }) => type);
    expect(dom.slice(0, 2)).toEqual([4, 2]);
    expect(batches[0]!.meta).toBeDefined();
  }
}
