const whole = new Intl.NumberFormat('en-GB');

export const count = (n: number) => whole.format(n);

/** `1 error`, `3 errors`. */
export const counted = (n: number, one: string, many = `${one}s`) => `${whole.format(n)} ${n === 1 ? one : many}`;

export function size(bytes: number | null): string {
  if (bytes === null) return '–';
  if (bytes < 1000) return `${bytes} B`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = -1;
  do {
    value /= 1000;
    unit++;
  } while (value >= 999.5 && unit < units.length - 1);
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** `01a20e1c…a41c` */
export const shortId = (id: string) => (id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id);

export interface Address {
  scheme: string;
  host: string;
  path: string;
  directory: string;
  leaf: string;
  query: string;
}

/** What would be seen as nothing, as another direction, or as a space of its own: it stays as it was sent. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00a0\u2000-\u200a\u3000]/u;

/** As people read it: `/käse`, not `/k%C3%A4se`. What separates the parts of an address (`%2F`, `%3F`, `%26`) and what is no UTF-8 stays encoded. */
export function readable(part: string): string {
  return part.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      const text = decodeURI(run);
      return UNSEEN.test(text) ? run : text;
    } catch {
      return run;
    }
  });
}

/** The parts of an address as they are shown; what is no address is shown whole. */
export function address(url: string): Address {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return { scheme: '', host: '', path: url, directory: '', leaf: url, query: '' };
  }
  if (parsed.host === '') return { scheme: '', host: '', path: url, directory: '', leaf: url, query: '' };
  const cut = parsed.pathname.lastIndexOf('/') + 1;
  return {
    scheme: `${parsed.protocol}//`,
    host: parsed.host,
    path: readable(parsed.pathname),
    directory: readable(parsed.pathname.slice(0, cut)),
    leaf: readable(parsed.pathname.slice(cut)),
    query: readable(parsed.search + parsed.hash),
  };
}

/** Path and query without the host, as they are shown. */
export function pathOf(url: string | null): string {
  if (!url) return '';
  const { path, query } = address(url);
  return path + query;
}

export function initials(name: string): string {
  const words = name.replace(/@.*/, '').split(/[\s._-]+/).filter(Boolean);
  const first = [...(words[0] ?? '')][0] ?? '';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toUpperCase();
}
