import { Tabs } from '@base-ui/react/tabs';
import { Crosshair } from 'lucide-react';
import { useRef, useState, type RefObject } from 'react';
import type { SessionDetail, Timeline } from '../api/types';
import { count } from '../format/values';
import { safely } from '../ui/theme';
import { Button, cx } from '../ui/parts';
import type { Model } from './model';
import { ConsolePanel } from './panels/ConsolePanel';
import { ErrorsPanel } from './panels/ErrorsPanel';
import { EventsPanel } from './panels/EventsPanel';
import { NetworkPanel } from './panels/NetworkPanel';
import { OverviewPanel } from './panels/OverviewPanel';
import type { PlayController } from './playback';

export interface PanelProps {
  session: SessionDetail;
  timeline: Timeline;
  model: Model;
  control: PlayController;
  onOpenError: (key: string) => void;
  kept: RefObject<Record<string, unknown>>;
}

const NAMES = ['overview', 'network', 'console', 'errors', 'events'] as const;
type Name = (typeof NAMES)[number];

/** State of a panel that outlives its being hidden behind another tab. */
export function useKept<T>(kept: RefObject<Record<string, unknown>>, key: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => (key in kept.current ? (kept.current[key] as T) : initial));
  return [value, (next) => { kept.current[key] = next; setValue(next); }];
}

export function FollowButton({ follow, onChange }: { follow: boolean; onChange: (on: boolean) => void }) {
  return <Button tone="quiet" size="small" className={cx('follow', follow && 'is-on')} aria-pressed={follow} title="Keep the list at the player’s moment" onClick={() => onChange(!follow)}><Crosshair className="i" aria-hidden="true" />Follow</Button>;
}

export function Panels(props: Omit<PanelProps, 'kept'>) {
  const { model } = props;
  const kept = useRef<Record<string, unknown>>({});
  const [name, setName] = useState<Name>(() => {
    const last = safely(() => localStorage.getItem('mimic.panel'));
    return NAMES.find((n) => n === last) ?? (model.issues.length > 0 ? 'errors' : 'network');
  });
  const choose = (value: Name) => {
    safely(() => localStorage.setItem('mimic.panel', value));
    setName(value);
  };
  const requests = model.network.filter((line) => line.kind !== 'group').length;
  const panel = { ...props, kept };
  return (
    <Tabs.Root className="panels" value={name} onValueChange={(value) => choose(value as Name)} render={<aside aria-label="What happened" />}>
      <Tabs.List className="ptabs" activateOnFocus>
        <Tabs.Tab value="overview" className="ptab">Overview</Tabs.Tab>
        <Tabs.Tab value="network" className="ptab">Network<em className="num">{count(requests)}</em></Tabs.Tab>
        <Tabs.Tab value="console" className="ptab">Console<em className="num">{count(model.console.length)}</em></Tabs.Tab>
        <Tabs.Tab value="errors" className="ptab">Errors<em className={cx('num', model.troubles.length > 0 && 'is-error')}>{count(model.troubles.length)}</em></Tabs.Tab>
        <Tabs.Tab value="events" className="ptab">Events<em className="num">{count(model.events.length)}</em></Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="overview" className="panel" tabIndex={-1}><OverviewPanel {...panel} /></Tabs.Panel>
      <Tabs.Panel value="network" className="panel" tabIndex={-1}><NetworkPanel {...panel} /></Tabs.Panel>
      <Tabs.Panel value="console" className="panel" tabIndex={-1}><ConsolePanel {...panel} /></Tabs.Panel>
      <Tabs.Panel value="errors" className="panel" tabIndex={-1}><ErrorsPanel {...panel} /></Tabs.Panel>
      <Tabs.Panel value="events" className="panel" tabIndex={-1}><EventsPanel {...panel} /></Tabs.Panel>
    </Tabs.Root>
  );
}
