import { around, goesOn, inString, namespaceOf, type Namespaces, withoutNamespaces, written } from './css-preamble';
import { closing, CssTokens, type Token } from './css-tokens';

const KEPT = /^[\t\n\f\r ]*(?:data:|blob:|#)/i;
/** Without any of these there is neither an address nor anything left open. */
const SUSPECT = /[@(\\"'{[]|\/\*/;
/** What takes an address as a string. */
const LOADS = new Set(['url', 'src', 'image', 'image-set', '-webkit-image-set', 'cross-fade', '-webkit-cross-fade']);
/** What may stand in those; anything else might stand for an address that is written elsewhere, as `var()` does. */
const PARTS = /^(?:url|src|image|(?:-webkit-)?(?:image-set|cross-fade)|type|calc|min|max|clamp|[a-z-]*gradient|rgba?|hsla?|hwb|(?:ok)?l(?:ab|ch)|color(?:-mix)?)$/;
const NOTHING_SHOWN = 'data:,';
/** Keeps what stands before something left out from becoming one word with what stands behind it. */
const APART = '/**/';
/** No page nests deeper; the replayer would fail. */
const DEEPEST = 100;

/** What may be shown in place of what a style sheet names. */
export interface Resolve {
  /** The address under which a picture or font that was kept may be shown. */
  file(address: string): string | undefined;
  /** The text of a style sheet that was kept, without requests of its own. */
  sheet(address: string): string | undefined;
}

const NOTHING: Resolve = { file: () => undefined, sheet: () => undefined };

/** Nothing that a style sheet names is fetched: what was not kept is left out. What it leaves open is closed. */
export function withoutRequests(css: string, resolve: Resolve = NOTHING): string {
  return SUSPECT.test(css) ? new Rewriting(css, resolve).text() : css;
}

/** A part of a style sheet, of which others come before or after: a block may go on from one to the other, but no word, text or function. */
export function partWithoutRequests(css: string, resolve: Resolve): string {
  return (SUSPECT.test(css) ? new Rewriting(css, resolve, 'part').text() : css) + APART;
}

class Rewriting {
  readonly #tokens: CssTokens;
  /** Read already, and to be taken again. */
  readonly #again: Token[] = [];
  readonly #namespaces: Namespaces = new Map();
  #imports = false;
  readonly #out: string[] = [];
  /** What was opened and not closed yet: the bracket that does it, and the function within which it stands. */
  readonly #open: { end: string; within: string }[] = [];
  #face: { from: number; depth: number; asked: boolean; kept: boolean } | null = null;

  constructor(css: string, private readonly resolve: Resolve, private readonly extent: 'whole' | 'part' = 'whole') {
    this.#tokens = new CssTokens(css);
  }

  text(): string {
    for (let token = this.#next(); token; token = this.#next()) this.#take(token);
    const kept = this.extent === 'part' ? this.#open.findIndex(({ end }) => end !== '}') : 0;
    const closed = kept < 0 ? [] : this.#open.slice(kept).reverse();
    this.#out.push(...closed.map(({ end }) => end));
    if (this.#imports) this.#namespaces.delete(''); // would be that of what was imported, too
    return written(this.#namespaces) + this.#out.join('');
  }

  #next(): Token | null {
    return this.#again.shift() ?? this.#tokens.next();
  }

  #take(token: Token): void {
    switch (token.kind) {
      case 'string': return void this.#out.push(LOADS.has(this.#within()) ? this.#shown(token, '"', '"') : token.raw);
      case 'url': return void this.#out.push(this.#shown(token, 'url("', '")'));
      case 'function': return this.#function(token);
      case 'open': return this.#begin(token.raw, token.raw, this.#within());
      case 'close': return this.#end(token.raw);
      case 'at':
        if (token.value === 'import') return this.#import();
        if (token.value === 'namespace' && this.#open.length === 0) return this.#namespace(token);
        if (token.value === 'font-face' && !this.#face) this.#face = { from: this.#out.length, depth: this.#open.length, asked: false, kept: false };
    }
    this.#out.push(token.raw);
  }

  #within(): string {
    return this.#open.at(-1)?.within ?? '';
  }

  /** What is in the recording stays; else what was kept, or nothing. */
  #shown({ kind, raw, value }: Token, before: string, after: string): string {
    const own = KEPT.test(value);
    const kept = own || value === '' ? undefined : this.resolve.file(value);
    if (this.#face) {
      this.#face.asked = true;
      this.#face.kept ||= kept !== undefined || (own && !value.trimStart().startsWith('#') && value.trim() !== NOTHING_SHOWN);
    }
    if (own) return kind === 'url' ? before + inString(value) + after : raw;
    return before + (kept ?? NOTHING_SHOWN) + after;
  }

  #function({ raw, value }: Token): void {
    const known = !LOADS.has(this.#within()) || PARTS.test(value);
    this.#begin(known ? raw : 'none(', '(', value);
  }

  #begin(raw: string, bracket: string, within: string): void {
    if (this.#open.length >= DEEPEST) return this.#leaveOut();
    this.#open.push({ end: closing(bracket), within });
    this.#out.push(raw);
  }

  #end(bracket: string): void {
    const stray = bracket === '}' && this.#open.length === 0 && this.extent === 'whole';
    this.#out.push(stray ? ')' : bracket); // spoils the next rule as well, but ends none that is put around the whole
    if (this.#open.at(-1)?.end !== bracket) return;
    this.#open.pop();
    const face = this.#face;
    if (bracket !== '}' || this.#open.length !== face?.depth) return;
    this.#face = null;
    if (!face.asked || face.kept) return;
    this.#out.length = face.from;
    this.#leaveOut();
  }

  #leaveOut(): void {
    if (this.#out.length > 0) this.#out.push(APART);
  }

  /** Reads to the end of an `@import`, and puts what it names in its place; no block has one. */
  #import(): void {
    const nested = this.#open.length > 0;
    const inner: string[] = [];
    const condition: string[] = [];
    let address: string | null = null;
    for (let token = this.#next(); token; token = this.#next()) {
      if (inner.length === 0 && token.kind === 'semicolon') break;
      if (inner.length === 0 && token.kind === 'close' && token.raw === this.#open.at(-1)?.end) {
        this.#end(token.raw);
        break;
      }
      if (token.kind === 'open' || token.kind === 'function') inner.push(token.kind === 'open' ? closing(token.raw) : ')');
      const ends = token.kind === 'close' && token.raw === inner.at(-1);
      if (ends) inner.pop();
      if (address === null && (token.kind === 'string' || token.kind === 'url')) address = token.value;
      else if (address !== null && (condition.length > 0 || !(ends || token.raw.trim() === ''))) condition.push(token.raw);
      if (ends && token.raw === '}' && inner.length === 0) break;
    }
    this.#leaveOut();
    if (!nested && address !== null) this.#put(address, condition.join(''));
  }

  /** An imported sheet, or its layer alone. Its namespaces hold for the whole. */
  #put(address: string, condition: string): void {
    const outer = around(condition);
    const text = outer ? this.resolve.sheet(address) : undefined;
    if (!outer || (text === undefined && !outer.layer)) return;
    const { namespaces, rest } = withoutNamespaces(text ?? '');
    for (const [prefix, name] of namespaces) if (prefix !== '') this.#namespaces.set(prefix, name);
    this.#imports = true;
    this.#out.push(...outer.rules.map((rule) => `${rule}{`), rest, '}'.repeat(outer.rules.length));
    if (outer.rules.length === 0 && !rest.endsWith('}')) this.#leaveOut();
  }

  /** Reads to the end of an `@namespace`: its address is a name, which nobody asks for. It goes to the head, where it stays one whatever is imported. */
  #namespace({ raw }: Token): void {
    const read: Token[] = [];
    for (let token: Token | null; goesOn(read) && (token = this.#next()); ) read.push(token);
    const found = namespaceOf(read);
    if (found) {
      this.#leaveOut();
      this.#namespaces.set(...found);
    } else {
      this.#out.push(raw);
      this.#again.unshift(...read);
    }
  }
}
