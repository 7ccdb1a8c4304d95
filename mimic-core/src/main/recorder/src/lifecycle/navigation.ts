import type { EmitPlugin } from "../event";
import { noteCalls } from "../host/disguise";
import type { Scope } from "../host/scope";
import { stars } from "../privacy/mask";
import type { Policy } from "../privacy/policy";

type Kind = "load" | "push" | "replace" | "pop" | "hash";

/** Records where the page is, also when a single-page application moves without loading. */
export function recordNavigation(scope: Scope, emit: EmitPlugin, policy: Policy): () => void {
  let last = "";

  const report = (kind: Kind): void => {
    const href = location.href;
    if (href === last && kind !== "load") return;
    last = href;
    const title = document.title.slice(0, 300);
    emit("mimic/navigation@1", { url: policy.url(href), kind, title: policy.strict ? stars(title) : policy.text(title) }, 200);
  };

  const follow = (method: string, kind: Kind): void => {
    scope.add(noteCalls(History.prototype, method, () => report(kind)));
  };
  follow("pushState", "push");
  follow("replaceState", "replace");
  scope.listen(window, "popstate", () => report("pop"));
  scope.listen(window, "hashchange", () => report("hash"));
  // Moves of `navigation.navigate()` that the page takes over are told in no other way; the others have been told before.
  const { navigation } = window as { navigation?: EventTarget };
  if (navigation) {
    scope.listen<Event & { navigationType?: string }>(navigation, "currententrychange", ({ navigationType }) => {
      scope.later(0, () => report(navigationType === "replace" ? "replace" : navigationType === "push" ? "push" : "pop"));
    });
  }
  return () => report("load");
}
