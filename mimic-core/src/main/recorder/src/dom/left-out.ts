import { COMMENT_NODE, ELEMENT_NODE, type SerialNode } from "../event";

/** What a replay never shows: scripts, comments, hints to the browser, and metadata, which may hold tokens. */
export function leftOut(node: SerialNode): boolean {
  if (node.type === COMMENT_NODE) return true;
  if (node.type !== ELEMENT_NODE) return false;
  const { tagName, attributes = {} } = node;
  if (tagName === "script" || tagName === "noscript") return true;
  if (tagName === "meta") return !("charset" in attributes) && attributes["name"] !== "viewport";
  return tagName === "link" && /preload|prefetch|preconnect|icon|manifest/.test(String(attributes["rel"])) && attributes["as"] !== "style";
}
