/** One frame of a stack, of a browser or of Java. */
export interface Frame {
  name: string;
  at: string;
  library: string | null;
}

export interface Trace {
  title: string | null;
  frames: Frame[];
  note: string | null;
}

/** No engine writes more; a recording may. */
const MOST_LINES = 2_000;
/** Where the place of a frame begins: with its line, or after the name. */
const PLACE = /(?:^|[(@])(?=(?:https?|wss?|file|webpack|app|blob|node):|<anonymous>|native code)/;
const POSITION = /:(\d{1,10})(?::(\d{1,10}))?$/;
const JS_LIBRARIES: [RegExp, string][] = [
  [/zone\.js/, 'zone.js'], [/node_modules\/(?:\.vite\/deps\/)?((?:@[^/]+\/)?[^/?:]+)/, '$1'], [/\b(react(?:-dom)?|vue|angular|jquery|lodash|rxjs|svelte|preact|axios|bootstrap)[.\w-]{0,100}\.js/i, '$1'], [/^(chrome|moz|safari)[\w-]*-extension:/, 'a browser extension'],
];
const JAVA = /^\s*at\s+(?:[\w.@-]+\/)*([\w.$<>]+)\.([\w$<>]+)\(([^)]*)\)/;
const JAVA_LIBRARIES: [RegExp, string][] = [
  [/^org\.springframework\.security\b/, 'Spring Security'], [/^org\.springframework\b/, 'Spring'], [/^org\.apache\.(catalina|coyote|tomcat|jasper)\b/, 'Tomcat'], [/^org\.eclipse\.jetty\b/, 'Jetty'], [/^io\.undertow\b/, 'Undertow'],
  [/^org\.hibernate\b/, 'Hibernate'], [/^(java|javax|jakarta|jdk|sun|com\.sun)\./, 'the JDK'], [/^io\.netty\b/, 'Netty'], [/^(io\.mimic)\b/, 'MIMIC'], [/^com\.fasterxml\b/, 'Jackson'], [/\$\$(SpringCGLIB|EnhancerBy|Lambda)/, 'generated code'],
];

function libraryOf(text: string, known: [RegExp, string][]): string | null {
  for (const [pattern, name] of known) {
    const match = pattern.exec(text);
    if (match) return name === '$1' ? (match[1] ?? null) : name;
  }
  return null;
}

/** Where a script is, as one reads it: without the origin. */
function shortPlace(url: string, line: string | undefined, column: string | undefined): string {
  const path = url.replace(/^\w+:\/\/[^/]+\//, '').split(/[?#]/, 1)[0];
  return [path || url, line, column].filter(Boolean).join(':');
}

export function browserStack(stack: string): Frame[] {
  return stack.split('\n', MOST_LINES).flatMap((line) => {
    const text = line.trim().replace(/^at\s+/, '');
    const found = PLACE.exec(text);
    if (!found) return [];
    const rest = text.slice(found.index + found[0].length);
    const place = rest.endsWith(')') ? rest.slice(0, -1) : rest;
    const position = POSITION.exec(place);
    const url = position ? place.slice(0, position.index) : place;
    return [{ name: text.slice(0, found.index).trim() || '(anonymous)', at: shortPlace(url, position?.[1], position?.[2]), library: libraryOf(url, JS_LIBRARIES) }];
  });
}

/** A Java stack as its traces: the exception and each cause. */
export function javaTraces(stack: string): Trace[] {
  const traces: Trace[] = [];
  for (const line of stack.split('\n', MOST_LINES)) {
    const frame = JAVA.exec(line);
    const trace = traces.at(-1);
    if (frame && trace) {
      const [, type = '', method = '', place = ''] = frame;
      trace.frames.push({ name: `${type.split('.').at(-1)}.${method}`, at: place, library: libraryOf(type, JAVA_LIBRARIES) });
    } else if (/^\s*\.\.\. \d+ more/.test(line) && trace) trace.note = `${/\d+/.exec(line)?.[0]} frames of the trace above`;
    else if (line.trim() !== '' && (traces.length === 0 || /^\s*(Caused by|Suppressed):/.test(line))) traces.push({ title: line.trim(), frames: [], note: null });
  }
  return traces;
}

export type Folded = { kind: 'own'; frame: Frame } | { kind: 'library'; frames: Frame[]; names: string[] };

/** Own frames stay; what libraries put between them is one line with a count. */
export function folded(frames: readonly Frame[]): Folded[] {
  const parts: Folded[] = [];
  for (const frame of frames) {
    const last = parts.at(-1);
    if (frame.library === null) parts.push({ kind: 'own', frame });
    else if (last?.kind === 'library') {
      last.frames.push(frame);
      if (!last.names.includes(frame.library)) last.names.push(frame.library);
    } else parts.push({ kind: 'library', frames: [frame], names: [frame.library] });
  }
  return parts;
}
