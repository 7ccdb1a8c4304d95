import type { Token } from './css-tokens';

/* What stands at the head of a style sheet beside layers: what is around imports, and namespaces. */

const LONGEST = 1_000;

/** No text, comment, escape or address: nothing in it ends the rule that it is put before. */
const PLAIN = /^(?![^]*(?:\/\*|url\())[\w\s(),:.%<>=/#*+~&|!?[\]-]*$/i;
const LAYER = /^layer(?:\(\s*([\w-]+(?:\.[\w-]+)*)\s*\)|(?![\w(-]))\s*/i;
const SUPPORTS = /^supports(?=\()/i;
const CLOSES: Record<string, string> = { '(': ')', '[': ']' };

/** Rules that do to a text within them what an import does to the style sheet that it names. */
export interface Around {
  rules: string[];
  /** Whether they give a layer its place, even if nothing is in it. */
  layer: boolean;
}

/** What stands behind the address of an import, as rules; null if it may be more than layer, support and media. */
export function around(condition: string): Around | null {
  if (condition.length > LONGEST || !PLAIN.test(condition)) return null;
  let rest = condition.trim();
  let layer = LAYER.exec(rest);
  if (layer) rest = rest.slice(layer[0].length);
  let support = '';
  const asks = SUPPORTS.exec(rest);
  if (asks) {
    const end = closedAt(rest, asks[0].length);
    if (end < 0) return null;
    support = rest.slice(asks[0].length, end);
    rest = rest.slice(end).trim();
  }
  if (!layer) {
    layer = LAYER.exec(rest);
    if (layer) rest = rest.slice(layer[0].length);
  }
  if (!balanced(rest)) return null;
  const rules = [...(rest === '' ? [] : [`@media ${rest}`]), ...(support === '' ? [] : [`@supports ${support}`]), ...(layer ? [layer[1] === undefined ? '@layer' : `@layer ${layer[1]}`] : [])];
  return { rules, layer: layer !== null };
}

/** Behind the bracket that closes the one at a place, or -1. */
function closedAt(text: string, from: number): number {
  const open: string[] = [];
  for (let at = from; at < text.length; at++) {
    const c = text.charAt(at);
    const end = CLOSES[c];
    if (end !== undefined) open.push(end);
    else if (c === ')' || c === ']') {
      if (open.pop() !== c) return -1;
      if (open.length === 0) return at + 1;
    }
  }
  return -1;
}

const balanced = (text: string) => closedAt(`(${text})`, 0) === text.length + 2;

/** How many parts a namespace has at most, and which. */
const MOST_PARTS = 8;
const PARTS = new Set(['text', 'string', 'url', 'function', 'close']);
const COMMENT = /\/\*[^]*?\*\//g;
/** A prefix or none, and an address as browsers take one. */
const SHAPE = /^t?(?:[su]|\(s\));?$/;
const PREFIX = /^(?!-?\d)[\w-]*$/;
/** As written here, at the very beginning. */
const WRITTEN = /@namespace (?:([\w-]+) )?"((?:[^"\\]|\\.)*)";/gy;
const NOT_IN_STRING = /["\\\n\r\f\0]/g;

/** Text as it may stand between the quotes of a string. */
export const inString = (text: string) => text.replace(NOT_IN_STRING, (letter) => `\\${letter.charCodeAt(0).toString(16)} `);

/** Whether a namespace that was read this far goes on. */
export const goesOn = (read: readonly Token[]) => read.length < MOST_PARTS && PARTS.has(read.at(-1)?.kind ?? 'text');

/** What each prefix stands for, as it may stand in a string; the one without a prefix is the sheet's own. */
export type Namespaces = Map<string, string>;

/** The namespace that the parts behind its word tell, or null. */
export function namespaceOf(read: readonly Token[]): [prefix: string, address: string] | null {
  if (read.reduce((sum, { raw }) => sum + raw.length, 0) > LONGEST) return null;
  const said = read.map((token) => (token.kind === 'text' ? { ...token, raw: token.raw.replace(COMMENT, ' ').trim() } : token)).filter(({ raw }) => raw !== '');
  const shape = said.map(({ kind, value }) => (kind === 'function' ? (value === 'url' ? '(' : 'x') : kind === 'close' ? value : kind === 'semicolon' ? ';' : kind.charAt(0))).join('');
  const prefix = said[0]?.kind === 'text' ? said[0].raw : '';
  const address = said.find(({ kind }) => kind === 'string' || kind === 'url');
  return SHAPE.test(shape) && PREFIX.test(prefix) && address ? [prefix, inString(address.value)] : null;
}

export const written = (namespaces: Namespaces) => [...namespaces].map(([prefix, address]) => `@namespace ${prefix}${prefix && ' '}"${address}";`).join('');

/** Takes the namespaces from the head of a text that was written here. */
export function withoutNamespaces(text: string): { namespaces: Namespaces; rest: string } {
  const found = [...text.matchAll(WRITTEN)];
  return { namespaces: new Map(found.map(([, prefix = '', address = '']) => [prefix, address])), rest: text.slice(found.reduce((sum, [all]) => sum + all.length, 0)) };
}
