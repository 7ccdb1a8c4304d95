import type { eventWithTime } from '@rrweb/types';
import { pictureOf } from './canvas';
import { type Kept, NOTHING_KEPT } from './kept';
import { Look } from './look';

/*
 * The recorded document is hostile. The frame's policy and sandbox hold it; this goes before them, so that a recording
 * neither asks for anything nor fills the console with what was refused.
 */

type Attributes = Record<string, unknown>;

interface Node {
  type: number;
  id: number;
  tagName?: string;
  attributes?: Attributes;
  childNodes?: Node[];
  textContent?: string;
  isStyle?: boolean;
  isSVG?: boolean;
}

interface Mutation {
  texts?: { id: number; value: string | null }[];
  attributes?: { id: number; attributes: Attributes }[];
  adds?: { parentId: number; node: Node }[];
}

const ELEMENT = 2;
/** Stands for a picture that is not in the recording; small, so that where the page gives no size little moves. */
const PICTURE =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='36' height='24' viewBox='0 0 120 80' preserveAspectRatio='xMidYMid slice'%3E%3Crect width='120' height='80' fill='%23dfe4e4'/%3E%3Cpath d='M0 80l36-34 22 18 24-26 38 42z' fill='%23c6cece'/%3E%3Ccircle cx='34' cy='24' r='8' fill='%23c6cece'/%3E%3C/svg%3E";
/** An address, which ends at a blank or with a comma, and what follows it up to the next comma. */
const CANDIDATE = /([^\s,]\S*)(?:(?<!,)\s+([^\s,]+)\s*(?=,|$))?/g;
const DESCRIPTOR = /^\d+(\.\d+)?[wxh]$/i;
/** Attributes that are read as a style sheet is, escapes included. */
const STYLES = /^(style|fill|stroke|filter|mask|clip-path|cursor|marker|marker-(start|mid|end)|from|to|by|values)$/;
const INLINE = /^[\t\n\f\r ]*(data:|blob:)/i;
const ALWAYS_DROPPED = new Set([
  'srcdoc', 'srcset', 'imagesrcset', 'action', 'formaction', 'ping', 'manifest', 'background', 'autoplay', 'target', 'data', 'codebase', 'classid', 'archive', 'longdesc', 'profile', 'http-equiv', 'autofocus', 'nonce', 'integrity', 'crossorigin', 'loading', 'attributionsrc', 'rr_src', 'code', 'lowsrc', 'dynsrc', 'usemap',
]);

/** Makes one recording safe to rebuild; remembers between events which nodes are style text and which are pictures. */
export class Sanitizer {
  /** Texts that are known, and whether each is, or was, part of a style sheet. */
  readonly #texts = new Map<number, boolean>();
  readonly #styles = new Set<number>();
  /** None where two nodes of different kinds share a number: then the replayer alone knows which one is meant. */
  readonly #tags = new Map<number, string>();
  readonly #look: Look;

  /** @param kept what may be shown in place of addresses */
  constructor(kept: Kept = NOTHING_KEPT) {
    this.#look = new Look(kept);
  }

  /** The event without anything that would run or be fetched; null when nothing of it is left. */
  clean(event: eventWithTime): eventWithTime | null {
    const data = event.data as unknown as Record<string, unknown>;
    if (event.type === 4 && typeof data['href'] === 'string') this.#look.base = data['href'];
    if (event.type === 2) {
      this.#texts.clear();
      this.#styles.clear();
      this.#tags.clear();
      this.#look.afresh();
      this.#node(data['node'] as Node, false);
    }
    return event.type === 3 ? this.#incremental(event, data) : event;
  }

  #incremental(event: eventWithTime, data: Record<string, unknown>): eventWithTime | null {
    switch (data['source']) {
      case 0:
        this.#mutation(data as Mutation);
        return event;
      case 7: // media: there is none to play
        return null;
      case 9: // all but pictures would need scripts in the recorded document
        return onlyPicture(event);
      case 8:
        this.#rules(data);
        return event;
      case 10: // a font to load
        return data['buffer'] === true ? event : null;
      case 13:
        this.#declaration(data['set'] as { value?: unknown } | undefined);
        return event;
      case 15:
        for (const sheet of (data['styles'] ?? []) as { rules?: { rule?: unknown }[] }[]) sheet.rules?.forEach((rule) => this.#rule(rule));
        return event;
      default:
        return event;
    }
  }

  #rules(data: Record<string, unknown>): void {
    ((data['adds'] ?? []) as { rule?: unknown }[]).forEach((rule) => this.#rule(rule));
    for (const key of ['replace', 'replaceSync']) {
      const text = data[key];
      if (typeof text === 'string') data[key] = this.#look.css(text);
    }
  }

  #rule(holder: { rule?: unknown }): void {
    if (typeof holder.rule === 'string') holder.rule = this.#look.css(holder.rule);
  }

  #declaration(set: { value?: unknown } | undefined): void {
    if (set && typeof set.value === 'string') set.value = this.#look.css(set.value);
  }

  #mutation({ texts, attributes, adds }: Mutation): void {
    for (const text of texts ?? []) {
      if (typeof text.value === 'string' && this.#texts.get(text.id) !== false) text.value = this.#look.part(text.value);
    }
    for (const change of attributes ?? []) change.attributes = cleanAttributes(this.#tags.get(change.id) ?? '', change.attributes, this.#look);
    for (const { node, parentId } of adds ?? []) this.#node(node, this.#styles.has(parentId));
  }

  #node(root: Node, inStyle: boolean): void {
    const open: [Node, boolean][] = [[root, inStyle]];
    for (let next = open.pop(); next; next = open.pop()) {
      const [node, ofStyle] = next;
      if (node.type === ELEMENT) this.#element(node);
      else if (typeof node.textContent === 'string') this.#text(node, ofStyle || node.isStyle === true);
      const style = this.#styles.has(node.id);
      for (const child of node.childNodes ?? []) open.push([child, style]);
    }
  }

  #element(node: Node): void {
    const tag = nameOf(node);
    node.tagName = tag; // the replayer knows scripts by this spelling alone
    this.#tags.set(node.id, this.#tags.has(node.id) && this.#tags.get(node.id) !== tag ? '' : tag);
    if (tag === 'style' || tag === 'link') this.#styles.add(node.id);
    node.attributes = cleanAttributes(tag, node.attributes ?? {}, this.#look);
  }

  #text(node: Node, ofStyle: boolean): void {
    const style = ofStyle || this.#texts.get(node.id) === true;
    this.#texts.set(node.id, style);
    if (style) node.textContent = this.#look.part(node.textContent ?? '');
  }
}

/** In small letters, since the browser does not mind; for a drawing without what stands before a colon, which says nothing there. */
function nameOf({ tagName, isSVG }: Node): string {
  const name = (tagName ?? '').toLowerCase();
  return isSVG === true ? name.slice(name.lastIndexOf(':') + 1) : name;
}

/** The picture that a canvas event draws, and nothing else of it. */
function onlyPicture(event: eventWithTime): eventWithTime | null {
  const drawn = pictureOf(event);
  if (!drawn) return null;
  const { id, type, base64 } = drawn;
  const bitmap = { rr_type: 'ImageBitmap', args: [{ rr_type: 'Blob', data: [{ rr_type: 'ArrayBuffer', base64 }], type }] };
  return { ...event, data: { source: 9, id, type: 0, commands: [{ property: 'drawImage', args: [bitmap, 0, 0] }] } } as unknown as eventWithTime;
}

/** Names come in any letters: from a recording, not from a browser. */
function cleanAttributes(tag: string, attributes: Attributes, look: Look): Attributes {
  const known = new Map(Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), value]));
  if (tag === 'base' || (tag === 'meta' && known.has('http-equiv'))) return {};
  if (tag === 'link') return linkAttributes(known, look);
  if (/href|src/i.test(String(known.get('attributename')))) return {}; // an animation of an address
  const kept: Attributes = {};
  for (const [name, value] of Object.entries(attributes)) {
    const clean = cleanAttribute(tag, name.toLowerCase(), value, look);
    if (clean !== undefined) kept[name] = clean;
  }
  return kept;
}

/** A style sheet whose text was recorded or kept stays; a hint or a link to elsewhere does nothing. */
function linkAttributes(known: ReadonlyMap<string, unknown>, look: Look): Attributes {
  const [recorded, media] = [known.get('_csstext'), known.get('media')];
  const text = typeof recorded === 'string' ? look.whole(recorded) : /\bstylesheet\b/i.test(String(known.get('rel'))) ? look.sheet(known.get('href')) : undefined;
  if (text === undefined) return {};
  return { rel: 'stylesheet', _cssText: text, ...(typeof media === 'string' ? { media } : {}) };
}

function cleanAttribute(tag: string, name: string, value: unknown, look: Look): unknown {
  if (name === 'srcset' && (tag === 'img' || tag === 'source')) return candidates(value, look);
  if (name === 'background') return look.file(value);
  if (name.startsWith('on') || ALWAYS_DROPPED.has(name)) return undefined;
  if (name === 'src' || name === 'poster') return source(tag, name, value, look);
  if (name === 'href' || name === 'xlink:href') return reference(tag, value, look);
  if (name === 'style' && value !== null && typeof value === 'object') return styleChanges(value as Attributes, look);
  if (value !== null && typeof value === 'object') return undefined; // would be written as text, unseen
  if (name === 'rr_dataurl') return typeof value === 'string' && INLINE.test(value) ? value : undefined;
  if (name === '_csstext') return typeof value === 'string' ? look.whole(value) : undefined;
  return typeof value === 'string' && (STYLES.test(name) || /url\(|image-set\(|@import/i.test(value)) ? look.css(value) : value;
}

function source(tag: string, name: string, value: unknown, look: Look): unknown {
  if (typeof value === 'string' && INLINE.test(value) && /^(img|video|audio|source|image)$/.test(tag)) return value;
  const kept = /^(img|input|video|image)$/.test(tag) ? look.file(value) : undefined;
  if (kept !== undefined && (tag !== 'video' || name === 'poster')) return kept;
  return (tag === 'img' && name === 'src') || (tag === 'input' && name === 'src') ? PICTURE : undefined;
}

function reference(tag: string, value: unknown, look: Look): unknown {
  if (tag === 'a' || tag === 'area') return '#';
  if (typeof value !== 'string') return undefined;
  if (value.startsWith('#') || (INLINE.test(value) && tag === 'image')) return value;
  if (tag === 'use') return drawing(value, look);
  return tag === 'image' || tag === 'feimage' ? look.file(value) : undefined;
}

/** A part of a kept drawing. Browsers take none from a data: address. */
function drawing(address: string, look: Look): string | undefined {
  const file = look.file(address);
  const part = /#[\w.:-]*$/.exec(address)?.[0] ?? '';
  return file?.startsWith('blob:') ? file + part : undefined;
}

function styleChanges(changes: Attributes, look: Look): Attributes {
  return Object.fromEntries(
    Object.entries(changes).map(([property, value]) => [
      property,
      typeof value === 'string' ? look.css(value) : Array.isArray(value) ? value.map((v: unknown) => (typeof v === 'string' ? look.css(v) : v)) : value,
    ]),
  );
}

/** Those of a picture's candidates that were kept; without any the picture's own source is shown. */
function candidates(value: unknown, look: Look): string | undefined {
  if (typeof value !== 'string') return undefined;
  const kept: string[] = [];
  for (const [, address = '', size = ''] of value.matchAll(CANDIDATE)) {
    const file = look.written(address.replace(/,+$/, ''));
    if (file !== undefined) kept.push(DESCRIPTOR.test(size) ? `${file} ${size}` : file);
  }
  return kept.length === 0 ? undefined : kept.join(', ');
}
