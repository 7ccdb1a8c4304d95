import { noteCalls } from "../host/disguise";

interface Ids {
  id?: number;
  styleId?: number;
}

type Sheet = CSSStyleSheet | null | undefined;
type Emit = (change: object) => void;
type Describe<S> = (self: S, args: unknown[]) => object;

/** Where a rule stands: its number in the sheet, then in each rule that it is nested in. */
function placeOf(rule: CSSRule | null): number[] {
  const place: number[] = [];
  for (let inner = rule; inner; inner = inner.parentRule) {
    const owner = (inner.parentRule ?? inner.parentStyleSheet) as { cssRules: CSSRuleList } | null;
    if (owner) place.unshift(Array.prototype.indexOf.call(owner.cssRules, inner));
  }
  return place;
}

/** Records what scripts change in the style sheets of a window, once the browser has done it. Called in place of rrweb's own observers. */
export function watchSheets(win: Window & typeof globalThis, idsOf: (sheet: Sheet) => Ids, emitRule: Emit, emitDeclaration: Emit): () => void {
  const undo: Array<() => void> = [];

  const watch = <S>(type: { prototype: object } | undefined, name: string, emit: Emit, sheetOf: (self: S) => Sheet, describe: Describe<S>): void => {
    undo.push(
      noteCalls(type?.prototype, name, (self, args) => {
        const { id = -1, styleId = -1 } = idsOf(sheetOf(self as S));
        if (id > 0 || styleId > 0) emit({ id, styleId, ...describe(self as S, args) });
      }),
    );
  };
  const sheet = (name: string, describe: Describe<CSSStyleSheet>): void => watch(win.CSSStyleSheet, name, emitRule, (self) => self, describe);
  const group = (name: string, describe: Describe<CSSRule>): void =>
    watch(win.CSSGroupingRule, name, emitRule, (rule) => rule.parentStyleSheet, describe);
  const declaration = (name: string, describe: (args: unknown[]) => object): void =>
    watch<CSSStyleDeclaration>(
      win.CSSStyleDeclaration, name, emitDeclaration, (style) => style.parentRule?.parentStyleSheet,
      (style, args) => ({ ...describe(args), index: placeOf(style.parentRule) }),
    );

  sheet("insertRule", (_sheet, [rule, index]) => ({ adds: [{ rule, index }] }));
  sheet("deleteRule", (_sheet, [index]) => ({ removes: [{ index }] }));
  sheet("addRule", ({ cssRules }, [selector, style, index = cssRules.length - 1]) => ({ adds: [{ rule: `${selector} { ${style} }`, index }] }));
  sheet("removeRule", (_sheet, [index = 0]) => ({ removes: [{ index }] }));
  sheet("replace", (_sheet, [replace]) => ({ replace }));
  sheet("replaceSync", (_sheet, [replaceSync]) => ({ replaceSync }));
  group("insertRule", (rule, [text, index]) => ({ adds: [{ rule: text, index: [...placeOf(rule), index || 0] }] }));
  group("deleteRule", (rule, [index]) => ({ removes: [{ index: [...placeOf(rule), index] }] }));
  declaration("setProperty", ([property, value, priority]) => ({ set: { property, value, priority } }));
  declaration("removeProperty", ([property]) => ({ remove: { property } }));
  return () => undo.forEach((restore) => restore());
}
