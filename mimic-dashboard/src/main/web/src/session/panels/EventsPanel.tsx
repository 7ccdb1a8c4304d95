import { Bug, CirclePause, Eye, EyeOff, Gauge, MousePointer2, MousePointerClick, Navigation, Scissors, Star, Terminal, TextCursorInput, Unplug, User } from 'lucide-react';
import { useMemo } from 'react';
import { clockTenths } from '../../format/time';
import { cx, SearchField, Segmented } from '../../ui/parts';
import type { EventFilter, EventKind, EventLine } from '../event-lines';
import { FollowButton, useKept, type PanelProps } from './panel';
import { PanelList, type RowState } from '../PanelList';

export const EVENT_ICONS: Record<EventKind, typeof Bug> = {
  nav: Navigation, click: MousePointer2, rage: MousePointerClick, input: TextCursorInput, custom: Star, vital: Gauge, fail: Unplug, error: Bug, hidden: EyeOff, visible: Eye, gap: Scissors, pause: CirclePause, user: User, console: Terminal,
};

type Show = 'all' | EventFilter;

export function EventsPanel({ model, control, kept }: PanelProps) {
  const [show, setShow] = useKept<Show>(kept, 'events.show', 'all');
  const [query, setQuery] = useKept(kept, 'events.query', '');
  const [follow, setFollow] = useKept(kept, 'events.follow', true);
  const rows = useMemo(() => {
    const needle = query.trim().toLowerCase();
    return model.events.filter((e) => (show === 'all' || e.filter === show) && `${e.verb} ${e.what}${e.after} ${e.note}`.toLowerCase().includes(needle));
  }, [model, show, query]);
  const number = (filter: EventFilter) => model.events.filter((e) => e.filter === filter).length;
  return (
    <>
      <h2 className="sr-only">Events</h2>
      <div className="ptools">
        <SearchField small label="Any event" value={query} onChange={setQuery} />
        <Segmented label="Show" value={show} onChange={setShow} choices={[{ value: 'all', label: 'All', count: model.events.length }, { value: 'user', label: 'User', count: number('user') }, { value: 'pages', label: 'Pages', count: number('pages') }, { value: 'custom', label: 'Custom', count: number('custom') }]} />
        <FollowButton follow={follow} onChange={setFollow} />
      </div>
      <PanelList
        label="Events" rows={rows} control={control} start={model.start} follow={follow} onLoose={() => { if (follow) setFollow(false); }}
        estimate={() => 28} keyOf={(line, i) => `${line.at}${line.kind}${i}`} empty={model.events.length === 0 ? 'Nothing happened that was recorded.' : 'No event matches.'}
        render={(line, state) => <Line line={line} state={state} start={model.start} onSeek={() => { setFollow(false); control.seek(line.at, line.window); }} />}
      />
    </>
  );
}

function Line({ line, state, start, onSeek }: { line: EventLine; state: RowState; start: number; onSeek: () => void }) {
  const Icon = EVENT_ICONS[line.kind];
  return (
    <button type="button" className={cx('vrow', `vrow-${line.kind}`, state.future && 'is-future')} data-row={state.index} tabIndex={state.tabIndex} onClick={onSeek}>
      <time className="at num">{clockTenths(line.at - start)}</time><Icon className="i" aria-hidden="true" />
      <span className="vrow-l trunc" title={`${line.verb} ${line.what}${line.after}`}>{line.verb} <b>{line.what}</b>{line.after}</span>
      <span className="vrow-n trunc" title={line.note}>{line.note}</span>
    </button>
  );
}
