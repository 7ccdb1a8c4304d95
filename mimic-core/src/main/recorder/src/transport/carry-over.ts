import { toJson } from "../host/native";
import type { Storage_ } from "../host/storage";
import { gapParcel, type Parcel } from "./parcel";
import type { Page } from "./page";

const KEY = "mimic_unsent";
const MAX_CHARACTERS = 1_000_000;
/** Not worth an attempt. */
const MIN_CHARACTERS = 1000;
const MAX_AGE = 30 * 60_000;

interface Kept {
  project: string;
  at: number;
  pages: Page[];
  parcels: Array<Omit<Parcel, "page"> & { page: number }>;
}

/** Keeps what could not be sent when a page ended for the next page of the tab: as much as the storage, which the host may have filled, takes. */
export function carryOver(storage: Storage_, project: string, parcels: Parcel[], now: number, most = MAX_CHARACTERS): void {
  storage.remove(KEY);
  if (parcels.length === 0) return;
  const kept: Kept = { project, at: now, pages: [], parcels: [] };
  let room = most;
  for (const parcel of parcels) {
    const fits = parcel.bytes <= room;
    const part = fits ? parcel : gapParcel(parcel, "lost");
    room -= part.bytes;
    if (room < 0) break;
    let page = kept.pages.indexOf(parcel.page);
    if (page < 0) page = kept.pages.push(parcel.page) - 1;
    kept.parcels.push({ ...part, page });
  }
  if (!storage.set(KEY, toJson(kept)) && most > MIN_CHARACTERS) carryOver(storage, project, parcels, now, most / 8);
}

/** Takes what an earlier page of the tab left. */
export function takeCarried(storage: Storage_, project: string, now: number): Parcel[] {
  const text = storage.get(KEY);
  if (!text) return [];
  storage.remove(KEY);
  try {
    const kept = JSON.parse(text) as Kept;
    if (kept.project !== project || now - kept.at > MAX_AGE) return [];
    return kept.parcels.map((parcel) => ({ ...parcel, timeouts: 0, page: kept.pages[parcel.page]! }));
  } catch {
    return [];
  }
}
