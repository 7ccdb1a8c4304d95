import { readSettings, SettingsError, type Settings } from "./settings";

declare global {
  interface Window {
    mimicSettings?: Record<string, unknown>;
  }
}

function ownTag(): HTMLScriptElement | null {
  const current = document.currentScript;
  if (current instanceof HTMLScriptElement && current.hasAttribute("data-mimic-project")) return current;
  return (
    document.querySelector<HTMLScriptElement>("script[data-mimic-project]") ??
    (current instanceof HTMLScriptElement ? current : null)
  );
}

function attributeConfig(tag: HTMLScriptElement | null): Record<string, unknown> {
  const text = tag?.getAttribute("data-mimic-config");
  if (!text) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SettingsError("data-mimic-config is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SettingsError("data-mimic-config must be a JSON object");
  }
  return value as Record<string, unknown>;
}

function parses(selector: string): boolean {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    return false;
  }
}

/** Selectors are joined by commas: one that leaves a bracket, string or comment open would swallow those that follow it. */
function validSelector(selector: string): boolean {
  return parses(selector) && !parses(`${selector},`);
}

/** Settings from the recorder's own tag and from `window.mimicSettings`; the tag wins. */
export function settingsOfPage(): Settings {
  const tag = ownTag();
  const global = window.mimicSettings ?? {};
  const script = tag?.src || document.baseURI;
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  const endpoint = tag?.getAttribute("data-mimic-endpoint") || text(global["endpoint"]) || "ingest";
  const origin = {
    project: tag?.getAttribute("data-mimic-project") || text(global["project"]),
    endpoint: new URL(endpoint, script).href,
    base: new URL(".", script).href,
    script,
  };
  return readSettings({ ...global, ...attributeConfig(tag) }, origin, validSelector);
}
