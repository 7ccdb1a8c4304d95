/*
 * What the recorded app's own pictures, fonts and style sheets were. The server kept them; the player asks it alone, and
 * shows them under addresses that reach no network.
 */

import { withoutRequests } from './css';
import { listKept, type KeptItem } from './kept-list';

/** What a recording may show in place of an address that it names. */
export interface Kept {
  /** A blob: or data: address of the picture or font that was there. */
  file(address: string): string | undefined;
  /** The text of the style sheet that was there. */
  sheet(address: string): string | undefined;
}

export const NOTHING_KEPT: Kept = { file: () => undefined, sheet: () => undefined };

export const CSS_TYPE = 'text/css';
const SVG_TYPE = 'image/svg+xml';
const AT_ONCE = 6;
/** Smaller ones are asked for together, in some parts at once, since an archive may take its time for each. */
const SMALL = 64 << 10;
const MOST_TOGETHER = 16;
const PARTS = 4;
const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';
const DROPPED = new Set(['script', 'foreignobject', 'handler', 'listener']);

/** As the server knows it: absolute, without a fragment. */
export function absolute(address: string, base: string): string | null {
  try {
    const url = new URL(address.trim(), base || undefined);
    url.hash = '';
    return url.href;
  } catch {
    return null; // an address that is none was not kept
  }
}

export async function fetchKept(session: string, { sha256 }: KeptItem): Promise<ArrayBuffer | null> {
  const answer = await fetch(`api/sessions/${encodeURIComponent(session)}/assets/${sha256}`, { credentials: 'same-origin', redirect: 'error', headers: { accept: 'image/*, font/*, text/css' } });
  return answer.ok ? answer.arrayBuffer() : null;
}

/** Small ones of them, together: each alone would cost a request. Who is missing in the answer has to be asked for alone. */
async function fetchTogether(session: string, items: readonly KeptItem[]): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const hashes = [...new Set(items.map(({ sha256 }) => sha256))].join(','); // two addresses may show the same
  const answer = await fetch(`api/sessions/${encodeURIComponent(session)}/assets?sha256=${hashes}`, { credentials: 'same-origin', redirect: 'error', headers: { accept: 'application/json' } });
  if (!answer.ok) return new Map();
  const { items: found } = (await answer.json()) as { items: { sha256: string; content: string }[] };
  return new Map(found.map(({ sha256, content }) => [sha256, Uint8Array.from(atob(content), (c) => c.charCodeAt(0))]));
}

/** In so many parts, of so many at most. */
function parted(items: readonly KeptItem[]): KeptItem[][] {
  const size = Math.min(MOST_TOGETHER, Math.max(1, Math.ceil(items.length / PARTS)));
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** The drawing without anything that would run or be fetched, since a page that uses a part of it takes that part into itself. */
function inertDrawing(text: string): string {
  const drawing = new DOMParser().parseFromString(text, SVG_TYPE).documentElement;
  if (drawing.namespaceURI !== SVG_NAMESPACE || drawing.localName !== 'svg') return '';
  for (const element of [drawing, ...drawing.querySelectorAll('*')]) {
    if (element !== drawing && (element.namespaceURI !== SVG_NAMESPACE || DROPPED.has(element.localName.toLowerCase()) || animatesAddress(element))) {
      element.remove();
      continue;
    }
    if (element.localName === 'style') element.textContent = withoutRequests(element.textContent ?? '');
    for (const attribute of [...element.attributes]) {
      const address = attribute.localName === 'href' && !/^\s*(#|data:image\/(?!svg))/i.test(attribute.value);
      if (address || attribute.localName === 'src' || /^on/i.test(attribute.localName)) element.removeAttributeNode(attribute);
      else if (attribute.localName !== 'href') attribute.value = withoutRequests(attribute.value);
    }
  }
  return new XMLSerializer().serializeToString(drawing);
}

const animatesAddress = (element: Element) => /href|src/i.test(element.getAttribute('attributeName') ?? '');

/** Runs over the items a few at a time. */
export async function eachOf<T>(items: readonly T[], step: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) await step(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** What was kept of one session, loaded when it is first needed. */
export class KeptFiles implements Kept {
  readonly #files = new Map<string, string>();
  readonly #sheets = new Map<string, string>();
  readonly #byHash = new Map<string, string>();
  #ahead: Promise<void> | null = null;
  #asked = false;

  constructor(readonly session: string) {}

  /** Loads what there is before the first stretch asks for it. @param items null where they have to be listed */
  prepare(items: KeptItem[] | null): void {
    if (this.#asked) return;
    this.#ahead = this.#loadNew(items);
    this.#ahead.catch(() => { this.#ahead = null; });
  }

  /** Loads what is new, for as long as a viewer may be kept waiting; the rest comes too late for this stretch alone. A replay in grey is better than none. */
  async load(patienceMs: number): Promise<void> {
    const all = (this.#ahead ?? this.#loadNew()).catch(() => undefined); // the server is away: the events will say so
    this.#ahead = null;
    await Promise.race([all, new Promise((late) => setTimeout(late, patienceMs))]);
  }

  async #loadNew(listed: KeptItem[] | null = null): Promise<void> {
    this.#asked = true;
    const items = (listed ?? (await listKept(this.session))).filter(({ url }) => !this.#files.has(url) && !this.#sheets.has(url));
    const small = items.filter(({ bytes }) => bytes <= SMALL);
    const large = items.filter(({ bytes }) => bytes > SMALL);
    await Promise.all([
      eachOf(large, (item) => this.#load(item)),
      eachOf(parted(small), async (part) => {
        const found = await fetchTogether(this.session, part);
        await eachOf(part, (item) => this.#load(item, found.get(item.sha256)));
      }),
    ]);
  }

  async #load(item: KeptItem, found?: Uint8Array<ArrayBuffer>): Promise<void> {
    const known = this.#byHash.get(item.sha256);
    if (known) return void this.#files.set(item.url, known);
    const bytes = found ?? (await fetchKept(this.session, item));
    if (!bytes) return;
    if (item.type === CSS_TYPE) return void this.#sheets.set(item.url, new TextDecoder().decode(bytes));
    const content = item.type === SVG_TYPE ? inertDrawing(new TextDecoder().decode(bytes)) : bytes;
    const address = URL.createObjectURL(new Blob([content], { type: item.type }));
    this.#byHash.set(item.sha256, address);
    this.#files.set(item.url, address);
  }

  file(address: string): string | undefined {
    return this.#files.get(address);
  }

  sheet(address: string): string | undefined {
    return this.#sheets.get(address);
  }
}
