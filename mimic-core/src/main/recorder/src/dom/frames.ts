import { guarded } from "../host/guard";
import { addListener, clearTimeout } from "../host/native";

interface Nodes {
  removeNodeFromMap(node: Node): void;
}

interface Frame {
  document: Document;
  nodes: Nodes;
  stop: Array<() => void>;
}

/** The frames of the page's origin that rrweb looks into, and the load listeners that it waits with. */
const frames = new Map<Element, Frame>();
const waiting = new Map<Element, () => void>();

/** Called by rrweb when it has begun to observe a frame's document. */
export function keepFrame(element: Element, document: Document, stop: (() => void) | undefined, nodes: Nodes): void {
  forget(element);
  sweepFrames();
  frames.set(element, { document, nodes, stop: stop ? [stop] : [] });
}

export function alsoForFrame(element: Element, stop: (() => void) | undefined): void {
  if (stop) frames.get(element)?.stop.push(stop);
}

function forget(element: Element): void {
  const frame = frames.get(element);
  if (!frame) return;
  frames.delete(element);
  for (const stop of frame.stop) guarded(stop)();
  guarded(() => frame.nodes.removeNodeFromMap(frame.document))();
}

/** The shadow trees that rrweb observes, and what ends that. */
const shadows = new Map<ShadowRoot, Array<() => void>>();

export function keepShadow(root: ShadowRoot, stops: Array<() => void>): Array<() => void> {
  shadows.set(root, stops);
  return stops;
}

function forgetShadow(root: ShadowRoot): void {
  const stops = shadows.get(root)!;
  shadows.delete(root);
  for (const stop of stops.splice(0)) guarded(stop)();
}

/** The documents and shadow trees that rrweb observes. */
export function recordedRoots(): ParentNode[] {
  return [document, ...[...frames.values()].map((frame) => frame.document), ...shadows.keys()];
}

export function endShadows(): void {
  for (const root of [...shadows.keys()]) forgetShadow(root);
}

/** Forgets frames and shadow trees that are no longer in the page; they would stay in memory as long as it. */
export function sweepFrames(): void {
  for (const root of shadows.keys()) if (!root.isConnected || !root.ownerDocument.defaultView) forgetShadow(root);
  for (const element of frames.keys()) if (!element.isConnected) forget(element);
  for (const [element, undo] of waiting) {
    if (element.isConnected) continue;
    waiting.delete(element);
    undo();
  }
}

/** One load listener for each element; `timer` is rrweb's own deadline for it. */
export function elementListener(element: Element, timer: number | null, listener: () => void): void {
  waiting.get(element)?.();
  const remove = addListener(element, "load", listener);
  waiting.set(element, () => {
    remove();
    if (timer !== null) clearTimeout(timer);
  });
}

export function endFrames(): void {
  for (const element of [...frames.keys()]) forget(element);
  for (const undo of waiting.values()) undo();
  waiting.clear();
}
