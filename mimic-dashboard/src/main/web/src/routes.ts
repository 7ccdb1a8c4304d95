import { useLocation, useSearch } from 'wouter';
import { BASE } from './mount';

export const sessionPath = (id: string, query: Record<string, string> = {}) => {
  const search = new URLSearchParams(query).toString();
  return `/sessions/${encodeURIComponent(id)}${search ? `?${search}` : ''}`;
};

/** The full address of a session at a moment, to give to someone else. */
export function shareLink(id: string, seconds: number | null): string {
  const query: Record<string, string> = seconds === null ? {} : { t: String(Math.max(0, Math.round(seconds * 10) / 10)) };
  return `${location.origin}${BASE}${sessionPath(id, query)}`;
}

/** Query parameters of the current address, and a way to change them in place. */
export function useQuery(): [URLSearchParams, (change: (query: URLSearchParams) => void, replace?: boolean) => void] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const query = new URLSearchParams(search);
  const change = (edit: (query: URLSearchParams) => void, replace = true) => {
    const next = new URLSearchParams(window.location.search);
    edit(next);
    const text = next.toString();
    navigate(text ? `${path}?${text}` : path, { replace });
  };
  return [query, change];
}
