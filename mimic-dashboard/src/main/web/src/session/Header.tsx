import { ArrowLeft, ChevronLeft, ChevronRight, Copy, Link as LinkIcon } from 'lucide-react';
import { Link } from 'wouter';
import type { Me, SessionDetail, Timeline } from '../api/types';
import { clock, dateTime, utc } from '../format/time';
import { count, shortId } from '../format/values';
import { browserOf, place, systemOf, visitor } from '../format/visitor';
import { sessionPath } from '../routes';
import { Issues } from '../sessions/Issues';
import { Avatar, LiveMark } from '../sessions/SessionRow';
import { readTrail } from '../sessions/trail';
import { BrandIcon } from '../ui/brand';
import { Button, CopyButton, cx } from '../ui/parts';
import type { Model } from './model';
import { MoreMenu } from './MoreMenu';
import { usePlay, type PlayController } from './playback';
import { copyMoment } from './useSessionKeys';

interface Props {
  session: SessionDetail;
  timeline: Timeline | null;
  model: Model;
  control: PlayController;
  me: Me;
}

export function Header({ session, timeline, model, control, me }: Props) {
  const who = visitor(session);
  const where = place(session);
  const trail = readTrail();
  return (
    <div className="shead">
      <Link className="btn btn-quiet btn-icon" href={trail?.query ? `/?${trail.query}` : '/'} aria-label="Back to the list" title="Back to the list"><ArrowLeft className="i" aria-hidden="true" /></Link>
      <Avatar name={who.name} known={who.known} />
      <div className="shead-t">
        <h1 title={who.sub ?? who.name}>{who.name}{session.state === 'active' && <LiveMark />}</h1>
        <p>
          <span className="num" title={utc(model.start)}>{dateTime(model.start)}</span>
          <span className="num">{clock(model.duration)}</span>
          {where && <span className="hide-m">{where}</span>}
          {session.browser && <span className="hide-m"><BrandIcon name={session.browser} />{browserOf(session)}{session.os && <>, <BrandIcon name={session.os} />{systemOf(session)}</>}</span>}
          <CopyButton tone="quiet" className="id" text={session.id} said="Session id copied" title="Copy the session id">{shortId(session.id)} <Copy className="i" aria-hidden="true" /><span className="sr-only">Copy the session id</span></CopyButton>
        </p>
      </div>
      <div className="shead-b hide-m"><Issues item={session} words /></div>
      <div className="shead-a">
        <TrailStep id={session.id} />
        <ShareButton model={model} control={control} />
        <MoreMenu session={session} timeline={timeline} model={model} control={control} me={me} />
      </div>
    </div>
  );
}

function ShareButton({ model, control }: { model: Model; control: PlayController }) {
  const second = usePlay(control, (s) => Math.floor((s.now - model.start) / 1000));
  return <Button tone="primary" className="share" onClick={() => void copyMoment(model, control)}><LinkIcon className="i" aria-hidden="true" /><span className="num">Share at {clock(second * 1000)}</span></Button>;
}

function TrailStep({ id }: { id: string }) {
  const trail = readTrail();
  const at = trail?.ids.indexOf(id) ?? -1;
  if (!trail || at < 0) return null;
  const step = (to: string | undefined, label: string, Icon: typeof ChevronLeft) =>
    to ? <Link className="btn btn-plain btn-icon btn-small" href={sessionPath(to)} aria-label={label} title={label}><Icon className="i" aria-hidden="true" /></Link>
      : <Button size="small" icon aria-label={label} disabled><Icon className="i" aria-hidden="true" /></Button>;
  return (
    <span className={cx('step', 'hide-m')} role="group" aria-label={trail.label}>
      {step(trail.ids[at - 1], 'Previous session', ChevronLeft)}
      <span><b className="num">{count(at + 1)}</b> of <span className="num">{count(trail.ids.length)}{trail.more && '+'}</span> in {trail.label}</span>
      {step(trail.ids[at + 1], 'Next session', ChevronRight)}
    </span>
  );
}
