import { Clock, HardDrive, Scissors, Shield } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { SessionDetail, Timeline } from '../../api/types';
import { clock, dateTime, inZone, took, utc } from '../../format/time';
import { counted, size } from '../../format/values';
import { browserOf, place, screenOf, systemOf, visitor } from '../../format/visitor';
import { Avatar } from '../../sessions/SessionRow';
import { BrandIcon } from '../../ui/brand';
import { vitalText } from '../event-lines';
import { gapText, runAt, type Model } from '../model';
import type { PanelProps } from './panel';
import { usePlay, type PlayController } from '../playback';
import { WorldMap } from './WorldMap';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>;
}

const known = (value: string | null | undefined) => value ?? <span className="unknown">unknown</span>;

export function OverviewPanel({ session, timeline, model, control }: PanelProps) {
  const who = visitor(session);
  const traits = Object.entries(session.traits ?? {}).filter(([name]) => name !== 'name');
  return (
    <>
      <h2 className="sr-only">Overview</h2>
      <div className="plist plist-pad" role="group" aria-label="Overview" tabIndex={0}>
        <section className="ov-user">
          <Avatar name={who.name} known={who.known} large />
          <div><h3>{who.name}</h3><p>{who.sub ?? (who.known ? 'Identified by the page' : 'The page did not say who it was')}</p></div>
          {session.user && <Link className="btn btn-plain btn-small" href={`/?range=all&user=${encodeURIComponent(session.user)}`}>Their sessions</Link>}
        </section>
        {traits.length > 0 && <section><h3>Traits</h3><dl className="kv">{traits.map(([name, value]) => <Fact key={name} name={name}>{typeof value === 'string' ? value : JSON.stringify(value)}</Fact>)}</dl></section>}
        <Place session={session} start={model.start} />
        <section>
          <h3>Device</h3>
          <dl className="kv kv-2">
            <Fact name="Browser"><BrandIcon name={session.browser} /> {known(browserOf(session))}</Fact>
            <Fact name="System"><BrandIcon name={session.os} /> {known(systemOf(session))}</Fact>
            <Fact name="Screen"><span className="num">{known(screenOf(session.screen))}</span></Fact>
            <Fact name="Kind">{known(session.device)}</Fact>
            <Fact name="Language">{known(session.language)}</Fact>
            <Fact name="Time zone">{known(session.timeZone)}</Fact>
          </dl>
        </section>
        <Pages timeline={timeline} model={model} control={control} />
        <Recording session={session} timeline={timeline} model={model} control={control} />
        <section>
          <h3>Session</h3>
          <dl className="kv">
            <Fact name="Id"><span className="mono">{session.id}</span></Fact>
            <Fact name="Started"><span className="num" title={utc(model.start)}>{dateTime(model.start)}</span></Fact>
            <Fact name="Came from">{known(session.referrer)}</Fact>
            <Fact name="Landed on">{known(session.landingUrl)}</Fact>
            <Fact name="Recorder"><span className="mono">{known(session.recorder)}</span></Fact>
          </dl>
        </section>
      </div>
    </>
  );
}

function Place({ session, start }: { session: SessionDetail; start: number }) {
  const local = session.timeZone ? inZone(start, session.timeZone) : null;
  return (
    <section className="ov-place">
      <WorldMap code={session.countryCode} label={place(session)} />
      <dl className="kv">
        <Fact name="Place">{place(session) ?? 'Unknown'}</Fact>
        {local && <Fact name="Local time"><span className="num">{local}</span></Fact>}
        <Fact name="Address"><span className="mono">{session.ip ?? 'not kept'}</span></Fact>
      </dl>
    </section>
  );
}

function Pages({ timeline, model, control }: { timeline: Timeline; model: Model; control: PlayController }) {
  const current = usePlay(control, (s) => runAt(model.runs, s.now)?.at ?? 0);
  const vital = (at: number, to: number, window: string, name: string) => timeline.vitals.findLast((v) => v.name === name && v.window === window && v.at >= at && v.at <= to);
  return (
    <section>
      <h3>Pages</h3>
      <table className="mini">
        <caption className="sr-only">Pages and their web vitals</caption>
        <thead><tr><th scope="col">At</th><th scope="col">Page</th><th scope="col" className="num">LCP</th><th scope="col" className="num">INP</th><th scope="col" className="num">CLS</th></tr></thead>
        <tbody>
          {model.runs.slice(0, 200).map((run) => (
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
    </section>
  );
}

/** Below it a difference is the network's as much as the clock's, and the server leaves times as they are. */
const CORRECTED_ABOVE_MS = 300_000;

function Recording({ session, timeline, model, control }: { session: SessionDetail; timeline: Timeline; model: Model; control: PlayController }) {
  const kept = session.segments.reduce((sum, s) => sum + s.timelineBytes + s.domBytes, 0);
  const raw = session.segments.reduce((sum, s) => sum + s.rawBytes, 0);
  const privacy = session.metadata?.['privacy'];
  return (
    <section>
      <h3>Recording</h3>
      <ul className="notes">
        {typeof privacy === 'string' && <li><Shield className="i" aria-hidden="true" /><span>Privacy <b>{privacy}</b></span></li>}
        {timeline.gaps.map((gap) => <li key={gap.at} className="warn"><Scissors className="i" aria-hidden="true" /><span><button type="button" className="link" onClick={() => control.seek(gap.at)}>{gap.from && gap.to ? took(gap.to - gap.from) : 'Something'} missing at {clock(gap.at - model.start)}</button>: {gapText(gap.reason)}</span></li>)}
        {Math.abs(session.skewMs) > CORRECTED_ABOVE_MS && <li><Clock className="i" aria-hidden="true" /><span>The browser’s clock was {took(Math.abs(session.skewMs))} {session.skewMs > 0 ? 'ahead' : 'behind'}; times are corrected</span></li>}
        <li><HardDrive className="i" aria-hidden="true" /><span className="num">{raw > 0 ? `${size(raw)} recorded, ${size(kept)} kept in ${counted(session.segments.length, 'segment')}` : session.state === 'active' ? 'Still in the buffer: the session is live' : `${size(session.bytes)} kept`}</span></li>
      </ul>
    </section>
  );
}
