import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleX, Copy, ExternalLink, Search, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { firstPageQuery } from '../api/queries';
import type { Health, Me } from '../api/types';
import { useHealth } from '../api/useHealth';
import { hourMinute, shortDay } from '../format/time';
import { counted } from '../format/values';
import { Blank, Button, CopyButton } from '../ui/parts';
import { apiQuery, contradiction, inWords, isFiltered, rangeText, type Filters } from './filters';

/** Nothing matches: what was asked for, in words, and the one change that finds something. */
export function NothingMatches({ filters, now, onChange }: { filters: Filters; now: number; onChange: (filters: Filters) => void }) {
  const wide: Filters = { ...filters, range: 'all', from: null, to: null };
  const calm: Filters = { ...filters, errors: false };
  const never = contradiction(filters);
  const wider = useQuery(firstPageQuery(apiQuery(wide, now, 20), filters.range !== 'all' && never === null));
  const calmer = useQuery(firstPageQuery(apiQuery(calm, now, 20), filters.errors && never === null));
  const amount = (page: { items: unknown[]; next: string | null } | undefined) => (page ? (page.next ? `more than ${page.items.length}` : String(page.items.length)) : null);
  const inTime = filters.range === 'all' ? 'that is kept' : `of the ${rangeText(filters, (at) => `${shortDay(at)} ${hourMinute(at)}`).replace(/^Last/, 'last')}`;
  const hint = filters.errors && calmer.data && calmer.data.items.length > 0 ? `Without Error Mode ${amount(calmer.data)} match.` : wider.data && wider.data.items.length > 0 ? `In all the time that is kept ${amount(wider.data)} match.` : undefined;
  return (
    <Blank
      icon={<Search className="i" aria-hidden="true" />}
      title={never === null ? 'No session matches' : 'No session can match'}
      hint={hint}
      actions={
        <>
          {filters.range !== 'all' && contradiction(wide) === null && <Button tone="primary" onClick={() => onChange(wide)}>Search all that is kept</Button>}
          {filters.errors && never === null && <Button onClick={() => onChange(calm)}>Turn Error Mode off</Button>}
          {isFiltered(filters) && <Button onClick={() => onChange({ ...filters, q: '', errors: false, fields: {} })}>Clear all filters</Button>}
        </>
      }
    >
      {never ?? `No session ${inTime} ${inWords(filters)}.`}
    </Blank>
  );
}

interface Check {
  tone: 'ok' | 'warn' | 'bad';
  title: string;
  text: ReactNode;
}

export function checksOf(health: Health | undefined): Check[] {
  if (!health) return [];
  const stores = Object.entries(health.stores);
  const down = stores.filter(([, s]) => s.status !== 'UP');
  const checks: Check[] = [];
  if (down.length === 0) checks.push({ tone: 'ok', title: 'Stores are up', text: stores.map(([name, s]) => `${name}: ${s.detail ?? 'up'}`).join(' · ') });
  for (const [name, s] of down) checks.push({ tone: s.status === 'DOWN' ? 'bad' : 'warn', title: `${name[0]?.toUpperCase()}${name.slice(1)} is ${s.status.toLowerCase()}`, text: s.detail ?? 'The server’s log says why.' });
  const recording = health.recording;
  if (recording) checks.push(recording.enabled ? { tone: 'ok', title: 'Recording is on', text: 'Batches are taken.' } : { tone: 'bad', title: 'Recording is off', text: recording.reason ?? 'mimic.enabled=false' });
  return checks;
}

const ICONS = { ok: CircleCheck, warn: TriangleAlert, bad: CircleX };

/** Empty for ever: what to do now, and why nothing is recorded. */
export function NothingYet({ me }: { me: Me }) {
  const health = useHealth(me, 5_000);
  const checks = checksOf(health.data);
  const mount = new URL(document.baseURI).pathname;
  const snippet = `<script src="${mount}recorder.js" data-mimic-project="${me.project.id}" defer></script>`;
  return (
    <section className="first">
      <div className="first-main">
        <h2>Nothing has been recorded yet</h2>
        <p>MIMIC is running{health.data?.recording?.enabled === false ? ', but recording is off' : ' and ready'}. Open a page of your app in another tab and click around: the session shows here within {counted(Math.max(1, Math.round((me.sessionTimeoutMs ?? 5_000) / 2_000)), 'second')}.</p>
        <p className="first-a">
          <a className="btn btn-primary" href={new URL('..', document.baseURI).pathname} target="_blank" rel="noreferrer">Open the app <ExternalLink className="i" aria-hidden="true" /></a>
          <span className="waiting" role="status"><span className="live-dot" />Listening for a first batch</span>
        </p>
        <h3>If you instrument pages yourself</h3>
        <div className="snippet">
          <pre tabIndex={0} role="region" aria-label="Snippet"><code>{snippet}</code></pre>
          <CopyButton size="small" text={snippet} said="Snippet copied"><Copy className="i" aria-hidden="true" />Copy</CopyButton>
        </div>
        <p className="fine">or let <code>mvn mimic:instrument</code> put it into every page at build time.</p>
      </div>
      <aside className="first-checks" aria-label="Why is nothing recorded?">
        <h3>Why is nothing recorded?</h3>
        <ol className="checks">
          {checks.map((check) => {
            const Icon = ICONS[check.tone];
            return <li key={check.title} className={check.tone}><Icon className="i" aria-hidden="true" /><div><b>{check.title}</b><span>{check.text}</span></div></li>;
          })}
          <li className="ask"><Search className="i" aria-hidden="true" /><div><b>Look in the page</b><span>Its source should hold <code>recorder.js</code>; the browser’s console says when a policy or a privacy signal stops it.</span></div></li>
        </ol>
      </aside>
    </section>
  );
}
