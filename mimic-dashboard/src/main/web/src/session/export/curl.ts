import type { NetworkRow } from '../../api/types';

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The request as a command for a shell. Every part is quoted: it comes from a recording. */
export function curlOf(row: NetworkRow): string {
  const parts = ['curl', ...(row.method === 'GET' ? [] : ['-X', quoted(row.method)]), quoted(row.url)];
  for (const [name, value] of Object.entries(row.requestHeaders ?? {})) parts.push('-H', quoted(`${name}: ${value}`));
  if (row.requestBody) parts.push('--data-raw', quoted(row.requestBody));
  return parts.join(' ');
}
