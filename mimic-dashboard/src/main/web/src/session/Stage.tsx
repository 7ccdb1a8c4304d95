import { EyeOff, FastForward, LoaderCircle, Scissors, TriangleAlert } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useRef, useState, type CSSProperties } from 'react';
import type { SessionDetail } from '../api/types';
import { clock, took } from '../format/time';
import { Button, cx } from '../ui/parts';
import { useLasting } from '../ui/useMedia';
import { runAt, type Model } from './model';
import { usePlay, type PlayController } from './playback';

interface Props {
  session: SessionDetail;
  model: Model;
  control: PlayController;
}

/** The recorded page in a document of its own, as large as the stage lets it be. It is there before the session is, so that its document loads meanwhile. */
export function Stage({ session, model, control }: { session: SessionDetail | null; model: Model | null; control: PlayController }) {
  const stage = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState({ width: 0, height: 0 });
  const size = usePlay(control, (s) => s.size);
  const playing = usePlay(control, (s) => s.playing);
  useLayoutEffect(() => {
    if (frame.current) control.show(frame.current);
    return () => control.leave();
  }, [control]);
  useEffect(() => {
    if (!stage.current) return undefined;
    const observer = new ResizeObserver(([entry]) => { if (entry) setBox({ width: entry.contentRect.width, height: entry.contentRect.height }); });
    observer.observe(stage.current);
    return () => observer.disconnect();
  }, []);
  const margin = box.width < 600 ? 16 : 32;
  const fit = usePlay(control, (s) => s.fit);
  const scale = fit ? Math.min((box.width - margin) / size.width, (box.height - margin) / size.height) : 1;
  const fitted = { '--w': `${Math.max(0, Math.floor(size.width * scale))}px`, '--h': `${Math.max(0, Math.floor(size.height * scale))}px` } as CSSProperties;
  const none = usePlay(control, (s) => s.empty || (s.failed !== null && !s.shown));
  const title = usePlay(control, (s) => (model ? (runAt(model.runs, s.now, s.window)?.title ?? '') : ''));
  return (
    <div className={cx('stage', !fit && 'stage-whole')} ref={stage}>
      <div ref={frame} className={cx('frame', none && 'frame-none')} style={fitted} role="img" aria-label={`The recorded page: ${title || 'untitled'}`} onClick={() => control.toggle()} data-playing={playing || undefined} />
      {session && model && <Notes session={session} model={model} control={control} />}
    </div>
  );
}

function Notes({ session, model, control }: Props) {
  const failed = usePlay(control, (s) => s.failed);
  const client = useQueryClient();
  useEffect(() => {
    // the recording is read by the player's own document: when that is refused the sign-in may have ended
    if (failed) void client.invalidateQueries({ queryKey: ['me'] });
  }, [client, failed]);
  const empty = usePlay(control, (s) => s.empty);
  const waiting = useLasting(usePlay(control, (s) => s.waiting && !s.failed && !s.empty));
  const skipping = usePlay(control, (s) => s.playing && s.skipping);
  const second = usePlay(control, (s) => Math.floor(s.now / 1000));
  const note = usePlay(control, (s) => noteAt(session, model, s.now, s.window));
  if (failed) {
    return (
      <div className="stage-note" role="alert"><TriangleAlert className="i" aria-hidden="true" /><b>The recording could not be read</b><p>{failed.detail}</p><Button size="small" onClick={() => control.retry()}>Try again</Button></div>
    );
  }
  if (empty) return <div className="stage-note"><EyeOff className="i" aria-hidden="true" /><b>Nothing was recorded here</b><p>{session.events === 0 ? 'The session ended before its first page was sent: it has no event.' : 'This window has no page that can be shown.'}</p></div>;
  return (
    <>
      {waiting && <span className="stage-wait" role="status"><LoaderCircle className="i spin" aria-hidden="true" />Loading the page at {clock(second * 1000 - model.start)}</span>}
      {skipping && <span className="shot-note"><FastForward className="i" aria-hidden="true" />Skipping idle time</span>}
      {!skipping && !waiting && note && <span className="shot-note"><Scissors className="i" aria-hidden="true" />{note}</span>}
    </>
  );
}

/** What the stage cannot show at this moment, in words: nothing missing is passed over in silence. */
export function noteAt(session: SessionDetail, model: Model, now: number, window: string): string {
  const gap = model.gaps.find((g) => now >= g.at - 250 && now <= Math.max(g.to, g.at + 2_000));
  if (gap) return gap.to > gap.at ? `${took(gap.to - gap.at)} not recorded: ${gap.label}` : `Not recorded: ${gap.label}`;
  const shown = session.windows.find((w) => w.id === window);
  if (!shown) return '';
  if (now < shown.firstAt - 500) return `This window opens at ${clock(shown.firstAt - model.start)}`;
  return now > shown.lastAt + 5_000 && session.state === 'ended' ? `Nothing more was recorded in this window after ${clock(shown.lastAt - model.start)}` : '';
}
