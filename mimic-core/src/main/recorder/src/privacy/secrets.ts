/**
 * Names whose values never leave the browser. Configuration adds to them and cannot take any away.
 */
const SECRET_WORDS = (
  "password passwd passphrase passcode pwd secret token jwt bearer auth authorization authenticate credential credentials " +
  "apikey accesskey privatekey sessionkey signature sig session sessionid sid jsessionid phpsessid csrf xsrf otp totp mfa " +
  "pin cvv cvc cvn ssn iban cardnumber ccnumber creditcard nonce assertion samlresponse samlrequest ticket cookie"
).split(" ");
const SECRET_PAIRS = (
  "api_key access_key private_key session_key session_id card_number credit_card cc_number cc_csc security_code " +
  "one_time_code refresh_token reset_code invite_code auth_code code_verifier"
).split(" ");
/** Those that hold none of the words. */
const SECRET_HEADERS = ["set-cookie2", "x-forwarded-for", "x-real-ip", "forwarded"];

export const MASK = "***";

/** `accessToken`, `X-Access-Token` and `access_token` are all `access_token`. */
function words(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 0);
}

export type SecretNames = (name: string) => boolean;

/** Says whether a name of a parameter, header, field or key promises a secret. */
export function secretNames(extra: readonly string[] = []): SecretNames {
  const wordSet = new Set(SECRET_WORDS);
  const extras = new Set(extra.map((name) => words(name).join("_")));
  const known = new Map<string, boolean>();
  const decide = (name: string): boolean => {
    const parts = words(name);
    const joined = parts.join("_");
    return (
      extras.has(joined) ||
      wordSet.has(parts.join("")) ||
      parts.some((word) => wordSet.has(word)) ||
      SECRET_PAIRS.some((pair) => joined.includes(pair))
    );
  };
  return (name) => {
    let answer = known.get(name);
    if (answer === undefined) {
      answer = decide(name);
      if (known.size < 2000) known.set(name, answer);
    }
    return answer;
  };
}

export function secretHeader(name: string, names: SecretNames): boolean {
  return SECRET_HEADERS.includes(name.toLowerCase()) || names(name);
}

const SCHEME = /\b(bearer|basic|digest|negotiate)\s+[\w.~+/=-]{6,}/gi;
/** Quotes may be escaped, once or more, where JSON stands in a text of JSON. */
const NAMED = /(\\{0,7}["']?)([\w-]{2,40})\1\s*[:=]\s*/g;
const VALUE = /(\\{0,7}["'])(?:[^]*?[^\\])??\1|\\{0,7}["'][^]*|[^\s"',;&<>{}()[\]]+/y;
/** Headers whose value has blanks in it. */
const HEADER = /^((proxy-)?authorization|(set-)?cookie)$/i;
const HEADER_VALUE = /[^"'\s\\].*/y;

function endOf(value: RegExp, text: string, from: number): number {
  value.lastIndex = from;
  value.test(text);
  return value.lastIndex;
}

/** `name=value` and `"name": value` without the values of secret names. */
function scrubAssigned(text: string, names: SecretNames): string {
  let out = "";
  let from = 0;
  NAMED.lastIndex = 0;
  for (let match = NAMED.exec(text); match; match = NAMED.exec(text)) {
    const name = match[2]!;
    // the first letter may belong to an escaped line break
    if (!names(name) && !(text[match.index - 1] === "\\" && names(name.slice(1)))) continue;
    const end = (HEADER.test(name) && endOf(HEADER_VALUE, text, NAMED.lastIndex)) || endOf(VALUE, text, NAMED.lastIndex);
    if (!end) continue;
    out += text.slice(from, NAMED.lastIndex) + MASK;
    from = NAMED.lastIndex = end;
  }
  return out + text.slice(from);
}

/** Without JSON Web Tokens. Words are split, since one expression for a whole token reads a long word again for each `eyJ` in it. */
export function withoutTokens(text: string): string {
  if (!text.includes("eyJ")) return text;
  return text.replace(/[\w.-]+/g, (word) => {
    const parts = word.split(".");
    const kept: string[] = [];
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!;
      const at = part.indexOf("eyJ");
      const found = at >= 0 && part.length - at > 10 && (parts[i + 1] ?? "").length > 3;
      kept.push(found ? part.slice(0, at) + MASK : part);
      if (found) i += 2;
    }
    return kept.join(".");
  });
}

const USER = /(\/\\?\/)[^\s/?#"'<>\\]*@/g;

/** Free text with what looks like a credential taken out. */
export function scrubText(text: string, names: SecretNames): string {
  let out = withoutTokens(text);
  if (/bearer|basic|digest|negotiate/i.test(out)) out = out.replace(SCHEME, `$1 ${MASK}`);
  if (out.includes("@")) out = out.replace(USER, "$1");
  return /[:=]/.test(out) ? scrubAssigned(out, names) : out;
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** True for a long value that no person wrote: mixed letters and digits without a space. */
export function looksRandom(value: string): boolean {
  if (value.length < 24 || UUID.test(value)) return false;
  return /^[\w.~+/=-]+$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value) && !/^[\d.-]+$/.test(value);
}
