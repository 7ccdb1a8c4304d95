import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Eraser } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { Link } from 'wouter';
import { ApiError } from '../api/client';
import { sessionQuery, timelineQuery } from '../api/queries';
import type { Me, SessionDetail, Timeline as TimelineData } from '../api/types';
import { clock } from '../format/time';
import { shortId } from '../format/values';
import { visitor } from '../format/visitor';
import { BASE, sessionPath, useQuery as useAddress } from '../routes';
import { Blank, Failure } from '../ui/parts';
import { useTitle } from '../ui/useTitle';
import { ErrorView } from '../error/ErrorView';
import { AddressBar, WindowTabs } from './Chrome';
import { Controls } from './Controls';
import { Header } from './Header';
import { buildModel } from './model';
import { Panels } from './Panels';
import { PlayController } from './playback';
import { SessionSkeleton } from './SessionSkeleton';
import { Stage } from './Stage';
import { Timeline } from './Timeline';
import { toggleFullScreen } from './full-screen';
import { useSessionKeys } from './useSessionKeys';

export default function SessionScreen({ id, me }: { id: string; me: Me }) {
  const client = useQueryClient();
  const session = useQuery(sessionQuery(id));
  const timeline = useQuery(timelineQuery(id, session.data?.state === 'active'));
  const state = session.data?.state;
  useEffect(() => {
    if (state === 'ended') void client.invalidateQueries({ queryKey: ['timeline', id] });
  }, [client, id, state]);
  const error = session.error ?? timeline.error;
  if (session.data && timeline.data) return <Loaded session={session.data} timeline={timeline.data} me={me} />;
  if (error instanceof ApiError && (error.status === 404 || error.status === 410 || error.status === 400)) return <Gone id={id} detail={error.detail} />;
  if (error) return <main id="main" className="alone" tabIndex={-1}><Failure level="h1" what="The session" error={error} onRetry={() => { void session.refetch(); void timeline.refetch(); }} /></main>;
  return <SessionSkeleton />;
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

function snapshotsByWindow(session: SessionDetail): Map<string, number[]> {
  const windowOf = new Map(session.pages.map((p) => [p.id, p.window]));
  const found = new Map<string, number[]>(session.windows.map((w) => [w.id, []]));
  for (const { page, at } of session.snapshots) {
    const window = windowOf.get(page);
    if (window !== undefined) found.get(window)?.push(at);
  }
  found.forEach((list) => list.sort((a, b) => a - b));
  return found;
}

function viewportOf(session: SessionDetail): { width: number; height: number } {
  const viewport = session.metadata?.['viewport'] as { width?: unknown; height?: unknown } | undefined;
  const { width, height } = viewport ?? {};
  return typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0 ? { width, height } : { width: 1280, height: 800 };
}

function Loaded({ session, timeline, me }: { session: SessionDetail; timeline: TimelineData; me: Me }) {
  const [query, change] = useAddress();
  const model = useMemo(() => buildModel(session, timeline), [session, timeline]);
  const snapshots = useMemo(() => snapshotsByWindow(session), [session]);
  const made = useRef<PlayController | null>(null);
  const asked = Number(query.get('t') ?? 'NaN');
  made.current ??= new PlayController(model, snapshots, model.start + (Number.isFinite(asked) ? asked * 1000 : 0), viewportOf(session));
  const control = made.current;
  useEffect(() => control.extend(model, snapshots), [control, model, snapshots]);
  useEffect(() => {
    if (Number.isFinite(asked)) control.seek(model.start + asked * 1000);
  }, [asked, control]); // a new address is a new moment; a session that goes on is not

  useMomentKept(session.id, model.start, control);
  useTitle(`${visitor(session).name}, ${clock(model.duration)}`);
  const screen = useRef<HTMLElement>(null);
  useSessionKeys({ control, model, session, screen });
  const error = query.get('error');
  const openError = (key: string | null) => change((q) => { if (key === null) q.delete('error'); else q.set('error', key); }, key === null);
  return (
    <main id="main" className="session" tabIndex={-1} ref={screen}>
      <Header session={session} model={model} control={control} timeline={timeline} me={me} />
      <div className="split">
        <section className="player" aria-label="Player">
          <WindowTabs session={session} model={model} control={control} />
          <AddressBar model={model} control={control} />
          <Stage session={session} model={model} control={control} />
          <Timeline model={model} control={control} />
          <Controls model={model} control={control} onFullScreen={() => toggleFullScreen(screen.current)} />
        </section>
        <Panels session={session} timeline={timeline} model={model} control={control} onOpenError={openError} />
      </div>
      {error !== null && <ErrorView troubleKey={error} session={session} timeline={timeline} model={model} control={control} onOpen={openError} />}
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
