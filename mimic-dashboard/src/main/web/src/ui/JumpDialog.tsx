import { Dialog } from '@base-ui/react/dialog';
import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import { sessionPath } from '../routes';
import { Button, SearchField } from './parts';

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** Where a pasted id, link or word leads: to its session, else to a search for it. */
export function jumpTarget(text: string): string {
  const id = ID.exec(text)?.[0];
  if (!id) return `/?${new URLSearchParams({ q: text.trim() })}`;
  const t = /[?&]t=([\d.]+)/.exec(text)?.[1];
  return sessionPath(id.toLowerCase(), t ? { t } : {});
}

export function JumpDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [, navigate] = useLocation();
  const [text, setText] = useState('');
  const go = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    navigate(jumpTarget(text));
    setText('');
    onOpenChange(false);
  };
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup className="sheet sheet-jump">
          <Dialog.Title>Jump to a session</Dialog.Title>
          <Dialog.Description>By its id or a shared link; anything else is searched for.</Dialog.Description>
          <form className="jump-form" onSubmit={go}>
            <SearchField label="Session id, link, user, IP or URL" value={text} onChange={setText} />
            <Button tone="primary" type="submit">Go</Button>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
