import type { Replayer } from '@rrweb/replay';

/*
 * Canvases are recorded as pictures. rrweb would draw them only with scripts allowed in the recorded document; here this
 * document draws them into it, and nothing but pictures.
 */

const PICTURE = /^image\/(png|webp|jpeg)$/;

interface Drawn {
  id: number;
  type: string;
  base64: string;
}

type Command = { property?: unknown; args?: unknown };

const record = (value: unknown): Record<string, unknown> => (value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {});

/** The picture that a canvas event draws, or null when it does anything else. */
export function pictureOf(event: { type: number; data: unknown }): Drawn | null {
  const data = record(event.data);
  if (event.type !== 3 || data['source'] !== 9 || !Array.isArray(data['commands'])) return null;
  const draw = (data['commands'] as Command[]).findLast((command) => command.property === 'drawImage');
  const bitmap = record(Array.isArray(draw?.args) ? draw.args[0] : null);
  const blob = record(Array.isArray(bitmap['args']) ? bitmap['args'][0] : null);
  const bytes = record(Array.isArray(blob['data']) ? blob['data'][0] : null);
  const [id, type, base64] = [data['id'], blob['type'], bytes['base64']];
  return typeof id === 'number' && typeof type === 'string' && PICTURE.test(type) && typeof base64 === 'string' ? { id, type, base64 } : null;
}

function blobOf({ type, base64 }: Drawn): Blob | null {
  try {
    return new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], { type });
  } catch (cause) {
    if (cause instanceof DOMException) return null;
    throw cause;
  }
}

/** Draws the canvases of one replayer; what is passed over while seeking is drawn once, at its last. */
export class CanvasPictures {
  readonly #passed = new Map<number, Drawn>();
  #replayer: Replayer | null = null;

  readonly plugin = {
    handler: (event: { type: number; data: unknown }, isSync: boolean) => {
      if (event.type === 2) this.#passed.clear();
      const drawn = pictureOf(event);
      if (!drawn) return;
      if (isSync) this.#passed.set(drawn.id, drawn);
      else this.#draw(drawn);
    },
  };

  attach(replayer: Replayer): void {
    this.#replayer = replayer;
    replayer.on('flush', () => {
      this.#passed.forEach((drawn) => this.#draw(drawn));
      this.#passed.clear();
    });
  }

  #draw(drawn: Drawn): void {
    const canvas = this.#replayer?.getMirror().getNode(drawn.id) as HTMLCanvasElement | null | undefined;
    const blob = blobOf(drawn);
    if (canvas?.nodeName !== 'CANVAS' || !blob) return;
    createImageBitmap(blob).then(
      (picture) => {
        const context = canvas.getContext('2d');
        context?.clearRect(0, 0, canvas.width, canvas.height);
        context?.drawImage(picture, 0, 0);
        picture.close();
      },
      () => undefined, // a picture that cannot be decoded stays blank, as a forged one should
    );
  }
}
