import { useInfiniteQuery, useQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { getJson } from '../api/client';
import { firstPageQuery } from '../api/queries';
import type { SessionItem, SessionPage } from '../api/types';

/** Pages that held nothing but say that there may be more are followed this far without being asked. */
const EMPTY_PAGES = 6;

export interface SessionsResult {
  items: SessionItem[];
  fresh: number;
  takeFresh: () => void;
  state: 'loading' | 'failed' | 'ready';
  error: Error | null;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  retry: () => void;
  scannedTo: string | null;
}

/** The list, page by page, newest first; what arrives meanwhile is announced, and rows that are shown stay up to date. */
export function useSessions(search: string): SessionsResult {
  const client = useQueryClient();
  const key = useMemo(() => ['sessions', search], [search]);
  const list = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => getJson<SessionPage>(`api/sessions?${search}${pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : ''}`, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    refetchOnWindowFocus: false,
    staleTime: 30_000,
  });
  const head = useQuery(firstPageQuery(search, list.isSuccess));
  const loaded = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const known = useMemo(() => new Set(loaded.map((item) => item.id)), [loaded]);
  const newest = loaded[0]?.startedAt ?? '';
  const fresh = (head.data?.items ?? []).filter((item) => !known.has(item.id) && item.startedAt >= newest);
  const current = new Map(head.data?.items.map((item) => [item.id, item]));

  const emptyTail = (list.data?.pages.length ?? 0) <= EMPTY_PAGES && loaded.length === 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (emptyTail && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [emptyTail, hasNextPage, isFetchingNextPage, fetchNextPage]);

  return {
    items: loaded.map((item) => current.get(item.id) ?? item),
    fresh: fresh.length,
    takeFresh: () =>
      client.setQueryData<InfiniteData<SessionPage>>(key, (data) => {
        const [first, ...rest] = data?.pages ?? [];
        return data && first ? { ...data, pages: [{ ...first, items: [...fresh, ...first.items] }, ...rest] } : data;
      }),
    state: list.data ? (loaded.length === 0 && isFetchingNextPage ? 'loading' : 'ready') : list.error ? 'failed' : 'loading',
    error: list.error ?? head.error,
    hasMore: hasNextPage,
    loadingMore: isFetchingNextPage,
    loadMore: () => { if (hasNextPage && !isFetchingNextPage) void fetchNextPage(); },
    retry: () => { void list.refetch(); void head.refetch(); },
    scannedTo: list.data?.pages.at(-1)?.scannedTo ?? null,
  };
}
