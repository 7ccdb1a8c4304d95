import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import type { SessionItem } from '../api/types';
import { useMedia } from '../ui/useMedia';
import { SessionRow } from './SessionRow';

const HEAD = ['Visitor and last page', 'Started', 'Duration', 'Activity', 'Pages', 'Issues', 'Place', 'Device'];
const CLASSES = ['c-who', 'c-start', 'c-dur num', 'c-act', 'c-pages num', 'c-iss', 'c-place', 'c-dev'];

export function TableFrame({ busy, caption, children, onKeyDown }: { busy?: boolean; caption: string; children: ReactNode; onKeyDown?: (event: KeyboardEvent) => void }) {
  return (
    <table className="table" aria-busy={busy} onKeyDown={onKeyDown}>
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {HEAD.map((title, i) => (
            <th key={title} scope="col" className={CLASSES[i]} aria-sort={i === 1 ? 'descending' : undefined}>
              {i === 1 ? <span className="sorted">{title} <ArrowDown className="i" aria-hidden="true" /></span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

interface Props {
  items: SessionItem[];
  now: number;
  lastOpened: string | null;
  hasMore: boolean;
  onEnd: () => void;
  onOpen: (item: SessionItem) => void;
}

export function SessionTable({ items, now, lastOpened, hasMore, onEnd, onOpen }: Props) {
  const cards = useMedia('(max-width: 860px)');
  const frame = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    const top = frame.current ? frame.current.getBoundingClientRect().top + scrollY + (cards ? 0 : 32) : 0;
    setMargin((old) => (Math.abs(old - top) > 1 ? top : old));
  });
  const rows = useWindowVirtualizer({ count: items.length, estimateSize: () => (cards ? 93 : 53), overscan: 12, scrollMargin: margin, getItemKey: (i) => items[i]?.id ?? i });
  const shown = rows.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= items.length - 20) onEnd();
  }, [hasMore, lastShown, items.length, onEnd]);
  useEffect(() => {
    if (wanted.current === null) return;
    const link = frame.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`);
    if (link) {
      wanted.current = null;
      link.focus();
    }
  });

  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const from = Number((event.target as HTMLElement).dataset['row'] ?? NaN);
    if (step === 0 || Number.isNaN(from)) return;
    event.preventDefault();
    const to = Math.min(items.length - 1, Math.max(0, from + step));
    const link = frame.current?.querySelector<HTMLElement>(`[data-row="${to}"]`);
    if (link) link.focus();
    else {
      wanted.current = to;
      rows.scrollToIndex(to, { align: 'center' });
    }
  };

  const before = (shown[0]?.start ?? margin) - margin;
  const after = rows.getTotalSize() - ((shown.at(-1)?.end ?? margin) - margin);
  return (
    <div ref={frame}>
      <TableFrame caption="Sessions, newest first" onKeyDown={move}>
        {before > 0 && <Spacer height={before} />}
        {shown.map(({ index, key }) => {
          const item = items[index];
          return item && <SessionRow key={key} ref={rows.measureElement} item={item} index={index} now={now} last={item.id === lastOpened} onOpen={() => onOpen(item)} />;
        })}
        {after > 0 && <Spacer height={after} />}
      </TableFrame>
    </div>
  );
}

function Spacer({ height }: { height: number }) {
  return <tr className="spacer" aria-hidden="true"><td style={{ '--h': `${height}px` } as CSSProperties} /></tr>;
}

export function SkeletonRows({ rows }: { rows: number }) {
  return (
    <TableFrame busy caption="Sessions are loading">
      {Array.from({ length: rows }, (_, i) => (
        <tr key={i} className="srow srow-sk" style={{ '--k': i } as CSSProperties}>
          <td className="c-who"><div className="whobox"><span className="sk sk-av" /><span className="who"><span className={`sk sk-w${(i % 4) + 1}`} /><span className={`sk sk-s sk-w${((i + 2) % 4) + 2}`} /></span></div></td>
          <td className="c-start"><span className="sk sk-w1" /><span className="sk sk-s sk-w1" /></td>
          <td className="c-dur num"><span className="sk sk-w0" /></td>
          <td className="c-act"><span className="sk sk-spark" /></td>
          <td className="c-pages num"><span className="sk sk-w0" /></td>
          <td className="c-iss" /><td className="c-place"><span className="sk sk-w2" /></td><td className="c-dev"><span className="sk sk-w1" /></td>
        </tr>
      ))}
    </TableFrame>
  );
}
