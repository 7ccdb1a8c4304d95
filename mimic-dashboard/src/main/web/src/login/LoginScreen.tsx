import { useQueryClient, useQuery } from '@tanstack/react-query';
import { CircleAlert, Eye, EyeOff } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { ApiError, post } from '../api/client';
import { healthQuery } from '../api/queries';
import { Logo } from '../ui/brand';
import { Button } from '../ui/parts';
import { ThemeMenu } from '../ui/Shell';
import { safely } from '../ui/theme';
import { useTitle } from '../ui/useTitle';
import { LoginArt } from './LoginArt';

const LAST_PROJECT = 'mimic.project';

function reason(error: ApiError): { title: string; text: string; wrong: boolean } {
  if (error.status === 401) return { title: 'Project or password is wrong.', text: 'Names of projects are written as they were made: capitals count.', wrong: true };
  if (error.status === 429) return { title: 'Too many tries.', text: error.retryAfterSeconds ? `Sign-in pauses for ${error.retryAfterSeconds} s.` : error.detail, wrong: false };
  return { title: `${error.title}.`, text: error.detail, wrong: false };
}

export function LoginScreen() {
  useTitle('Sign in');
  const client = useQueryClient();
  const health = useQuery(healthQuery);
  const [project, setProject] = useState(() => safely(() => localStorage.getItem(LAST_PROJECT)) ?? '');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const secret = useRef<HTMLInputElement>(null);
  useEffect(() => (project ? secret : field).current?.focus(), []); // eslint-disable-line
  const linked = location.pathname.includes('/sessions/');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefused(null);
    try {
      await post('api/login', { project, password });
      safely(() => localStorage.setItem(LAST_PROJECT, project));
      await client.resetQueries();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setRefused(error);
      secret.current?.select();
    } finally {
      setBusy(false);
    }
  };

  const told = refused && reason(refused);
  return (
    <main className="login" id="main">
      <div className="login-box">
        <div className="login-brand"><Logo /><span>MIMIC</span></div>
        <h1>Sign in to a project</h1>
        <p className="login-p">Sessions of <b>{location.host}</b></p>
        {told && <div className="alert" role="alert"><CircleAlert className="i" aria-hidden="true" /><p><b>{told.title}</b> {told.text}</p></div>}
        <form onSubmit={(event) => void submit(event)}>
          <label htmlFor="project">Project</label>
          <input ref={field} className="in" id="project" name="project" autoComplete="username" autoCapitalize="none" spellCheck={false} required value={project} aria-invalid={told?.wrong || undefined} onChange={(e) => setProject(e.target.value)} />
          <label htmlFor="password">Password</label>
          <span className="in-wrap">
            <input ref={secret} className="in" id="password" name="password" type={shown ? 'text' : 'password'} autoComplete="current-password" required value={password} aria-invalid={told?.wrong || undefined} onChange={(e) => setPassword(e.target.value)} />
            <Button tone="quiet" icon size="mini" aria-label={shown ? 'Hide the password' : 'Show the password'} aria-pressed={shown} onClick={() => setShown(!shown)}>{shown ? <EyeOff className="i" aria-hidden="true" /> : <Eye className="i" aria-hidden="true" />}</Button>
          </span>
          <Button tone="primary" className="btn-full" type="submit" disabled={busy}>{busy ? 'Signing in…' : 'Sign in'}</Button>
        </form>
        <p className="login-f">{linked ? 'The shared link opens at its moment after you sign in.' : 'The password of the default project is in the log of the first start, unless it was set.'}</p>
      </div>
      <LoginArt />
      <footer className="login-foot"><span>MIMIC {health.data?.version ?? ''}</span><ThemeMenu /></footer>
    </main>
  );
}
