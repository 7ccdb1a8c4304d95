import { User } from 'lucide-react';
import { forwardRef } from 'react';
import { Link } from 'wouter';
import type { SessionItem } from '../api/types';
import { ago, clock, dateTime, hourMinuteSecond, inZone, shortDay, utc } from '../format/time';
import { count, counted, initials, pathOf, shortId } from '../format/values';
import { browserOf, place, systemOf, visitor } from '../format/visitor';
import { sessionPath } from '../routes';
import { BrandIcon } from '../ui/brand';
import { cx } from '../ui/parts';
import { Issues } from './Issues';
import { Sparkline } from './Sparkline';

export function Avatar({ name, known, large }: { name: string; known: boolean; large?: boolean }) {
  return (
    <span className={cx('avatar', !known && 'avatar-anon', large && 'avatar-l')} aria-hidden="true">
      {known ? initials(name) : <User className="i" />}
    </span>
  );
}

export function LiveMark() {
  return <span className="live"><span className="live-dot" />Live</span>;
}

interface Props {
  item: SessionItem;
  index: number;
  now: number;
  last: boolean;
  onOpen: () => void;
}

export const SessionRow = forwardRef<HTMLTableRowElement, Props>(function SessionRow({ item, index, now, last, onOpen }, ref) {
  const who = visitor(item);
  const at = Date.parse(item.startedAt);
  const where = place(item);
  const today = now - at < 86_400_000;
  const path = pathOf(item.url) || item.title || '–';
  return (
    <tr ref={ref} data-index={index} className={cx('srow', last && 'is-last')}>
      <td className="c-who">
        <div className="whobox">
          <Avatar name={who.name} known={who.known} />
          <span className="who">
            <span className="who-top">
              <Link className="who-name" href={sessionPath(item.id)} onClick={onOpen} data-row={index} title={who.name}>{who.name}</Link>
              {item.state === 'active' && <LiveMark />}
              <span className="who-sub" title={who.sub ?? item.id}>{who.sub ?? shortId(item.id)}</span>
            </span>
            <span className="who-url" title={item.url ?? undefined}>{path}</span>
          </span>
        </div>
      </td>
      <td className="c-start" title={[`${dateTime(at)} here`, item.timeZone && inZone(at, item.timeZone) && `${inZone(at, item.timeZone)} there (${item.timeZone})`, utc(at)].filter(Boolean).join('\n')}>
        <span className="t1">{today ? hourMinuteSecond(at) : shortDay(at)}</span>
        <span className="t2">{today ? ago(at, now) : hourMinuteSecond(at)}</span>
      </td>
      <td className="c-dur num">{clock(item.state === 'active' ? Math.max(item.durationMs, now - at) : item.durationMs)}</td>
      <td className="c-act"><Sparkline item={item} /><span className="t2">{item.events > 0 ? counted(item.events, 'event') : item.state === 'active' ? 'counted when it ends' : 'no events kept'}</span></td>
      <td className="c-pages num">{item.state === 'active' && item.pages === 0 ? '–' : typeof item.pages === 'number' ? count(item.pages) : item.pages.length}</td>
      <td className="c-iss"><Issues item={item} /></td>
      <td className="c-place"><span className={cx('trunc', !where && 'unknown')} title={where ?? item.timeZone ?? undefined}>{where ?? 'Unknown place'}</span></td>
      <td className="c-dev">
        <span className="dev" title={[[browserOf(item) ?? 'Unknown browser', systemOf(item)].filter(Boolean).join(' on '), item.device !== 'unknown' && item.device].filter(Boolean).join(', ')}>
          <BrandIcon name={item.browser} /><span className="dev-v">{item.browserVersion?.split('.')[0] ?? '–'}</span><span className="dev-n" aria-hidden="true">{browserOf(item)}</span><BrandIcon name={item.os} /><span className="dev-n" aria-hidden="true">{systemOf(item)}</span>
          <span className="sr-only">{item.browser ?? 'Unknown browser'} on {item.os ?? 'an unknown system'}{item.device && item.device !== 'unknown' && `, ${item.device}`}</span>
        </span>
      </td>
    </tr>
  );
});
