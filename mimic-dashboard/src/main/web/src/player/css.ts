const KEPT = /^\s*["']?\s*(data:|blob:|#)/i;
/** A style sheet's end closes whatever is open in it. */
const URL_TOKEN = /url\(\s*("[^"]*"|'[^']*'|[^)]*)\s*(?:\)|$)/gi;
const IMPORT = /@import\b\s*(?:url\(\s*("[^"]*"|'[^']*'|[^)"']*)\s*\)|("[^"]*"|'[^']*'))?([^;]*)(?:;|$)/gi;
const FONT_FACE = /@font-face\s*\{[^}]*\}/gi;
const IMAGE_SET = /((?:-webkit-)?image-set\()([^;{}]*)/gi;
const STRING = /(type\(\s*)?("[^"]*(?:"|$)|'[^']*(?:'|$))/gi;
const ESCAPE = /\\(?:([0-9a-f]{1,6})\s?|[^])/gi;
/** Media and layers alone: nothing in it ends the rule that it is put before. */
const CONDITION = /^\s*(layer(?:\([\w.-]+\))?)?\s*([\w\s(),:.%<>=/-]*)$/i;

/** What may be shown in place of what a style sheet names. */
export interface Resolve {
  /** The address under which a picture or font that was kept may be shown. */
  file(address: string): string | undefined;
  /** The text of a style sheet that was kept, without requests of its own. */
  sheet(address: string): string | undefined;
}

const NOTHING: Resolve = { file: () => undefined, sheet: () => undefined };

const unquoted = (address: string) => address.trim().replace(/^(["'])(.*?)\1?$/s, '$2');

/** Nothing that a style sheet names is fetched: what was not kept is left out. */
export function withoutRequests(text: string, resolve: Resolve = NOTHING): string {
  const css = plainLetters(text);
  if (!/url\(|@import|image-set\(/i.test(css)) return css;
  const imported: string[] = [];
  const rest = css
    .replace(IMPORT, (_, url: string | undefined, text: string | undefined, condition: string) => {
      imported.push(importedSheet(unquoted(url ?? text ?? ''), condition, resolve));
      return '';
    })
    .replace(URL_TOKEN, (token, address: string) => (KEPT.test(address) ? token : `url("${resolve.file(unquoted(address)) ?? 'data:,'}")`))
    .replace(FONT_FACE, (face) => (/url\(/i.test(face) && !/url\(\s*["']?\s*(data:(?!,)|blob:)/i.test(face) ? '' : face))
    .replace(IMAGE_SET, (_, open: string, candidates: string) => open + candidates.replace(STRING, (whole, type: string | undefined, text: string) => (type || KEPT.test(text) ? whole : `"${resolve.file(unquoted(text)) ?? 'data:,'}"`)));
  return imported.join('') + rest;
}

/** `u\72l(` is `url(`: letters that are written as escapes mean the same without. */
export function plainLetters(css: string): string {
  if (!css.includes('\\')) return css;
  return css.replace(ESCAPE, (escape, hex: string | undefined) => {
    const letter = hex === undefined ? escape.slice(1) : codePoint(parseInt(hex, 16));
    return /^[a-z]$/i.test(letter) ? letter : escape;
  });
}

const codePoint = (code: number) => (code <= 0x10ffff ? String.fromCodePoint(code) : '');

function importedSheet(address: string, condition: string, resolve: Resolve): string {
  const [, layer, media] = CONDITION.exec(condition) ?? [];
  const text = media === undefined ? undefined : resolve.sheet(address);
  if (text === undefined || media === undefined) return '';
  const within = media.trim() === '' ? text : `@media ${media.trim()}{${text}}`;
  return layer ? `@layer ${layer.replace(/^layer\(?|\)$/gi, '')}{${within}}` : within;
}
