import { Bug, MousePointerClick, Terminal, Unplug } from 'lucide-react';
import type { SessionItem } from '../api/types';
import { counted } from '../format/values';

const KINDS = [
  { key: 'errors', tone: 'error', icon: Bug, one: 'uncaught error', short: 'error' },
  { key: 'failedRequests', tone: 'fail', icon: Unplug, one: 'failed request', short: 'failed' },
  { key: 'rageClicks', tone: 'rage', icon: MousePointerClick, one: 'rage click', short: 'rage' },
  { key: 'consoleErrors', tone: 'warn', icon: Terminal, one: 'console error', short: 'console' },
] as const;

/** What went wrong, each kind with its own shape. Console errors show only where nothing worse does. */
export function Issues({ item, words }: { item: SessionItem; words?: boolean }) {
  const worse = item.errors + item.failedRequests + item.rageClicks > 0;
  const shown = KINDS.filter(({ key }) => item[key] > 0 && !(key === 'consoleErrors' && worse));
  if (shown.length === 0) return words ? null : <span className="none"><span className="sr-only">none</span><span aria-hidden="true">–</span></span>;
  return (
    <span className="badges">
      {shown.map(({ key, tone, icon: Icon, one, short }) => (
        <span key={key} className={`badge badge-${tone}`} title={counted(item[key], one)}>
          <Icon className="i" aria-hidden="true" />
          {words ? <span className="num">{item[key]} {short === 'error' && item[key] !== 1 ? 'errors' : short}</span> : <><span className="num">{item[key]}</span><span className="sr-only"> {counted(item[key], one).replace(/^\S+ /, '')}</span></>}
        </span>
      ))}
    </span>
  );
}
