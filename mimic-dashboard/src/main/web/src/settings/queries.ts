import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getJson } from '../api/client';
import type { AccessPage, ApiToken, ErasurePreview, Projects, Removal, Settings, Storage } from '../api/types';

export type Person = { user: string } | { ip: string };

export const settingsQuery = queryOptions({ queryKey: ['settings'], queryFn: ({ signal }) => getJson<Settings>('api/settings', signal) });
export const storageQuery = queryOptions({ queryKey: ['storage'], queryFn: ({ signal }) => getJson<Storage>('api/storage', signal) });
export const projectsQuery = queryOptions({ queryKey: ['projects'], queryFn: ({ signal }) => getJson<Projects>('api/admin/projects', signal) });
export const tokensQuery = queryOptions({ queryKey: ['tokens'], queryFn: ({ signal }) => getJson<{ items: ApiToken[] }>('api/tokens', signal) });

export const accessQuery = (action: string) =>
  infiniteQueryOptions({
    queryKey: ['access-log', action],
    queryFn: ({ pageParam, signal }) => getJson<AccessPage>(`api/access-log?${new URLSearchParams({ limit: '25', ...(action ? { action } : {}), ...(pageParam ? { cursor: pageParam } : {}) })}`, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

export const erasurePreview = (person: Person) => getJson<ErasurePreview>(`api/erasures?${new URLSearchParams(person)}`);
export const removalQuery = (id: string) => queryOptions({ queryKey: ['removal', id], queryFn: ({ signal }) => getJson<Removal>(`api/admin/projects/${encodeURIComponent(id)}/removal`, signal), staleTime: 0 });
