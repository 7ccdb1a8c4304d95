/*
 * Takes a style sheet apart as browsers do (CSS Syntax, section 4), as far as addresses need it. Each character is read a
 * few times at most, whatever the text: it may be a recording's, made to be slow.
 */

export type TokenKind = 'text' | 'string' | 'url' | 'function' | 'at' | 'open' | 'close' | 'semicolon';

export interface Token {
  kind: TokenKind;
  /** As it stands in the text, with the end of what the text leaves open; empty for an address that cannot be read. */
  raw: string;
  /** Without escapes: the name of a function or rule in small letters, the content of a string or address, or the bracket. */
  value: string;
}

const QUOTED = /^["']/;
const CLOSES: Record<string, string> = { '{': '}', '(': ')', '[': ']' };

/** Browsers take more letters for names. As text those end a name, so `éurl(` counts as `url(`: whoever writes such an address back writes it as a string. */
const isName = (c: number) => (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 45 || c === 95;
const isHex = (c: number) => (c >= 48 && c <= 57) || (c >= 65 && c <= 70) || (c >= 97 && c <= 102);
const isBlank = (c: number) => c === 32 || c === 9 || c === 10 || c === 12 || c === 13;
const isNewline = (c: number) => c === 10 || c === 12 || c === 13;
const isUnprintable = (c: number) => c <= 8 || c === 11 || (c >= 14 && c <= 31) || c === 127;

/** The bracket that ends what another begins. */
export const closing = (bracket: string) => CLOSES[bracket] ?? '';

export class CssTokens {
  #at = 0;
  #following: Token | null = null;

  private readonly css: string;

  constructor(css: string) {
    // a backslash at the end would take what ends an open string
    this.css = css.endsWith('\\') ? `${css}\n` : css;
  }

  /** The next part of the text; null at its end. All of them in a row are the text, but for what was left open at its end. */
  next(): Token | null {
    const { css } = this;
    const from = this.#at;
    let found = this.#following;
    this.#following = null;
    for (let at = from; found === null && at < css.length; at = this.#at) {
      found = this.#special();
      if (found !== null && at > from) {
        this.#following = found;
        return text(css.slice(from, at));
      }
    }
    if (found !== null) return found;
    return from < css.length ? text(css.slice(from)) : null;
  }

  /** What begins here, if it is more than text; text is passed over. */
  #special(): Token | null {
    const { css } = this;
    const from = this.#at;
    const c = css.charCodeAt(from);
    switch (c) {
      case 34: case 39: return this.#string(c);
      case 40: case 91: case 123: return this.#mark('open');
      case 41: case 93: case 125: return this.#mark('close');
      case 59: return this.#mark('semicolon');
      case 47: return css.charCodeAt(from + 1) === 42 ? this.#comment() : this.#skip(1);
      case 60: return this.#skip(css.startsWith('<!--', from) ? 4 : 1);
      case 45: return css.startsWith('-->', from) ? this.#skip(3) : this.#name(from);
      case 64: case 35: {
        this.#at++;
        if (!this.#startsName(this.#at)) return null;
        const name = this.#readName();
        return c === 64 ? { kind: 'at', raw: css.slice(from, this.#at), value: name } : null;
      }
      default: return this.#startsName(from) ? this.#name(from) : this.#skip(1);
    }
  }

  #skip(letters: number): null {
    this.#at += letters;
    return null;
  }

  #mark(kind: 'open' | 'close' | 'semicolon'): Token {
    const raw = this.css.charAt(this.#at++);
    return { kind, raw, value: raw };
  }

  /** One that is left open is told apart, since its end has to be added. */
  #comment(): Token | null {
    const from = this.#at;
    const end = this.css.indexOf('*/', from + 2);
    this.#at = end < 0 ? this.css.length : end + 2;
    return end < 0 ? text(`${this.css.slice(from)}*/`) : null;
  }

  #name(from: number): Token | null {
    const name = this.#readName();
    if (this.css.charCodeAt(this.#at) !== 40) return null;
    this.#at++;
    return name === 'url' ? this.#url(from) : { kind: 'function', raw: this.css.slice(from, this.#at), value: name };
  }

  #startsName(at: number): boolean {
    return isName(this.css.charCodeAt(at)) || this.#escapes(at);
  }

  /** Whether an escape begins here. */
  #escapes(at: number): boolean {
    return this.css.charCodeAt(at) === 92 && at + 1 < this.css.length && !isNewline(this.css.charCodeAt(at + 1));
  }

  #readName(): string {
    const { css } = this;
    const from = this.#at;
    while (isName(css.charCodeAt(this.#at))) this.#at++;
    const plain = css.slice(from, this.#at);
    if (!this.#escapes(this.#at)) return plain.toLowerCase();
    const letters = [plain];
    while (this.#startsName(this.#at)) letters.push(this.#escapes(this.#at) ? this.#escape() : css.charAt(this.#at++));
    return letters.join('').toLowerCase();
  }

  /** The letter that an escape stands for; the blank after its digits is part of it. */
  #escape(): string {
    const { css } = this;
    const from = ++this.#at;
    while (this.#at < from + 6 && isHex(css.charCodeAt(this.#at))) this.#at++;
    if (this.#at === from) return css.charAt(this.#at++);
    const code = parseInt(css.slice(from, this.#at), 16);
    if (css.startsWith('\r\n', this.#at)) this.#at += 2;
    else if (isBlank(css.charCodeAt(this.#at))) this.#at++;
    return code === 0 || code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  }

  /** A string ends with its line, if not before. */
  #string(quote: number): Token {
    const { css } = this;
    const from = this.#at++;
    const letters: string[] = [];
    let plain = this.#at;
    for (; ; this.#at++) {
      const c = css.charCodeAt(this.#at);
      if (c !== 92 && c !== quote && this.#at < css.length && !isNewline(c)) continue;
      letters.push(css.slice(plain, this.#at));
      if (c !== 92) break;
      letters.push(this.#escapeInString());
      plain = this.#at--;
    }
    const raw = css.slice(from, this.#at);
    if (css.charCodeAt(this.#at) === quote) this.#at++;
    else if (this.#at < css.length) return text(raw);
    return { kind: 'string', raw: raw + String.fromCharCode(quote), value: letters.join('') };
  }

  /** A line that goes on counts for nothing; so does a backslash at the very end. */
  #escapeInString(): string {
    const { css } = this;
    if (this.#escapes(this.#at)) return this.#escape();
    this.#at += css.startsWith('\r\n', this.#at + 1) ? 3 : 2;
    return '';
  }

  /** After `url(`: an address without quotes, or a function whose string comes next. */
  #url(from: number): Token {
    const { css } = this;
    const open = this.#at;
    while (isBlank(css.charCodeAt(this.#at))) this.#at++;
    if (QUOTED.test(css.charAt(this.#at))) {
      this.#at = open;
      return { kind: 'function', raw: css.slice(from, open), value: 'url' };
    }
    const letters: string[] = [];
    for (let plain = this.#at; ; ) {
      const c = css.charCodeAt(this.#at);
      if (this.#at < css.length && c !== 41 && !isBlank(c) && c !== 34 && c !== 39 && c !== 40 && c !== 92 && !isUnprintable(c)) {
        this.#at++;
        continue;
      }
      letters.push(css.slice(plain, this.#at));
      if (!this.#escapes(this.#at)) break;
      letters.push(this.#escape());
      plain = this.#at;
    }
    while (isBlank(css.charCodeAt(this.#at))) this.#at++;
    if (this.#at < css.length && css.charCodeAt(this.#at) !== 41) return this.#spoiltUrl();
    const raw = `${css.slice(from, this.#at)})`;
    this.#at++;
    return { kind: 'url', raw, value: letters.join('') };
  }

  #spoiltUrl(): Token {
    const { css } = this;
    while (this.#at < css.length && css.charCodeAt(this.#at) !== 41) this.#at += this.#escapes(this.#at) ? 2 : 1;
    this.#at++;
    return { kind: 'url', raw: '', value: '' };
  }
}

const text = (raw: string): Token => ({ kind: 'text', raw, value: raw });
