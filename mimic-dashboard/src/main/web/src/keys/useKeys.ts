import { useEffect, useRef } from 'react';

export type Keys = Record<string, (event: KeyboardEvent) => void>;

const TYPING = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]';

/** The name of a pressed key: `space`, `shift+left`, `alt+1`, `mod+k`, `n`, `?`. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>): string {
  const named: Record<string, string> = { ' ': 'space', ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down', Escape: 'esc', Enter: 'enter' };
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  const key = named[event.key] ?? (event.altKey && digit ? digit : event.key.length === 1 ? event.key.toLowerCase() : event.key);
  const shifted = event.shiftKey && event.key in named;
  return [event.ctrlKey || event.metaKey ? 'mod' : '', event.altKey ? 'alt' : '', shifted ? 'shift' : '', key].filter(Boolean).join('+');
}

function belongsElsewhere(event: KeyboardEvent, name: string): boolean {
  const target = event.target as Element | null;
  if (event.defaultPrevented || !target?.closest) return true;
  if (target.closest(TYPING)) return !name.startsWith('mod+');
  if (target.closest('[role=dialog], [role=alertdialog], [role=menu]')) return true;
  if (name === 'space' && target.closest('[data-row]')) return false;
  return (name === 'space' || name === 'enter') && target.closest('button, a, summary, [role=switch]') !== null;
}

/** Shortcuts for as long as the component is shown. They do nothing while someone types or a dialog is open. */
export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const name = keyName(event);
      const action = Object.hasOwn(current.current, name) ? current.current[name] : undefined;
      if (!action || belongsElsewhere(event, name)) return;
      event.preventDefault();
      action(event);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
