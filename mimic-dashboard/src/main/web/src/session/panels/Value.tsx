import { useState, type ReactNode } from 'react';

const SHOWN = 100;

function brief(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 24 ? `${value.slice(0, 23)}…` : value);
  if (Array.isArray(value)) return `Array(${value.length})`;
  if (value !== null && typeof value === 'object') return '{…}';
  return String(value);
}

export function preview(value: object): string {
  if (Array.isArray(value)) return `[${value.slice(0, 5).map(brief).join(', ')}${value.length > 5 ? `, … ${value.length}` : ''}]`;
  const entries = Object.entries(value);
  return `{${entries.slice(0, 6).map(([k, v]) => `${k}: ${brief(v)}`).join(', ')}${entries.length > 6 ? ', …' : ''}}`;
}

/** A recorded value as text; what has parts unfolds. */
export function Value({ value, top, name }: { value: unknown; top?: boolean; name?: string }): ReactNode {
  const [open, setOpen] = useState(false);
  const label = name === undefined ? null : <span className="v-name">{name}: </span>;
  if (value === null || typeof value !== 'object') {
    const kind = typeof value === 'string' ? 'string' : 'atom';
    return <span className={top && kind === 'string' ? 'v-text' : 'v-leaf'}>{label}<span className={top && kind === 'string' ? undefined : `v-${kind}`}>{top && typeof value === 'string' ? value : brief(value)}</span>{top && ' '}</span>;
  }
  const entries = open ? Object.entries(value) : [];
  return (
    <span className="v-node">
      <button type="button" className="v-fold" aria-expanded={open} onClick={() => setOpen(!open)}>{label}<span className="tok">{open ? (Array.isArray(value) ? `Array(${value.length})` : 'Object') : preview(value)}</span></button>
      {open && <span className="v-parts">{entries.slice(0, SHOWN).map(([key, part]) => <Value key={key} name={key} value={part} />)}{entries.length > SHOWN && <span className="v-leaf">… {entries.length - SHOWN} more</span>}</span>}
    </span>
  );
}
