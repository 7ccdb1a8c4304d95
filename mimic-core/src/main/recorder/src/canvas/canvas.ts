import { cancelAnimationFrame, requestAnimationFrame } from "../host/native";

export interface CanvasOptions {
  fps: number;
  /** rrweb's id of a canvas whose pictures may be taken, or -1. */
  idOf(canvas: HTMLCanvasElement): number;
  /** The trees in which canvases may be. */
  roots(): ParentNode[];
  /** How many snapshots of the DOM there were: after each, the pictures before it are of no use. */
  snapshots(): number;
  emit(data: object, bytes: number): void;
}

export interface CanvasModule {
  recordCanvases(options: CanvasOptions): () => void;
}

const QUALITY = 0.4;
const MAX_BYTES = 512 * 1024;
/** rrweb's name for a two-dimensional context. */
const CONTEXT_2D = 0;

function base64(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer);
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

/** Draws one picture over the canvas in the replay, in the commands of rrweb's canvas events. */
function drawing(id: number, data: string, type: string, canvas: HTMLCanvasElement): object {
  const picture = { rr_type: "Blob", data: [{ rr_type: "ArrayBuffer", base64: data }], type };
  return {
    id,
    type: CONTEXT_2D,
    commands: [
      { property: "clearRect", args: [0, 0, canvas.width, canvas.height] },
      { property: "drawImage", args: [{ rr_type: "ImageBitmap", args: [picture] }, 0, 0] },
    ],
  };
}

/** Takes pictures of the page's canvases, `fps` times a second, and of those alone that changed. */
export const recordCanvases: CanvasModule["recordCanvases"] = ({ fps, idOf, roots, snapshots, emit }) => {
  let last = new WeakMap<HTMLCanvasElement, string>();
  const busy = new WeakSet<HTMLCanvasElement>();
  let stopped = false;
  let frame = 0;
  let due = 0;
  let since = snapshots();

  const keep = async (canvas: HTMLCanvasElement, id: number, blob: Blob): Promise<void> => {
    const data = base64(await blob.arrayBuffer());
    if (stopped || blob.size > MAX_BYTES || last.get(canvas) === data) return;
    last.set(canvas, data);
    emit(drawing(id, data, blob.type, canvas), data.length + 300);
  };

  const take = (canvas: HTMLCanvasElement): void => {
    const id = idOf(canvas);
    if (id <= 0 || busy.has(canvas) || canvas.width === 0 || canvas.height === 0) return;
    try {
      busy.add(canvas);
      canvas.toBlob(
        (blob) => {
          busy.delete(canvas);
          if (blob && !stopped) keep(canvas, id, blob).catch(() => undefined);
        },
        "image/webp",
        QUALITY,
      );
    } catch {
      // A canvas with pictures of another origin cannot be read, now or later.
    }
  };

  const loop = (now: number): void => {
    if (stopped) return;
    frame = requestAnimationFrame(loop);
    if (now < due) return;
    due = now + 1000 / fps;
    if (since !== snapshots()) last = new WeakMap();
    since = snapshots();
    for (const root of roots()) root.querySelectorAll("canvas").forEach(take);
  };
  frame = requestAnimationFrame(loop);
  return () => {
    stopped = true;
    cancelAnimationFrame(frame);
  };
};
