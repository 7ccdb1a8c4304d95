import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Options and fields that rrweb uses among its own parts only; none of them occurs in an event. */
const RRWEB = `
blockClass blockSelector maskTextClass maskTextSelector maskInputOptions maskInputFn maskTextFn inlineStylesheet dataURLOptions
inlineImages recordCanvas keepIframeSrcFn slimDOMOptions stylesheetManager iframeManager shadowDomManager canvasManager
processedNodeManager mutationCb scrollCb mouseInteractionCb mousemoveCb viewportResizeCb inputCb mediaInteractionCb
styleSheetRuleCb styleDeclarationCb canvasMutationCb fontCb selectionCb customElementCb adoptedStyleSheetCb bypassOptions
restoreHandlers shadowDoms idNodeMap nodeMetaMap styleMirror trackedLinkElements loadListener addedSet movedSet droppedSet
removesSubTreeCache movedMap mapRemoves attributeMap unattachedDoc genTextAreaValueMutation processMutation processMutations
genAdds crossOriginIframeMap crossOriginIframeMirror crossOriginIframeStyleMirror crossOriginIframeRootIdMap ignoreClass
ignoreSelector userTriggeredOnInput ignoreCSSAttributes newlyAddedElement cssCaptured preserveWhiteSpace onSerialize
onIframeLoad iframeLoadTimeout onStylesheetLoad stylesheetLoadTimeout skipChild needsMask recordDOM collectFonts styleDiff
_unchangedStyles attachLinkElement trackLinkElement trackStylesheetInLinkElement adoptStyleSheets addShadowRoot
observeAttachShadow patchAttachShadow attachIframe addIframe addLoadListener removeNodeFromMap getMeta hasNode styleIDMap
idStyleMap headWhitespace headFavicon headMetaSocial headMetaRobots headMetaHttpEquiv headMetaVerification headMetaAuthorship
headMetaDescKeywords headTitleMutations takeFullSnapshot mousemoveWait checkoutEveryNms checkoutEveryNth packFn recordAfter
inOtherBuffer nodeMap maskAllInputs recordCrossOriginIframes styleSheetLoadTimeout unfreeze isFrozen
`.trim().split(/\s+/);

/** Members of interfaces that the recorder's parts share among themselves; none occurs in a setting or in a batch. */
const SHARED = `
preset strict secret maskSelector showSelector custom timeouts masked policy scope sender sending wantsBody undo
timedOut complaint listen enqueue drained retire wrappedEmit mirror settings regionSelector heartbeat later ended nodes getId
getNode answered exchange errorHandler begin take failed touch again refused mousemoveCallback flushSoon context closeGap
active release trigger trailing leading drain maxMemory websocketPayloads maskSelectors ignoreSelectors scrubParameters blockSelectors
flushInterval idleTimeout respectGpc listenLast repair hurry acquire pageLoaded lost local forget settle look consent bodies idleFor unsent
tick field known
`.trim().split(/\s+/);

async function sources(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".ts"));
  return Promise.all(files.map((entry) => readFile(join(entry.parentPath ?? entry.path, entry.name), "utf8")));
}

/**
 * Names that may be shortened in the bundle: private members of the recorder's classes that nothing else is called, and
 * rrweb's inner options. TypeScript has seen to it that nobody outside the class uses a private name.
 */
export async function shortNames(folder, library) {
  const all = (await sources(folder)).join("\n");
  const privates = new Set([...all.matchAll(/private (?:readonly )?(?:async )?(?:get |set )?(\w+)/g)].map(([, name]) => name));
  const alone = [...privates].filter((name) => {
    const outside = all
      .replace(new RegExp(`private (?:readonly )?(?:async )?(?:get |set )?${name}\\b`, "g"), "")
      .replace(new RegExp(`this\\.${name}\\b`, "g"), "");
    const used = new RegExp(`(?:\\.${name}\\b|[{,]\\s*${name}\\s*[,}:]|["']${name}["']|^\\s*${name}[?]?:|\\b${name}\\s*\\()`, "m");
    return !used.test(outside) && !new RegExp(`\\b${name}\\b`).test(library);
  });
  return [...RRWEB, ...SHARED, ...alone];
}
