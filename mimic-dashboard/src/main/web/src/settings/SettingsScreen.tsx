import { Activity, Database, History, KeyRound, Package, Palette, Shield, Trash2 } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { Me } from '../api/types';
import { setTheme, useTheme, type Theme } from '../ui/theme';
import { useTitle } from '../ui/useTitle';
import { AccessLogCard } from './AccessLogCard';
import { EraseCard } from './EraseCard';
import { HealthCard } from './HealthCard';
import { PrivacyCard } from './InForce';
import { LockedErase, LockedLog, LockedProject, LockedTokens } from './Locked';
import { Card } from './parts';
import { ProjectsCard } from './ProjectsCard';
import { StorageCard } from './StorageCard';
import { TokensCard } from './TokensCard';

interface Section {
  id: string;
  name: string;
  icon: ReactNode;
  card: ReactNode;
}

const icon = (Icon: typeof Shield) => <Icon className="i" aria-hidden="true" />;

function sections(me: Me): Section[] {
  const admin = me.rights.includes('admin');
  return [
    admin ? { id: 'projects', name: me.server ? 'Projects' : 'Project', icon: icon(Package), card: <ProjectsCard me={me} /> } : { id: 'project', name: 'Project', icon: icon(Package), card: <LockedProject me={me} /> },
    { id: 'privacy', name: 'Privacy', icon: icon(Shield), card: <PrivacyCard project={me.project.name} /> },
    { id: 'storage', name: 'Retention and storage', icon: icon(Database), card: <StorageCard /> },
    { id: 'erase', name: 'Erase a person', icon: icon(Trash2), card: me.rights.includes('erase') ? <EraseCard /> : <LockedErase me={me} /> },
    { id: 'log', name: 'Access log', icon: icon(History), card: admin ? <AccessLogCard /> : <LockedLog me={me} /> },
    { id: 'tokens', name: 'Tokens', icon: icon(KeyRound), card: admin ? <TokensCard me={me} /> : <LockedTokens me={me} /> },
    { id: 'health', name: 'Health', icon: icon(Activity), card: <HealthCard me={me} /> },
    { id: 'look', name: 'Look', icon: icon(Palette), card: <Look /> },
  ];
}

/** A link of the side scrolls to its section; the document's base would lead it elsewhere. */
function show(id: string) {
  document.getElementById(id)?.scrollIntoView({ block: 'start' });
  document.getElementById(`${id}-h`)?.focus({ preventScroll: true });
}

/** The section that is at the top now. An observer tells what changed alone, so what is in view is kept. */
function useCurrent(ids: string): string {
  const [current, setCurrent] = useState(ids.split(' ')[0] ?? '');
  useEffect(() => {
    const inView = new Set<string>();
    const watch = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) inView[isIntersecting ? 'add' : 'delete'](target.id);
      const top = ids.split(' ').find((id) => inView.has(id));
      if (top !== undefined) setCurrent(top);
    }, { rootMargin: '-64px 0px -60% 0px' });
    for (const id of ids.split(' ')) {
      const section = document.getElementById(id);
      if (section) watch.observe(section);
    }
    return () => watch.disconnect();
  }, [ids]);
  return current;
}

export default function SettingsScreen({ me }: { me: Me }) {
  useTitle('Settings');
  const all = sections(me);
  const current = useCurrent(all.map((section) => section.id).join(' '));
  return (
    <div className="cols cols-set">
      <nav className="side side-set" aria-label="Settings">
        <h2 className="side-h">Settings</h2>
        <ul>
          {all.map((section) => (
            <li key={section.id}>
              <button type="button" className="view" aria-current={current === section.id ? 'true' : undefined} onClick={() => show(section.id)}>{section.icon}<span className="trunc">{section.name}</span></button>
            </li>
          ))}
        </ul>
      </nav>
      <main id="main" className="settings" tabIndex={-1}>
        <h1>Settings</h1>
        {all.map((section) => <div key={section.id}>{section.card}</div>)}
      </main>
    </div>
  );
}

function Look() {
  const theme = useTheme();
  const choices: [Theme, string][] = [['system', 'As the system'], ['light', 'Light'], ['dark', 'Dark']];
  return (
    <Card id="look" title="Look" text="Kept in this browser.">
      <fieldset className="set look">
        <legend className="set-t">Theme</legend>
        <div className="set-c">{choices.map(([value, label]) => <label key={value} className="radio"><input type="radio" name="theme" value={value} checked={theme === value} onChange={() => setTheme(value)} />{label}</label>)}</div>
      </fieldset>
    </Card>
  );
}
