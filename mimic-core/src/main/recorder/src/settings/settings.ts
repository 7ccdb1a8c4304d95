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
}

type Raw = Record<string, unknown>;

/** What the operator wrote that cannot be used. The recorder stays off rather than guess at what should be private. */
export class SettingsError extends Error {}

function number(raw: Raw, name: string, fallback: number, min: number, max: number): number {
  const value = raw[name];
  if (value === undefined || value === null) return fallback;
  if (typeof value !== "number" || !(value >= min && value <= max)) {
    throw new SettingsError(`${name} is ${JSON.stringify(value)}; it must be a number from ${min} to ${max}`);
  }
  return value;
}

function choice<T extends string>(raw: Raw, name: string, allowed: readonly T[], fallback: T): T {
  const value = raw[name];
  if (value === undefined || value === null) return fallback;
  if (!allowed.includes(value as T)) {
    throw new SettingsError(`${name} is ${JSON.stringify(value)}; it must be one of ${allowed.join(", ")}`);
  }
  return value as T;
}

function flag(raw: Raw, name: string, fallback: boolean): boolean {
  const value = raw[name];
  if (value === undefined || value === null) return fallback;
  if (typeof value !== "boolean") throw new SettingsError(`${name} is ${JSON.stringify(value)}; it must be true or false`);
  return value;
}

function strings(raw: Raw, name: string): string[] {
  const value = raw[name];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.some((item) => typeof item !== "string")) {
    throw new SettingsError(`${name} is ${JSON.stringify(value)}; it must be a list of strings`);
  }
  return (value as string[]).filter((item) => item.trim() !== "");
}

function selectors(raw: Raw, name: string, valid: (selector: string) => boolean): string[] {
  const list = strings(raw, name);
  for (const selector of list) {
    if (!valid(selector)) throw new SettingsError(`${name} holds ${JSON.stringify(selector)}, which is not a CSS selector`);
  }
  return list;
}

function object(raw: Raw, name: string): Raw {
  const value = raw[name];
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) throw new SettingsError(`${name} must be an object`);
  return value as Raw;
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
  return {
    ...origin,
    flushInterval: number(raw, "flushInterval", 5000, 100, 600_000),
    idleTimeout: number(raw, "idleTimeout", 300_000, 100, 86_400_000),
    sampling: number(raw, "sampling", 1, 0, 1),
    mode: choice(raw, "mode", ["session", "error-buffer"] as const, "session"),
    privacy: choice(raw, "privacy", ["strict", "inputs", "none"] as const, "inputs"),
    consent: choice(raw, "consent", ["none", "required"] as const, "none"),
    respectGpc: flag(raw, "respectGpc", true),
    maskSelectors: selectors(raw, "maskSelectors", valid),
    blockSelectors: selectors(raw, "blockSelectors", valid),
    ignoreSelectors: selectors(raw, "ignoreSelectors", valid),
    scrubParameters: strings(raw, "scrubParameters"),
    crossOrigin: flag(raw, "crossOrigin", false),
    network: {
      headers: flag(network, "headers", false),
      bodies: flag(network, "bodies", false),
      websocketPayloads: flag(network, "websocketPayloads", false),
    },
    canvas: { fps: number(object(raw, "canvas"), "fps", 0, 0, 30) },
    maxMemory: number(raw, "maxMemory", 8 * 1024 * 1024, 65_536, 256 * 1024 * 1024),
  };
}
