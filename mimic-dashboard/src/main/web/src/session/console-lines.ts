import type { ConsoleRow } from '../api/types';

export type Level = 'debug' | 'log' | 'info' | 'warn' | 'error';

export interface ConsoleLine {
  at: number;
  lastAt: number;
  window: string;
  level: Level;
  args: string[];
  text: string;
  trace: string[];
  source: string | null;
  repeats: number;
}

const LEVELS: Record<string, Level> = { debug: 'debug', trace: 'debug', log: 'log', dir: 'log', table: 'log', info: 'info', warn: 'warn', warning: 'warn', error: 'error', assert: 'error' };

const LONGEST_PLACE = 300;

/** Where a line was written, as short as it is still found by. */
export function sourceOf(trace: readonly string[]): string | null {
  const place = /([^/\s(@:]+:\d+)(?::\d+)?\)?$/.exec(trace[0]?.slice(-LONGEST_PLACE) ?? '')?.[1];
  return place ?? null;
}

/** Lines with what repeats right after itself counted instead of shown again. */
export function consoleLines(rows: readonly ConsoleRow[]): ConsoleLine[] {
  const lines: ConsoleLine[] = [];
  for (const row of rows) {
    const level = LEVELS[row.level] ?? 'log';
    const text = row.args.map(plain).join(' ');
    const last = lines.at(-1);
    if (last && last.level === level && last.text === text && last.window === row.window) {
      last.repeats++;
      last.lastAt = row.at;
    } else lines.push({ at: row.at, lastAt: row.at, window: row.window, level, args: row.args, text, trace: row.trace ?? [], source: sourceOf(row.trace ?? []), repeats: 1 });
  }
  return lines;
}

/** A recorded argument is JSON when the recorder could write it so, else text. */
export function parsed(arg: string): unknown {
  if (!/^[\s]*[[{"\d\-tfn]/.test(arg)) return arg;
  try {
    return JSON.parse(arg) as unknown;
  } catch {
    return arg;
  }
}

function plain(arg: string): string {
  const value = parsed(arg);
  return typeof value === 'string' ? value : arg;
}
