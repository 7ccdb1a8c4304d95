/** One run of the recorder in a window. */
export interface Page {
  id: string;
  window: string;
  /** Client metadata as JSON, sent with the first batch. */
  meta: string;
  nextSeq: number;
}

/** 128 random bits as 32 lower-case hex digits. */
export function randomId(): string {
  let id = "";
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) id += byte.toString(16).padStart(2, "0");
  return id;
}
