import {
  ADOPTED_STYLE_SHEET, CDATA_NODE, COMMENT_NODE, ELEMENT_NODE, FULL_SNAPSHOT, INCREMENTAL, INPUT, META, MUTATION,
  STYLE_DECLARATION, STYLE_SHEET_RULE, TEXT_NODE,
  type InputData, type MutationData, type RecordedEvent, type SerialNode,
} from "../event";
import { cleanAttribute, isField, type Place } from "./attributes";
import { cleanCss, cleanStyles } from "./css";
import { secretStars, stars, valueStars } from "./mask";
import type { Policy } from "./policy";
import { elementOf, ignoresElement, isPassword, masksText, masksTexts } from "./regions";
import { scrubText } from "./secrets";

interface Nodes {
  getNode(id: number): Node | null;
}

const NODE_BYTES = 48;
const STYLES = new Set([STYLE_SHEET_RULE, STYLE_DECLARATION, ADOPTED_STYLE_SHEET]);
/** Regions that the class and attributes of a serialised node can announce. */
const HINT = /\bmimic-(?:un)?mask\b/;

/**
 * Takes out of rrweb's events what must not leave the browser. Everything that rrweb recorded passes here before it is
 * kept, and what cannot be judged is masked. The events are changed in place.
 */
export class Sanitizer {
  private bytes = 0;

  constructor(
    private readonly policy: Policy,
    private readonly nodes: Nodes,
  ) {}

  /** Cleans the event and answers its estimated size. */
  clean(event: RecordedEvent): number {
    this.bytes = 64;
    const data = event.data as { source?: number; href?: string; node?: SerialNode };
    if (event.type === FULL_SNAPSHOT && data.node) this.tree(data.node, this.policy.strict, "", false);
    else if (event.type === META && data.href !== undefined) data.href = this.policy.url(data.href);
    else if (event.type === INCREMENTAL) this.incremental(data as { source: number });
    return this.bytes;
  }

  private incremental(data: { source: number }): void {
    if (data.source === MUTATION) this.mutation(data as MutationData);
    else if (data.source === INPUT) this.input(data as InputData);
    else {
      if (STYLES.has(data.source)) cleanStyles(data, this.policy);
      this.bytes += roughSize(data);
    }
  }

  private mutation(data: MutationData): void {
    const masks = masksTexts(this.policy);
    const regions = new Map<number, { masked: boolean; tag: string }>();
    for (const add of data.adds) {
      let region = regions.get(add.parentId);
      if (!region) {
        const parent = this.nodes.getNode(add.parentId);
        const element = elementOf(parent);
        region = {
          masked: parent?.nodeType === 9 && !element ? this.policy.strict : masks(element),
          tag: element?.localName ?? "",
        };
        regions.set(add.parentId, region);
      }
      this.tree(add.node, region.masked, region.tag, true);
    }
    for (const text of data.texts) {
      if (text.value === null) continue;
      const parent = elementOf(this.nodes.getNode(text.id));
      text.value = this.text(text.value, parent?.localName ?? "", masks(parent));
      this.bytes += text.value.length + 24;
    }
    for (const change of data.attributes) this.changed(change, masks);
    this.bytes += data.removes.length * 32;
  }

  private changed(change: MutationData["attributes"][number], masks: (element: Element | null) => boolean): void {
    const element = elementOf(this.nodes.getNode(change.id));
    const place = element ? this.placeOf(element, masks(element)) : unknownPlace(this.policy);
    for (const name in change.attributes) {
      const value = change.attributes[name];
      if (value === null || typeof value === "object" || value === undefined) {
        if (value) cleanStyles(value, this.policy);
        this.bytes += 64;
        continue;
      }
      const cleaned = cleanAttribute(name, value, place, this.policy);
      if (cleaned !== value) change.attributes[name] = cleaned ?? "";
      this.bytes += name.length + String(cleaned).length + 8;
    }
    this.bytes += 24;
  }

  private placeOf(element: Element, masked: boolean): Place {
    const tag = element.localName;
    const field = isField(tag);
    const hidden = masked || this.ignored(element);
    return {
      tag,
      masked: hidden,
      // Asked only where it counts: the answer costs more than all the rest.
      svg: hidden && element.namespaceURI === "http://www.w3.org/2000/svg",
      field,
      password: field && isPassword(element),
    };
  }

  private ignored(element: Element): boolean {
    return isField(element.localName) && ignoresElement(element, this.policy);
  }

  private input(data: InputData): void {
    const element = elementOf(this.nodes.getNode(data.id));
    if (!element || isPassword(element)) data.text = secretStars(data.text);
    else if (this.policy.preset !== "none" || masksText(element, this.policy) || this.ignored(element)) {
      data.text = (element as HTMLInputElement).type === "hidden" ? secretStars(data.text) : valueStars(data.text);
    }
    if (this.policy.strict) data.isChecked = false;
    this.bytes += data.text.length + 48;
  }

  private tree(node: SerialNode, masked: boolean, parentTag: string, live: boolean): void {
    this.bytes += NODE_BYTES;
    if (node.type === ELEMENT_NODE) {
      const tag = node.tagName ?? "";
      const inside = this.element(node, tag, masked, live);
      const children = node.childNodes;
      if (children) for (let i = 0; i < children.length; i++) this.tree(children[i]!, inside, tag, live);
    } else if (node.type === TEXT_NODE || node.type === CDATA_NODE) {
      node.textContent = this.text(node.textContent ?? "", parentTag, masked);
      this.bytes += node.textContent.length;
    } else if (node.type === COMMENT_NODE) {
      node.textContent = "";
    } else if (node.childNodes) {
      const inside = masked || this.editableDocument(node);
      for (const child of node.childNodes) this.tree(child, inside, parentTag, live);
    }
  }

  /** Cleans the attributes and answers whether the text inside is masked. */
  private element(node: SerialNode, tag: string, masked: boolean, live: boolean): boolean {
    const attributes = node.attributes ?? {};
    const inside = this.entering(node, tag, attributes, masked, live);
    const field = isField(tag);
    const place: Place = {
      tag,
      masked: inside,
      svg: node.isSVG === true,
      field,
      password: tag === "input" && this.passwordInput(node, attributes),
    };
    if (field && !inside && this.policy.preset === "none") {
      const element = this.nodes.getNode(node.id) as Element | null;
      place.masked = !element || this.ignored(element);
    }
    for (const name in attributes) {
      const cleaned = cleanAttribute(name, attributes[name]!, place, this.policy);
      if (cleaned === null) delete attributes[name];
      else {
        attributes[name] = cleaned;
        this.bytes += name.length + 8 + (typeof cleaned === "string" ? cleaned.length : 5);
      }
    }
    return inside;
  }

  private entering(
    node: SerialNode,
    tag: string,
    attributes: Record<string, unknown>,
    masked: boolean,
    live: boolean,
  ): boolean {
    const hinted =
      "contenteditable" in attributes ||
      "data-mimic-mask" in attributes ||
      "data-mimic-unmask" in attributes ||
      (typeof attributes["class"] === "string" && HINT.test(attributes["class"])) ||
      this.policy.custom !== null;
    if (hinted) {
      const element = this.nodes.getNode(node.id) as Element | null;
      if (element && element.nodeType === 1) return this.decided(element, masked, live);
      return this.policy.preset !== "none" || masked;
    }
    return masked || (this.policy.preset !== "none" && (tag === "textarea" || tag === "select" || tag === "option" || tag === "datalist"));
  }

  private decided(element: Element, masked: boolean, live: boolean): boolean {
    if (live) return masksText(element, this.policy);
    if (element.matches(this.policy.maskSelector)) return true;
    return element.matches(this.policy.showSelector) ? false : masked;
  }

  private passwordInput(node: SerialNode, attributes: Record<string, unknown>): boolean {
    const element = this.nodes.getNode(node.id) as Element | null;
    const type = String(attributes["type"] ?? "").toLowerCase();
    return isPassword(element) || type === "password" || (type === "hidden" && this.policy.preset !== "none");
  }

  private editableDocument(node: SerialNode): boolean {
    if (this.policy.preset === "none") return false;
    const real = this.nodes.getNode(node.id) as Document | null;
    return real?.nodeType === 9 && real.designMode === "on";
  }

  private text(text: string, parentTag: string, masked: boolean): string {
    if (parentTag === "style") return cleanCss(text, this.policy);
    if (text === "" || parentTag === "script") return text;
    if (this.policy.preset !== "none" && parentTag === "noscript") return "";
    if (masked) return stars(text);
    if (this.policy.preset === "none") return text;
    return text.length > 15 && (text.includes("eyJ") || text.includes("://")) ? scrubText(text, this.policy.secret) : text;
  }
}

function unknownPlace(policy: Policy): Place {
  return { tag: "input", masked: policy.preset !== "none", svg: false, field: true, password: true };
}

/** Small events are not worth a walk; style text and pictures are what makes the others large. */
function roughSize(data: object): number {
  let size = 0;
  for (const value of Object.values(data)) {
    if (typeof value === "string") size += value.length;
    else if (Array.isArray(value)) size += value.length * 60;
    else if (typeof value === "object" && value !== null) size += roughSize(value as object);
    else size += 12;
  }
  return size;
}
