import type { Policy } from "./policy";

/** Inputs that hold or once held a password; some pages turn them into text to show what was typed. */
const passwords = new WeakSet<Element>();

export function rememberPassword(element: Element): void {
  passwords.add(element);
}

export function isPassword(element: Element | null): boolean {
  if (element?.localName !== "input") return false;
  if (passwords.has(element)) return true;
  const type = (element as HTMLInputElement).type;
  if (type !== "password" && type !== "hidden") return false;
  if (type === "password") passwords.add(element);
  return type === "password";
}

/** The element that a node belongs to: itself, its parent, or what holds its tree. */
export function elementOf(node: Node | null): Element | null {
  if (!node || node.nodeType === 1) return node as Element | null;
  return node.parentElement ?? above(node);
}

function nearest(node: Node | null, selector: string): Element | null {
  let from = elementOf(node);
  while (from) {
    const found: Element | null = from.closest(selector);
    if (found) return found;
    from = above(from);
  }
  return null;
}

/** The element that holds this node's tree: a shadow host, or the frame of a document of the same origin. */
function above(node: Node): Element | null {
  const root = node.getRootNode();
  if (root.nodeType === 11) return (root as ShadowRoot).host ?? null;
  try {
    return (root as Document).defaultView?.frameElement ?? null;
  } catch {
    return null;
  }
}

/** Whether the text in this element is masked. */
export function masksText(element: Element | null, policy: Policy): boolean {
  if (!element) return policy.preset !== "none";
  if (policy.preset !== "none" && element.ownerDocument.designMode === "on") return true;
  const decisive = nearest(element, policy.regionSelector);
  if (!decisive) return policy.strict;
  return !decisive.matches(policy.showSelector) || decisive.matches(policy.maskSelector);
}

/** `masksText` for many elements at one moment: siblings that decide nothing themselves are as the first of them. */
export function masksTexts(policy: Policy): (element: Element | null) => boolean {
  const parents = new Map<Element, boolean>();
  return (element) => {
    const parent = element?.parentElement;
    if (!parent || element!.matches(policy.regionSelector)) return masksText(element, policy);
    let masked = parents.get(parent);
    if (masked === undefined) parents.set(parent, (masked = masksText(parent, policy)));
    return masked;
  };
}

/** Whether nothing of this node is recorded: it lies in a blocked element, be it through shadow trees and frames. */
export function blocks(node: Node | null, selector: string): boolean {
  return nearest(node, selector) !== null;
}

export function ignoresElement(element: Element, policy: Policy): boolean {
  return nearest(element, policy.ignoreSelector) !== null;
}
