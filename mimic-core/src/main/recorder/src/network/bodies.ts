import { clearTimeout, setTimeout } from "../host/native";
import { MASK, scrubText, secretHeader, type SecretNames } from "../privacy/secrets";
import type { Policy } from "../privacy/policy";
import type { Headers_ } from "./request";

const MAX_BODY = 16_384;
const MAX_WAIT = 3000;
const TEXTUAL = /^(text\/(?!event-stream)|application\/(json|[\w.+-]*\+json|xml|[\w.+-]*\+xml|x-www-form-urlencoded|graphql))/i;
const STREAMS = /^(text\/event-stream|application\/(x-ndjson|stream\+json|grpc|octet-stream)|multipart\/x-mixed-replace|audio\/|video\/)/i;

export function isStream(mimeType: string): boolean {
  return STREAMS.test(mimeType);
}

export function isText(mimeType: string): boolean {
  return TEXTUAL.test(mimeType);
}

/** Headers with those of the deny-list masked. */
export function cleanHeaders(entries: Iterable<[string, string]>, policy: Policy): Headers_ {
  const out: Headers_ = {};
  let count = 0;
  for (const [name, value] of entries) {
    if (count++ >= 60) break;
    out[name.toLowerCase()] = secretHeader(name, policy.secret)
      ? MASK
      : policy.strict ? MASK : scrubText(policy.url(value.slice(0, 1000)), policy.secret);
  }
  return out;
}

function scrubJson(value: unknown, secret: SecretNames, depth: number): unknown {
  if (depth > 20) return MASK;
  if (Array.isArray(value)) return value.map((item) => scrubJson(item, secret, depth + 1));
  if (typeof value === "string") return scrubText(value, secret);
  if (typeof value !== "object" || value === null) return value;
  const out: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) out[name] = secret(name) ? MASK : scrubJson(item, secret, depth + 1);
  return out;
}

/** A body's text, cut and with secrets taken out; where nobody can tell what is secret, its length alone. */
export function cleanBody(text: string, policy: Policy): string {
  const cut = text.length > MAX_BODY;
  const part = cut ? text.slice(0, MAX_BODY) : text;
  if (!cut && /^\s*[[{]/.test(part)) {
    try {
      return JSON.stringify(scrubJson(JSON.parse(part), policy.secret, 0));
    } catch {
      // Not JSON after all.
    }
  }
  if (/^[\w.%+[\]-]+=[^\s]*$/.test(part)) return policy.url(`?${part}`).slice(1) + (cut ? "…" : "");
  if (/[{<]/.test(part)) return `[${text.length} characters]`;
  return scrubText(part, policy.secret) + (cut ? `… (${text.length} characters)` : "");
}

export function bodyText(body: unknown): string | null {
  if (typeof body === "string") return body;
  if (body instanceof URLSearchParams) return String(body);
  if (body instanceof FormData) return `[FormData ${[...new Set([...body.keys()])].join(", ")}]`;
  return null;
}

/**
 * Reads a copy of the answer, no more than is kept and no longer than a moment; the rest of the copy is cancelled, which
 * leaves the page's own branch alone.
 */
export async function readCopy(copy: Response): Promise<string | null> {
  const reader = copy.body?.getReader();
  if (!reader) return null;
  const decoder = new TextDecoder();
  let text = "";
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), MAX_WAIT);
  try {
    while (text.length <= MAX_BODY) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      text += decoder.decode(value, { stream: true });
    }
    void reader.cancel().catch(() => undefined);
    return text;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
