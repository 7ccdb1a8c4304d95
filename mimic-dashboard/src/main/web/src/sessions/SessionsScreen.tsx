import { useQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { firstPageQuery, overviewQuery } from '../api/queries';
import type { Me, SessionItem } from '../api/types';
import { dateTime } from '../format/time';
import { count, counted } from '../format/values';
import { useKeys } from '../keys/useKeys';
import { useQuery as useAddress } from '../routes';
import { Button, Failure, SearchField, Toggle } from '../ui/parts';
import { useLasting, useNow } from '../ui/useMedia';
import { useTitle } from '../ui/useTitle';
import { NothingMatches, NothingYet } from './EmptyList';
import { Chips, RangeMenu } from './FilterBar';
import { apiQuery, bounds, contradiction, isFiltered, notCounted, readFilters, writeFilters, type Filters } from './filters';
import { barsOf, Histogram } from './Histogram';
import { useSavedFilters } from './saved';
import { SessionTable, SkeletonRows } from './SessionTable';
import { SideNav, viewName } from './SideNav';
import { keepTrail } from './trail';
import { useSessions, type SessionsResult } from './useSessions';

const PAGE = 50;
let lastOpened: string | null = null;

/** Filters in the address; the search box types ahead of it, and what is typed counts once it rests. */
function useFilters(): [Filters, (filters: Filters) => void, string] {
  const [query] = useAddress();
  const [, navigate] = useLocation();
  const text = query.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(text)), [text]);
  const change = useCallback((next: Filters) => {
    const search = writeFilters(next).toString();
    navigate(search ? `/?${search}` : '/', { replace: true });
  }, [navigate]);
  return [filters, change, writeFilters(filters).toString()];
}

export function SessionsScreen({ me }: { me: Me }) {
  useTitle('Sessions');
  const [filters, change, query] = useFilters();
  const asked = useMemo(() => ({ at: Date.now(), query }), [query]);
  const search = useMemo(() => apiQuery(filters, asked.at, PAGE), [filters, asked]);
  const sessions = useSessions(useDeferredValue(search));
  const { from, to } = bounds(filters, asked.at);
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const overview = useQuery(overviewQuery(iso(from), iso(to)));
  const saved = useSavedFilters(me.project.id);
  const blank = sessions.state === 'ready' && sessions.items.length === 0 && !sessions.hasMore;
  const any = useQuery(firstPageQuery('limit=1', blank));
  const never = blank && any.data?.items.length === 0;
  const live = notCounted(filters, Math.max(0, (overview.data?.live ?? 0) - sessions.items.filter((item) => item.state === 'active').length));
  const total = overview.data ? barsOf(overview.data).reduce((sum, b) => sum + b.sessions, 0) : null;

  useEffect(() => {
    if (sessions.items.length > 0) keepTrail({ label: viewName(me.project.name, query, saved.list), query, ids: sessions.items.map((s) => s.id), more: sessions.hasMore });
  });

  return (
    <div className="cols">
      <SideNav me={me} query={query} counts={{ all: query === '' ? total : null, live: overview.data?.live ?? null }} />
      <main id="main" className="list" tabIndex={-1}>
        <div className="list-head">
          <div className="list-title"><h1>Sessions</h1><p>{never ? 'Waiting for the first visit' : <Summary filters={filters} sessions={sessions} total={total} live={live} bad={overview.data ? barsOf(overview.data).reduce((sum, b) => sum + b.withErrors, 0) : 0} />}</p></div>
          {!never && <div className="list-actions"><RangeMenu filters={filters} onChange={change} /></div>}
        </div>
        {never ? <NothingYet me={me} /> : (
          <>
            <div className="list-tools">
              <ListSearch filters={filters} onChange={change} />
              <Toggle label="Error Mode" tone="error" checked={filters.errors} onChange={(errors) => change({ ...filters, errors })} />
            </div>
            <Chips filters={filters} onChange={change} />
            {overview.data && overview.data.buckets.length > 0 ? <Histogram overview={overview.data} onNarrow={(a, b) => change({ ...filters, range: null, from: a, to: b })} /> : <div className="hist hist-wait" aria-hidden="true" />}
            <Rows sessions={sessions} blank={blank} filters={filters} now={asked.at} onChange={change} />
          </>
        )}
      </main>
    </div>
  );
}

function Summary({ filters, sessions, total, live, bad }: { filters: Filters; sessions: SessionsResult; total: number | null; live: string; bad: number }) {
  if (sessions.state !== 'ready') return null;
  if (isFiltered(filters)) return <><b className="num">{sessions.hasMore ? `${count(sessions.items.length)}+` : count(sessions.items.length)}</b> {sessions.items.length === 1 ? 'session matches' : 'sessions match'}{live && ` · ${live}`}</>;
  if (total === null) return null;
  return <><b className="num">{count(total)}</b> {total === 1 ? 'session' : 'sessions'}{bad > 0 && ` · ${count(bad)} with errors`}</>;
}

function ListSearch({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(filters.q);
  const sent = useRef(filters.q);
  useEffect(() => {
    if (filters.q !== sent.current) {
      sent.current = filters.q;
      setText(filters.q);
    }
  }, [filters.q]);
  useEffect(() => {
    if (text.trim() === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = text.trim();
      onChange({ ...filters, q: text.trim() });
    }, 250);
    return () => clearTimeout(timer);
  }, [text, filters, onChange]);
  useKeys({ '/': () => input.current?.focus() });
  return <SearchField ref={input} label="Search sessions" placeholder="Search by session id, IP, user or URL" value={text} onChange={setText} onKeyDown={(e) => { if (e.key === 'Escape') input.current?.blur(); }} />;
}

function Rows({ sessions, blank, filters, now: asked, onChange }: { sessions: SessionsResult; blank: boolean; filters: Filters; now: number; onChange: (filters: Filters) => void }) {
  const now = useNow();
  const slow = useLasting(sessions.state === 'loading');
  const open = useCallback((item: SessionItem) => { lastOpened = item.id; }, []);
  if (contradiction(filters) !== null) return <NothingMatches filters={filters} now={asked} onChange={onChange} />;
  if (sessions.state === 'failed' && sessions.error) return <Failure what="The list" error={sessions.error} onRetry={sessions.retry} />;
  if (sessions.state === 'loading') return slow ? <SkeletonRows rows={12} /> : <div className="list-hold" aria-busy="true" />;
  if (blank) return <NothingMatches filters={filters} now={asked} onChange={onChange} />;
  return (
    <>
      {sessions.error && <div className="alert alert-slim" role="alert"><p><b>The list is not up to date.</b> {sessions.error.message}</p><Button size="small" onClick={sessions.retry}>Try again</Button></div>}
      {sessions.fresh > 0 && <div className="fresh"><Button size="small" onClick={() => { sessions.takeFresh(); scrollTo({ top: 0 }); }}><span className="live-dot" />Show {counted(sessions.fresh, 'new session')}</Button></div>}
      <span className="sr-only" role="status">{sessions.fresh > 0 ? `${counted(sessions.fresh, 'new session')} arrived` : ''}</span>
      <SessionTable items={sessions.items} now={now} lastOpened={lastOpened} hasMore={sessions.hasMore} onEnd={sessions.loadMore} onOpen={open} />
      <p className="list-end">{sessions.hasMore ? <Button size="small" onClick={sessions.loadMore} disabled={sessions.loadingMore}>{sessions.loadingMore ? 'Loading older sessions…' : 'Load older sessions'}</Button> : `${counted(sessions.items.length, 'session')}, ${isFiltered(filters) ? 'all that match' : filters.range === 'all' ? 'all that are kept' : 'all of that time'}${sessions.scannedTo ? ` since ${dateTime(Date.parse(sessions.scannedTo))}` : ''}.`}</p>
    </>
  );
}
