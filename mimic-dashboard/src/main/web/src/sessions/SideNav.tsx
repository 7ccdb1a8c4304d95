import { Popover } from '@base-ui/react/popover';
import { Bug, Filter, Layers, MousePointerClick, Plus, Radio, Timer, X } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { Me } from '../api/types';
import { count } from '../format/values';
import { Button } from '../ui/parts';
import { useSavedFilters } from './saved';

const STOCK: { name: string; query: string; icon: ReactNode }[] = [
  { name: 'All sessions', query: '', icon: <Layers className="i" aria-hidden="true" /> },
  { name: 'Live now', query: 'range=all&state=active', icon: <Radio className="i" aria-hidden="true" /> },
  { name: 'With errors', query: 'errors=true', icon: <Bug className="i" aria-hidden="true" /> },
  { name: 'Server errors', query: 'status=5xx', icon: <MousePointerClick className="i" aria-hidden="true" /> },
  { name: 'Longer than 10 min', query: 'minDuration=600000', icon: <Timer className="i" aria-hidden="true" /> },
];

export function viewName(project: string, query: string, saved: { name: string; query: string }[]): string {
  return [...STOCK, ...saved].find((view) => view.query === query)?.name ?? (query ? 'these filters' : `sessions of ${project}`);
}

interface Props {
  me: Me;
  query: string;
  counts: { all: number | null; live: number | null };
}

export function SideNav({ me, query, counts }: Props) {
  const { list, save, remove } = useSavedFilters(me.project.id);
  const known = [...STOCK, ...list].some((view) => view.query === query);
  const shown: (number | null)[] = [counts.all, counts.live];
  return (
    <nav className="side" aria-label="Saved filters">
      <h2 className="side-h">Saved filters</h2>
      <ul>
        {STOCK.map((view, i) => (
          <li key={view.name} className={i === 2 ? 'side-cut' : undefined}>
            <View name={view.name} icon={view.icon} query={view.query} current={view.query === query} n={shown[i] ?? null} />
          </li>
        ))}
        {list.map((view, i) => (
          <li key={view.name} className={i === 0 ? 'side-cut view-own' : 'view-own'}>
            <View name={view.name} icon={<Filter className="i" aria-hidden="true" />} query={view.query} current={view.query === query} n={null} />
            <Button tone="quiet" icon size="mini" aria-label={`Forget ${view.name}`} title="Forget" onClick={() => remove(view.name)}><X className="i" aria-hidden="true" /></Button>
          </li>
        ))}
      </ul>
      {!known && <SaveFilters onSave={(name) => save(name, query)} />}
      <p className="side-foot">{me.retentionDays ? `Sessions are kept for ${me.retentionDays} days.` : 'Sessions are kept until they are erased.'}</p>
    </nav>
  );
}

function View({ name, icon, query, current, n }: { name: string; icon: ReactNode; query: string; current: boolean; n: number | null }) {
  return (
    <Link className="view" href={query ? `/?${query}` : '/'} aria-current={current ? 'true' : undefined}>
      {icon}<span className="trunc" title={name}>{name}</span>{n !== null && <span className="view-n">{count(n)}</span>}
    </Link>
  );
}

function SaveFilters({ onSave }: { onSave: (name: string) => void }) {
  const [open, setOpen] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    if (name === '') return;
    onSave(name);
    setOpen(false);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="btn btn-quiet side-save"><Plus className="i" aria-hidden="true" />Save these filters</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="start" className="layer">
          <Popover.Popup className="pop">
            <Popover.Title>Save these filters</Popover.Title>
            <form className="form" onSubmit={submit}>
              <label htmlFor="view-name">Name</label>
              <input id="view-name" className="in" name="name" required maxLength={60} autoFocus autoComplete="off" />
              <Button tone="primary" type="submit">Save</Button>
            </form>
            <p className="fine">Kept in this browser.</p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
