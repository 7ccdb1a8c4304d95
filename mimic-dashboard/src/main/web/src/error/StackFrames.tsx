import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { counted } from '../format/values';
import { cx } from '../ui/parts';
import { folded, type Frame } from './stack';

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
