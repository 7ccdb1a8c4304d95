const pad = (n: number, width = 2) => String(n).padStart(width, '0');

/** A moment within a session or a length: `8:47`, `1:02:03`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

/** The same with tenths: `6:41.2`. */
export function clockTenths(ms: number): string {
  const tenths = Math.floor(Math.max(0, ms) / 100);
  return `${clock(tenths * 100)}.${tenths % 10}`;
}

/** A position as a screen reader should say it. */
export function spoken(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts: [number, string][] = [[Math.floor(seconds / 3600), 'hour'], [Math.floor((seconds % 3600) / 60), 'minute'], [seconds % 60, 'second']];
  const said = parts.filter(([n]) => n > 0).map(([n, unit]) => `${n} ${unit}${n === 1 ? '' : 's'}`);
  return said.length > 0 ? said.join(' ') : '0 seconds';
}

/** How long something took: `88 ms`, `1.24 s`, `2:05`. */
export function took(ms: number | null): string {
  if (ms === null) return '–';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1000).toFixed(2)} s` : clock(ms);
}

const timeOfDay = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const shortTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

export const hourMinute = (at: number) => shortTime.format(at);
export const hourMinuteSecond = (at: number) => timeOfDay.format(at);
export const shortDay = (at: number) => day.format(at);
export const longDay = (at: number) => dayAndYear.format(at);

/** Date and time in the viewer's own zone. */
export const dateTime = (at: number) => `${dayAndYear.format(at)}, ${timeOfDay.format(at)}`;

/** The same moment in UTC, for titles. */
export const utc = (at: number) => `${new Date(at).toISOString().replace('T', ' ').slice(0, 19)} UTC`;

/** The same moment where the visitor was, or null when the zone is unknown to this browser. */
export function inZone(at: number, timeZone: string): string | null {
  try {
    return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone }).format(at);
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}

export function ago(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ago`;
  const days = Math.floor(seconds / 86_400);
  return days === 1 ? 'yesterday' : `${days} days ago`;
}
