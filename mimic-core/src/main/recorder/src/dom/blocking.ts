import { blocks } from "../privacy/regions";

/** rrweb's number of what a replay never shows. */
const LEFT_OUT = -2;

let lastTarget: Node | null = null;
let lastParent: Node | null = null;
let passed = false;
let parentBlocked = false;

/**
 * Whether changes of `target` and inside it are not recorded: it is left out, or blocked. Many changes of one batch have the
 * same target, or targets of one parent.
 */
export function passedOver(target: Node, nodes: { getId(node: Node): number }, selector: string): boolean {
  if (target === lastTarget) return passed;
  lastTarget = target;
  return (passed = nodes.getId(target) === LEFT_OUT || blockedTarget(target, selector));
}

function blockedTarget(target: Node, selector: string): boolean {
  const parent = target.parentNode;
  if (!parent) return blocks(target, selector);
  if (parent !== lastParent) {
    lastParent = parent;
    parentBlocked = blocks(parent, selector);
  }
  return parentBlocked || (target.nodeType === 1 && (target as Element).matches(selector));
}

export function forgetTarget(): void {
  lastTarget = lastParent = null;
}
