import { readFile } from "node:fs/promises";

/**
 * Changes to @rrweb/record while it is bundled, because the host page must not notice the recorder. Each one names what it
 * repairs; one that no longer matches the library's text fails the build, so that an upgrade is looked at.
 */
const SUPPORT = `
import { setTimeout, clearTimeout, requestAnimationFrame, cancelAnimationFrame, console, addListener, mutationObserver }
  from "mimic:native";
import { resemble } from "mimic:disguise";
import { pageCall } from "mimic:page-call";
import { admitMutations } from "mimic:storm";
import { rememberPassword, isPassword } from "mimic:regions";
import { elementListener, keepFrame, alsoForFrame } from "mimic:frames";
import { arrayFrom } from "mimic:arrays";
`;

const PATCHES = [
  {
    why: "errors of the host's own calls must reach the host, those of the recorder must not",
    from: "return target.apply(thisArg, argumentsList);",
    to: "return pageCall(target, thisArg, argumentsList);",
    times: 8,
  },
  {
    why: "patched functions keep name, length and text, and get no prototype that they did not have",
    between: ["    if (typeof wrapped === \"function\") {\n      wrapped.prototype", "    source[name] = wrapped;\n"],
    to: "    const seen = resemble(original, wrapped);\n    source[name] = seen;\n",
  },
  {
    why: "property setters keep name and text",
    from: "      set(value) {\n        setTimeout(() => {\n          d.set.call(this, value);\n        }, 0);\n        if (original && original.set) {\n          original.set.call(this, value);\n        }\n      }",
    to: "      set: resemble(original.set, function (value) {\n        setTimeout(() => d.set.call(this, value), 0);\n        return original.set.call(this, value);\n      })",
  },
  {
    why: "listeners bypass Zone.js",
    from: "  target.addEventListener(type, fn, options);\n  return () => target.removeEventListener(type, fn, options);",
    to: "  return addListener(target, type, fn, options);",
  },
  {
    why: "Zone.js leaves DOM accessors alone; fetching untouched ones from a hidden iframe would change the page",
    from: "  return !!globalThis.Zone;",
    to: "  return false;",
  },
  {
    why: "mutation observers bypass Zone.js",
    from: "    getUntaintedPrototype(\"MutationObserver\").constructor,",
    to: "    mutationObserver(),",
  },
  {
    why: "a storm of mutations is refused before it costs anything",
    from: "      mutations.forEach(this.processMutation);",
    to: "      if (!admitMutations(mutations.length)) return;\n      mutations.forEach(this.processMutation);",
  },
  {
    why: "the page's DOM is not written to",
    from: "            target.setAttribute(\"data-rr-is-password\", \"true\");",
    to: "            rememberPassword(target);",
  },
  {
    why: "the page's DOM is not written to",
    from: "  return element.hasAttribute(\"data-rr-is-password\") ?",
    to: "  return isPassword(element) ?",
  },
  {
    why: "addRule and removeRule come back when recording stops, and answer what they answered",
    between: ["  win.CSSStyleSheet.prototype.addRule = function(", "  const deleteRule = win.CSSStyleSheet.prototype.deleteRule;"],
    to: "  const addRule = win.CSSStyleSheet.prototype.addRule;\n  if (addRule) win.CSSStyleSheet.prototype.addRule = resemble(addRule, function (selector = 'undefined', style = 'undefined', at) {\n    const { id, styleId } = getIdAndStyleId(this, mirror2, stylesheetManager.styleMirror);\n    const index2 = at === void 0 ? this.cssRules.length : at;\n    const answer = addRule.apply(this, arguments);\n    if (id && id !== -1 || styleId && styleId !== -1) styleSheetRuleCb({ id, styleId, adds: [{ rule: `${selector} { ${style} }`, index: index2 }] });\n    return answer;\n  });\n  const deleteRule = win.CSSStyleSheet.prototype.deleteRule;",
  },
  {
    why: "addRule and removeRule come back when recording stops",
    between: ["  win.CSSStyleSheet.prototype.removeRule = function(", "  let replace;"],
    to: "  const removeRule = win.CSSStyleSheet.prototype.removeRule;\n  if (removeRule) win.CSSStyleSheet.prototype.removeRule = resemble(removeRule, function (at = 0) {\n    const { id, styleId } = getIdAndStyleId(this, mirror2, stylesheetManager.styleMirror);\n    const answer = removeRule.apply(this, arguments);\n    if (id && id !== -1 || styleId && styleId !== -1) styleSheetRuleCb({ id, styleId, removes: [{ index: at }] });\n    return answer;\n  });\n  let replace;",
  },
  {
    why: "addRule and removeRule come back when recording stops",
    from: "    win.CSSStyleSheet.prototype.insertRule = insertRule;\n",
    to: "    win.CSSStyleSheet.prototype.insertRule = insertRule;\n    if (addRule) win.CSSStyleSheet.prototype.addRule = addRule;\n    if (removeRule) win.CSSStyleSheet.prototype.removeRule = removeRule;\n",
  },
  {
    why: "the property that shadows adoptedStyleSheets goes away when recording stops",
    between: ["  return callbackWrapper(() => {\n    Object.defineProperty(host2, \"adoptedStyleSheets\"", "function initStyleDeclarationObserver"],
    to: "  return callbackWrapper(() => {\n    delete host2.adoptedStyleSheets;\n  });\n}\nfunction initStyleDeclarationObserver",
  },
  {
    why: "an observer that ended leaves the list of buffers, which held its document for ever",
    from: "  observer.observe(rootEl, {\n    attributes: true,",
    to: "  const disconnect = observer.disconnect.bind(observer);\n  observer.disconnect = () => {\n    disconnect();\n    const at = mutationBuffers.indexOf(mutationBuffer);\n    if (at >= 0) mutationBuffers.splice(at, 1);\n  };\n  observer.observe(rootEl, {\n    attributes: true,",
  },
  {
    why: "the end of one frame must not end what is recorded of the others",
    from: "    mutationBuffers.forEach((b) => b.reset());\n",
    to: "    if (o.doc === document) mutationBuffers.slice().forEach((b) => b.reset());\n",
  },
  {
    why: "a frame that went away is forgotten",
    from: "        handlers.push(observe(iframeEl.contentDocument));",
    to: "        keepFrame(iframeEl, iframeEl.contentDocument, observe(iframeEl.contentDocument), mirror);",
  },
  {
    why: "a frame that went away is forgotten",
    from: "    this.patchAttachShadow(\n      iframeElement.contentWindow.Element,\n      iframeElement.contentDocument\n    );",
    to: "    this.patchAttachShadow(\n      iframeElement.contentWindow.Element,\n      iframeElement.contentDocument\n    );\n    alsoForFrame(iframeElement, this.restoreHandlers.pop());",
  },
  {
    why: "nodes of a shadow tree are forgotten with their host",
    from: "    this.idNodeMap.delete(id);\n    if (n.childNodes) {",
    to: "    this.idNodeMap.delete(id);\n    if (n.shadowRoot) this.removeNodeFromMap(n.shadowRoot);\n    if (n.childNodes) {",
  },
  {
    why: "one load listener for each frame, and none after stop",
    from: "    iframeEl.addEventListener(\"load\", () => {",
    to: "    elementListener(iframeEl, timer, () => {",
  },
  {
    why: "one load listener for each frame, and none after stop",
    from: "    return iframeEl.addEventListener(\"load\", listener);\n  }\n  iframeEl.addEventListener(\"load\", listener);",
    to: "    return elementListener(iframeEl, null, listener);\n  }\n  elementListener(iframeEl, null, listener);",
  },
  {
    why: "no load listener on style sheets after stop",
    from: "  link.addEventListener(\"load\", () => {",
    to: "  elementListener(link, timer, () => {",
  },
  {
    why: "the host's Array.from is not replaced",
    between: ["try {\n  if (Array.from([1], (x) => x * 2)[0] !== 2) {", "const mirror = createMirror();"],
    to: "const mirror = createMirror();",
  },
  { why: "prototype.js replaces Array.from", from: "Array.from(", to: "arrayFrom(", atLeast: 10 },
  {
    why: "canvases are captured by a file of their own, without a worker that a Content-Security-Policy would refuse",
    between: ["class CanvasManager {", "class StylesheetManager {"],
    to: "class CanvasManager { reset() {} freeze() {} unfreeze() {} lock() {} unlock() {} }\nclass StylesheetManager {",
  },
  {
    why: "no worker source is built",
    between: ["const blob = typeof self", "function WorkerWrapper("],
    to: "const blob = null;\nfunction WorkerWrapper(",
  },
  {
    why: "nothing warns about a mirror that the recorder does not use",
    between: ["if (typeof window !== \"undefined\" && window.Proxy && window.Reflect) {\n  _mirror", "function throttle("],
    to: "function throttle(",
  },
];

function occurrences(text, part) {
  return text.split(part).length - 1;
}

function apply(source, patch) {
  if (patch.between) {
    const [first, last] = patch.between;
    const start = source.indexOf(first);
    const end = source.indexOf(last, start);
    if (start < 0 || end < 0 || occurrences(source, first) !== 1) throw new Error(`@rrweb/record changed: ${patch.why} (${first})`);
    return source.slice(0, start) + patch.to + source.slice(end + last.length);
  }
  const found = occurrences(source, patch.from);
  const right = patch.atLeast ? found >= patch.atLeast : found === (patch.times ?? 1);
  if (!right) throw new Error(`@rrweb/record changed: ${patch.why} (found ${found} times: ${patch.from})`);
  return source.split(patch.from).join(patch.to);
}

export function patchRrweb(source) {
  return SUPPORT + PATCHES.reduce(apply, source);
}

const MODULES = {
  "mimic:native": "host/native.ts",
  "mimic:disguise": "host/disguise.ts",
  "mimic:page-call": "dom/page-call.ts",
  "mimic:storm": "dom/storm.ts",
  "mimic:regions": "privacy/regions.ts",
  "mimic:frames": "dom/frames.ts",
  "mimic:arrays": "host/arrays.ts",
};

export function rrwebPatches(sourceRoot) {
  return {
    name: "rrweb-patches",
    setup(build) {
      build.onResolve({ filter: /^mimic:/ }, (args) => ({ path: `${sourceRoot}/${MODULES[args.path]}` }));
      build.onLoad({ filter: /@rrweb[\\/]record[\\/]dist[\\/]record\.js$/ }, async (args) => ({
        contents: patchRrweb(await readFile(args.path, "utf8")),
        loader: "js",
      }));
    },
  };
}
