import type { EmitPlugin } from "../event";
import type { Scope } from "../host/scope";
import { isField } from "../privacy/attributes";
import { stars } from "../privacy/mask";
import type { Policy } from "../privacy/policy";
import { blocksElement, ignoresElement, masksText } from "../privacy/regions";

const LABEL = 80;
const RAGE_MS = 1000;
const RAGE_PX = 30;
/** Nobody clicks two elements in one place as fast: a label hands its click on to its field. */
const HANDED_ON_MS = 30;
const CLICKABLE = 'a,button,input,select,textarea,label,summary,option,[role="button"],[role="link"],[role="menuitem"],[role="tab"],[onclick]';

interface Click {
  at: number;
  x: number;
  y: number;
  target: Element;
}

function selectorOf(element: Element): string {
  const parts: string[] = [];
  let current: Element | null = element;
  while (current && parts.length < 4) {
    const id: string = current.id && /^[A-Za-z][\w-]{0,40}$/.test(current.id) ? `#${current.id}` : "";
    const classes: string = id
      ? ""
      : [...current.classList].filter((name) => /^[A-Za-z][\w-]{0,30}$/.test(name)).slice(0, 2).map((name) => `.${name}`).join("");
    parts.unshift(current.localName + id + classes);
    if (id) break;
    current = current.parentElement;
  }
  return parts.join(" > ");
}

function labelOf(element: Element, policy: Policy): string {
  if (blocksElement(element, policy)) return "";
  const masked = masksText(element, policy);
  if (isField(element.localName) && policy.preset !== "none") {
    const type = element.getAttribute("type");
    return element.localName + (type ? `[${type}]` : "");
  }
  const named = (name: string): string => (masked ? stars : policy.text)(element.getAttribute(name) ?? "");
  const text = named("aria-label") || visibleText(element, policy) || named("title") || named("alt");
  return text.replace(/\s+/g, " ").trim().slice(0, LABEL);
}

/** The text outside masked and blocked parts. */
function visibleText(element: Element, policy: Policy): string {
  let text = "";
  const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walk.nextNode() && text.length < LABEL * 2) {
    const parent = walk.currentNode.parentElement;
    if (!parent || blocksElement(parent, policy)) continue;
    const part = walk.currentNode.nodeValue ?? "";
    text += masksText(parent, policy) ? stars(part) : part;
  }
  return text;
}

/** Records what was clicked, with a label masked as text is, and how often it was clicked in anger. */
export function recordClicks(scope: Scope, emit: EmitPlugin, policy: Policy): void {
  let recent: Click[] = [];
  scope.listen<MouseEvent>(document, "click", (event) => {
    const path = event.composedPath();
    const target = path[0];
    if (!(target instanceof Element)) return;
    const element = target.closest(CLICKABLE) ?? target;
    if (ignoresElement(element, policy)) return;
    const now = Date.now();
    recent = recent.filter(
      (click) => now - click.at < RAGE_MS && Math.hypot(click.x - event.clientX, click.y - event.clientY) < RAGE_PX,
    );
    if (recent.some((click) => now - click.at < HANDED_ON_MS && click.target !== target)) return;
    if (event.isTrusted || event.detail > 0 || event.clientX !== 0) recent.push({ at: now, x: event.clientX, y: event.clientY, target });
    emit("mimic/click@1", {
      label: labelOf(element, policy),
      selector: selectorOf(element),
      x: Math.round(event.clientX),
      y: Math.round(event.clientY),
      rage: Math.max(1, recent.length),
    }, 200);
  });
}
