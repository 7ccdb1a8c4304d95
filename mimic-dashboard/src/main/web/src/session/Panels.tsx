import { Tabs } from '@base-ui/react/tabs';
import { useRef, useState } from 'react';
import { count } from '../format/values';
import { safely } from '../ui/theme';
import { cx } from '../ui/parts';
import { ConsolePanel } from './panels/ConsolePanel';
import { ErrorsPanel } from './panels/ErrorsPanel';
import { EventsPanel } from './panels/EventsPanel';
import { NetworkPanel } from './panels/NetworkPanel';
import { OverviewPanel } from './panels/OverviewPanel';
import type { PanelProps } from './panels/panel';

const NAMES = ['overview', 'network', 'console', 'errors', 'events'] as const;
type Name = (typeof NAMES)[number];

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
