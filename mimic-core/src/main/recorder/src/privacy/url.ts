import { MASK, looksRandom, withoutTokens, type SecretNames } from "./secrets";

const VERSIONS = /^(v|ver|version|hash|rev|build|utm_\w+)$/i;
/** Without any of these there is nothing to look for. */
const SUSPECT = /[?#;@,]|eyJ|script:/i;
const OPAQUE = /^\s*(?!(data|blob|about|javascript):)[a-z][\w+.-]*:(?!\/)/i;
const MAX_URL = 4096;
const MAX_DATA = 100_000;

function decoded(text: string): string {
  if (!text.includes("%") && !text.includes("+")) return text;
  try {
    return decodeURIComponent(text.replace(/\+/g, " "));
  } catch {
    return text;
  }
}

function scrubPairs(query: string, names: SecretNames, every: boolean): string {
  return query
    .split("&")
    .map((pair) => {
      const at = pair.indexOf("=");
      if (at < 0) return looksRandom(decoded(pair)) || (every && pair !== "") ? MASK : pair;
      const name = pair.slice(0, at);
      const value = decoded(pair.slice(at + 1));
      if (value === "") return pair;
      if (every || names(decoded(name)) || /eyJ[\w-]{8}/.test(value)) return `${name}=${MASK}`;
      const inner = scrubUrl(value, names);
      if (inner !== value) return `${name}=${encodeURIComponent(inner)}`;
      return looksRandom(value) && !VERSIONS.test(name) ? `${name}=${MASK}` : pair;
    })
    .join("&");
}

/**
 * A URL without credentials: user info, matrix parameters, secret or random query values, and tokens in the fragment.
 * `every` takes out all query values.
 */
export function scrubUrl(url: string, names: SecretNames, every = false): string {
  // an address that is no place: of somebody's mail or telephone
  if (every && OPAQUE.test(url)) return url.replace(/:[^]*/, `:${MASK}`);
  if (url.length < MAX_URL && !SUSPECT.test(url)) return url;
  if (url.length > MAX_URL && !url.startsWith("data:")) return `${scrubUrl(url.slice(0, MAX_URL), names, every)}…`;
  if (/^(data|blob|about):/i.test(url)) return url.startsWith("data:") && url.length > MAX_DATA ? "data:," : url;
  if (/^\s*javascript:/i.test(url)) return "javascript:void 0";
  let rest = url;
  let fragment = "";
  let query = "";
  const hash = rest.indexOf("#");
  if (hash >= 0) {
    fragment = rest.slice(hash + 1);
    rest = rest.slice(0, hash);
  }
  const mark = rest.indexOf("?");
  if (mark >= 0) {
    query = `?${scrubPairs(rest.slice(mark + 1), names, every)}`;
    rest = rest.slice(0, mark);
  }
  rest = rest
    .replace(/^([a-z][a-z0-9+.-]*:)?\/\/[^/?#]*@/i, (_all, scheme: string | undefined) => `${scheme ?? ""}//`)
    .replace(/;([\w-]+)=[^/;]*/g, (all, name: string) => (every || names(name) ? `;${name}=${MASK}` : all));
  return withoutTokens(rest) + query + (hash >= 0 ? `#${scrubFragment(fragment, names, every)}` : "");
}

function scrubFragment(fragment: string, names: SecretNames, every: boolean): string {
  const mark = fragment.indexOf("?");
  if (mark >= 0) return `${fragment.slice(0, mark)}?${scrubPairs(fragment.slice(mark + 1), names, every)}`;
  if (fragment.includes("=")) return scrubPairs(fragment, names, every);
  return fragment
    .split("/")
    .map((part) => (looksRandom(part) ? MASK : withoutTokens(part)))
    .join("/");
}

/** `srcset` is a list of URLs, each with a size. */
export function scrubSrcset(value: string, names: SecretNames, every: boolean): string {
  return value
    .split(/,\s+/)
    .map((candidate) => {
      const [url = "", ...size] = candidate.trim().split(/\s+/);
      return [scrubUrl(url, names, every), ...size].join(" ");
    })
    .join(", ");
}
