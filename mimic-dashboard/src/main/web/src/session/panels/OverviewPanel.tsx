import { Clock, HardDrive, Scissors, Shield } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { SessionDetail } from '../../api/types';
import { clock, dateTime, inZone, took, utc } from '../../format/time';
import { counted, readable, size } from '../../format/values';
import { browserOf, place, screenOf, systemOf, visitor } from '../../format/visitor';
import { Avatar } from '../../sessions/SessionRow';
import { BrandIcon } from '../../ui/brand';
import { cx, SearchField, Segmented } from '../../ui/parts';
import { vitalText } from '../event-lines';
import { gapText, runAt } from '../model';
import { useKept, type PanelProps } from './panel';
import { usePlay } from '../playback';
import { WorldMap } from './WorldMap';

interface Known {
  name: string;
  /** What is searched, and shown unless there is more to show. */
  text: string | null | undefined;
  shown?: ReactNode;
}

const value = ({ text, shown }: Known) => (text == null ? <span className="unknown">unknown</span> : (shown ?? text));

/** The facts of one heading that are sought; nothing where none is. */
function Facts({ title, facts, has, two }: { title: string; facts: Known[]; has: Has; two?: boolean }) {
  const found = facts.filter(({ name, text }) => has(title, name, text));
  if (found.length === 0) return null;
  return <section><h3>{title}</h3><dl className={cx('kv', two && 'kv-2')}>{found.map((fact) => <div key={fact.name}><dt>{fact.name}</dt><dd>{value(fact)}</dd></div>)}</dl></section>;
}

type Show = 'all' | 'visitor' | 'pages' | 'recording';
type Has = (...texts: (string | null | undefined)[]) => boolean;

export function OverviewPanel(props: PanelProps) {
  const { model, kept } = props;
  const [show, setShow] = useKept<Show>(kept, 'overview.show', 'all');
  const [query, setQuery] = useKept(kept, 'overview.query', '');
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const has: Has = (...texts) => { const text = texts.join(' ').toLowerCase(); return words.every((word) => text.includes(word)); };
  const wanted = (part: Show) => show === 'all' || show === part;
  return (
    <>
      <h2 className="sr-only">Overview</h2>
      <div className="ptools">
        <SearchField small label="Any fact or page" value={query} onChange={setQuery} />
        <Segmented label="Show" value={show} onChange={setShow} choices={[{ value: 'all', label: 'All' }, { value: 'visitor', label: 'Visitor' }, { value: 'pages', label: 'Pages', count: model.runs.length }, { value: 'recording', label: 'Recording' }]} />
      </div>
      <div className="plist plist-pad" role="group" aria-label="Overview" tabIndex={0}>
        {wanted('visitor') && <Visitor {...props} has={has} whole={words.length === 0} />}
        {wanted('pages') && <Pages {...props} has={has} />}
        {wanted('recording') && <Recording {...props} has={has} />}
        <p className="ov-none">Nothing here matches.</p>
      </div>
    </>
  );
}

function Visitor({ session, model, has, whole }: PanelProps & { has: Has; whole: boolean }) {
  const who = visitor(session);
  const traits = Object.entries(session.traits ?? {}).filter(([name]) => name !== 'name');
  const where = place(session);
  return (
    <>
      {has('Visitor User', who.name, who.sub) && (
        <section className="ov-user">
          <Avatar name={who.name} known={who.known} large />
          <div><h3>{who.name}</h3><p>{who.sub ?? (who.known ? 'Identified by the page' : 'The page did not say who it was')}</p></div>
          {session.user && <Link className="btn btn-plain btn-small" href={`/?range=all&user=${encodeURIComponent(session.user)}`}>Their sessions</Link>}
        </section>
      )}
      <Facts title="Traits" has={has} facts={traits.map(([name, trait]) => ({ name, text: typeof trait === 'string' ? trait : JSON.stringify(trait) }))} />
      {whole ? <Place session={session} start={model.start} /> : <Facts title="Place" has={has} facts={[{ name: 'Place', text: where }, { name: 'Address', text: session.ip, shown: <span className="mono">{session.ip}</span> }]} />}
      <Facts
        title="Device" two has={has} facts={[
          { name: 'Browser', text: browserOf(session), shown: <><BrandIcon name={session.browser} /> {browserOf(session)}</> },
          { name: 'System', text: systemOf(session), shown: <><BrandIcon name={session.os} /> {systemOf(session)}</> },
          { name: 'Screen', text: screenOf(session.screen), shown: <span className="num">{screenOf(session.screen)}</span> },
          { name: 'Kind', text: session.device },
          { name: 'Language', text: session.language },
          { name: 'Time zone', text: session.timeZone },
        ]}
      />
    </>
  );
}

function Place({ session, start }: { session: SessionDetail; start: number }) {
  const local = session.timeZone ? inZone(start, session.timeZone) : null;
  return (
    <section className="ov-place">
      <WorldMap code={session.countryCode} label={place(session)} />
      <dl className="kv">
        <div><dt>Place</dt><dd>{place(session) ?? 'Unknown'}</dd></div>
        {local && <div><dt>Local time</dt><dd><span className="num">{local}</span></dd></div>}
        <div><dt>Address</dt><dd><span className="mono">{session.ip ?? 'not kept'}</span></dd></div>
      </dl>
    </section>
  );
}

const MOST_LISTED = 200;

function Pages({ timeline, model, control, has }: PanelProps & { has: Has }) {
  const current = usePlay(control, (s) => runAt(model.runs, s.now)?.at ?? 0);
  const vital = (at: number, to: number, window: string, name: string) => timeline.vitals.findLast((v) => v.name === name && v.window === window && v.at >= at && v.at <= to);
  const found = model.runs.filter((run) => has('Page', run.url, run.path, run.title));
  if (found.length === 0) return null;
  return (
    <section>
      <h3>Pages</h3>
      <table className="mini">
        <caption className="sr-only">Pages and their web vitals</caption>
        <thead><tr><th scope="col">At</th><th scope="col">Page</th><th scope="col" className="num">LCP</th><th scope="col" className="num">INP</th><th scope="col" className="num">CLS</th></tr></thead>
        <tbody>
          {found.slice(0, MOST_LISTED).map((run) => (
            <tr key={`${run.at}${run.window}`} className={run.at === current ? 'is-on' : undefined}>
              <td className="num">{clock(run.at - model.start)}</td>
              <td><button type="button" className="link" title={run.url} onClick={() => control.seek(run.at)}>{run.path.split('?')[0]}</button>{run.windowNumber > 1 && <span className="muted"> window {run.windowNumber}</span>}</td>
              {['LCP', 'INP', 'CLS'].map((name) => {
                const v = vital(run.at, run.to, run.window, name);
                return <td key={name} className="num">{v ? <em className={`v-${v.rating === 'poor' ? 'poor' : v.rating === 'needs-improvement' ? 'mid' : 'good'}`} title={v.rating ?? undefined}>{vitalText(name, v.value)}</em> : '–'}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {found.length > MOST_LISTED && <p className="fine">{counted(found.length - MOST_LISTED, 'further page')} {found.length - MOST_LISTED === 1 ? 'is' : 'are'} not shown: search for a part of the address.</p>}
    </section>
  );
}

/** Below it a difference is the network's as much as the clock's, and the server leaves times as they are. */
const CORRECTED_ABOVE_MS = 300_000;

function Recording({ session, timeline, model, control, has }: PanelProps & { has: Has }) {
  const kept = session.segments.reduce((sum, s) => sum + s.timelineBytes + s.domBytes, 0);
  const raw = session.segments.reduce((sum, s) => sum + s.rawBytes, 0);
  const privacy = session.metadata?.['privacy'];
  const shown = has('Recording', typeof privacy === 'string' ? `Privacy ${privacy}` : '', timeline.gaps.length > 0 ? 'missing gap' : '', 'clock segments');
  return (
    <>
      {shown && (
        <section>
          <h3>Recording</h3>
          <ul className="notes">
            {typeof privacy === 'string' && <li><Shield className="i" aria-hidden="true" /><span>Privacy <b>{privacy}</b></span></li>}
            {timeline.gaps.slice(0, MOST_LISTED).map((gap) => <li key={gap.at} className="warn"><Scissors className="i" aria-hidden="true" /><span><button type="button" className="link" onClick={() => control.seek(gap.at)}>{gap.from && gap.to ? took(gap.to - gap.from) : 'Something'} missing at {clock(gap.at - model.start)}</button>: {gapText(gap.reason)}</span></li>)}
            {timeline.gaps.length > MOST_LISTED && <li className="warn"><Scissors className="i" aria-hidden="true" /><span>{counted(timeline.gaps.length - MOST_LISTED, 'further gap')}</span></li>}
            {Math.abs(session.skewMs) > CORRECTED_ABOVE_MS && <li><Clock className="i" aria-hidden="true" /><span>The browser’s clock was {took(Math.abs(session.skewMs))} {session.skewMs > 0 ? 'ahead' : 'behind'}; times are corrected</span></li>}
            <li><HardDrive className="i" aria-hidden="true" /><span className="num">{raw > 0 ? `${size(raw)} recorded, ${size(kept)} kept in ${counted(session.segments.length, 'segment')}` : session.state === 'active' ? 'Still in the buffer: the session is live. Pictures and fonts of the app are kept, if at all, when it ends; until then they are grey' : `${size(session.bytes)} kept`}</span></li>
          </ul>
        </section>
      )}
      <Facts
        title="Session" has={has} facts={[
          { name: 'Id', text: session.id, shown: <span className="mono">{session.id}</span> },
          { name: 'Started', text: dateTime(model.start), shown: <span className="num" title={utc(model.start)}>{dateTime(model.start)}</span> },
          { name: 'Came from', text: session.referrer },
          { name: 'Landed on', text: session.landingUrl, shown: session.landingUrl && <span title={session.landingUrl}>{readable(session.landingUrl)}</span> },
          { name: 'Recorder', text: session.recorder, shown: <span className="mono">{session.recorder}</span> },
        ]}
      />
    </>
  );
}
