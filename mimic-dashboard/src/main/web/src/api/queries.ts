import { QueryCache, QueryClient, queryOptions } from '@tanstack/react-query';
import { ApiError, getJson, setCsrfToken } from './client';
import { ME, sessionAt, timelineAt } from './paths';
import type { Health, Me, Overview, SessionDetail, SessionPage, Timeline } from './types';

const LIVE_POLL_MS = 5_000;

function retry(failures: number, error: Error): boolean {
  const answered = error instanceof ApiError && error.status >= 400 && error.status < 500;
  return !answered && failures < 2;
}

export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: { queries: { retry, retryDelay: (n) => 400 * 2 ** n, staleTime: 10_000, refetchOnWindowFocus: true } },
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (error instanceof ApiError && (error.status === 401 || error.byHost) && query.queryKey[0] !== 'me') {
          void client.invalidateQueries({ queryKey: ['me'] });
        }
      },
    }),
  });
  return client;
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => {
    const me = await getJson<Me>(ME, signal);
    setCsrfToken(me.csrfToken);
    return me;
  },
  staleTime: 60_000,
});

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => getJson<Health>('api/health', signal, 503),
  refetchInterval: 30_000,
});

/** With what the stores say of themselves: only the server's admin is told, and only while the catalog can say who that is. */
export const healthDetailsQuery = queryOptions({
  queryKey: ['health-details'],
  queryFn: ({ signal }) => getJson<Health>('api/admin/health', signal),
  refetchInterval: 30_000,
  retry: false,
});

export function overviewQuery(from: string | null, to: string | null) {
  const query = new URLSearchParams();
  if (from) query.set('from', from);
  if (to) query.set('to', to);
  return queryOptions({
    queryKey: ['overview', from, to],
    queryFn: ({ signal }) => getJson<Overview>(`api/overview?${query}`, signal),
    refetchInterval: LIVE_POLL_MS * 3,
  });
}

export function firstPageQuery(search: string, enabled = true) {
  return queryOptions({
    queryKey: ['sessions-head', search],
    queryFn: ({ signal }) => getJson<SessionPage>(`api/sessions?${search}`, signal),
    refetchInterval: LIVE_POLL_MS,
    enabled,
  });
}

const whileActive = (query: { state: { data?: SessionDetail | undefined } }) =>
  query.state.data?.state === 'active' ? LIVE_POLL_MS : false;

export function sessionQuery(id: string) {
  return queryOptions({
    queryKey: ['session', id],
    queryFn: ({ signal }) => getJson<SessionDetail>(sessionAt(id), signal),
    refetchInterval: whileActive,
  });
}

export function timelineQuery(id: string, active: boolean) {
  return queryOptions({
    queryKey: ['timeline', id],
    queryFn: ({ signal }) => getJson<Timeline>(timelineAt(id), signal),
    refetchInterval: active ? LIVE_POLL_MS : false,
  });
}
