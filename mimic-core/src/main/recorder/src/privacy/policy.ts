import type { Settings } from "../settings/settings";
import type { Named } from "./attributes";
import { MASK, looksRandom, secretNames, scrubText, type SecretNames } from "./secrets";
import { stars, type Preset } from "./mask";
import { scrubUrl } from "./url";

export const BLOCK_DEFAULT = ".mimic-block,[data-mimic-block]";
export const IGNORE_CLASS = "mimic-ignore";

/** The privacy settings in the form in which every part of the recorder asks for them. */
export interface Policy {
  preset: Preset;
  strict: boolean;
  secret: SecretNames;
  /** What names of attributes say, as far as they were asked for. */
  known: Map<string, Named>;
  /** Regions whose text is masked. */
  maskSelector: string;
  /** Regions that are shown although they lie in a masked one. */
  showSelector: string;
  /** Regions of either kind. */
  regionSelector: string;
  blockSelector: string;
  ignoreSelector: string;
  /** Selectors of the operator, which cannot be decided from a serialised node alone. */
  custom: string | null;
  /** Of a page or a request. */
  url(url: string): string;
  /** Text that a program wrote: console lines, messages. */
  text(text: string): string;
}

const EDITABLE = '[contenteditable]:not([contenteditable="false" i])';
const MASKED = ".mimic-mask,[data-mimic-mask]";
const FIELD_TEXT = "textarea,select,option,datalist";
const FIELDS = "input,textarea,select";
const MEDIA = "img,picture,video,audio,canvas,svg,iframe,object,embed";
const NOTHING = ":not(*)";
/** Long parts of a path that leads to no file: where a file lies is no secret, and a replay asks for it. */
const PARTS = /([^/]\/)([\w~+=-]{24,})(?![\w~+=.-]|[^?#\s]{0,300}\.\w{1,5}(?:[?#:)]|$))/g;

export function policyOf(settings: Settings): Policy {
  const preset = settings.privacy;
  const strict = preset === "strict";
  const secret = secretNames(settings.scrubParameters);
  const custom = settings.maskSelectors.length > 0 ? settings.maskSelectors.join(",") : null;
  const own = preset === "none" ? MASKED : `${MASKED},${EDITABLE},${FIELD_TEXT}`;
  const maskSelector = custom ? `${own},${custom}` : own;
  // A selector that could not be read may have named any of these.
  const closed = settings.complaint !== null;
  const showSelector = closed ? NOTHING : ".mimic-unmask,[data-mimic-unmask]";
  return {
    preset,
    strict,
    secret,
    known: new Map(),
    maskSelector,
    showSelector,
    regionSelector: `${maskSelector},${showSelector}`,
    blockSelector: [BLOCK_DEFAULT, ...settings.blockSelectors, ...(closed ? [MEDIA] : [])].join(","),
    ignoreSelector: [`.${IGNORE_CLASS}`, "[data-mimic-ignore]", ...settings.ignoreSelectors, ...(closed ? [FIELDS] : [])].join(","),
    custom,
    url: (url) => scrubUrl(url, secret, strict).replace(PARTS, (all, before: string, part: string) => (looksRandom(part) ? before + MASK : all)),
    text: (text) => (strict ? stars(text) : scrubText(text, secret)),
  };
}
