import { MousePointerClick, Navigation, TextCursorInput } from 'lucide-react';
import { useMemo } from 'react';
import { clockTenths, took } from '../../format/time';
import { address, readable, size } from '../../format/values';
import { cx, SearchField, Segmented } from '../../ui/parts';
import { place } from '../../ui/place';
import type { NetworkGroup, NetworkLine, Request, Socket } from '../network-rows';
import { SLOW_MS, statusClass, typeOf } from '../network-rows';
import { FollowButton, useKept, type PanelProps } from './panel';
import { PanelList, type RowState } from '../PanelList';
import { RequestDetails, SocketDetails } from './NetworkDetails';

type Show = 'all' | 'failed' | 'slow';

const lineKey = (line: NetworkLine) => (line.kind === 'group' ? `g${line.at}${line.window}` : line.kind === 'request' ? `r${line.index}` : `s${line.row.id}`);
const isSlow = (line: NetworkLine) => line.kind === 'request' && (line.row.durationMs ?? 0) >= SLOW_MS;
const isFailed = (line: NetworkLine) => line.kind === 'request' && line.row.failed;

/** Keeps what is wanted, and a group where something of it is left. */
export function filtered(lines: readonly NetworkLine[], show: Show, query: string): NetworkLine[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (line: Request | Socket) => (line.kind === 'request' ? `${line.row.status ?? 'fail'} ${line.row.method} ${line.row.url} ${readable(line.row.url)}` : `ws 101 ${line.row.url} ${readable(line.row.url)}`).toLowerCase();
  const kept = lines.filter((line) => line.kind === 'group' || ((show === 'all' || (show === 'failed' ? isFailed(line) : isSlow(line))) && words.every((word) => text(line).includes(word))));
  return kept.filter((line, i) => line.kind !== 'group' || (kept[i + 1] !== undefined && kept[i + 1]?.kind !== 'group'));
}

export function NetworkPanel({ model, control, kept, onOpenError }: PanelProps) {
  const [show, setShow] = useKept<Show>(kept, 'network.show', 'all');
  const [query, setQuery] = useKept(kept, 'network.query', '');
  const [follow, setFollow] = useKept(kept, 'network.follow', true);
  const [open, setOpen] = useKept<string | null>(kept, 'network.open', null);
  const host = address(model.runs[0]?.url ?? '').host;
  const requests = model.network.filter((line) => line.kind !== 'group');
  const rows = useMemo(() => filtered(model.network, show, query), [model, show, query]);
  const choose = (line: Request | Socket) => {
    const key = lineKey(line);
    setOpen(open === key ? null : key);
    setFollow(false);
    control.seek(line.at);
  };
  return (
    <>
      <h2 className="sr-only">Network</h2>
      <div className="ptools">
        <SearchField small label="Path, status, method" value={query} onChange={setQuery} />
        <Segmented label="Show" value={show} onChange={setShow} choices={[{ value: 'all', label: 'All', count: requests.length }, { value: 'failed', label: 'Failed', count: requests.filter(isFailed).length, tone: 'error' }, { value: 'slow', label: 'Slow', count: requests.filter(isSlow).length }]} />
        <FollowButton follow={follow} onChange={setFollow} />
      </div>
      <div className="nhead" aria-hidden="true"><span>Status</span><span>Method</span><span>Path</span><span>Type</span><span className="num">Size</span><span className="num">Time</span><span>Waterfall</span></div>
      <PanelList
        label="Requests" rows={rows} control={control} start={model.start} follow={follow} onLoose={() => { if (follow) setFollow(false); }}
        estimate={() => 28} keyOf={lineKey} empty={requests.length === 0 ? 'The page sent no request that was recorded.' : 'No request matches.'}
        render={(line, state) => line.kind === 'group' ? <Group line={line} start={model.start} state={state} onSeek={() => control.seek(line.at)} /> : (
          <>
            <Line line={line} host={host} state={state} open={open === lineKey(line)} onChoose={() => choose(line)} />
            {open === lineKey(line) && (line.kind === 'request' ? <RequestDetails row={line.row} onOpenError={onOpenError} troubles={model.troubles} /> : <SocketDetails row={line.row} start={model.start} onSeek={(at) => control.seek(at)} />)}
          </>
        )}
      />
    </>
  );
}

const VERBS = { opened: 'Opened', clicked: 'Clicked', changed: 'Changed' };
const ICONS = { opened: Navigation, clicked: MousePointerClick, changed: TextCursorInput };

function Group({ line, start, state, onSeek }: { line: NetworkGroup; start: number; state: RowState; onSeek: () => void }) {
  const Icon = ICONS[line.cause.kind];
  return (
    <button type="button" className={cx('ngrp', state.future && 'is-future')} data-row={state.index} tabIndex={state.tabIndex} onClick={onSeek}>
      <time className="at num">{clockTenths(line.at - start)}</time><Icon className="i" aria-hidden="true" />
      <span className="trunc" title={line.cause.label}>{VERBS[line.cause.kind]} <b>{line.cause.label}</b></span>
      {line.cause.rage >= 3 && <span className="badge badge-rage">rage ×{line.cause.rage}</span>}
      <span className="ngrp-n num">{took(line.span)}</span>
    </button>
  );
}

function Line({ line, host, state, open, onChoose }: { line: Request | Socket; host: string; state: RowState; open: boolean; onChoose: () => void }) {
  const request = line.kind === 'request' ? line.row : null;
  const status = request ? statusClass(request) : { name: '2xx', text: '101' };
  const duration = request ? request.durationMs : line.kind === 'socket' && line.row.closedAt !== null ? line.row.closedAt - line.at : null;
  const from = Math.min(99, ((line.at - line.group.start) / line.group.span) * 100);
  const to = Math.min(100, from + ((duration ?? line.group.span) / line.group.span) * 100);
  return (
    <button type="button" className={cx('nrow', isFailed(line) && 'nrow-bad', open && 'is-open', state.future && 'is-future')} data-row={state.index} tabIndex={state.tabIndex} aria-expanded={open} onClick={onChoose}>
      <span className={`st st-${status.name} num`}>{status.text}</span>
      <span className="meth">{request ? request.method.slice(0, 7) : 'WS'}</span>
      <Path url={line.row.url} host={host} />
      <span className="ntype" title={request?.mimeType ?? undefined}>{request ? typeOf(request.mimeType) : 'ws'}</span>
      <span className="nsize num">{line.kind === 'socket' ? `${line.row.messagesIn + line.row.messagesOut} msg` : size(request?.responseSize ?? null)}</span>
      <span className={cx('ndur num', isSlow(line) && 'is-slow')}>{took(duration)}</span>
      <span className="wf" aria-hidden="true"><span className="wf-w" style={place(from, to)} /></span>
    </button>
  );
}

/** An address whose last part never shrinks: it is what tells requests apart. */
export function Path({ url, host: usual }: { url: string; host: string }) {
  const { host, directory, leaf, query } = address(url);
  const own = host === '' || host === usual;
  return (
    <span className="path" title={url}>
      <span className="path-dir">{own ? '' : host}{directory}</span><span className="path-leaf">{leaf}</span>{query && <span className="path-q">{query}</span>}
    </span>
  );
}

