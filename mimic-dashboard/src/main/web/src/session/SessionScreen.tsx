import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Eraser } from 'lucide-react';
import { startTransition, useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { Link } from 'wouter';
import { ApiError } from '../api/client';
import { sessionQuery, timelineQuery } from '../api/queries';
import type { Me, SessionDetail, Timeline as TimelineData } from '../api/types';
import { clock } from '../format/time';
import { shortId } from '../format/values';
import { visitor } from '../format/visitor';
import { BASE } from '../mount';
import { sessionPath, useQuery as useAddress } from '../routes';
import { Blank, Failure } from '../ui/parts';
import { useLasting, usePainted } from '../ui/useMedia';
import { useTitle } from '../ui/useTitle';
import { ErrorView } from '../error/ErrorView';
import { beginAt, openedFor, take } from './ahead';
import { AddressBar, WindowTabs } from './Chrome';
import { Controls } from './Controls';
import { Header } from './Header';
import { buildModel, type Model } from './model';
import { Panels } from './Panels';
import { needsTimeline, snapshotsByWindow } from './played';
import { PlayController, usePlay } from './playback';
import { HeaderWait, PanelsWait } from './SessionSkeleton';
import { Stage } from './Stage';
import { Timeline } from './Timeline';
import { toggleFullScreen } from './full-screen';
import { useSessionKeys } from './useSessionKeys';

/** How long the rest of the screen, and the timeline, wait for the recorded page. */
const PAGE_FIRST_MS = 1_000;

/** The recorded page waits for the session alone; the timeline is asked for after it, and the panels wait for that. */
export default function SessionScreen({ id, me }: { id: string; me: Me }) {
  const [query] = useAddress();
  const [control] = useState(() => openedFor(id) ?? new PlayController(id));
  useEffect(() => take(control), [control]);
  const session = useQuery(sessionQuery(id));
  const found = session.data ?? null;
  const there = usePlay(control, (s) => s.shown || s.empty || s.failed !== null);
  const late = useLasting(found !== null, PAGE_FIRST_MS);
  const timeline = useTimeline(id, found?.state, there || late || (found !== null && needsTimeline(found)));
  const told = useDeferredValue(timeline.data ?? null);
  const model = useMemo(() => found && buildModel(found, told), [found, told]);
  const asked = Number(query.get('t') ?? 'NaN');
  const known = found !== null && (!needsTimeline(found) || told !== null || timeline.error !== null);
  const begun = useBegun(control, known ? found : null, told, model, asked);
  const painted = usePainted(there);
  const waitedFor = useLasting(begun, PAGE_FIRST_MS);
  const rest = useOnce(painted || waitedFor);
  const screen = useRef<HTMLElement>(null);

  const { error } = session;
  if (!found && error instanceof ApiError && [400, 404, 410].includes(error.status)) return <Gone id={id} detail={error.detail} />;
  if (!found && error) return <main id="main" className="alone" tabIndex={-1}><Failure level="h1" what="The session" error={error} onRetry={() => void session.refetch()} /></main>;
  const shown = rest && begun && found && model ? { session: found, model, control } : null;
  return (
    <main id="main" className="session" tabIndex={-1} ref={screen} aria-busy={!shown}>
      {shown ? <Header {...shown} timeline={told} me={me} /> : <HeaderWait />}
      <div className="split">
        <section className="player" aria-label="Player">
          {shown ? <WindowTabs {...shown} /> : <div className="wtabs" />}
          {shown ? <AddressBar {...shown} /> : <div className="addr" />}
          <Stage session={found} model={begun ? model : null} control={control} />
          {shown ? <Timeline {...shown} /> : <div className="tl-wait" />}
          {shown ? <Controls {...shown} onFullScreen={() => toggleFullScreen(screen.current)} /> : <div className="ctl" />}
        </section>
        {shown && told ? <Listed {...shown} timeline={told} /> : found && timeline.error ? <div className="panels panels-failed"><Failure what="What happened" error={timeline.error} onRetry={() => void timeline.refetch()} /></div> : <PanelsWait />}
      </div>
      {shown && <Attended {...shown} screen={screen} />}
    </main>
  );
}

/** What the panels list; read once more when the session has ended. */
function useTimeline(id: string, state: SessionDetail['state'] | undefined, enabled: boolean) {
  const client = useQueryClient();
  const timeline = useQuery({ ...timelineQuery(id, state === 'active'), enabled });
  const before = useRef(state);
  useEffect(() => {
    if (before.current === 'active' && state === 'ended') void client.invalidateQueries({ queryKey: ['timeline', id] });
    before.current = state;
  }, [client, id, state]);
  return timeline;
}

/** Gives the player what is known, once enough is; true from then on. */
function useBegun(control: PlayController, session: SessionDetail | null, told: TimelineData | null, model: Model | null, asked: number): boolean {
  const [begun, setBegun] = useState(false);
  const snapshots = useMemo(() => session && snapshotsByWindow(session), [session]);
  useLayoutEffect(() => {
    if (!session || !model || !snapshots) return;
    if (begun) return control.extend(model, snapshots);
    beginAt(control, session, told);
    setBegun(true);
  }, [control, session, model, snapshots]); // once for what is known
  useEffect(() => {
    if (begun && model && Number.isFinite(asked)) control.seek(model.start + asked * 1000);
  }, [asked, control]); // a new address is a new moment; a session that goes on is not
  return begun;
}

/** True from then on; drawn piece by piece, so that the recorded page is not held up by all else. */
function useOnce(on: boolean): boolean {
  const [once, setOnce] = useState(false);
  useEffect(() => { if (on) startTransition(() => setOnce(true)); }, [on]);
  return once;
}

interface Shown {
  session: SessionDetail;
  model: Model;
  control: PlayController;
}

/** Title, keys, and the moment that the address keeps. */
function Attended({ session, model, control, screen }: Shown & { screen: RefObject<HTMLElement | null> }) {
  useMomentKept(session.id, model.start, control);
  useTitle(`${visitor(session).name}, ${clock(model.duration)}`);
  useSessionKeys({ control, model, session, screen });
  return null;
}

function Listed(props: Shown & { timeline: TimelineData }) {
  const [query, change] = useAddress();
  const error = query.get('error');
  const openError = (key: string | null) => change((q) => { if (key === null) q.delete('error'); else q.set('error', key); }, key === null);
  return (
    <>
      <Panels {...props} onOpenError={openError} />
      {error !== null && <ErrorView {...props} troubleKey={error} onOpen={openError} />}
    </>
  );
}

function Gone({ id, detail }: { id: string; detail: string }) {
  useTitle('Session not found');
  return (
    <main id="main" className="alone" tabIndex={-1}>
      <Blank level="h1" icon={<Eraser className="i" aria-hidden="true" />} title="This session is not here" actions={<Link className="btn btn-primary" href="/">All sessions</Link>} hint={<>Session <code>{shortId(id)}</code></>}>
        {detail || 'It was erased, has passed its retention, or belongs to another project.'}
      </Blank>
    </main>
  );
}

/** Who has to sign in again comes back to the moment that was shown: the address keeps it when this screen gives way to the sign-in. */
function useMomentKept(id: string, start: number, control: PlayController) {
  useEffect(() => () => {
    if (location.pathname !== BASE + sessionPath(id)) return;
    const query = new URLSearchParams(location.search);
    query.set('t', String(Math.round((control.state.now - start) / 100) / 10));
    history.replaceState(history.state, '', `${location.pathname}?${query}`);
  }, [id, start, control]);
}
