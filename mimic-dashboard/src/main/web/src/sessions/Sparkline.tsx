import type { SessionItem } from '../api/types';
import { counted } from '../format/values';

const WIDTH = 120;
const BASE = 20;

/** Activity over the session, as one path: a bar a slice. */
export function sparkPath(activity: readonly number[]): string {
  const step = WIDTH / Math.max(activity.length, 1);
  return activity
    .map((value, i) => {
      const height = Math.max(0.8, (Math.min(100, value) / 100) * 17.5);
      const x = (i * step).toFixed(1);
      return `M${x} ${BASE}v${(-height).toFixed(1)}h${(step * 0.74).toFixed(1)}V${BASE}z`;
    })
    .join('');
}

export function Sparkline({ item }: { item: SessionItem }) {
  const label = `${counted(item.events, 'event')} over time`;
  if (item.activity.length === 0) {
    return <svg className="spark" viewBox="0 0 120 24" role="img" aria-label={item.events === 0 ? 'No events' : label}><path className="spark-none" d="M0 20h120" /></svg>;
  }
  return (
    <svg className="spark" viewBox="0 0 120 24" preserveAspectRatio="none" role="img" aria-label={label}>
      <path d={sparkPath(item.activity)} />
      {item.state === 'active' && <path className="spark-live" d="M118 2h2v18h-2z" />}
    </svg>
  );
}
