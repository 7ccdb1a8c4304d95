/** One run of the recorder in a window. */
export interface Page {
  id: string;
  window: string;
  /** Client metadata as JSON, sent with the first batch. */
  meta: string;
  nextSeq: number;
}

function random(bytes: number): Uint8Array {
  const out = new Uint8Array(bytes);
  const source = window.crypto as Crypto | undefined;
  if (source && typeof source.getRandomValues === "function") return source.getRandomValues(out);
  for (let i = 0; i < bytes; i++) out[i] = Math.floor(Math.random() * 256);
  return out;
}

/** 128 random bits as 32 lower-case hex digits. */
export function randomId(): string {
  let id = "";
  for (const byte of random(16)) id += byte.toString(16).padStart(2, "0");
  return id;
}
