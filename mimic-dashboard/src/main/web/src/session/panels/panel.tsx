import { Crosshair } from 'lucide-react';
import { useState, type RefObject } from 'react';
import type { SessionDetail, Timeline } from '../../api/types';
import { Button, cx } from '../../ui/parts';
import type { Model } from '../model';
import type { PlayController } from '../playback';

export interface PanelProps {
  session: SessionDetail;
  timeline: Timeline;
  model: Model;
  control: PlayController;
  onOpenError: (key: string) => void;
  kept: RefObject<Record<string, unknown>>;
}

/** State of a panel that outlives its being hidden behind another tab. */
export function useKept<T>(kept: RefObject<Record<string, unknown>>, key: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => (key in kept.current ? (kept.current[key] as T) : initial));
  return [value, (next) => { kept.current[key] = next; setValue(next); }];
}

export function FollowButton({ follow, onChange }: { follow: boolean; onChange: (on: boolean) => void }) {
  return <Button tone="quiet" size="small" className={cx('follow', follow && 'is-on')} aria-pressed={follow} title="Keep the list at the player’s moment" onClick={() => onChange(!follow)}><Crosshair className="i" aria-hidden="true" />Follow</Button>;
}
