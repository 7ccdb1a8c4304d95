import { useSyncExternalStore } from 'react';
import { safely } from '../ui/theme';

export interface SavedFilter {
  name: string;
  query: string;
}

const listeners = new Set<() => void>();
const cache = new Map<string, { text: string | null; list: SavedFilter[] }>();
const key = (project: string) => `mimic.filters.${project}`;

function isSaved(value: unknown): value is SavedFilter {
  const v = value as Partial<SavedFilter> | null;
  return typeof v?.name === 'string' && typeof v.query === 'string';
}

function read(project: string): SavedFilter[] {
  const text = safely(() => localStorage.getItem(key(project)));
  const known = cache.get(project);
  if (known && known.text === text) return known.list;
  const parsed = safely(() => JSON.parse(text ?? '[]') as unknown);
  const list = Array.isArray(parsed) ? parsed.filter(isSaved) : [];
  cache.set(project, { text, list });
  return list;
}

function write(project: string, list: SavedFilter[]): void {
  safely(() => localStorage.setItem(key(project), JSON.stringify(list)));
  listeners.forEach((tell) => tell());
}

export function useSavedFilters(project: string) {
  const list = useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, () => read(project));
  return {
    list,
    save: (name: string, query: string) => write(project, [...read(project).filter((f) => f.name !== name), { name, query }]),
    remove: (name: string) => write(project, read(project).filter((f) => f.name !== name)),
  };
}
