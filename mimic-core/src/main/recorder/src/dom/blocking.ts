import { BLOCK_DEFAULT } from "../privacy/policy";
import { blocks } from "../privacy/regions";

let lastTarget: Node | null = null;
let lastParent: Node | null = null;
let targetBlocked = false;
let parentBlocked = false;

/** Whether this element is blocked by itself. Asked for every node, hence without a selector where there is none of the operator's. */
export function blocksItself(element: Element, selector: string): boolean {
  if (selector !== BLOCK_DEFAULT) return element.matches(selector);
  return element.classList.contains("mimic-block") || element.hasAttribute("data-mimic-block");
}

/** Whether changes of `target` and inside it are blocked. Many changes of one batch have the same target, or targets of one parent. */
export function blockedTarget(target: Node, selector: string): boolean {
  if (target === lastTarget) return targetBlocked;
  lastTarget = target;
  const parent = target.parentNode;
  if (!parent) return (targetBlocked = blocks(target, selector));
  if (parent !== lastParent) {
    lastParent = parent;
    parentBlocked = blocks(parent, selector);
  }
  return (targetBlocked = parentBlocked || (target.nodeType === 1 && blocksItself(target as Element, selector)));
}

export function forgetTarget(): void {
  lastTarget = lastParent = null;
}
