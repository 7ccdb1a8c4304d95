import { CssTokens } from '../src/player/css-tokens';

/** The addresses that a style sheet asks for: none for what it brings with it, and for what is in the page itself. */
export function asked(css: string): string[] {
  const found: string[] = [];
  const open: string[] = [];
  const tokens = new CssTokens(css);
  for (let token = tokens.next(); token; token = tokens.next()) {
    if (token.kind === 'at' && token.value === 'import') found.push('@import');
    if (token.kind === 'function') open.push(token.value);
    if (token.kind === 'open') open.push(open.at(-1) ?? '');
    if (token.kind === 'close') open.pop();
    const loads = token.kind === 'url' || (token.kind === 'string' && /^(url|src|image|.*cross-fade|.*image-set)$/.test(open.at(-1) ?? ''));
    if (loads && !/^(data:|#|$)/.test(token.value)) found.push(token.value);
  }
  return found;
}
