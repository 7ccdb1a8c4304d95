import type { Preset } from "../privacy/mask";

export interface Settings {
  project: string;
  endpoint: string;
  /** Address of the folder that the side files are in. */
  base: string;
  /** The script's own address, to leave its frames out of stacks. */
  script: string;
  flushInterval: number;
  idleTimeout: number;
  sampling: number;
  mode: "session" | "error-buffer";
  privacy: Preset;
  consent: "none" | "required";
  respectGpc: boolean;
  maskSelectors: string[];
  blockSelectors: string[];
  ignoreSelectors: string[];
  scrubParameters: string[];
  crossOrigin: boolean;
  network: { headers: boolean; bodies: boolean; websocketPayloads: boolean };
  canvas: { fps: number };
  maxMemory: number;
  /** What is wrong with the selectors that were left out, or null. */
  complaint: string | null;
}

type Raw = Record<string, unknown>;

/** What the operator wrote that cannot be used. The recorder stays off rather than guess at what was meant. */
export class SettingsError extends Error {}

function setting<T>(raw: Raw, name: string, fallback: T, right: (value: unknown) => boolean, wanted: string): T {
  const value = raw[name] ?? fallback;
  if (!right(value)) throw new SettingsError(`${name} is ${JSON.stringify(value)}; it must be ${wanted}`);
  return value as T;
}

function number(raw: Raw, name: string, fallback: number, min: number, max: number): number {
  return setting(raw, name, fallback, (value) => typeof value === "number" && value >= min && value <= max, `a number from ${min} to ${max}`);
}

function choice<T extends string>(raw: Raw, name: string, allowed: readonly T[]): T {
  return setting(raw, name, allowed[0]!, (value) => allowed.includes(value as T), `one of ${allowed.join(", ")}`);
}

function flag(raw: Raw, name: string, fallback: boolean): boolean {
  return setting(raw, name, fallback, (value) => typeof value === "boolean", "true or false");
}

function strings(raw: Raw, name: string, wanted: string): string[] {
  const right = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === "string" && item.trim() !== "");
  return setting<string[]>(raw, name, [], right, `a list of ${wanted}`);
}

/**
 * The selectors of a list that are valid. The others are left out, and named in `bad`: nobody knows what they were to hide.
 */
function selectors(raw: Raw, name: string, valid: (selector: string) => boolean, bad: string[]): string[] {
  return strings(raw, name, "CSS selectors").filter((selector) => {
    if (valid(selector)) return true;
    bad.push(`${name} has ${JSON.stringify(selector)}, which is no CSS selector`);
    return false;
  });
}

function object(raw: Raw, name: string): Raw {
  return setting<Raw>(raw, name, {}, (value) => typeof value === "object" && !Array.isArray(value), "an object");
}

export interface Origin {
  project: string;
  endpoint: string;
  base: string;
  script: string;
}

/** Reads the settings of the wire protocol, section 1. */
export function readSettings(raw: Raw, origin: Origin, valid: (selector: string) => boolean): Settings {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(origin.project)) {
    throw new SettingsError(`project is ${JSON.stringify(origin.project)}; it must be 1 to 64 letters, digits, _ or -`);
  }
  const network = object(raw, "network");
  const bad: string[] = [];
  const lists = {
    maskSelectors: selectors(raw, "maskSelectors", valid, bad),
    blockSelectors: selectors(raw, "blockSelectors", valid, bad),
    ignoreSelectors: selectors(raw, "ignoreSelectors", valid, bad),
  };
  const privacy = choice(raw, "privacy", ["inputs", "strict", "none"] as const);
  return {
    ...origin,
    flushInterval: number(raw, "flushInterval", 5000, 100, 600_000),
    idleTimeout: number(raw, "idleTimeout", 300_000, 100, 86_400_000),
    sampling: number(raw, "sampling", 1, 0, 1),
    mode: choice(raw, "mode", ["session", "error-buffer"] as const),
    // What a bad selector was to hide is hidden with all other text.
    privacy: bad.length > 0 ? "strict" : privacy,
    consent: choice(raw, "consent", ["none", "required"] as const),
    respectGpc: flag(raw, "respectGpc", true),
    ...lists,
    scrubParameters: strings(raw, "scrubParameters", "names"),
    crossOrigin: flag(raw, "crossOrigin", false),
    network: {
      headers: flag(network, "headers", false),
      bodies: flag(network, "bodies", false),
      websocketPayloads: flag(network, "websocketPayloads", false),
    },
    canvas: { fps: number(object(raw, "canvas"), "fps", 0, 0, 30) },
    maxMemory: number(raw, "maxMemory", 8 * 1024 * 1024, 65_536, 256 * 1024 * 1024),
    complaint: bad.length > 0 ? `${bad.join("; ")}: all that can be hidden is` : null,
  };
}
