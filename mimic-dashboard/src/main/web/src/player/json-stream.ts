/** Splits the text of one JSON array into its elements as the text arrives, so that nobody waits for the end. */
export class ArraySplitter {
  #pending = '';
  #scanned = 0;
  #start = -1;
  #depth = 0;
  #inString = false;
  #escaped = false;

  /** Takes more text and returns the elements that it completed. */
  push(text: string): unknown[] {
    this.#pending += text;
    const found: unknown[] = [];
    for (; this.#scanned < this.#pending.length; this.#scanned++) this.#step(this.#pending.charCodeAt(this.#scanned), found);
    this.#forget();
    return found;
  }

  #step(c: number, found: unknown[]): void {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (c === 92) this.#escaped = true;
      else if (c === 34) this.#inString = false;
    } else if (c === 34) this.#inString = true;
    else if (c === 123 || c === 91) this.#open();
    else if (c === 125 || c === 93) this.#close(found);
  }

  #open(): void {
    this.#depth++;
    if (this.#depth === 2) this.#start = this.#scanned;
  }

  #close(found: unknown[]): void {
    this.#depth--;
    if (this.#depth !== 1) return;
    found.push(JSON.parse(this.#pending.slice(this.#start, this.#scanned + 1)));
    this.#start = -1;
  }

  #forget(): void {
    const keepFrom = this.#start < 0 ? this.#scanned : this.#start;
    this.#pending = this.#pending.slice(keepFrom);
    this.#scanned -= keepFrom;
    if (this.#start >= 0) this.#start = 0;
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
