/*
 * What the recorded app's own pictures, fonts and style sheets were. The server kept them; the player asks it alone, and
 * shows them under addresses that reach no network.
 */

import { withoutRequests } from './css';

/** What a recording may show in place of an address that it names. */
export interface Kept {
  /** A blob: or data: address of the picture or font that was there. */
  file(address: string): string | undefined;
  /** The text of the style sheet that was there. */
  sheet(address: string): string | undefined;
}

export const NOTHING_KEPT: Kept = { file: () => undefined, sheet: () => undefined };

export interface KeptItem {
  url: string;
  sha256: string;
  type: string;
  bytes: number;
}

export const CSS_TYPE = 'text/css';
const SVG_TYPE = 'image/svg+xml';
const KNOWN = /^(image\/[a-z.+-]+|font\/[a-z0-9]+|text\/css)$/;
const AT_ONCE = 6;
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

/** The list of one session. */
export async function listKept(session: string): Promise<KeptItem[]> {
  const answer = await fetch(`api/sessions/${encodeURIComponent(session)}/assets`, { credentials: 'same-origin', redirect: 'error', headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  const { items } = (await answer.json()) as { items: KeptItem[] };
  return items.filter(({ type, sha256 }) => KNOWN.test(type) && /^[0-9a-f]{64}$/.test(sha256));
}

export async function fetchKept(session: string, { sha256 }: KeptItem): Promise<ArrayBuffer | null> {
  const answer = await fetch(`api/sessions/${encodeURIComponent(session)}/assets/${sha256}`, { credentials: 'same-origin', redirect: 'error', headers: { accept: 'image/*, font/*, text/css' } });
  return answer.ok ? answer.arrayBuffer() : null;
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

  constructor(readonly session: string) {}

  /** Loads what there is before the first stretch asks for it. */
  prepare(): void {
    this.#ahead = this.#loadNew();
    this.#ahead.catch(() => { this.#ahead = null; });
  }

  /** Loads what is new, for as long as a viewer may be kept waiting; the rest comes too late for this stretch alone. A replay in grey is better than none. */
  async load(patienceMs: number): Promise<void> {
    const all = (this.#ahead ?? this.#loadNew()).catch(() => undefined); // the server is away: the events will say so
    this.#ahead = null;
    await Promise.race([all, new Promise((late) => setTimeout(late, patienceMs))]);
  }

  async #loadNew(): Promise<void> {
    const items = await listKept(this.session);
    await eachOf(items.filter(({ url }) => !this.#files.has(url) && !this.#sheets.has(url)), (item) => this.#load(item));
  }

  async #load(item: KeptItem): Promise<void> {
    const known = this.#byHash.get(item.sha256);
    if (known) return void this.#files.set(item.url, known);
    const bytes = await fetchKept(this.session, item);
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
