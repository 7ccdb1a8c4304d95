import { Dialog } from '@base-ui/react/dialog';
import { Copy, FileText, TriangleAlert } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { ApiError } from '../api/client';
import type { SettingInForce } from '../api/types';
import { Button, CopyButton, Failure } from '../ui/parts';

export function Card({ id, title, text, action, children }: { id: string; title: string; text: ReactNode; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="card" id={id} aria-labelledby={`${id}-h`}>
      <header><div><h2 id={`${id}-h`} tabIndex={-1}>{title}</h2><p>{text}</p></div>{action}</header>
      {children}
    </section>
  );
}

export function Setting({ title, text, children }: { title: ReactNode; text?: ReactNode; children: ReactNode }) {
  return <div className="set"><div className="set-l"><span className="set-t">{title}</span>{text && <p>{text}</p>}</div><div className="set-c">{children}</div></div>;
}

/** Where a value comes from: a review of the app's configuration sees it, so it is not changed here. */
export function From({ setting }: { setting: SettingInForce }) {
  return <span className="from"><FileText className="i" aria-hidden="true" /><code>{setting.name}</code> {setting.set ? 'is set' : 'by default'}</span>;
}

/** A list that is loading, failed, or there. */
export function Loaded<T>({ query, what, children }: { query: { data: T | undefined; error: Error | null; refetch: () => unknown }; what: string; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Failure level="h3" what={what} error={query.error} onRetry={() => void query.refetch()} />;
  return <div aria-busy="true" className="card-wait"><span className="sr-only">Loading {what.toLowerCase()}</span><span className="sk sk-w5" /><span className="sk sk-w4 sk-s" /></div>;
}

/** A table that scrolls within its card where it is too wide. */
export function Table({ label, head, children }: { label: string; head: (string | { name: string; num?: boolean; hidden?: boolean })[]; children: ReactNode }) {
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={`${label}, table`}>
      <table className="mini-wide">
        <thead><tr>{head.map((h) => (typeof h === 'string' ? <th key={h} scope="col">{h}</th> : <th key={h.name} scope="col" className={h.num ? 'num' : h.hidden ? 'act' : undefined}>{h.hidden ? <span className="sr-only">{h.name}</span> : h.name}</th>))}</tr></thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

export const refusal = (error: unknown) => (error instanceof ApiError ? `${error.title}. ${error.detail}` : error instanceof Error ? error.message : String(error));

export function Refused({ error }: { error: string | null }) {
  return error === null ? null : <p className="alert" role="alert"><TriangleAlert className="i" aria-hidden="true" /><span>{error}</span></p>;
}

interface FormDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  text: ReactNode;
  submit: string;
  danger?: boolean;
  disabled?: boolean;
  onSubmit: (form: FormData) => Promise<void>;
  children: ReactNode;
}

/** A dialog with a form: says what went wrong and stays open until it went right. */
export function FormDialog({ open, onClose, title, text, submit, danger, disabled, onSubmit, children }: FormDialogProps) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await onSubmit(new FormData(event.currentTarget));
    } catch (failure) {
      setError(refusal(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => { if (!next) { setError(null); onClose(); } }}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup className="sheet sheet-form">
          <Dialog.Title>{title}</Dialog.Title>
          <Dialog.Description>{text}</Dialog.Description>
          <form className="form" onSubmit={(event) => void send(event)}>
            {children}
            <Refused error={error} />
            <div className="sheet-a">
              <Dialog.Close className="btn btn-plain">Cancel</Dialog.Close>
              <Button tone={danger ? 'danger' : 'primary'} type="submit" disabled={busy || disabled}>{busy ? 'One moment…' : submit}</Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What is shown this once. */
export function SecretOnce({ title, text, secret, onClose }: { title: string; text: ReactNode; secret: string | null; onClose: () => void }) {
  return (
    <Dialog.Root open={secret !== null} onOpenChange={(open) => { if (!open) onClose(); }}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup className="sheet sheet-form">
          <Dialog.Title>{title}</Dialog.Title>
          <Dialog.Description>{text}</Dialog.Description>
          <div className="secret"><code data-testid="secret">{secret}</code><CopyButton text={secret ?? ''} said="Copied"><Copy className="i" aria-hidden="true" />Copy</CopyButton></div>
          <div className="sheet-a"><Dialog.Close className="btn btn-primary">I have it</Dialog.Close></div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
