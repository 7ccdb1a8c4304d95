import type { EmitPlugin } from "../event";
import type { Scope } from "../host/scope";
import { isField } from "../privacy/attributes";
import { stars } from "../privacy/mask";
import type { Policy } from "../privacy/policy";
import { blocks, ignoresElement, masksText } from "../privacy/regions";
import { scrubText } from "../privacy/secrets";

const LABEL = 80;
const NAME = /^[a-z][\w-]{0,30}$/i;
const RAGE_MS = 1000;
const RAGE_PX = 30;
/** Nobody clicks two elements in one place as fast: a label hands its click on to its field. */
const HANDED_ON_MS = 30;
const CLICKABLE = 'a,button,input,select,textarea,label,summary,option,[role="button"],[role="link"],[role="menuitem"],[role="tab"],[onclick]';

function selectorOf(element: Element): string {
  const parts: string[] = [];
  let current: Element | null = element;
  while (current && parts.length < 4) {
    const id: string = NAME.test(current.id) ? `#${current.id}` : "";
    parts.unshift(current.localName + (id || [...current.classList].filter((name) => NAME.test(name)).slice(0, 2).map((name) => `.${name}`).join("")));
    current = id ? null : current.parentElement;
  }
  return parts.join(" > ");
}

function labelOf(element: Element, policy: Policy): string {
  if (blocks(element, policy.blockSelector)) return "";
  if (isField(element.localName) && policy.preset !== "none") {
    const type = element.getAttribute("type");
    return element.localName + (type ? `[${type}]` : "");
  }
  const named = (name: string): string => shown(element.getAttribute(name) ?? "", element, policy);
  const text = named("aria-label") || visibleText(element, policy) || named("title") || named("alt");
  return text.replace(/\s+/g, " ").trim().slice(0, LABEL);
}

function shown(text: string, element: Element, policy: Policy): string {
  return masksText(element, policy) ? stars(text) : scrubText(text, policy.secret);
}

/** The text outside masked and blocked parts, of elements that show any. */
function visibleText(element: Element, policy: Policy): string {
  let text = "";
  const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walk.nextNode() && text.length < LABEL * 2) {
    const parent = walk.currentNode.parentElement;
    if (!parent || /^(no)?script$|^style$/.test(parent.localName) || blocks(parent, policy.blockSelector)) continue;
    text += shown(walk.currentNode.nodeValue ?? "", parent, policy);
  }
  return text;
}

/** Records what was clicked, with a label masked as text is, and how often it was clicked in anger. */
export function recordClicks(scope: Scope, emit: EmitPlugin, policy: Policy): void {
  let recent: Array<{ at: number; x: number; y: number }> = [];
  /** What was clicked last, held by nothing here. */
  let last = new WeakSet<EventTarget>();
  scope.listen<MouseEvent>(document, "click", (event) => {
    const target = event.composedPath()[0];
    if (!(target instanceof Element)) return;
    const element = target.closest(CLICKABLE) ?? target;
    if (ignoresElement(element, policy)) return;
    const { clientX: x, clientY: y, timeStamp: at } = event;
    recent = recent.filter((click) => at - click.at < RAGE_MS && Math.hypot(click.x - x, click.y - y) < RAGE_PX);
    if (!last.has(event.target!) && recent.some((click) => at - click.at < HANDED_ON_MS)) return;
    last = new WeakSet([event.target!]);
    // the click of a key or a script has no place, and no anger
    const placed = event.detail > 0 || x !== 0;
    if (placed) recent.push({ at, x, y });
    emit("mimic/click@1", {
      label: labelOf(element, policy),
      selector: selectorOf(element),
      x: x | 0,
      y: y | 0,
      rage: placed ? recent.length : 1,
    }, 200);
  });
}
