import { Popover } from '@base-ui/react/popover';
import { Menu } from '@base-ui/react/menu';
import { Calendar, Check, ChevronDown, Plus, X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { hourMinute, shortDay } from '../format/time';
import { DropMenu } from '../ui/DropMenu';
import { Button } from '../ui/parts';
import { contradiction, FIELD_LABELS, FIELDS, fieldText, isDuration, isFiltered, RANGES, rangeText, type Field, type Filters, type Range } from './filters';

type Change = (filters: Filters) => void;

const momentText = (at: number) => `${shortDay(at)} ${hourMinute(at)}`;

export function RangeMenu({ filters, onChange }: { filters: Filters; onChange: Change }) {
  const [custom, setCustom] = useState(false);
  return (
    <>
      <DropMenu narrow button={{ className: 'btn btn-plain', children: <><Calendar className="i" aria-hidden="true" /><span className="trunc">{rangeText(filters, momentText)}</span><ChevronDown className="i" aria-hidden="true" /></> }}>
        <Menu.RadioGroup value={filters.range ?? 'custom'} onValueChange={(range) => onChange({ ...filters, range: range as Range, from: null, to: null })}>
          {(Object.keys(RANGES) as Range[]).map((range) => (
            <Menu.RadioItem key={range} value={range} closeOnClick className="menu-item">{RANGES[range]}<Menu.RadioItemIndicator className="menu-check"><Check className="i" aria-hidden="true" /></Menu.RadioItemIndicator></Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Separator className="menu-line" />
        <Menu.Item className="menu-item" onClick={() => setCustom(true)}>From … to …</Menu.Item>
      </DropMenu>
      <CustomRange open={custom} onOpenChange={setCustom} filters={filters} onChange={onChange} />
    </>
  );
}

const local = (at: number | null) => (at === null ? '' : new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16));
const fromLocal = (text: string) => (text === '' ? null : new Date(text).getTime());

function CustomRange({ open, onOpenChange, filters, onChange }: { open: boolean; onOpenChange: (open: boolean) => void; filters: Filters; onChange: Change }) {
  const [wrong, setWrong] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const from = fromLocal(String(form.get('from')));
    const to = fromLocal(String(form.get('to')));
    const why = contradiction({ from, to, fields: {} });
    setWrong(why);
    if (why !== null) return;
    onChange({ ...filters, range: from === null && to === null ? 'all' : null, from, to });
    onOpenChange(false);
  };
  return (
    <Popover.Root open={open} onOpenChange={(next) => { setWrong(null); onOpenChange(next); }}>
      <Popover.Trigger className="anchor" tabIndex={-1} aria-hidden="true" />
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="end" className="layer">
          <Popover.Popup className="pop">
            <Popover.Title>Time of the sessions</Popover.Title>
            <form className="form" onSubmit={submit}>
              <label htmlFor="range-from">From</label><input id="range-from" className="in" type="datetime-local" name="from" defaultValue={local(filters.from)} />
              <label htmlFor="range-to">To</label><input id="range-to" className="in" type="datetime-local" name="to" defaultValue={local(filters.to)} />
              {wrong !== null && <p className="form-e" role="alert">{wrong}</p>}
              <Button tone="primary" type="submit">Show</Button>
            </form>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

const CHOICES: Partial<Record<Field, string[]>> = {
  status: ['4xx', '5xx', '404', '500', '503'],
  browser: ['Chrome', 'Safari', 'Firefox', 'Edge', 'Samsung Internet', 'Opera'],
  os: ['Windows', 'macOS', 'iOS', 'Android', 'Linux'],
  minDuration: ['30', '60', '300', '1800', '3600'],
  maxDuration: ['10', '30', '60', '300'],
};
const HINTS: Partial<Record<Field, string>> = { status: '404 or 4xx', browser: 'Chrome', os: 'Windows', country: 'SE', user: 'as given to identify', event: 'name of a custom event', failure: 'TypeError: x is undefined', minDuration: 'seconds', maxDuration: 'seconds' };

function AddFilter({ filters, onChange }: { filters: Filters; onChange: Change }) {
  const [open, setOpen] = useState(false);
  const [field, setField] = useState<Field>('status');
  const [wrong, setWrong] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const value = String(new FormData(event.currentTarget).get('value')).trim();
    if (value === '') return;
    const next = { ...filters, fields: { ...filters.fields, [field]: isDuration(field) ? String(Math.round(Number(value) * 1000)) : value } };
    const why = contradiction(next);
    setWrong(why);
    if (why !== null) return;
    onChange(next);
    setOpen(false);
  };
  return (
    <Popover.Root open={open} onOpenChange={(now) => { setWrong(null); setOpen(now); }}>
      <Popover.Trigger className="chip chip-add"><Plus className="i" aria-hidden="true" />Add filter</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="start" className="layer">
          <Popover.Popup className="pop">
            <Popover.Title>Add a filter</Popover.Title>
            <form className="form" onSubmit={submit}>
              <label htmlFor="filter-field">What</label>
              <select id="filter-field" className="in" value={field} onChange={(e) => { setWrong(null); setField(e.target.value as Field); }}>
                {FIELDS.filter((f) => f !== 'state').map((f) => <option key={f} value={f}>{FIELD_LABELS[f]}{f === 'minDuration' ? ' (at least)' : f === 'maxDuration' ? ' (at most)' : ''}</option>)}
              </select>
              <label htmlFor="filter-value">{isDuration(field) ? 'Seconds' : 'Value'}</label>
              <input key={field} id="filter-value" className="in" name="value" required autoFocus autoComplete="off" list="filter-choices" placeholder={HINTS[field]} {...(field === 'status' ? { pattern: '[1-5]([0-9]{2}|xx)' } : {})} {...(isDuration(field) ? { inputMode: 'numeric', pattern: '[0-9]+' } : {})} />
              <datalist id="filter-choices">{CHOICES[field]?.map((value) => <option key={value} value={value} />)}</datalist>
              {wrong !== null && <p className="form-e" role="alert">{wrong}</p>}
              <Button tone="primary" type="submit">Add</Button>
            </form>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

export function Chips({ filters, onChange }: { filters: Filters; onChange: Change }) {
  const set = FIELDS.filter((field) => filters.fields[field] !== undefined);
  const without = (field: Field) => {
    const fields = { ...filters.fields };
    delete fields[field];
    return { ...filters, fields };
  };
  return (
    <div className="chips" role="group" aria-label="Filters">
      {set.map((field) => (
        <span key={field} className="chip">
          <span className="chip-k">{FIELD_LABELS[field]}</span> <span className="trunc" title={fieldText(field, filters.fields[field] ?? '')}>{fieldText(field, filters.fields[field] ?? '')}</span>
          <button type="button" aria-label={`Remove filter ${FIELD_LABELS[field]}${isDuration(field) ? ` ${fieldText(field, filters.fields[field] ?? '')}` : ''}`} onClick={() => onChange(without(field))}><X className="i" aria-hidden="true" /></button>
        </span>
      ))}
      <AddFilter filters={filters} onChange={onChange} />
      {isFiltered(filters) && <Button tone="quiet" className="btn-link" onClick={() => onChange({ ...filters, q: '', errors: false, fields: {} })}>Clear</Button>}
    </div>
  );
}
