const KEPT = /^\s*["']?\s*(data:|blob:|#)/i;
const URL_TOKEN = /url\(\s*("[^"]*"|'[^']*'|[^)]*)\s*\)/gi;
const IMPORT = /@import\b[^;]*(;|$)/gi;
const FONT_FACE = /@font-face\s*\{[^}]*\}/gi;
const IMAGE_SET = /((?:-webkit-)?image-set\()([^;{}]*)/gi;
const REMOTE_STRING = /"(?!data:|blob:)[^"]*"|'(?!data:|blob:)[^']*'/gi;

/** Gives the address under which something that was kept may be shown. */
export type Resolve = (address: string) => string | undefined;

const unquoted = (address: string) => address.trim().replace(/^(["'])(.*)\1$/s, '$2');

/** Nothing that a style sheet names is fetched: what was not kept is left out. */
export function withoutRequests(css: string, resolve: Resolve = () => undefined): string {
  if (!/url\(|@import|image-set\(/i.test(css)) return css;
  return css
    .replace(IMPORT, '')
    .replace(URL_TOKEN, (token, address: string) => (KEPT.test(address) ? token : `url("${resolve(unquoted(address)) ?? 'data:,'}")`))
    .replace(FONT_FACE, (face) => (/url\(/i.test(face) && !/url\(\s*["']?\s*(data:(?!,)|blob:)/i.test(face) ? '' : face))
    .replace(IMAGE_SET, (_, open: string, rest: string) => open + rest.replace(REMOTE_STRING, '"data:,"'));
}
