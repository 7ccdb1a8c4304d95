import { toJson } from "../host/native";
import type { Storage_ } from "../host/storage";
import { gapParcel, type Parcel } from "./parcel";
import type { Page } from "./page";

const KEY = "mimic_unsent";
const MAX_CHARACTERS = 1_000_000;
const MAX_AGE = 30 * 60_000;

interface Kept {
  project: string;
  at: number;
  pages: Page[];
  parcels: Array<Omit<Parcel, "page"> & { page: number }>;
}

/** Keeps what could not be sent when a page ended for the next page of the tab. */
export function carryOver(storage: Storage_, project: string, parcels: Parcel[], now: number): void {
  storage.remove(KEY);
  if (parcels.length === 0) return;
  const kept: Kept = { project, at: now, pages: [], parcels: [] };
  let room = MAX_CHARACTERS;
  for (const parcel of parcels) {
    const fits = parcel.bytes <= room;
    const part = fits ? parcel : gapParcel(parcel, "lost");
    room -= part.bytes;
    if (room < 0) break;
    let page = kept.pages.indexOf(parcel.page);
    if (page < 0) page = kept.pages.push(parcel.page) - 1;
    kept.parcels.push({ ...part, page });
  }
  storage.set(KEY, toJson(kept));
}

/** Takes what an earlier page of the tab left. */
export function takeCarried(storage: Storage_, project: string, now: number): Parcel[] {
  const text = storage.get(KEY);
  if (!text) return [];
  storage.remove(KEY);
  try {
    const kept = JSON.parse(text) as Kept;
    if (kept.project !== project || now - kept.at > MAX_AGE) return [];
    return kept.parcels.map((parcel) => ({ ...parcel, attempts: 0, page: kept.pages[parcel.page]! }));
  } catch {
    return [];
  }
}
