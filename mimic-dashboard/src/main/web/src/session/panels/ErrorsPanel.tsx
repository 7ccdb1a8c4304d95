import { useVirtualizer } from '@tanstack/react-virtual';
import { Bug, MousePointerClick, ServerCrash, Unplug } from 'lucide-react';
import { useMemo, useRef, type CSSProperties, type ReactNode } from 'react';
import { clock } from '../../format/time';
import { pathOf } from '../../format/values';
import { cx, SearchField, Segmented } from '../../ui/parts';
import { place } from '../../ui/place';
import { requestBefore, type Trouble } from '../error-groups';
import { useKept, type PanelProps } from './panel';
import { usePlay, type PlayController } from '../playback';
import type { Model } from '../model';
import type { Timeline } from '../../api/types';

type Show = 'all' | 'error' | 'request' | 'rage';
const ICONS = { error: Bug, request: Unplug, rage: MousePointerClick };

export function ErrorsPanel({ timeline, model, control, kept, onOpenError }: PanelProps) {
  const [show, setShow] = useKept<Show>(kept, 'errors.show', 'all');
  const [query, setQuery] = useKept(kept, 'errors.query', '');
  const rows = useMemo(() => {
    const needle = query.trim().toLowerCase();
    return model.troubles.filter((t) => (show === 'all' || t.kind === show) && `${t.title} ${t.message} ${t.where ?? ''}`.toLowerCase().includes(needle));
  }, [model, show, query]);
  const number = (kind: Show) => model.troubles.filter((t) => t.kind === kind).length;
  return (
    <>
      <h2 className="sr-only">Errors</h2>
      <div className="ptools">
        <SearchField small label="Message, type or file" value={query} onChange={setQuery} />
        <Segmented label="Show" value={show} onChange={setShow} choices={[{ value: 'all', label: 'All', count: model.troubles.length }, { value: 'error', label: 'Page', count: number('error'), tone: 'error' }, { value: 'request', label: 'Requests', count: number('request') }, { value: 'rage', label: 'Rage', count: number('rage') }]} />
      </div>
      {rows.length === 0 ? <div className="plist plist-empty">{model.troubles.length === 0 ? 'Nothing went wrong in this session: no error, no failed request, no rage click.' : 'No error matches.'}</div>
        : <Rows rows={rows} render={(trouble) => <Row trouble={trouble} timeline={timeline} model={model} control={control} onOpen={() => onOpenError(trouble.key)} />} />}
    </>
  );
}

/** Those in view alone: a page that polls an address that fails has thousands. */
function Rows({ rows, render }: { rows: readonly Trouble[]; render: (trouble: Trouble) => ReactNode }) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => 92, getItemKey: (i) => rows[i]?.key ?? i, overscan: 8 });
  return (
    <div ref={scroller} className="plist" role="group" aria-label="Errors, grouped">
      <div className="plist-in" style={{ '--h': `${list.getTotalSize()}px` } as CSSProperties}>
        {list.getVirtualItems().map((item) => {
          const trouble = rows[item.index];
          return trouble && <div key={item.key} ref={list.measureElement} data-index={item.index} className="plist-item" style={{ '--y': `${item.start}px` } as CSSProperties}>{render(trouble)}</div>;
        })}
      </div>
    </div>
  );
}

function Row({ trouble, timeline, model, control, onOpen }: { trouble: Trouble; timeline: Timeline; model: Model; control: PlayController; onOpen: () => void }) {
  const Icon = ICONS[trouble.kind];
  const first = trouble.errors[0];
  const cause = useMemo(() => (first ? requestBefore(first, timeline.network) : undefined), [first, timeline]);
  const near = usePlay(control, (s) => trouble.times.some((at) => Math.abs(at - s.now) < 1_500));
  const open = () => {
    const next = trouble.times.find((at) => at >= control.state.now - 400) ?? trouble.times[0];
    if (next !== undefined && !trouble.times.some((at) => Math.abs(at - control.state.now) < 1_500)) control.seek(next);
    onOpen();
  };
  return (
    <div className={cx('erow', near && 'is-on')}>
      <span className={`erow-i erow-${trouble.kind}`}><Icon className="i" aria-hidden="true" /></span>
      <span className="erow-m">
        <span className="erow-t"><button type="button" className="cover" onClick={open}>{trouble.title}</button>{trouble.where && <span className="trunc">{trouble.where}</span>}</span>
        <span className="erow-msg" title={trouble.message}>{trouble.message}</span>
        {cause && <span className="erow-j"><ServerCrash className="i" aria-hidden="true" />after {cause.status ?? 'no answer to'} {cause.method} {pathOf(cause.url)}</span>}
        <span className="erow-f">
          <Occurrences trouble={trouble} model={model} control={control} />
          <span className="erow-at">{trouble.times.slice(0, 4).map((at) => <button key={at} type="button" className="num" onClick={() => control.seek(at)}>{clock(at - model.start)}</button>)}{trouble.times.length > 4 && <span>+{trouble.times.length - 4}</span>}</span>
        </span>
      </span>
      {trouble.times.length > 1 && <span className="rep num" title={`${trouble.times.length} times`}>×{trouble.times.length}</span>}
    </div>
  );
}

function Occurrences({ trouble, model, control }: { trouble: Trouble; model: Model; control: PlayController }) {
  const share = (at: number) => ((at - model.start) / model.duration) * 100;
  const now = usePlay(control, (s) => Math.round(((s.now - model.start) / model.duration) * 200) / 2);
  return <span className="occ" aria-hidden="true">{trouble.times.slice(0, 60).map((at) => <span key={at} style={place(share(at))} />)}<span className="occ-now" style={place(now)} /></span>;
}
