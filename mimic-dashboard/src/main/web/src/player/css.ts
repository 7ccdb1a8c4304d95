const KEPT = /^\s*["']?\s*(data:|blob:|#)/i;
const URL_TOKEN = /url\(\s*("[^"]*"|'[^']*'|[^)]*)\s*\)/gi;
const IMPORT = /@import\b[^;]*(;|$)/gi;
const FONT_FACE = /@font-face\s*\{[^}]*\}/gi;
const IMAGE_SET = /((?:-webkit-)?image-set\()([^;{}]*)/gi;
const REMOTE_STRING = /"(?!data:|blob:)[^"]*"|'(?!data:|blob:)[^']*'/gi;

/** Nothing that a style sheet names is fetched: what is not in the recording is left out. */
export function withoutRequests(css: string): string {
  if (!/url\(|@import|image-set\(/i.test(css)) return css;
  return css
    .replace(IMPORT, '')
    .replace(FONT_FACE, (face) => (/url\(\s*["']?(?!\s*data:)/i.test(face) ? '' : face))
    .replace(URL_TOKEN, (token, address: string) => (KEPT.test(address) ? token : 'url("data:,")'))
    .replace(IMAGE_SET, (_, open: string, rest: string) => open + rest.replace(REMOTE_STRING, '"data:,"'));
}
