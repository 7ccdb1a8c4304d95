import type { Policy } from "./policy";

/** A style sheet, a rule or a declaration: addresses without credentials, and under `strict` without text that it would show. */
export function cleanCss(css: string, policy: Policy): string {
  const addresses = css.includes("url(")
    ? css.replace(/(url\(\s*["']?)([^"')]+)/gi, (_all, open: string, url: string) => open + (policy.strict && /^data:/i.test(url) ? "data:," : policy.url(url)))
    : css;
  return policy.strict ? addresses.replace(/((?:content|--[\w-]{1,200})\s*:\s*)(?:"[^"]*"|'[^']*')/gi, '$1""') : addresses;
}

/** The same for every text in what rrweb tells of style sheets, in place. */
export function cleanStyles(data: object, policy: Policy): void {
  const values = data as Record<string, unknown>;
  for (const name in values) {
    const value = values[name];
    if (typeof value === "string") values[name] = cleanCss(value, policy);
    else if (typeof value === "object" && value !== null) cleanStyles(value, policy);
  }
}
