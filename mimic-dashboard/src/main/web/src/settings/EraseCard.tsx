import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useQueryClient } from '@tanstack/react-query';
import { CircleCheck, Trash2, TriangleAlert, User } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { postJson } from '../api/client';
import type { ErasurePreview, ErasureReport } from '../api/types';
import { longDay } from '../format/time';
import { counted, size } from '../format/values';
import { announce } from '../ui/announce';
import { Button, Segmented } from '../ui/parts';
import { Card, Refused, refusal } from './parts';
import { erasurePreview, type Person } from './queries';

interface Found {
  person: Person;
  who: string;
  preview: ErasurePreview;
}

const span = ({ firstAt, lastAt }: ErasurePreview) => {
  if (!firstAt || !lastAt) return '';
  const [first, last] = [longDay(Date.parse(firstAt)), longDay(Date.parse(lastAt))];
  return first === last ? `, ${first}` : `, ${first} to ${last}`;
};

export function EraseCard() {
  const client = useQueryClient();
  const [by, setBy] = useState<'user' | 'ip'>('user');
  const [who, setWho] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  const [report, setReport] = useState<ErasureReport | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);

  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (failure) {
      setError(refusal(failure));
    } finally {
      setBusy(false);
    }
  };
  const find = (event: FormEvent) => {
    event.preventDefault();
    const person: Person = by === 'user' ? { user: who } : { ip: who };
    setReport(null);
    void attempt(async () => setFound({ person, who, preview: await erasurePreview(person) }));
  };
  const erase = () => attempt(async () => {
    if (!found) return;
    const done = await postJson<ErasureReport>('api/erasures', found.person);
    setReport(done);
    setFound(null);
    setAsking(false);
    announce(`${counted(done.erased.length, 'session')} erased`);
    await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
  });

  return (
    <Card id="erase" title="Erase a person" text="Removes every session of one user or one IP address from all stores. It cannot be undone.">
      <form className="set" onSubmit={find}>
        <div className="set-l"><label htmlFor="who" className="set-t">{by === 'user' ? 'User id' : 'IP address'}</label><p>{by === 'user' ? <>As given to <code>mimic.identify</code>.</> : 'As the list shows it: whole, cut or hashed.'}</p></div>
        <div className="set-c">
          <Segmented label="Erase by" value={by} onChange={(value) => { setBy(value); setFound(null); }} choices={[{ value: 'user', label: 'User' }, { value: 'ip', label: 'IP' }]} />
          <span className="inline-grow"><input className="in" id="who" required maxLength={by === 'user' ? 500 : 64} autoComplete="off" spellCheck={false} value={who} onChange={(e) => { setWho(e.target.value); setFound(null); }} /><Button type="submit" disabled={busy}>Find</Button></span>
        </div>
      </form>
      {!asking && <Refused error={error} />}
      {found && (
        <div className="found" role="status">
          <div><User className="i" aria-hidden="true" /><p>{found.preview.sessions === 0 ? <>No archived session of <b>{found.who}</b>. What a live session says of its visitor is erased as well.</> : <><b>{found.preview.more ? `More than ${counted(found.preview.sessions, 'session')}` : counted(found.preview.sessions, 'session')}</b> of {found.who}{span(found.preview)}, {size(found.preview.bytes)}.</>}</p></div>
          <Button tone="danger" onClick={() => setAsking(true)}><Trash2 className="i" aria-hidden="true" />{found.preview.sessions === 0 ? 'Erase what is live…' : `Erase ${counted(found.preview.sessions, 'session')}…`}</Button>
        </div>
      )}
      {report && (
        <div className="found found-done" role="status">
          <div>{report.complete ? <CircleCheck className="i" aria-hidden="true" /> : <TriangleAlert className="i" aria-hidden="true" />}<p><b>{counted(report.erased.length, 'session')}, {counted(report.objects, 'archive object')} and {counted(report.batches, 'batch', 'batches')} of the buffer erased.</b> {report.complete ? 'Nothing is left.' : `${counted(report.failed.length, 'session')} failed. ${report.reason ?? ''}`}</p></div>
        </div>
      )}
      <AlertDialog.Root open={asking} onOpenChange={setAsking}>
        <AlertDialog.Portal>
          <AlertDialog.Backdrop className="scrim" />
          <AlertDialog.Popup className="sheet sheet-ask">
            <AlertDialog.Title>Erase {found?.preview.sessions ? counted(found.preview.sessions, 'session') : 'live sessions'} of {found?.who}?</AlertDialog.Title>
            <AlertDialog.Description>They go from buffer, catalog and archive; links to them stop working. It cannot be undone.</AlertDialog.Description>
            <Refused error={error} />
            <div className="sheet-a">
              <AlertDialog.Close className="btn btn-plain">Keep them</AlertDialog.Close>
              <Button tone="danger" disabled={busy} onClick={() => void erase()}><Trash2 className="i" aria-hidden="true" />{busy ? 'Erasing…' : 'Erase for good'}</Button>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Portal>
      </AlertDialog.Root>
    </Card>
  );
}
