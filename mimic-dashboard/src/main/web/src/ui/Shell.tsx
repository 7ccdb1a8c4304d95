import { Menu } from '@base-ui/react/menu';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, ChevronDown, LogOut, Monitor, Moon, Search, Sun } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { post } from '../api/client';
import { healthQuery, overviewQuery } from '../api/queries';
import type { Me } from '../api/types';
import { ShortcutSheet } from '../keys/ShortcutSheet';
import { useKeys } from '../keys/useKeys';
import { Logo } from './brand';
import { DropMenu } from './DropMenu';
import { JumpDialog } from './JumpDialog';
import { Button, cx } from './parts';
import { setTheme, useTheme, type Theme } from './theme';

export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const [path] = useLocation();
  const [jump, setJump] = useState(false);
  const [sheet, setSheet] = useState(false);
  useKeys({ '?': () => setSheet(true), 'mod+k': () => setJump(true) });
  return (
    <div className={cx('app', path.startsWith('/sessions/') && 'app-session')}>
      <a className="skip" href="#main" onClick={(e) => { e.preventDefault(); document.getElementById('main')?.focus(); }}>Skip to content</a>
      <header className="topbar">
        <Link className="brand" href="/" aria-label="MIMIC, all sessions"><Logo /><span className="brand-name">MIMIC</span></Link>
        <ProjectMenu me={me} />
        <nav className="topnav" aria-label="Main">
          <Link href="/" aria-current={path === '/' || path.startsWith('/sessions') ? 'page' : undefined}>Sessions</Link>
          <Link href="/settings" aria-current={path === '/settings' ? 'page' : undefined}>Settings</Link>
        </nav>
        <div className="topbar-end">
          <LivePulse />
          <Button tone="quiet" className="jump" onClick={() => setJump(true)}><Search className="i" aria-hidden="true" /><span>Jump to session</span><kbd aria-hidden="true">Ctrl K</kbd></Button>
          <ThemeMenu />
          {me.login !== 'host' && <SignOut me={me} />}
        </div>
      </header>
      {children}
      <JumpDialog open={jump} onOpenChange={setJump} />
      <ShortcutSheet open={sheet} onOpenChange={setSheet} />
    </div>
  );
}

function useSignOut() {
  const client = useQueryClient();
  return async () => {
    await post('api/logout').catch(() => undefined);
    client.clear();
    location.assign(document.baseURI);
  };
}

function SignOut({ me }: { me: Me }) {
  const signOut = useSignOut();
  return <Button tone="quiet" icon aria-label={`Sign out of ${me.project.name}`} title="Sign out" onClick={() => void signOut()}><LogOut className="i" aria-hidden="true" /></Button>;
}

/** Loads anew: nothing of the project before may stay. */
async function choose(project: string): Promise<void> {
  await post('api/project', { project });
  location.assign(document.baseURI);
}

/** What else the application's own login opens; its own way out is the application's. */
function HostProjects({ me }: { me: Me }) {
  const others = me.projects.filter((project) => project.id !== me.project.id);
  return (
    <>
      {others.length > 0 && <Menu.Separator className="menu-line" />}
      {others.map((project) => <Menu.Item key={project.id} className="menu-item" onClick={() => void choose(project.id)}><span className="trunc">{project.name}</span></Menu.Item>)}
      <Menu.Separator className="menu-line" />
      <div className="menu-note">{me.name ?? 'You'}, by the application’s own login</div>
    </>
  );
}

function ProjectMenu({ me }: { me: Me }) {
  const signOut = useSignOut();
  return (
    <DropMenu align="start" button={{ className: 'project', children: <><span className="sr-only">Project </span><span className="project-name trunc">{me.project.name}</span>{me.role === 'viewer' && <span className="env">viewer</span>}<ChevronDown className="i" aria-hidden="true" /></> }}>
      <Menu.Group>
        <Menu.GroupLabel className="menu-label">Signed in to</Menu.GroupLabel>
        <div className="menu-fact"><span className="trunc">{me.project.name}</span><Check className="i" aria-hidden="true" /></div>
      </Menu.Group>
      {me.login === 'host' ? <HostProjects me={me} /> : (
        <>
          <Menu.Separator className="menu-line" />
          <Menu.Item className="menu-item" onClick={() => void signOut()}><LogOut className="i" aria-hidden="true" />Sign in to another project</Menu.Item>
        </>
      )}
    </DropMenu>
  );
}

function LivePulse() {
  const overview = useQuery(overviewQuery(null, null));
  const health = useQuery(healthQuery);
  const troubled = health.data && health.data.status !== 'UP';
  if (!overview.data) return null;
  return (
    <Link className={cx('pulse', troubled && 'pulse-bad')} href="/settings" title={troubled ? `MIMIC is ${health.data?.status.toLowerCase()}: see Settings` : 'Buffer, archive and catalog are up'}>
      <span className={cx('live-dot', overview.data.live === 0 && 'live-dot-off')} /><span><b className="num">{overview.data.live}</b> live</span>
      {troubled && <span className="sr-only">, MIMIC is {health.data?.status.toLowerCase()}</span>}
    </Link>
  );
}

const THEMES: { value: Theme; label: string; icon: typeof Sun }[] = [
  { value: 'system', label: 'As the system', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
];

export function ThemeMenu() {
  const theme = useTheme();
  const Icon = THEMES.find((t) => t.value === theme)?.icon ?? Monitor;
  return (
    <DropMenu narrow button={{ className: 'btn btn-quiet btn-icon', 'aria-label': 'Theme', title: 'Theme', children: <Icon className="i" aria-hidden="true" /> }}>
      <Menu.RadioGroup value={theme} onValueChange={(value) => setTheme(value as Theme)}>
        {THEMES.map(({ value, label, icon: Each }) => (
          <Menu.RadioItem key={value} value={value} closeOnClick className="menu-item"><Each className="i" aria-hidden="true" />{label}<Menu.RadioItemIndicator className="menu-check"><Check className="i" aria-hidden="true" /></Menu.RadioItemIndicator></Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </DropMenu>
  );
}
