import type { CSSProperties } from 'react';

/** A position in per cent for the sheets, as custom properties: React sets them through the CSSOM, which the policy allows. */
export function place(at: number, to?: number): CSSProperties {
  const properties: Record<string, string> = { '--at': at.toFixed(3) };
  if (to !== undefined) properties['--to'] = to.toFixed(3);
  return properties as CSSProperties;
}
