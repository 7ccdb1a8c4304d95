import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import type { Health, Me } from '../api/types';
import { useHealth } from '../api/useHealth';
import { Card, Loaded } from './parts';

const ICONS = { UP: CircleCheck, DEGRADED: TriangleAlert, DOWN: CircleX };
const TONES = { UP: 'ok', DEGRADED: 'warn', DOWN: 'bad' };

function Stores({ health }: { health: Health }) {
  const { recording, assets } = health;
  return (
    <ul className="health">
      {Object.entries(health.stores).map(([name, store]) => {
        const Icon = ICONS[store.status] ?? TriangleAlert;
        return <li key={name} className={TONES[store.status] ?? 'warn'}><Icon className="i" aria-hidden="true" /><b>{name}</b><span>{store.detail ?? ''}</span><span>{store.status.toLowerCase()}</span></li>;
      })}
      {recording && <li className={recording.enabled ? 'ok' : 'bad'}>{recording.enabled ? <CircleCheck className="i" aria-hidden="true" /> : <CircleX className="i" aria-hidden="true" />}<b>recording</b><span>{recording.reason ?? 'Batches are taken.'}</span><span>{recording.enabled ? 'on' : 'off'}</span></li>}
      {assets?.enabled && <Assets {...assets} />}
    </ul>
  );
}

function Assets({ kept, refused, failed, left }: NonNullable<Health['assets']>) {
  const missed = failed + left > 0;
  const Icon = missed ? TriangleAlert : CircleCheck;
  const text = `${kept} kept since the start, ${refused} refused, ${failed} not answered${left > 0 ? `; ${left} segments left out` : ''}`;
  return <li className={missed ? 'warn' : 'ok'}><Icon className="i" aria-hidden="true" /><b>pictures</b><span>{text}</span><span>on</span></li>;
}

export function HealthCard({ me }: { me: Me }) {
  const health = useHealth(me);
  return (
    <Card id="health" title="Health" text={health.data ? `MIMIC ${health.data.version}` : 'MIMIC'}>
      <Loaded query={health} what="Health">{(data) => <Stores health={data} />}</Loaded>
    </Card>
  );
}
