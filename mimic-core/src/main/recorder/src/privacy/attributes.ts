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
  /** Asked where the element is masked. */
  svg: boolean;
  field: boolean;
  /** For fields: the value is a password, or was one once. */
  password: boolean;
}

const FIELDS = new Set("input textarea select option optgroup datalist".split(" "));

export function isField(tag: string): boolean {
  return FIELDS.has(tag);
}

/** Texts up to this length hold no secret by their look. */
const SHORT = 15;

type Value = string | number | boolean;
const enum Kind { Free, Plain, Style, Rrweb, Never, State, Mark, Url, Srcset, Other }

/** What a name says of its attribute. Asked for every attribute of every node, hence decided once. */
export interface Named {
  name: string;
  kind: Kind;
  /** May be kept where only the shape of an element is. */
  shape: boolean;
  /** The same in SVG, where more attributes are shape. */
  svg: boolean;
  data: boolean;
}

function kindOf(name: string, { secret }: Policy): Kind {
  if (name === "class" || name === "type") return Kind.Free;
  if (name === "style" || name === "_csstext") return Kind.Style;
  if (name.startsWith("rr_")) return Kind.Rrweb;
  if (name.startsWith("on") || name === "srcdoc" || name === "nonce" || name === "integrity") return Kind.Never;
  if (name === "checked" || name === "selected") return Kind.State;
  if (name.startsWith("data-mimic")) return Kind.Mark;
  if (URLS.has(name)) return Kind.Url;
  if (name === "srcset" || name === "imagesrcset") return Kind.Srcset;
  return /^(value|placeholder|text)$|^ng-reflect-/.test(name) || secret(name) ? Kind.Other : Kind.Plain;
}

function named(given: string, policy: Policy): Named {
  const name = given.toLowerCase();
  const shape = SHAPE.has(name) || /^aria-(?!label$|desc|placeholder|value|role|braille)/.test(name);
  const answer = { name, kind: kindOf(name, policy), shape, svg: shape || !/^(aria-|data-|desc|(title|label|value|alt|text|placeholder)$|(?!xml)\w+:)/.test(name), data: name.startsWith("data-") };
  if (policy.known.size < 2000) policy.known.set(given, answer);
  return answer;
}

/** What an attribute may say; `null` removes it. */
export function cleanAttribute(given: string, value: Value, place: Place, policy: Policy): Value | null {
  const attribute = policy.known.get(given) ?? named(given, policy);
  const { name, kind } = attribute;
  if (kind === Kind.Free) return value;
  if (kind === Kind.Never) return null;
  if (kind === Kind.Rrweb) return name === "rr_src" ? scrubUrl(String(value), policy.secret, policy.strict) : value;
  if (kind === Kind.State) return policy.strict ? null : value;
  if (typeof value !== "string" || value === "") return value;
  // Most are: too short for what is looked for in texts.
  if (kind === Kind.Plain && value.length <= SHORT && !place.masked && !place.field && !value.includes("=")) return value;
  if (kind === Kind.Style) return cleanCss(value, policy);
  if (policy.preset === "none" && !place.masked) return open(attribute, value, place, policy);
  if (kind === Kind.Mark) return value;
  if (kind === Kind.Url) return url(value, place, policy);
  if (kind === Kind.Srcset) return place.masked ? "" : scrubSrcset(value, policy.secret, policy.strict);
  if (place.masked || place.field) return shapeOnly(attribute, value, place);
  return ordinary(attribute, value, place, policy);
}

/** Preset `none`: as it is, except passwords and what names itself a secret in a URL. */
function open({ name, kind, data }: Named, value: string, place: Place, policy: Policy): string {
  if (place.password && (name === "value" || data)) return secretStars(value);
  return kind === Kind.Url ? scrubUrl(value, policy.secret) : value;
}

function url(value: string, place: Place, policy: Policy): string {
  if (place.masked) {
    if (/^(data|blob):/i.test(value)) return EMPTY_IMAGE;
    if (!policy.strict) return "#";
  }
  return scrubUrl(value, policy.secret, policy.strict);
}

function shapeOnly({ name, shape, svg }: Named, value: string, place: Place): string {
  if (place.svg ? svg : shape) return value;
  return place.password || name !== "value" ? secretStars(value) : valueStars(value);
}

function ordinary({ name, data }: Named, value: string, place: Place, policy: Policy): string {
  if (name === "value" && !NUMERIC_VALUE.has(place.tag)) return valueStars(value);
  if (name.startsWith("ng-reflect-")) return secretStars(value);
  if ((name === "placeholder" || name === "text") && place.tag.includes("-")) return valueStars(value);
  if (policy.secret(name)) return SHAPE.has(name) ? value : MASK;
  if (data && (looksRandom(value) || /[?&#][\w-]+=/.test(value))) return scrubLoose(value, policy);
  return value.length > SHORT ? scrubText(value, policy.secret) : value;
}

function scrubLoose(value: string, policy: Policy): string {
  return looksRandom(value) ? MASK : scrubText(scrubUrl(value, policy.secret), policy.secret);
}
