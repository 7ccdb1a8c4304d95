import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { Bug, ChevronLeft, ChevronRight, Copy, History, Link as LinkIcon, Monitor, MousePointerClick, Network, Play, Server, Unplug, User, X } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { firstPageQuery } from '../api/queries';
import type { ErrorRow, NetworkRow, SessionDetail, Timeline } from '../api/types';
import { copyText } from '../format/copy';
import { clock, clockTenths, took } from '../format/time';
import { address, counted, pathOf, size } from '../format/values';
import { browserOf, place, systemOf, visitor } from '../format/visitor';
import { shareLink } from '../routes';
import { failureName, requestBefore, type Trouble } from '../session/error-groups';
import { troubleMarkdown } from '../session/export/markdown';
import type { EventLine } from '../session/event-lines';
import { runAt, type Model } from '../session/model';
import { statusClass } from '../session/network-rows';
import { LogLines } from '../session/panels/NetworkDetails';
import { EVENT_ICONS } from '../session/panels/EventsPanel';
import type { PlayController } from '../session/playback';
import { announce } from '../ui/announce';
import { Button, cx } from '../ui/parts';
import { browserStack } from './stack';
import { JavaStack, StackFrames } from './StackFrames';

interface Props {
  troubleKey: string;
  session: SessionDetail;
  timeline: Timeline;
  model: Model;
  control: PlayController;
  onOpen: (key: string | null) => void;
}

const LEAD_MS = 10_000;
const KINDS: Record<ErrorRow['kind'], string> = { error: 'uncaught', rejection: 'uncaught, in a promise', resource: 'the browser does not say why' };
const ICONS = { error: Bug, request: Unplug, rage: MousePointerClick };

/** Why: the browser's stack, the request that failed, the server's stack behind it; and what led to it. */
export function ErrorView({ troubleKey, session, timeline, model, control, onOpen }: Props) {
  const trouble = model.troubles.find((t) => t.key === troubleKey);
  const nearest = trouble ? Math.max(0, trouble.times.findLastIndex((at) => at <= control.state.now + 1_500)) : 0;
  const [index, setIndex] = useState(nearest);
  return (
    <Dialog.Root open onOpenChange={(open) => { if (!open) onOpen(null); }}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup className="drawer">
          {trouble ? <Opened trouble={trouble} index={Math.min(index, trouble.times.length - 1)} setIndex={setIndex} session={session} timeline={timeline} model={model} control={control} onOpen={onOpen} />
            : <div className="dr-head"><div className="dr-bar"><Dialog.Title>This error is not in the session</Dialog.Title><Dialog.Close className="btn btn-quiet btn-icon" aria-label="Close"><X className="i" aria-hidden="true" /></Dialog.Close></div><p>The link may be of another session.</p></div>}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface OpenedProps extends Omit<Props, 'troubleKey'> {
  trouble: Trouble;
  index: number;
  setIndex: (index: number) => void;
}

function Opened({ trouble, index, setIndex, session, timeline, model, control, onOpen }: OpenedProps) {
  const at = trouble.times[index] ?? model.start;
  const error = trouble.errors[index];
  const request = error ? requestBefore(error, timeline.network) : trouble.requests[index];
  const led = useMemo(() => ledTo(model.events, at), [model, at]);
  const Icon = ICONS[trouble.kind];
  const from = Math.max(model.start, at - LEAD_MS);
  const watch = () => {
    control.seek(from, error?.window ?? request?.window);
    control.play();
    onOpen(null);
  };
  const copy = async (text: string, what: string) => announce((await copyText(text)) ? `${what} copied` : 'The browser did not allow copying');
  return (
    <>
      <div className="dr-head">
        <div className="dr-bar">
          <span className="step" role="group" aria-label="Occurrences">
            <Button size="small" icon aria-label="Previous occurrence" disabled={index === 0} onClick={() => setIndex(index - 1)}><ChevronLeft className="i" aria-hidden="true" /></Button>
            <span className="num">{index + 1} of {trouble.times.length}<span className="hide-s"> in this session</span></span>
            <Button size="small" icon aria-label="Next occurrence" disabled={index >= trouble.times.length - 1} onClick={() => setIndex(index + 1)}><ChevronRight className="i" aria-hidden="true" /></Button>
          </span>
          <div className="dr-acts">
            <Button size="small" onClick={() => void copy(troubleMarkdown(session, model, trouble, at), 'Markdown')}><Copy className="i" aria-hidden="true" /><span className="sr-narrow">Copy as Markdown</span></Button>
            <Button size="small" className="hide-s" onClick={() => void copy(`${shareLink(session.id, (at - model.start) / 1000)}&error=${encodeURIComponent(trouble.key)}`, 'Link')}><LinkIcon className="i" aria-hidden="true" />Share at {clock(at - model.start)}</Button>
            <Button size="small" tone="primary" onClick={watch}><Play className="i" aria-hidden="true" />Watch from {clock(from - model.start)}</Button>
            <Dialog.Close className="btn btn-quiet btn-icon btn-small" aria-label="Close"><X className="i" aria-hidden="true" /></Dialog.Close>
          </div>
        </div>
        <p className="dr-kind"><span className={`badge badge-${trouble.kind === 'error' ? 'error' : trouble.kind === 'request' ? 'fail' : 'rage'}`}><Icon className="i" aria-hidden="true" />{trouble.kind === 'rage' ? 'Rage click' : trouble.title}</span>{error && KINDS[error.kind]}<span className="num">{clockTenths(at - model.start)}</span></p>
        <Dialog.Title className="dr-title">{trouble.message || trouble.title}</Dialog.Title>
        <p className="dr-seen"><b>{counted(trouble.times.length, 'time')}</b> in this session<OtherSessions trouble={trouble} session={session.id} /></p>
      </div>
      <div className="dr-body">
        <div className="dr-main">
          {error && <Browser error={error} />}
          {request && <RequestJoin request={request} joined={error !== undefined} error={error} onShow={() => onOpen(null)} />}
          {request?.server && <ServerPart request={request} />}
          {!error && !request && <p className="dr-none">{trouble.message}. The page gave no answer that the visitor could see: look at the moment itself.</p>}
          {request && !request.server && <p className="dr-none">Nothing of the server is known: mimic.server.capture is off, it does not run MIMIC’s filter, or the request never reached it.</p>}
        </div>
        <div className="dr-side">
          <section><h2><History className="i" aria-hidden="true" />What led to it</h2><Led lines={led} at={at} /></section>
          {request && <RequestFacts request={request} />}
          <SessionFacts session={session} model={model} at={at} />
        </div>
      </div>
    </>
  );
}

/** What each page brings with it, and leads to nothing. */
const BESIDE = new Set<EventLine['kind']>(['vital', 'visible', 'hidden']);

/** The events shortly before a moment, and the first ones after it. */
export function ledTo(events: readonly EventLine[], at: number): EventLine[] {
  const before = events.filter((e) => e.at <= at + 60 && e.at > at - 120_000 && !BESIDE.has(e.kind)).slice(-9);
  const after = events.filter((e) => e.at > at + 60 && e.at < at + 8_000 && (e.kind === 'rage' || e.kind === 'nav' || e.kind === 'click')).slice(0, 2);
  return [...before, ...after];
}

const OTHERS = 20;

/** How many sessions have it as well, and the way to them. */
function OtherSessions({ trouble, session }: { trouble: Trouble; session: string }) {
  const name = failureName(trouble);
  const query = `failure=${encodeURIComponent(name ?? '')}`;
  const found = useQuery({ ...firstPageQuery(`${query}&limit=${OTHERS + 1}`, name !== null), refetchInterval: false });
  if (name === null) return null;
  const list = (text: string) => <>, <Link href={`/?range=all&${query}`}>{text}</Link></>;
  if (!found.data) return list('other sessions with it');
  const others = found.data.items.filter((item) => item.id !== session).length;
  if (others === 0 && !found.data.next) return <>, in no other session that has ended</>;
  const many = counted(Math.min(others, OTHERS), 'other session');
  return <>{list(others > OTHERS || found.data.next ? `and in more than ${many}` : `and in ${many}`)} that {others === 1 ? 'has' : 'have'} ended</>;
}

function Browser({ error }: { error: ErrorRow }) {
  const frames = useMemo(() => browserStack(error.stack ?? ''), [error]);
  return (
    <section>
      <h2><Monitor className="i" aria-hidden="true" />In the browser{error.url && <span className="h-n trunc" title={error.url}>{pathOf(error.url)}</span>}</h2>
      {error.kind === 'resource' ? <p className="dr-none mono">{error.source}</p> : frames.length > 0 ? <StackFrames frames={frames} note={null} /> : <p className="dr-none">{error.source ? `${error.source}:${error.line ?? '?'}` : 'The browser gave no stack: the script is of another origin, or threw something that is no Error.'}</p>}
      {error.sourceMap && <p className="dr-none">Source map: {error.sourceMap}</p>}
    </section>
  );
}

function RequestJoin({ request, joined, error, onShow }: { request: NetworkRow; joined: boolean; error: ErrorRow | undefined; onShow: () => void }) {
  const status = statusClass(request);
  const before = error ? error.at - (request.at + (request.durationMs ?? 0)) : 0;
  return (
    <div className={cx('join', !joined && 'join-alone')}>
      <span className="join-c"><Unplug className="i" aria-hidden="true" /></span>
      <div>
        <b>{joined ? `${took(Math.max(0, before))} before, a request failed` : 'The request that failed'}</b>
        <p className="join-r"><span className={`st st-${status.name}`}>{status.text}</span><span className="meth">{request.method}</span><span className="mono join-u">{pathOf(request.url)}</span><span className="num">{took(request.durationMs)}</span><Button tone="quiet" className="btn-link" onClick={onShow}>Show in session</Button></p>
      </div>
    </div>
  );
}

function ServerPart({ request }: { request: NetworkRow }) {
  const server = request.server;
  if (!server) return null;
  return (
    <section>
      <h2><Server className="i" aria-hidden="true" />On the server<span className="h-n">{server.node && <>node <code>{server.node}</code></>}</span></h2>
      {server.exception ? <JavaStack exception={server.exception} /> : <p className="dr-none">It answered {server.status ?? 'something'} in {took(server.durationMs ?? null)}, without an exception that MIMIC saw.</p>}
      {server.logs && server.logs.length > 0 && <><h3>Log of the request</h3><LogLines server={server} from={request.at} /></>}
    </section>
  );
}

function Led({ lines, at }: { lines: EventLine[]; at: number }) {
  if (lines.length === 0) return <p className="dr-none">Nothing was recorded before it.</p>;
  return (
    <ol className="pres">
      {lines.map((line, i) => {
        const Icon = EVENT_ICONS[line.kind];
        const delta = Math.round((line.at - at) / 100) / 10;
        return (
          <li key={i} className={`pre pre-${line.kind}`}>
            <span className="pre-t num">{delta > 0 ? '+' : delta < 0 ? '−' : ''}{Math.abs(delta).toFixed(1)} s</span><span className="pre-i"><Icon className="i" aria-hidden="true" /></span>
            <span className="pre-l">{line.verb} <b>{line.what}</b>{line.after}{line.note && <small>{line.note}</small>}</span>
          </li>
        );
      })}
    </ol>
  );
}

function Facts({ icon, title, facts }: { icon: ReactNode; title: string; facts: [string, ReactNode][] }) {
  return <section><h2>{icon}{title}</h2><dl className="kv">{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl></section>;
}

function RequestFacts({ request }: { request: NetworkRow }) {
  const facts: [string, ReactNode][] = [
    ...(request.server?.handler ? [['Handler', <span key="h" className="mono">{request.server.handler}</span>] as [string, ReactNode]] : []),
    ...(request.server?.route ? [['Route', <span key="r" className="mono">{request.server.route}</span>] as [string, ReactNode]] : []),
    ...(request.server?.durationMs != null ? [['Server time', `${took(request.server.durationMs)} of ${took(request.durationMs)}`] as [string, ReactNode]] : []),
    ['Host', address(request.url).host || '–'],
    ['Trace', <span key="t" className="mono">{request.traceId ?? '–'}</span>],
    ['Sent, received', `${size(request.requestSize)}, ${size(request.responseSize)}`],
    ['Body', request.responseBody ? 'recorded' : 'not recorded'],
  ];
  return <Facts icon={<Network className="i" aria-hidden="true" />} title="Request" facts={facts} />;
}

function SessionFacts({ session, model, at }: { session: SessionDetail; model: Model; at: number }) {
  const run = runAt(model.runs, at);
  return (
    <Facts icon={<User className="i" aria-hidden="true" />} title="Session" facts={[
      ['User', visitor(session).name], ['Page', <span key="p" className="mono">{run ? run.path : '–'}</span>], ['Place', place(session) ?? 'unknown'], ['Browser', browserOf(session) ?? 'unknown'], ['System', systemOf(session) ?? 'unknown'], ['Language', session.language ?? 'unknown'],
    ]} />
  );
}
