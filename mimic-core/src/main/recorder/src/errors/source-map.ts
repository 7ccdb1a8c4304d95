import { fetch } from "../host/native";

const REFERENCE = /[#@]\s*sourceMappingURL=(\S+)/g;
/** A reference stands at the end of a script. */
const TAIL = 5000;
const known = new Map<string, Promise<string>>();

async function lookUp(script: string): Promise<string> {
  // From the browser's cache alone: an error costs the host no request.
  const response = await fetch.call(window, script, { cache: "only-if-cached", mode: "same-origin" });
  const text = (await response.text()).slice(-TAIL);
  const map = response.headers.get("SourceMap") ?? [...text.matchAll(REFERENCE)].pop()?.[1] ?? "";
  return map.startsWith("data:") ? "inline" : map && new URL(map, script).href;
}

/** Address of a script's source map, `inline` where the script holds it, or empty. For scripts of the page's own origin. */
export function sourceMapOf(script: string): Promise<string> {
  let answer = known.get(script);
  if (!answer) {
    answer = script.startsWith(`${location.origin}/`) ? lookUp(script).catch(() => "") : Promise.resolve("");
    if (known.size < 100) known.set(script, answer);
  }
  return answer;
}
