/** rrweb's event types and incremental sources that the recorder looks into. */
export const DOM_CONTENT_LOADED = 0;
export const LOAD = 1;
export const FULL_SNAPSHOT = 2;
export const INCREMENTAL = 3;
export const META = 4;
export const PLUGIN = 6;

export const MUTATION = 0;
export const INPUT = 5;
export const STYLE_SHEET_RULE = 8;
export const CANVAS = 9;
export const STYLE_DECLARATION = 13;
export const ADOPTED_STYLE_SHEET = 15;

export interface RecordedEvent {
  type: number;
  timestamp: number;
  data: unknown;
}

export const DOCUMENT_NODE = 0;
export const ELEMENT_NODE = 2;
export const TEXT_NODE = 3;
export const CDATA_NODE = 4;
export const COMMENT_NODE = 5;

/** A node as rrweb serialises it. */
export interface SerialNode {
  type: number;
  id: number;
  tagName?: string;
  attributes?: Record<string, string | number | boolean>;
  childNodes?: SerialNode[];
  textContent?: string;
  isSVG?: boolean;
}

export interface MutationData {
  source: typeof MUTATION;
  texts: Array<{ id: number; value: string | null }>;
  attributes: Array<{ id: number; attributes: Record<string, string | number | boolean | null | object> }>;
  removes: unknown[];
  adds: Array<{ parentId: number; nextId: number | null; node: SerialNode }>;
}

export interface InputData {
  source: typeof INPUT;
  id: number;
  text: string;
  isChecked: boolean;
}

export function plugin(name: string, payload: object, timestamp = Date.now()): RecordedEvent {
  return { type: PLUGIN, timestamp, data: { plugin: name, payload } };
}

/** Takes an event on its way out; `bytes` is an estimate of its size. */
export type Emit = (event: RecordedEvent, bytes: number) => void;
/** Emits one of MIMIC's own events; `at` is when it happened, if not now. */
export type EmitPlugin = (name: string, payload: object, bytes?: number, at?: number) => void;
