import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { healthQuery } from '../api/queries';
import type { Me } from '../api/types';
import { counted } from '../format/values';
import { Failure } from '../ui/parts';
import { setTheme, useTheme, type Theme } from '../ui/theme';
import { useTitle } from '../ui/useTitle';

const ICONS = { UP: CircleCheck, DEGRADED: TriangleAlert, DOWN: CircleX };
const TONES = { UP: 'ok', DEGRADED: 'warn', DOWN: 'bad' };

function Setting({ title, text, children }: { title: string; text?: ReactNode; children: ReactNode }) {
  return <div className="set"><div className="set-l"><span className="set-t">{title}</span>{text && <p>{text}</p>}</div><div className="set-c">{children}</div></div>;
}

export default function SettingsScreen({ me }: { me: Me }) {
  useTitle('Settings');
  const health = useQuery(healthQuery);
  return (
    <main id="main" className="settings" tabIndex={-1}>
      <h1>Settings</h1>
      <section className="card">
        <header><h2>Project</h2><p>In force for {me.project.name}. Changed in the app’s configuration, so that a review sees it.</p></header>
        <Setting title="Name"><b>{me.project.name}</b></Setting>
        <Setting title="Id" text={<>Goes into the recorder’s tag as <code>data-mimic-project</code>.</>}><code>{me.project.id}</code></Setting>
        <Setting title="Your role"><b>{me.role}</b></Setting>
        <Setting title="Sessions are kept" text={<><code>mimic.retention</code></>}><b>{me.retentionDays ? `${me.retentionDays} days` : 'until they are erased'}</b></Setting>
        {me.sessionTimeoutMs !== null && <Setting title="A session ends" text={<><code>mimic.session.timeout</code></>}><b>{counted(Math.round(me.sessionTimeoutMs / 1000), 'second')} after its last batch</b></Setting>}
      </section>
      <section className="card" id="health">
        <header><h2>Health</h2><p>{health.data ? `MIMIC ${health.data.version}` : 'MIMIC'}</p></header>
        {health.error && !health.data && <Failure level="h3" what="Health" error={health.error} onRetry={() => void health.refetch()} />}
        <ul className="health">
          {Object.entries(health.data?.stores ?? {}).map(([name, store]) => {
            const Icon = ICONS[store.status] ?? TriangleAlert;
            return <li key={name} className={TONES[store.status] ?? 'warn'}><Icon className="i" aria-hidden="true" /><b>{name}</b><span>{store.detail ?? ''}</span><span>{store.status.toLowerCase()}</span></li>;
          })}
          {health.data?.recording && <li className={health.data.recording.enabled ? 'ok' : 'bad'}>{health.data.recording.enabled ? <CircleCheck className="i" aria-hidden="true" /> : <CircleX className="i" aria-hidden="true" />}<b>recording</b><span>{health.data.recording.reason ?? 'Batches are taken.'}</span><span>{health.data.recording.enabled ? 'on' : 'off'}</span></li>}
        </ul>
      </section>
      <Look />
    </main>
  );
}

function Look() {
  const theme = useTheme();
  const choices: [Theme, string][] = [['system', 'As the system'], ['light', 'Light'], ['dark', 'Dark']];
  return (
    <section className="card">
      <header><h2>Look</h2><p>Kept in this browser.</p></header>
      <fieldset className="set look">
        <legend className="set-t">Theme</legend>
        <div className="set-c">{choices.map(([value, label]) => <label key={value} className="radio"><input type="radio" name="theme" value={value} checked={theme === value} onChange={() => setTheme(value)} />{label}</label>)}</div>
      </fieldset>
    </section>
  );
}
