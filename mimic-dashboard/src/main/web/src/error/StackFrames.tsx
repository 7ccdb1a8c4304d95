import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { counted } from '../format/values';
import { cx } from '../ui/parts';
import type { ServerSide } from '../api/types';
import { folded, javaTraces, type Frame } from './stack';

/** Frames of the app's own code are bright; those of libraries are folded into one line with a count. */
export function StackFrames({ frames, note }: { frames: Frame[]; note: string | null }) {
  return (
    <div className="stack">
      {folded(frames).map((part, i) => (part.kind === 'own' ? <Line key={i} frame={part.frame} own /> : <Library key={i} frames={part.frames} names={part.names} />))}
      {note && <div className="fr-lib fr-note">{note}</div>}
    </div>
  );
}

function Line({ frame, own }: { frame: Frame; own?: boolean }) {
  return <div className={cx('fr', own && 'fr-own')}><span className="fr-fn">{frame.name}</span><span className="fr-at">{frame.at}</span></div>;
}

function Library({ frames, names }: { frames: Frame[]; names: string[] }) {
  const [open, setOpen] = useState(false);
  const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names[0];
  return (
    <>
      <div className="fr-lib"><button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? <ChevronDown className="i" aria-hidden="true" /> : <ChevronRight className="i" aria-hidden="true" />}{counted(frames.length, 'frame')} of {list}</button></div>
      {open && frames.map((frame, i) => <Line key={i} frame={frame} />)}
    </>
  );
}

/** A Java exception with each of its causes, the app's own frames bright. */
export function JavaStack({ exception }: { exception: NonNullable<ServerSide['exception']> }) {
  const traces = useMemo(() => javaTraces(exception.stack ?? ''), [exception]);
  if (traces.length === 0) return <p className="ex">{exception.type}{exception.message && `: ${exception.message}`}</p>;
  return <>{traces.map((trace, i) => <div key={i}><p className={cx('ex', i > 0 && 'ex-cause')}>{trace.title}</p>{trace.frames.length > 0 && <StackFrames frames={trace.frames} note={trace.note} />}</div>)}</>;
}
