import { readFile } from "node:fs/promises";

/**
 * Changes to @rrweb/record while it is bundled, because the host page must not notice the recorder. Each one names what it
 * repairs; one that no longer matches the library's text fails the build, so that an upgrade is looked at.
 */
const SUPPORT = `
import { setTimeout, clearTimeout, requestAnimationFrame, cancelAnimationFrame, console, addListener, mutationObserver }
  from "mimic:native";
import { noteCalls, resemble } from "mimic:disguise";
import { watchSheets } from "mimic:sheets";
import { admitMutations, mutationsHandled } from "mimic:storm";
import { passedOver } from "mimic:blocking";
import { rememberPassword, isPassword, blocks } from "mimic:regions";
import { elementListener, keepFrame, alsoForFrame, keepShadow, endShadows } from "mimic:frames";
import { arrayFrom } from "mimic:arrays";
import { leftOut } from "mimic:left-out";
`;

const PATCHES = [
  {
    why: "property setters keep name and text, come back as they were, and are left alone where the page has frozen them",
    between: ["function hookSetter(", "function getWindowScroll("],
    to: "function hookSetter(target, key, d) {\n  const original = Object.getOwnPropertyDescriptor(target, key);\n  if (!original || !original.set || !original.configurable) return () => {};\n  const set = resemble(original.set, function (value) {\n    setTimeout(() => d.set.call(this, value), 0);\n    return original.set.call(this, value);\n  });\n  Object.defineProperty(target, key, { set });\n  return () => {\n    if (Object.getOwnPropertyDescriptor(target, key)?.set === set) Object.defineProperty(target, key, original);\n  };\n}\nfunction getWindowScroll(",
  },
  {
    why: "browsers know how addresses are put together",
    between: ["function extractOrigin(", "const URL_IN_CSS_REF"],
    to: "const URL_IN_CSS_REF",
  },
  {
    why: "browsers know how addresses are put together",
    between: ["const URL_PROTOCOL_MATCH =", "function normalizeCssString("],
    to: `function absolutifyURLs(cssText, href) {
  return (cssText || "").replace(URL_IN_CSS_REF, (all, quote1, path1, quote2, path2, path3) => {
    const path = path1 || path2 || path3;
    const quote = quote1 || quote2 || "";
    if (!path || /^([a-z][\\w+.-]*:|\\/\\/|#)/i.test(path)) return all;
    try {
      return "url(" + quote + new URL(path, href).href + quote + ")";
    } catch {
      return all;
    }
  });
}
function normalizeCssString(`,
  },
  {
    why: "one expression finds what is in a list of pictures",
    between: ["const SRCSET_NOT_SPACES =", "const cachedDocument ="],
    to: `function getAbsoluteSrcsetString(doc, value) {
  return [...value.matchAll(/([^\\s,](?:\\S*[^\\s,])?)([^,]*)/g)].map(([, url, size]) => (absoluteToDoc(doc, url) + size).trim()).join(", ");
}
const cachedDocument =`,
  },
  {
    why: "what is no shadow root has no host",
    between: ["function getShadowHost(", "function getRootShadowHost("],
    to: "function getShadowHost(n) {\n  const root = index.getRootNode(n);\n  return isShadowRoot(root) ? index.host(root) : null;\n}\nfunction getRootShadowHost(",
  },
  {
    why: "every browser has these since long",
    between: ["function getWindowScroll(", "function closestElementOfNode("],
    to: "function getWindowScroll(win) {\n  const { scrollingElement: el } = win.document;\n  return { left: el ? el.scrollLeft : win.pageXOffset, top: el ? el.scrollTop : win.pageYOffset };\n}\nfunction getWindowHeight() {\n  return window.innerHeight;\n}\nfunction getWindowWidth() {\n  return window.innerWidth;\n}\nfunction closestElementOfNode(",
  },
  {
    why: "the page's calls come first, and fail or succeed as they would without a recorder",
    between: ["function initStyleSheetObserver(", "function initAdoptedStyleSheetObserver("],
    to: "function initStyleSheetObserver({ styleSheetRuleCb, styleDeclarationCb, mirror: mirror2, stylesheetManager }, { win }) {\n  return watchSheets(win, (sheet) => getIdAndStyleId(sheet, mirror2, stylesheetManager.styleMirror), styleSheetRuleCb, styleDeclarationCb);\n}\nfunction initAdoptedStyleSheetObserver(",
  },
  {
    why: "the page's calls come first, and fail or succeed as they would without a recorder",
    between: ["  const restoreHandler = patch(\n    win.customElements,", "  return restoreHandler;\n"],
    to: "  return noteCalls(win.CustomElementRegistry.prototype, \"define\", (_self, [name]) => customElementCb({ define: { name } }));\n",
  },
  {
    why: "the page's calls come first, and fail or succeed as they would without a recorder",
    between: ["      patch(\n        element.prototype,\n        \"attachShadow\",", "    );\n  }\n  reset() {"],
    to: "      noteCalls(element.prototype, \"attachShadow\", (self, _args, root) => {\n        if (index.shadowRoot(self) && inDom(self)) manager.addShadowRoot(root, doc);\n      })\n    );\n  }\n  reset() {",
  },
  {
    why: "sheets and declarations are watched together",
    from: "    styleDeclarationObserver = initStyleDeclarationObserver(o, {\n      win: currentWindow\n    });\n",
    to: "",
  },
  {
    why: "listeners bypass Zone.js",
    from: "  target.addEventListener(type, fn, options);\n  return () => target.removeEventListener(type, fn, options);",
    to: "  return addListener(target, type, fn, options);",
  },
  {
    why: "DOM accessors are taken as they are: fetching untouched ones from a hidden frame would change the page",
    between: ["const testableAccessors = {", "function isElement(n) {"],
    to: `function reader(type, name) {
  const { get } = Object.getOwnPropertyDescriptor(window[type].prototype, name) || {};
  return get ? (n) => get.call(n) : (n) => n[name];
}
function childrenOf(n) {
  const children = [];
  for (let child = index.firstChild(n); child; child = index.nextSibling(child)) children.push(child);
  return children;
}
const hostOf = reader("ShadowRoot", "host");
const shadowOf = reader("Element", "shadowRoot");
const index = {
  ownerDocument: reader("Node", "ownerDocument"),
  parentNode: reader("Node", "parentNode"),
  parentElement: reader("Node", "parentElement"),
  textContent: reader("Node", "textContent"),
  firstChild: reader("Node", "firstChild"),
  lastChild: reader("Node", "lastChild"),
  nextSibling: reader("Node", "nextSibling"),
  previousSibling: reader("Node", "previousSibling"),
  contains: (n, other) => Node.prototype.contains.call(n, other),
  getRootNode: (n) => Node.prototype.getRootNode.call(n),
  host: (n) => (n && "host" in n ? hostOf(n) : null),
  shadowRoot: (n) => (n && "shadowRoot" in n ? shadowOf(n) : null),
};
function isElement(n) {`,
  },
  {
    why: "mutation observers bypass Zone.js",
    from: "  const [ObserverCtor, iframeCleanup] = mutationObserverCtor();\n  const observer = new ObserverCtor(",
    to: "  const observer = new (mutationObserver())(",
  },
  { why: "no frame is made to find untouched accessors, and none is taken away", from: "  return [observer, iframeCleanup];", to: "  return observer;" },
  { why: "no frame is made to find untouched accessors, and none is taken away", from: "    const [observer] = initMutationObserver(", to: "    const observer = initMutationObserver(" },
  { why: "Date.now is a browser's oldest word for the time", from: "nowTimestamp()", to: "Date.now()", times: 3 },
  {
    why: "of many attributes each is looked at once; the page's DOM is not written to; comparing styles breaks no Content-Security-Policy: CSSOM may, an attribute may not",
    between: ["        case \"attributes\": {\n", "        case \"childList\": {"],
    to: `        case "attributes": {
          const { target, oldValue } = m;
          let { attributeName } = m;
          const tagName = toLowerCase(target.tagName);
          let value = target.getAttribute(attributeName);
          if (attributeName === "value") value = maskInputValue({ element: target, maskInputOptions: this.maskInputOptions, tagName, type: getInputType(target), value, maskInputFn: this.maskInputFn });
          if (value === oldValue) return;
          if (attributeName === "src" && tagName === "iframe") {
            if (target.contentDocument) return;
            attributeName = "rr_src";
          }
          let item = this.attributeMap.get(target);
          if (!item) {
            item = { node: target, attributes: {} };
            this.attributes.push(item);
            this.attributeMap.set(target, item);
          }
          if (attributeName === "type" && tagName === "input" && (oldValue || "").toLowerCase() === "password") rememberPassword(target);
          if (ignoreAttribute(tagName, attributeName)) return;
          const { attributes } = item;
          attributes[attributeName] = transformAttribute(this.doc, tagName, toLowerCase(attributeName), value);
          if (attributeName === "style") {
            const diff = item.styleDiff ||= {};
            const unchanged = item._unchangedStyles ||= {};
            const old = (this.unattachedDoc ||= document.implementation.createHTMLDocument()).createElement("span").style;
            const { style } = target;
            old.cssText = oldValue || "";
            for (const name of Array.from(style)) {
              const now = style.getPropertyValue(name);
              const priority = style.getPropertyPriority(name);
              if (now !== old.getPropertyValue(name) || priority !== old.getPropertyPriority(name)) diff[name] = priority === "" ? now : [now, priority];
              else unchanged[name] = [now, priority];
            }
            for (const name of Array.from(old)) if (style.getPropertyValue(name) === "") diff[name] = false;
          } else if (attributeName === "open" && tagName === "dialog") attributes.rr_open_mode = target.matches("dialog:modal") ? "modal" : "non-modal";
          break;
        }
        case "childList": {`,
  },
  {
    why: "a storm of mutations is refused before it costs anything, and what the others cost is watched",
    from: "      mutations.forEach(this.processMutation);\n      this.emit();",
    to: "      if (!admitMutations(mutations.length)) return;\n      mutations.forEach(this.processMutation);\n      this.emit();\n      mutationsHandled(mutations.length);",
  },
  {
    why: "the page's DOM is not written to",
    from: "  return element.hasAttribute(\"data-rr-is-password\") ?",
    to: "  return isPassword(element) ?",
  },
  {
    why: "a document that the page has frozen is left alone",
    from: "  if (hostId === null || hostId === -1 || !patchTarget || !originalPropertyDescriptor)\n",
    to: "  if (hostId === null || hostId === -1 || !patchTarget || !originalPropertyDescriptor || !Object.isExtensible(host2))\n",
  },
  {
    why: "the property that shadows adoptedStyleSheets goes away when recording stops",
    between: ["  return callbackWrapper(() => {\n    Object.defineProperty(host2, \"adoptedStyleSheets\"", "function initStyleDeclarationObserver"],
    to: "  return callbackWrapper(() => {\n    delete host2.adoptedStyleSheets;\n  });\n}\nfunction initStyleDeclarationObserver",
  },
  {
    why: "what is defined on a document or shadow root can be taken away again",
    from: "    configurable: originalPropertyDescriptor.configurable,\n",
    to: "    configurable: true,\n",
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
    why: "a shadow tree that went away is forgotten",
    from: "    this.restoreHandlers.push(() => observer.disconnect());\n    this.restoreHandlers.push(\n      initScrollObserver({",
    to: "    const stops = keepShadow(shadowRoot2, [() => this.shadowDoms.delete(shadowRoot2), () => observer.disconnect()]);\n    stops.push(\n      initScrollObserver({",
  },
  {
    why: "a shadow tree that went away is forgotten",
    from: "    setTimeout(() => {\n      if (shadowRoot2.adoptedStyleSheets && ",
    to: "    setTimeout(() => {\n      if (!stops[0]) return;\n      if (shadowRoot2.adoptedStyleSheets && ",
  },
  {
    why: "a shadow tree that went away is forgotten",
    from: "      this.restoreHandlers.push(\n        initAdoptedStyleSheetObserver(",
    to: "      stops.push(\n        initAdoptedStyleSheetObserver(",
  },
  {
    why: "a shadow tree that went away is forgotten",
    from: "  reset() {\n    this.restoreHandlers.forEach((handler) => {",
    to: "  reset() {\n    endShadows();\n    this.restoreHandlers.forEach((handler) => {",
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
  { why: "the browser makes and keeps a list for each node that is asked for one", from: "Array.from(index.childNodes(n))", to: "childrenOf(n)" },
  { why: "the browser makes and keeps a list for each node that is asked for one", from: "Array.from(index.childNodes(shadowRootEl))", to: "childrenOf(shadowRootEl)" },
  { why: "the browser makes and keeps a list for each node that is asked for one", from: "index.childNodes(", to: "childrenOf(", atLeast: 6 },
  { why: "prototype.js replaces Array.from", from: "Array.from(", to: "arrayFrom(", atLeast: 9 },
  {
    why: "canvases are captured by a file of their own, without a worker that a Content-Security-Policy would refuse",
    between: ["class CanvasManager {", "class StylesheetManager {"],
    to: "class CanvasManager { reset() {} freeze() {} unfreeze() {} lock() {} unlock() {} }\nclass StylesheetManager {",
  },
  {
    why: "frames of other origins are not recorded",
    between: ["class CrossOriginIframeMirror {", "  addLoadListener(cb) {"],
    to: "class IframeManager {\n  constructor(options) {\n    Object.assign(this, options);\n  }\n  addLoadListener(cb) {",
  },
  {
    why: "frames of other origins are not recorded",
    between: ["  handleMessage(message) {", "class ShadowDomManager {"],
    to: "}\nclass ShadowDomManager {",
  },
  {
    why: "frames of other origins are not recorded",
    between: ["  const inEmittingFrame = recordCrossOriginIframes", "  if (mousemoveWait !== void 0"],
    to: "  const inEmittingFrame = true, passEmitsToParent = false;\n  if (mousemoveWait !== void 0",
  },
  {
    why: "no hooks are used",
    between: ["function mergeHooks(", "function initObservers(o, hooks = {}) {"],
    to: "function initObservers(o) {",
  },
  { why: "no hooks are used", from: "  mergeHooks(o, hooks);\n", to: "" },
  {
    why: "font files are not recorded",
    between: ["function initFontObserver(", "function initSelectionObserver("],
    to: "function initSelectionObserver(",
  },
  { why: "font files are not recorded", from: "    if (o.collectFonts) {\n      fontObserver = initFontObserver(o);\n    }\n", to: "" },
  {
    why: "pictures and canvases are not written into snapshots",
    between: ["  if (tagName === \"canvas\" && recordCanvas) {", "  if ([\"audio\", \"video\"].includes(tagName)) {"],
    to: "  if ([\"audio\", \"video\"].includes(tagName)) {",
  },
  { why: "nothing is built for the replay side", between: ["class BaseRRNode {", "function on("], to: "function on(" },
  {
    why: "nothing is built for the replay side",
    from: "  if (n instanceof BaseRRNode && \"shadowRoot\" in n) {\n    return Boolean(n.shadowRoot);\n  }\n",
    to: "",
  },
  { why: "frames of other origins are not recorded", from: "        if (isSerializedIframe(n, mirror)) {\n          iframeManager.addIframe(n);\n        }\n", to: "" },
  {
    why: "frames of other origins are not recorded",
    from: "            if (isSerializedIframe(currentN, this.mirror)) {\n              this.iframeManager.addIframe(currentN);\n            }\n",
    to: "",
  },
  {
    why: "frames of other origins are not recorded",
    from: "    stylesheetManager,\n    recordCrossOriginIframes,\n    wrappedEmit\n",
    to: "    stylesheetManager\n",
  },
  {
    why: "no page is frozen",
    between: ["  freeze() {\n    this.frozen = true;", "  reset() {\n    this.shadowDomManager.reset();\n    this.canvasManager.reset();"],
    to: "  lock() {\n    this.locked = true;\n  }\n  unlock() {\n    this.locked = false;\n    this.emit();\n  }\n  reset() {\n    this.shadowDomManager.reset();",
  },
  { why: "no page is frozen", from: "this.frozen || this.locked", to: "this.locked" },
  {
    why: "canvases are captured by a file of their own",
    between: ["  canvasManager = new CanvasManager({", "  const shadowDomManager = new ShadowDomManager({"],
    to: "  const shadowDomManager = new ShadowDomManager({",
  },
  {
    why: "the DOM is always recorded",
    between: ["  let mutationObserver;\n", "  const mousemoveHandler = initMoveObserver(o);"],
    to: "  const observer = initMutationObserver(o, o.doc);\n  const mousemoveHandler = initMoveObserver(o);",
  },
  {
    why: "the DOM is always recorded",
    from: "    mutationObserver == null ? void 0 : mutationObserver.disconnect();\n    cleanupMutationIframe();\n",
    to: "    observer.disconnect();\n",
  },
  {
    why: "the DOM is always recorded",
    from: "  if (o.recordDOM) {\n    styleSheetObserver = initStyleSheetObserver(o, { win: currentWindow });\n    adoptedStyleSheetObserver = initAdoptedStyleSheetObserver(o, o.doc);\n  }\n",
    to: "  styleSheetObserver = initStyleSheetObserver(o, { win: currentWindow });\n  adoptedStyleSheetObserver = initAdoptedStyleSheetObserver(o, o.doc);\n",
  },
  { why: "the DOM is always recorded", from: "    if (!recordDOM) {\n      return;\n    }\n", to: "" },
  { why: "who made an input does not count", from: "userTriggeredOnInput ? { text, isChecked, userTriggered } : { text, isChecked }", to: "{ text, isChecked }" },
  {
    why: "who made an input does not count",
    from: "userTriggeredOnInput ? { text: text2, isChecked: !isChecked, userTriggered: false } : { text: text2, isChecked: !isChecked }",
    to: "{ text: text2, isChecked: !isChecked }",
  },
  { why: "addresses of frames are never kept in place of their documents", from: " && !keepIframeSrcFn(attributes.src)", to: "" },
  {
    why: "text is masked in one place, after rrweb; the options are handed on as they are, not copied for each node",
    between: ["  let { needsMask } = options;\n", "  if (!_serializedNode) {"],
    to: "  let { preserveWhiteSpace = true } = options;\n  const _serializedNode = serializeNode(n, options);\n  if (!_serializedNode) {",
  },
  {
    why: "the options are handed on as they are, not copied for each node",
    between: ["      return serializeElementNode(n, {", "    case n.CDATA_SECTION_NODE:"],
    to: "      return serializeElementNode(n, options, rootId);\n    case n.TEXT_NODE:\n      return serializeTextNode(n, options, rootId);\n    case n.CDATA_SECTION_NODE:",
  },
  { why: "the options are handed on as they are, not copied for each node", from: "function serializeElementNode(n, options) {", to: "const AFRESH = { skipChild: false, newlyAddedElement: false, cssCaptured: false };\nfunction serializeElementNode(n, options, rootId) {" },
  { why: "the options are handed on as they are, not copied for each node", from: "    newlyAddedElement = false,\n    rootId\n  } = options;", to: "    newlyAddedElement = false\n  } = options;" },
  {
    why: "the options are handed on as they are, not copied for each node",
    between: ["    const bypassOptions = {\n", "      for (const childN of childrenOf(n)) {"],
    to: `    const captured = typeof serializedNode.attributes?._cssText === "string";
    const same = !captured && !cssCaptured && !newlyAddedElement && preserveWhiteSpace === options.preserveWhiteSpace;
    const bypassOptions = same ? options : { ...options, newlyAddedElement: false, preserveWhiteSpace, cssCaptured: captured };
    if (serializedNode.tagName !== "textarea" || serializedNode.attributes.value === void 0) {
      for (const childN of childrenOf(n)) {`,
  },
  {
    why: "the options are handed on as they are, not copied for each node",
    between: ["serializeNodeWithId(iframeDoc, {\n", "          });\n"],
    to: "serializeNodeWithId(iframeDoc, { ...options, ...AFRESH, doc: iframeDoc });\n",
  },
  {
    why: "the options are handed on as they are, not copied for each node",
    between: ["const serializedLinkNode = serializeNodeWithId(n, {\n", "          });\n"],
    to: "const serializedLinkNode = serializeNodeWithId(n, { ...options, ...AFRESH });\n",
  },
  { why: "an object from which something is taken out is slow from then on", from: "    delete serializedNode.needBlock;\n", to: "    if (serializedNode.needBlock) delete serializedNode.needBlock;\n" },
  { why: "an object from which something is taken out is slow from then on", from: "    needBlock,\n    rootId,\n", to: "    needBlock: needBlock || void 0,\n    rootId,\n" },
  { why: "a plain assignment is quicker", from: "const serializedNode = Object.assign(_serializedNode, { id });", to: "const serializedNode = _serializedNode;\n  serializedNode.id = id;" },
  {
    why: "text is masked in one place, after rrweb",
    between: ["  if (!isStyle && !isScript && textContent2 && needsMask) {", "  return {\n    type: NodeType.Text,"],
    to: "  return {\n    type: NodeType.Text,",
  },
  { why: "text is masked in one place, after rrweb", from: "function serializeTextNode(n, options) {\n  const { needsMask, maskTextFn, rootId, cssCaptured } = options;", to: "function serializeTextNode(n, options, rootId) {\n  const { cssCaptured } = options;" },
  {
    why: "text is masked in one place, after rrweb",
    between: ["              value: needMaskingText(", ": value,\n"],
    to: "              value,\n",
  },
  { why: "snapshots are taken by count of events nowhere", from: "      const exceedCount = checkoutEveryNth && incrementalSnapshotCount >= checkoutEveryNth;\n", to: "" },
  { why: "snapshots are taken by count of events nowhere", from: "exceedCount || exceedTime", to: "exceedTime" },
  { why: "snapshots are taken by count of events nowhere", from: "      incrementalSnapshotCount++;\n", to: "" },
  { why: "snapshots are taken by count of events nowhere", from: "      incrementalSnapshotCount = 0;\n", to: "" },
  { why: "snapshots are taken by count of events nowhere", from: "  let incrementalSnapshotCount = 0;\n", to: "" },
  {
    why: "sheets and declarations are watched together",
    between: ["function initStyleDeclarationObserver(", "function initMediaInteractionObserver("],
    to: "function initMediaInteractionObserver(",
  },
  {
    why: "canvases are captured by a file of their own",
    between: ["\nvar lookup = typeof Uint8Array", "class CanvasManager {"],
    to: "\nclass CanvasManager {",
  },
  {
    why: "frames of other origins are not recorded",
    from: "    if (this.recordCrossOriginIframes)\n      (_a2 = iframeEl.contentWindow) == null ? void 0 : _a2.addEventListener(\n        \"message\",\n        this.handleMessage.bind(this)\n      );\n",
    to: "",
  },
  {
    why: "sampling by another name is not used",
    from: "  if (mousemoveWait !== void 0 && sampling.mousemove === void 0) {\n    sampling.mousemove = mousemoveWait;\n  }\n",
    to: "",
  },
  {
    why: "font files and canvases are not recorded here",
    from: "          fontCb: (p) => wrappedEmit({\n            type: EventType.IncrementalSnapshot,\n            data: {\n              source: IncrementalSource.Font,\n              ...p\n            }\n          }),\n",
    to: "",
  },
  { why: "font files and canvases are not recorded here", from: "          canvasMutationCb: wrappedCanvasMutationEmit,\n", to: "" },
  { why: "the host's NodeList is left alone", from: "  polyfill();\n", to: "" },
  {
    why: "names of options may be shortened",
    between: ["  init(options) {\n    [\n", "  lock() {"],
    to: "  init(options) {\n    Object.assign(this, options);\n  }\n  lock() {",
  },
  {
    why: "what a replay never shows is left out by fewer rules",
    between: ["function slimDOMDefaults(", "function serializeNodeWithId("],
    to: "function slimDOMDefaults(options) {\n  return options;\n}\nfunction slimDOMExcluded(sn) {\n  return leftOut(sn);\n}\nfunction serializeNodeWithId(",
  },
  {
    why: "which inputs are masked is decided in one place",
    between: ["  const maskInputOptions = maskAllInputs === true ? {\n    color: true,\n    date: true,\n    \"datetime-local\": true,\n    email: true,\n    month: true,\n    number: true,\n    range: true,\n    search: true,\n    tel: true,\n    text: true,\n    time: true,\n    url: true,\n    week: true,\n    textarea: true,\n    select: true,\n    password: true\n  } : _maskInputOptions", ": { password: true };"],
    to: "  const maskInputOptions = _maskInputOptions;",
  },
  {
    why: "which inputs are masked is decided in one place",
    between: ["  const maskInputOptions = maskAllInputs === true ? {", "  } : maskAllInputs;"],
    to: "  const maskInputOptions = maskAllInputs;",
  },
  {
    why: "text is masked in one place, after rrweb, and one selector says what is blocked",
    between: ["function _isBlockedElement(", "function onceIframeLoaded("],
    to: "function _isBlockedElement(element, blockSelector) {\n  return element.matches(blockSelector);\n}\nfunction onceIframeLoaded(",
  },
  {
    why: "one selector says what is blocked, through shadow trees and frames too",
    between: ["function isBlocked(", "function isSerialized("],
    to: "function isBlocked(node, blockSelector, checkAncestors) {\n  if (checkAncestors) return blocks(node, blockSelector);\n  const el = closestElementOfNode(node);\n  return !!el && el.matches(blockSelector);\n}\nfunction isSerialized(",
  },
  {
    why: "a blocked frame is not looked into",
    from: "        if (iframeDoc && onIframeLoad) {",
    to: "        if (iframeDoc && onIframeLoad && !blocks(n, options.blockSelector)) {",
  },
  {
    why: "a blocked shadow tree is not looked into",
    from: "    if (this.shadowDoms.has(shadowRoot2)) return;",
    to: "    if (this.shadowDoms.has(shadowRoot2) || blocks(shadowRoot2, this.bypassOptions.blockSelector)) return;",
  },
  {
    why: "many mutations of one batch have the same target, which may have come into a blocked element: asked once for all kinds",
    from: "      if (isIgnored(m.target, this.mirror, this.slimDOMOptions)) {",
    to: "      if (passedOver(m.target, this.mirror, this.blockSelector)) {",
  },
  { why: "titles that change are recorded", from: "  if (n.tagName === \"TITLE\" && slimDOMOptions.headTitleMutations) {\n    return true;\n  }\n", to: "" },
  { why: "styles are compared where they change", from: "          attributes: {},\n          styleDiff: {},\n          _unchangedStyles: {}\n", to: "          attributes: {}\n" },
  {
    why: "what is blocked has been passed over",
    from: "          if (isBlocked(m.target, this.blockClass, this.blockSelector, true))\n            return;\n",
    to: "",
  },
  {
    why: "what is blocked has been passed over",
    from: "if (isBlocked(m.target, this.blockClass, this.blockSelector, false) || isIgnored(",
    to: "if (isIgnored(",
  },
  {
    why: "what is blocked has been passed over",
    from: "if (!isBlocked(m.target, this.blockClass, this.blockSelector, false) && value",
    to: "if (value",
  },
  { why: "one pass finds what is told elsewhere or gone", from: "      const payload = {\n", to: "      const told = ({ id }) => !addedIds.has(id) && this.mirror.has(id);\n      const payload = {\n" },
  { why: "one pass finds what is told elsewhere or gone", from: ".filter((text) => !addedIds.has(text.id)).filter((text) => this.mirror.has(text.id))", to: ".filter(told)" },
  {
    why: "one pass finds what is told elsewhere or gone",
    from: ".filter((attribute) => !addedIds.has(attribute.id)).filter((attribute) => this.mirror.has(attribute.id))",
    to: ".filter(told)",
  },
  { why: "what lives as long as a batch needs no weak references", from: "/* @__PURE__ */ new WeakMap());\n    __publicField(this, \"removes\"", to: "/* @__PURE__ */ new Map());\n    __publicField(this, \"removes\"" },
  { why: "what lives as long as a batch needs no weak references", from: "this.attributeMap = /* @__PURE__ */ new WeakMap();", to: "this.attributeMap = /* @__PURE__ */ new Map();" },
  {
    why: "recording begins once the DOM can be read",
    between: ["    if ([\"interactive\", \"complete\"].includes(document.readyState)) {", "    return () => {\n      handlers.forEach("],
    to: "    init();\n    return () => {\n      handlers.forEach(",
  },
  {
    why: "recording begins once the DOM can be read",
    from: "    recordAfter = options.recordAfter === \"DOMContentLoaded\" ? options.recordAfter : \"load\",\n",
    to: "",
  },
  {
    why: "a snapshot is asked for only while the DOM is recorded",
    from: "record.takeFullSnapshot = (isCheckout) => {\n  if (!recording) {\n    throw new Error(\"please take full snapshot after start recording\");\n  }\n",
    to: "record.takeFullSnapshot = (isCheckout) => {\n",
  },
  { why: "whether the DOM is recorded is known outside", from: "      recording = true;\n", to: "" },
  { why: "whether the DOM is recorded is known outside", from: "      recording = false;\n", to: "" },
  { why: "nodes are numbered in one place", from: "  getIds() {\n    return arrayFrom(this.idNodeMap.keys());\n  }\n", to: "" },
  { why: "nodes are numbered in one place", between: ["  replace(id, n) {", "  reset() {\n    this.idNodeMap"], to: "  reset() {\n    this.idNodeMap" },
  { why: "nobody looks for a style sheet by its number", from: "  getStyle(id) {\n    return this.idStyleMap.get(id) || null;\n  }\n", to: "" },
  { why: "nobody looks for a style sheet by its number", from: "  generateId() {\n    return this.id++;\n  }\n", to: "" },
  { why: "nobody looks for a style sheet by its number", from: "    this.idStyleMap.set(newId, stylesheet);\n", to: "" },
  { why: "nobody looks for a style sheet by its number", from: "    this.idStyleMap = /* @__PURE__ */ new Map();\n", to: "" },
  { why: "nobody looks for a style sheet by its number", from: "    __publicField(this, \"idStyleMap\", /* @__PURE__ */ new Map());\n", to: "" },
  {
    why: "custom events and freezing are not used",
    between: ["record.addCustomEvent = ", "record.takeFullSnapshot = "],
    to: "record.takeFullSnapshot = ",
  },
  {
    why: "no plugins are used",
    between: ["  const eventProcessor = (e) => {", "  wrappedEmit = (r, isCheckout) => {"],
    to: "  wrappedEmit = (r, isCheckout) => {",
  },
  {
    why: "no plugins are used, and no page is frozen",
    between: ["    if (((_a2 = mutationBuffers[0]) == null", "    if (e.type === EventType.FullSnapshot) {\n      lastFullSnapshotEvent"],
    to: "    emit(e, isCheckout);\n    if (e.type === EventType.FullSnapshot) {\n      lastFullSnapshotEvent",
  },
  {
    why: "no plugins are used",
    between: ["  for (const plugin of plugins || []) {\n    if (plugin.getMirror)", "  const processedNodeManager"],
    to: "  const processedNodeManager",
  },
  {
    why: "no plugins are used",
    between: ["          plugins: ((_a2 = plugins == null", "        },\n        hooks\n"],
    to: "        }\n",
  },
  {
    why: "no plugins are used",
    between: ["  for (const plugin of o.plugins) {", "  return callbackWrapper(() => {\n    if (o.doc"],
    to: "  return callbackWrapper(() => {\n    if (o.doc",
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

/** Enumerations as plain objects, of which a minifier keeps only what is used. */
function plainEnums(source) {
  return source.replace(/^var (\w+) = \/\* @__PURE__ \*\/ \(\(\w+\) => \{\n([\s\S]*?)  return \w+;\n\}\)\(\1 \|\| \{\}\);$/gm, (_all, name, body) => {
    const members = [...body.matchAll(/\["(\w+)"\] = (\d+)\]/g)].map(([, key, value]) => `${JSON.stringify(key)}: ${value}`);
    return `const ${name} = { ${members.join(", ")} };`;
  });
}

/** Plain assignments of fields, whose names a minifier can shorten. */
function plainFields(source) {
  return source.replace(/__publicField\(this, "(\w+)", /g, "(this.$1 = ").replace(/^ *__publicField\(this, "\w+"\);\n/gm, "");
}

/** Optional members as browsers know them by now. */
function plainChains(source) {
  return source.replace(/\((_\w+) = ((?:[^()=]|\([^()]*\))+)\) == null \? void 0 : \1(?=\.)/g, "$2?").replace(/\b(\w+) == null \? void 0 : \1(?=\.)/g, "$1?");
}

const UNUSED =
  "dataURLOptions|inlineImages|recordCanvas|collectFonts|hooks|packFn|plugins|blockClass|maskTextClass|maskTextSelector|maskTextFn|" +
  "needsMask|keepIframeSrcFn|canvasManager|canvasMutationCb|fontCb|userTriggeredOnInput|recordDOM|recordCrossOriginIframes|" +
  "ignoreCSSAttributes|mousemoveWait|checkoutEveryNth";

/** Options of what was taken out above are not handed around any more. */
function unusedOptions(source) {
  return source
    .replace(/^(?:const jsContent = .*|let canvasManager;)$/gm, "")
    .replace(new RegExp(`\\b(?:this\\.)?(?:${UNUSED}), `, "g"), "")
    .replace(new RegExp(`^ *(?:${UNUSED})(?: = (?:\\{\\}|false|true|null|\\[\\]|"[\\w-]+"|\\(\\) => false|.*new Set\\(\\[\\]\\))|: (?:this\\.)?\\w+)?,?\\n`, "gm"), "");
}

export function patchRrweb(source) {
  const patched = plainChains(unusedOptions(plainFields(plainEnums(PATCHES.reduce(apply, source)))));
  const left = new RegExp(`.*\\b(?:${UNUSED}|eventProcessor|jsContent|__publicField\\()\\b.*`).exec(patched.replace(/^var __publicField = .*$/m, ""));
  if (left) throw new Error(`@rrweb/record changed: still used: ${left[0]}`);
  return SUPPORT + patched;
}

const MODULES = {
  "mimic:native": "host/native.ts",
  "mimic:disguise": "host/disguise.ts",
  "mimic:sheets": "dom/sheets.ts",
  "mimic:blocking": "dom/blocking.ts",
  "mimic:storm": "dom/storm.ts",
  "mimic:regions": "privacy/regions.ts",
  "mimic:frames": "dom/frames.ts",
  "mimic:arrays": "host/arrays.ts",
  "mimic:left-out": "dom/left-out.ts",
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
