const MAX_FRAMES = 30;
const MAX_STACK = 8000;

export function limitStack(stack: string): string {
  const lines = stack.split("\n", MAX_FRAMES + 2);
  return lines.join("\n").slice(0, MAX_STACK);
}

const HOOK = "prepareStackTrace";

/** Where this is called from. The page's own way to write a stack is not asked, for it would see the recorder in it. */
export function stackHere(): string | undefined {
  const hook = Object.getOwnPropertyDescriptor(Error, HOOK);
  if (!hook) return new Error().stack;
  if (!Reflect.defineProperty(Error, HOOK, { value: undefined })) return undefined;
  try {
    return new Error().stack;
  } finally {
    Object.defineProperty(Error, HOOK, hook);
  }
}

/** `name (source:line:column)` for each frame, without the recorder's own. */
export function traceLines(stack: string | undefined, script: string): string[] {
  if (!stack) return [];
  const own = script.split("?")[0]!;
  const frames: string[] = [];
  for (const line of stack.split("\n")) {
    const chrome = /^\s*at (?:(.*?) \()?(.+?:\d+:\d+)\)?$/.exec(line);
    const other = chrome ? null : /^([^@]*)@(.+?:\d+(?::\d+)?)$/.exec(line);
    const match = chrome ?? other;
    if (!match || match[2]!.includes(own)) continue;
    frames.push(match[1] ? `${match[1]} (${match[2]})` : match[2]!);
    if (frames.length >= 10) break;
  }
  return frames;
}
