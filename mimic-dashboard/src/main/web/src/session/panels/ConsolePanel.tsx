import { Braces, ChevronRight, CircleX, Info, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { clockTenths } from '../../format/time';
import { count } from '../../format/values';
import { cx, SearchField, Segmented } from '../../ui/parts';
import { parsed, type ConsoleLine, type Level } from '../console-lines';
import { FollowButton, useKept, type PanelProps } from './panel';
import { PanelList, type RowState } from '../PanelList';
import { Value } from './Value';

type Show = 'all' | 'error' | 'warn' | 'info';

const ICONS: Record<Level, typeof Info> = { debug: Braces, log: ChevronRight, info: Info, warn: TriangleAlert, error: CircleX };
const shows = (show: Show, level: Level) => show === 'all' || level === show || (show === 'info' && level === 'log');

export function ConsolePanel({ model, control, kept }: PanelProps) {
  const [show, setShow] = useKept<Show>(kept, 'console.show', 'all');
  const [query, setQuery] = useKept(kept, 'console.query', '');
  const [follow, setFollow] = useKept(kept, 'console.follow', true);
  const rows = useMemo(() => {
    const needle = query.trim().toLowerCase();
    return model.console.filter((line) => shows(show, line.level) && (needle === '' || line.text.toLowerCase().includes(needle) || (line.source ?? '').toLowerCase().includes(needle)));
  }, [model, show, query]);
  const number = (of: Show) => model.console.filter((line) => shows(of, line.level)).length;
  return (
    <>
      <h2 className="sr-only">Console</h2>
      <div className="ptools">
        <SearchField small label="Text or source" value={query} onChange={setQuery} />
        <Segmented label="Show" value={show} onChange={setShow} choices={[{ value: 'all', label: 'All', count: number('all') }, { value: 'error', label: 'Errors', count: number('error'), tone: 'error' }, { value: 'warn', label: 'Warnings', count: number('warn'), tone: 'warn' }, { value: 'info', label: 'Info', count: number('info') }]} />
        <FollowButton follow={follow} onChange={setFollow} />
      </div>
      <PanelList
        label="Console" rows={rows} control={control} start={model.start} follow={follow} onLoose={() => { if (follow) setFollow(false); }}
        estimate={(line) => (line.text.length > 90 ? 47 : 29)} keyOf={(line, i) => `${line.at}-${i}`}
        empty={model.console.length === 0 ? 'The page wrote nothing to its console.' : 'No line matches.'}
        render={(line, state) => <Line line={line} state={state} start={model.start} onSeek={() => { setFollow(false); control.seek(line.at); }} />}
      />
    </>
  );
}

function Line({ line, state, start, onSeek }: { line: ConsoleLine; state: RowState; start: number; onSeek: () => void }) {
  const [stack, setStack] = useState(false);
  const Icon = ICONS[line.level];
  return (
    <div className={cx('crow', `crow-${line.level}`, state.future && 'is-future')}>
      <button type="button" className="at num hit" data-row={state.index} tabIndex={state.tabIndex} title="Seek to this line" onClick={onSeek}>{clockTenths(line.at - start)}</button>
      <Icon className="i" aria-hidden="true" />
      <span className="cmsg"><span className="sr-only">{line.level}: </span>{line.args.map((arg, i) => <Value key={i} value={parsed(arg)} top />)}
        {stack && <span className="cstack">{line.trace.map((frame, i) => <span key={i}>{frame}</span>)}</span>}
      </span>
      <span className="cend">
        {line.repeats > 1 && <span className="rep num" title={`${count(line.repeats)} times, last at ${clockTenths(line.lastAt - start)}`}>×{count(line.repeats)}</span>}
        {line.source && <button type="button" className="csrc" aria-expanded={stack} title={line.trace[0]} tabIndex={state.tabIndex} onClick={() => setStack(!stack)}>{line.source}</button>}
      </span>
    </div>
  );
}
