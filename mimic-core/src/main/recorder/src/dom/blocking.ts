import { BLOCK_DEFAULT } from "../privacy/policy";

let lastTarget: Element | null = null;
let lastBlocked = false;

/** Whether this element is blocked by itself. Asked for every node, hence without a selector where there is none of the operator's. */
export function blocksItself(element: Element, selector: string): boolean {
  if (selector !== BLOCK_DEFAULT) return element.matches(selector);
  return element.classList.contains("mimic-block") || element.hasAttribute("data-mimic-block");
}

/** Whether changes inside `target` are blocked. Many changes of one batch have the same target. */
export function blockedTarget(target: Node, selector: string): boolean {
  const element = target.nodeType === 1 ? (target as Element) : target.parentElement;
  if (!element) return false;
  if (element !== lastTarget) {
    lastTarget = element;
    lastBlocked = element.closest(selector) !== null;
  }
  return lastBlocked;
}

export function forgetTarget(): void {
  lastTarget = null;
}
