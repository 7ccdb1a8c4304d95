/** Smaller bodies are sent as they are. */
const WORTHWHILE = 1024;

/** The text gzipped, or null where the browser cannot or the text is small. */
export async function gzip(text: string): Promise<ArrayBuffer | null> {
  if (text.length < WORTHWHILE || typeof CompressionStream !== "function") return null;
  try {
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
    return await new Response(stream).arrayBuffer();
  } catch {
    return null;
  }
}
