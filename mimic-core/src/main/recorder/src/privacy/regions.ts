import type { Policy } from "./policy";

/** Inputs that hold or once held a password; some pages turn them into text to show what was typed. */
const passwords = new WeakSet<Element>();

export function rememberPassword(element: Element): void {
  passwords.add(element);
}

export function isPassword(element: Element | null): boolean {
  if (!element) return false;
  if (passwords.has(element)) return true;
  if (element.localName !== "input") return false;
  const type = (element as HTMLInputElement).type;
  if (type !== "password" && type !== "hidden") return false;
  if (type === "password") passwords.add(element);
  return type === "password";
}

function nearest(element: Element, selector: string): Element | null {
  let from: Element | null = element;
  while (from) {
    const found: Element | null = from.closest(selector);
    if (found) return found;
    from = above(from);
  }
  return null;
}

/** The element that holds this one's tree: a shadow host, or the frame of a document of the same origin. */
function above(element: Element): Element | null {
  const root = element.getRootNode();
  if (root.nodeType === 11) return (root as ShadowRoot).host ?? null;
  try {
    return element.ownerDocument.defaultView?.frameElement ?? null;
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

export function blocksElement(element: Element, policy: Policy): boolean {
  return nearest(element, policy.blockSelector) !== null;
}

export function ignoresElement(element: Element, policy: Policy): boolean {
  return nearest(element, policy.ignoreSelector) !== null;
}
