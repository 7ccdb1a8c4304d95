import { cleanCss } from "./css";
import { MASK, looksRandom, scrubText } from "./secrets";
import { scrubSrcset, scrubUrl } from "./url";
import { secretStars, valueStars } from "./mask";
import type { Policy } from "./policy";

/** Attributes that shape an element and hold nothing that anybody typed or reads. */
const SHAPE = new Set(
  (
    "id class style type name rows cols size disabled checked readonly required multiple selected tabindex role hidden dir lang " +
    "width height for form min max step maxlength rel media colspan rowspan span align valign border cellpadding cellspacing " +
    "bgcolor color face open start controls sizes contenteditable inert popover slot is wrap target crossorigin autocomplete"
  ).split(" "),
);
const URLS = new Set(
  "href src action formaction poster cite data xlink:href ping background longdesc codebase rr_src manifest".split(" "),
);
const NUMERIC_VALUE = new Set(["li", "progress", "meter"]);
const EMPTY_IMAGE = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";

export interface Place {
  tag: string;
  /** Inside text that is masked: an editable region, a `mimic-mask` region, or any place under `strict`. */
  masked: boolean;
  svg: boolean;
  /** For fields: the value is a password, or was one once. */
  password: boolean;
}

export function isField(tag: string): boolean {
  return /^(input|textarea|select|option|optgroup|datalist)$/.test(tag);
}

type Value = string | number | boolean;

/** What an attribute may say; `null` removes it. */
export function cleanAttribute(name: string, value: Value, place: Place, policy: Policy): Value | null {
  const lower = name.toLowerCase();
  if (typeof value === "string" && (lower === "style" || lower === "_csstext")) return cleanCss(value, policy);
  if (lower.startsWith("rr_")) return lower === "rr_src" ? scrubUrl(String(value), policy.secret, policy.strict) : value;
  if (lower.startsWith("on") || lower === "srcdoc" || lower === "nonce" || lower === "integrity") return null;
  if (lower === "checked" || lower === "selected") return policy.strict ? null : value;
  if (typeof value !== "string") return value;
  if (value === "" || lower === "type") return value;
  if (policy.preset === "none" && !place.masked) return open(lower, value, place, policy);
  if (lower.startsWith("data-mimic")) return value;
  if (URLS.has(lower)) return url(value, place, policy);
  if (lower === "srcset" || lower === "imagesrcset") return place.masked ? "" : scrubSrcset(value, policy.secret, policy.strict);
  if (lower === "class") return value;
  if (place.masked || isField(place.tag)) return shapeOnly(lower, value, place);
  return ordinary(lower, value, place, policy);
}

/** Preset `none`: as it is, except passwords and what names itself a secret in a URL. */
function open(name: string, value: string, place: Place, policy: Policy): string {
  if (place.password && (name === "value" || name.startsWith("data-"))) return secretStars(value);
  return URLS.has(name) ? scrubUrl(value, policy.secret) : value;
}

function url(value: string, place: Place, policy: Policy): string {
  if (place.masked) {
    if (/^(data|blob):/i.test(value)) return EMPTY_IMAGE;
    if (!policy.strict) return "#";
  }
  return scrubUrl(value, policy.secret, policy.strict);
}

function shapeOnly(name: string, value: string, place: Place): string {
  if (SHAPE.has(name) || /^aria-(?!label$|desc|placeholder|value|role|braille)/.test(name)) return value;
  if (place.svg && !/^(aria-|data-|title$|desc)/.test(name)) return value;
  return place.password || name !== "value" ? secretStars(value) : valueStars(value);
}

function ordinary(name: string, value: string, place: Place, policy: Policy): string {
  if (name === "value" && !NUMERIC_VALUE.has(place.tag)) return valueStars(value);
  if (name.startsWith("ng-reflect-")) return secretStars(value);
  if (place.tag.includes("-") && (name === "placeholder" || name === "text")) return valueStars(value);
  if (policy.secret(name)) return SHAPE.has(name) ? value : MASK;
  if (name.startsWith("data-") && (looksRandom(value) || /[?&#][\w-]+=/.test(value))) return scrubLoose(value, policy);
  return value.length > 15 ? scrubText(value, policy.secret) : value;
}

function scrubLoose(value: string, policy: Policy): string {
  return looksRandom(value) ? MASK : scrubText(scrubUrl(value, policy.secret), policy.secret);
}
