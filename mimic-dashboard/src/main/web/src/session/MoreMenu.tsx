import { Menu } from '@base-ui/react/menu';
import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useQueryClient } from '@tanstack/react-query';
import { ClipboardList, Download, Ellipsis, FileCode, FileJson, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { ApiError, getText, remove } from '../api/client';
import type { Me, SessionDetail, Timeline } from '../api/types';
import { copyText, download } from '../format/copy';
import { remedy } from '../format/rights';
import { counted, shortId } from '../format/values';
import { announce } from '../ui/announce';
import { DropMenu } from '../ui/DropMenu';
import { Button } from '../ui/parts';
import { harOf } from './export/har';
import { sessionMarkdown } from './export/markdown';
import { standalonePlayer } from './export/standalone';
import type { Model } from './model';
import type { PlayController } from './playback';

interface Props {
  session: SessionDetail;
  /** Null while it is on its way. */
  timeline: Timeline | null;
  model: Model;
  control: PlayController;
  me: Me;
}

async function told(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    announce(`${what} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Why some of the menu is grey, and what would change it. */
function lacking(me: Me, mayExport: boolean, mayErase: boolean): string {
  const what = [!mayExport && 'download', !mayErase && 'erase'].filter(Boolean).join(' or ');
  return `As ${me.role} you may watch, not ${what}. It takes ${remedy(me)}.`;
}

export function MoreMenu({ session, timeline, model, control, me }: Props) {
  const [erasing, setErasing] = useState(false);
  const name = `mimic-${shortId(session.id).replace('…', '-')}`;
  const mayExport = me.rights.includes('export');
  const mayErase = me.rights.includes('erase');
  const exported = (format: string) => getText(`api/sessions/${encodeURIComponent(session.id)}/export?format=${format}`);
  const har = async () => download(`${name}.har`, 'application/json', JSON.stringify(harOf(session, JSON.parse(await exported('har')) as Timeline, me.version), null, 1));
  const markdown = async () => {
    if (!timeline) return;
    const done = await copyText(sessionMarkdown(session, timeline, model, control.state.now));
    announce(done ? 'Copied as Markdown' : 'The browser did not allow copying');
  };
  return (
    <>
      <DropMenu button={{ className: 'btn btn-plain btn-icon', disabled: !timeline, 'aria-label': 'More: copy, download, erase', children: <Ellipsis className="i" aria-hidden="true" /> }}>
        <Menu.Item className="menu-item" onClick={() => void markdown()}><ClipboardList className="i" aria-hidden="true" />Copy as Markdown</Menu.Item>
        <Menu.Separator className="menu-line" />
        <Menu.Item className="menu-item" disabled={!mayExport} onClick={() => void told('Download', async () => download(`${name}.json`, 'application/json', await exported('json')))}><FileJson className="i" aria-hidden="true" />Recording as rrweb JSON</Menu.Item>
        <Menu.Item className="menu-item" disabled={!mayExport} onClick={() => void told('Download', async () => download(`${name}.html`, 'text/html', await standalonePlayer(session, model)))}><FileCode className="i" aria-hidden="true" />Recording as one HTML file</Menu.Item>
        <Menu.Item className="menu-item" disabled={!mayExport} onClick={() => void told('Download', har)}><Download className="i" aria-hidden="true" />Network as HAR</Menu.Item>
        <Menu.Separator className="menu-line" />
        <Menu.Item className="menu-item menu-danger" disabled={!mayErase} onClick={() => setErasing(true)}><Trash2 className="i" aria-hidden="true" />Erase this session…</Menu.Item>
        {(!mayExport || !mayErase) && <div className="menu-note">{lacking(me, mayExport, mayErase)}</div>}
      </DropMenu>
      <Erase open={erasing} onOpenChange={setErasing} session={session} />
    </>
  );
}

function Erase({ open, onOpenChange, session }: { open: boolean; onOpenChange: (open: boolean) => void; session: SessionDetail }) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const erase = async () => {
    setBusy(true);
    try {
      await remove(`api/sessions/${encodeURIComponent(session.id)}`);
      client.removeQueries({ queryKey: ['sessions'] });
      client.removeQueries({ queryKey: ['session', session.id] });
      navigate('/');
      announce('The session was erased');
    } catch (error) {
      setRefused(error instanceof ApiError ? `${error.title}. ${error.detail}` : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="scrim" />
        <AlertDialog.Popup className="sheet sheet-ask">
          <AlertDialog.Title>Erase this session?</AlertDialog.Title>
          <AlertDialog.Description>Its {counted(session.events, 'event')} and what is known of its visitor go from all stores. Links to it stop working. It cannot be undone.</AlertDialog.Description>
          {refused && <p className="alert" role="alert">{refused}</p>}
          <div className="sheet-a">
            <AlertDialog.Close className="btn btn-plain">Keep it</AlertDialog.Close>
            <Button tone="danger" disabled={busy} onClick={() => void erase()}><Trash2 className="i" aria-hidden="true" />{busy ? 'Erasing…' : 'Erase 1 session'}</Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
