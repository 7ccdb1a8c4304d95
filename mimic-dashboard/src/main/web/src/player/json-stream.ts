/** Splits the text of one JSON array into its elements as the text arrives, so that nobody waits for the end. */
export class ArraySplitter {
  /** What came before of the element that is open; put together once, when it is whole. */
  #parts: string[] = [];
  #depth = 0;
  #inString = false;
  #escaped = false;

  /** Takes more text and returns the elements that it completed. */
  push(text: string): unknown[] {
    const found: unknown[] = [];
    let start = this.#depth > 1 ? 0 : -1;
    for (let i = 0; i < text.length; i++) {
      const turn = this.#step(text.charCodeAt(i));
      if (turn > 0 && this.#depth === 2) start = i;
      if (turn < 0 && this.#depth === 1) {
        found.push(JSON.parse(this.#parts.join('') + text.slice(start, i + 1)));
        this.#parts = [];
        start = -1;
      }
    }
    if (start >= 0) this.#parts.push(text.slice(start));
    return found;
  }

  /** 1 where something opens, -1 where it closes. */
  #step(c: number): number {
    let turn = 0;
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (c === 92) this.#escaped = true;
      else if (c === 34) this.#inString = false;
    } else if (c === 34) this.#inString = true;
    else if (c === 123 || c === 91) turn = 1;
    else if (c === 125 || c === 93) turn = -1;
    this.#depth += turn;
    return turn;
  }
}

/** The elements of a streamed JSON array, in handfuls as they come over the network. */
export async function* elements(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown[]> {
  const splitter = new ArraySplitter();
  const reader = body.getReader();
  const text = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const found = splitter.push(text.decode(value, { stream: true }));
    if (found.length > 0) yield found;
  }
}
