import type { Policy } from "./policy";
import { scrubUrl } from "./url";

const ADDRESS = /(url\(\s*)("(?:\\[^]|[^"\\]+)*|'(?:\\[^]|[^'\\]+)*|[^"')]+)/gi;
/** A declaration whose value may be shown as text. */
const SHOWN = /((?:content|--[\w-]{1,200})\s*:)((?:"(?:\\[^]|[^"\\]+)*"?|'(?:\\[^]|[^'\\]+)*'?|[^;{}"']+)*)/gi;
/** A string, or what is no number, colour, function or keyword: those are written in small letters. */
const TEXT = /["'\\]|[^\0-~]|(^|[\s,(])[A-Z]/;

/** A style sheet, a rule or a declaration: addresses without credentials, and under `strict` without text that it would show. */
export function cleanCss(css: string, { strict, secret }: Policy): string {
  const addresses = css.includes("url(")
    ? css.replace(ADDRESS, (_all, open: string, address: string) => {
        const [, quote, url] = /^(["']?)([^]*)/.exec(address)!;
        return open + quote + (strict && /^data:/i.test(url!) ? "data:," : scrubUrl(url!, secret, strict));
      })
    : css;
  return strict ? addresses.replace(SHOWN, (all, name: string, value: string) => (TEXT.test(value) ? `${name}""` : all)) : addresses;
}

/**
 * The same for every text in what rrweb tells of style sheets, in place.
 *
 * @param property what the values belong to
 */
export function cleanStyles(data: object, policy: Policy, property?: string): void {
  const values = data as Record<string, unknown>;
  for (const name in values) {
    const value = values[name];
    const of = `${property ?? values["property"] ?? name}:`;
    if (typeof value === "string") values[name] = cleanCss(of + value, policy).slice(of.length);
    else if (typeof value === "object" && value !== null) cleanStyles(value, policy, Array.isArray(value) ? name : undefined);
  }
}
