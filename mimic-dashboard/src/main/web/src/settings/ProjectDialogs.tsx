import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { patch, postJson } from '../api/client';
import type { Me, Project } from '../api/types';
import { longDay } from '../format/time';
import { count, counted, size } from '../format/values';
import { announce } from '../ui/announce';
import { FormDialog, Loaded, SecretOnce } from './parts';
import { removalQuery } from './queries';

const text = (form: FormData, name: string) => String(form.get(name) ?? '').trim();
const pathOf = (project: Project) => `api/admin/projects/${encodeURIComponent(project.id)}`;

export function NewProject({ open, onClose }: { open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <>
      <FormDialog
        open={open}
        onClose={onClose}
        title="New project"
        text="One for each app, or each of its environments."
        submit="Make project"
        onSubmit={async (form) => {
          const password = String(form.get('password') ?? '');
          const made = await postJson<{ password: string | null }>('api/admin/projects', { name: text(form, 'name'), ...(password ? { password } : {}) });
          await client.invalidateQueries({ queryKey: ['projects'] });
          setSecret(made.password);
          announce('The project was made');
          onClose();
        }}
      >
        <label htmlFor="project-name">Name</label>
        <input id="project-name" className="in" name="name" required maxLength={100} autoComplete="off" />
        <label htmlFor="project-password">Password</label>
        <input id="project-password" className="in" name="password" type="password" minLength={10} maxLength={1024} autoComplete="new-password" />
        <p className="fine">Empty: a password is made and shown once.</p>
      </FormDialog>
      <SecretOnce title="Its password" text="Copy it now: it is kept as a hash and cannot be shown again." secret={secret} onClose={() => setSecret(null)} />
    </>
  );
}

/** Rename, passwords and origins: one dialog, one change at a time is sent. */
export function EditProject({ project, me, onClose }: { project: Project; me: Me; onClose: () => void }) {
  const client = useQueryClient();
  const [viewer, setViewer] = useState<'keep' | 'set' | 'none'>('keep');
  return (
    <FormDialog
      open
      onClose={onClose}
      title={`Change ${project.name}`}
      text={project.own ? 'The name of this webapp’s project is mimic.project.name. What a setting decides is refused here.' : 'What is left empty stays as it is.'}
      submit="Save"
      onSubmit={async (form) => {
        const name = text(form, 'name');
        const password = String(form.get('password') ?? '');
        const origins = text(form, 'origins').split(/[\s,]+/).filter(Boolean);
        await patch(pathOf(project), {
          ...(name && name !== project.name ? { name } : {}),
          ...(password ? { password } : {}),
          ...(viewer === 'set' ? { viewerPassword: String(form.get('viewer') ?? '') } : viewer === 'none' ? { viewerPassword: null } : {}),
          ...(origins.join(' ') === project.origins.join(' ') ? {} : { origins }),
        });
        // Whoever changed their own password has ended their own login as well.
        await client.invalidateQueries({ queryKey: [password && project.id === me.project.id ? 'me' : 'projects'] });
        announce('Saved');
        onClose();
      }}
    >
      {!project.own && (
        <>
          <label htmlFor="edit-name">Name</label>
          <input id="edit-name" className="in" name="name" defaultValue={project.name} maxLength={100} autoComplete="off" />
        </>
      )}
      <label htmlFor="edit-password">New password</label>
      <input id="edit-password" className="in" name="password" type="password" minLength={10} maxLength={1024} autoComplete="new-password" aria-describedby="edit-password-n" />
      <p className="fine" id="edit-password-n">Ends all sign-ins to {project.name}{project.id === me.project.id ? ', yours too,' : ''} and revokes its API tokens.</p>
      <fieldset className="checks">
        <legend>Viewers’ password</legend>
        <label className="radio"><input type="radio" name="viewer-how" checked={viewer === 'keep'} onChange={() => setViewer('keep')} />{project.viewerPassword ? 'Leave as it is' : 'There is none'}</label>
        <label className="radio"><input type="radio" name="viewer-how" checked={viewer === 'set'} onChange={() => setViewer('set')} />Set another</label>
        {project.viewerPassword && <label className="radio"><input type="radio" name="viewer-how" checked={viewer === 'none'} onChange={() => setViewer('none')} />Take it away</label>}
        {viewer === 'set' && <input className="in" name="viewer" aria-label="Viewers’ password" type="password" required minLength={10} maxLength={1024} autoComplete="new-password" />}
      </fieldset>
      <label htmlFor="edit-origins">Origins whose pages may send</label>
      <textarea id="edit-origins" className="in in-area" name="origins" rows={3} defaultValue={project.origins.join('\n')} spellCheck={false} aria-describedby="edit-origins-n" />
      <p className="fine" id="edit-origins-n">One a line, such as https://www.example.org. Empty: this host’s own, and those of <code>mimic.cross-origins</code>.</p>
    </FormDialog>
  );
}

export function RemoveProject({ project, onClose }: { project: Project; onClose: () => void }) {
  const client = useQueryClient();
  const removal = useQuery(removalQuery(project.id));
  const [typed, setTyped] = useState('');
  const sessions = removal.data?.sessions ?? 0;
  return (
    <FormDialog
      open
      onClose={onClose}
      title={`Remove ${project.name}?`}
      text="Nobody signs in to it from then on, and its pages are refused. It cannot be undone."
      submit={`Remove the project and ${counted(sessions, 'session')}`}
      danger
      disabled={typed !== project.name || !removal.data}
      onSubmit={async () => {
        await postJson(`${pathOf(project)}/removal`, { confirm: typed });
        await client.invalidateQueries({ queryKey: ['projects'] });
        announce('The project is being removed');
        onClose();
      }}
    >
      <Loaded query={removal} what="What goes">{(data) => (
        <dl className="kv goes">
          <div><dt>Sessions</dt><dd className="num">{count(data.sessions)}{data.active > 0 && `, ${count(data.active)} of them live`}</dd></div>
          <div><dt>Archive</dt><dd className="num">{size(data.bytes)}</dd></div>
          <div><dt>Since</dt><dd>{data.oldestAt ? longDay(Date.parse(data.oldestAt)) : '–'}</dd></div>
          <div><dt>Tokens</dt><dd className="num">{count(data.tokens)}</dd></div>
          <div><dt>And</dt><dd>its passwords, sign-ins and access log</dd></div>
        </dl>
      )}</Loaded>
      <label htmlFor="remove-name">Type <b>{project.name}</b> to confirm</label>
      <input id="remove-name" className="in" value={typed} onChange={(e) => setTyped(e.target.value)} autoComplete="off" spellCheck={false} />
    </FormDialog>
  );
}
