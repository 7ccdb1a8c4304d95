import { useSyncExternalStore } from 'react';

let said: { text: string; n: number } = { text: '', n: 0 };
let clear: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Says something once, to the eye as a short notice and to a screen reader. */
export function announce(text: string): void {
  said = { text, n: said.n + 1 };
  listeners.forEach((tell) => tell());
  clearTimeout(clear);
  clear = setTimeout(() => {
    said = { text: '', n: said.n };
    listeners.forEach((tell) => tell());
  }, 2_600);
}

export function Announcer() {
  const now = useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, () => said);
  return <div className="notice" role="status" data-shown={now.text !== '' || undefined}>{now.text}</div>;
}
