import { Menu } from '@base-ui/react/menu';
import { Check, ChevronLeft, ChevronRight, Maximize, Pause, Play, RotateCcw, RotateCw, StepBack, StepForward } from 'lucide-react';
import { clock, clockTenths } from '../format/time';
import { DropMenu } from '../ui/DropMenu';
import { Button, cx, Toggle } from '../ui/parts';
import type { Model } from './model';
import { SPEEDS, usePlay, type PlayController } from './playback';
import { lastAtOrBefore } from './search';
import { goToIssue } from './useSessionKeys';

interface Props {
  model: Model;
  control: PlayController;
  onFullScreen: () => void;
}

export function Controls({ model, control, onFullScreen }: Props) {
  const playing = usePlay(control, (s) => s.playing);
  const skip = usePlay(control, (s) => s.skipIdle);
  return (
    <div className="ctl" role="group" aria-label="Playback">
      <Button icon className="btn-play" aria-label={playing ? 'Pause' : 'Play'} title={playing ? 'Pause (Space)' : 'Play (Space)'} onClick={() => control.toggle()}>{playing ? <Pause className="i" aria-hidden="true" /> : <Play className="i" aria-hidden="true" />}</Button>
      <Button tone="quiet" icon className="hide-s" aria-label="Back 5 seconds" title="Back 5 s (←)" onClick={() => control.by(-5_000)}><RotateCcw className="i" aria-hidden="true" /></Button>
      <Button tone="quiet" icon className="hide-s" aria-label="Forward 5 seconds" title="Forward 5 s (→)" onClick={() => control.by(5_000)}><RotateCw className="i" aria-hidden="true" /></Button>
      <Button tone="quiet" icon className="hide-l" aria-label="One frame back" title="One frame back ([)" onClick={() => control.frame(-1)}><StepBack className="i" aria-hidden="true" /></Button>
      <Button tone="quiet" icon className="hide-l" aria-label="One frame on" title="One frame on (])" onClick={() => control.frame(1)}><StepForward className="i" aria-hidden="true" /></Button>
      <Clock model={model} control={control} />
      <IssueStep model={model} control={control} />
      <span className="keys-hint" aria-hidden="true"><kbd>Space</kbd> play <kbd>←</kbd><kbd>→</kbd> 5 s <kbd>N</kbd> next issue <kbd>?</kbd> keys</span>
      <div className="ctl-end">
        <Toggle small hideLabel label="Skip idle" checked={skip} onChange={(on) => control.setSkipIdle(on)} />
        <Speed control={control} />
        <Button tone="quiet" icon className="hide-s" aria-label="Full screen" title="Full screen (F)" onClick={onFullScreen}><Maximize className="i" aria-hidden="true" /></Button>
      </div>
    </div>
  );
}

function Clock({ model, control }: Omit<Props, 'onFullScreen'>) {
  const tenth = usePlay(control, (s) => Math.floor((s.now - model.start) / 100));
  return <span className={cx('clock', 'num', model.duration >= 3_600_000 && 'clock-long')} data-testid="clock"><b>{clockTenths(tenth * 100)}</b><span> / {clock(model.duration)}</span></span>;
}

function IssueStep({ model, control }: Omit<Props, 'onFullScreen'>) {
  const at = usePlay(control, (s) => lastAtOrBefore(model.issues, s.now + 100) + 1);
  const total = model.issues.length;
  if (total === 0) return <span className="ctl-none">{model.whole ? 'No issue' : ''}</span>;
  return (
    <span className="ctl-issue" role="group" aria-label="Issues">
      <Button tone="quiet" icon aria-label="Previous issue" title="Previous issue (P)" onClick={() => goToIssue(model, control, -1)}><ChevronLeft className="i" aria-hidden="true" /></Button>
      <span className="num">{at === 0 ? `${total} ${total === 1 ? 'issue' : 'issues'}` : `Issue ${at} of ${total}`}</span>
      <Button tone="quiet" icon aria-label="Next issue" title="Next issue (N)" onClick={() => goToIssue(model, control, 1)}><ChevronRight className="i" aria-hidden="true" /></Button>
    </span>
  );
}

function Speed({ control }: { control: PlayController }) {
  const speed = usePlay(control, (s) => s.speed);
  const trail = usePlay(control, (s) => s.trail);
  const fit = usePlay(control, (s) => s.fit);
  return (
    <DropMenu side="top" narrow button={{ className: 'btn btn-plain btn-small num', 'aria-label': `Speed: ${speed} times`, children: `${speed}×` }}>
      <Menu.RadioGroup value={String(speed)} onValueChange={(value) => control.setSpeed(Number(value))}>
        {SPEEDS.map((each) => <Menu.RadioItem key={each} value={String(each)} closeOnClick className="menu-item num">{each}×<Menu.RadioItemIndicator className="menu-check"><Check className="i" aria-hidden="true" /></Menu.RadioItemIndicator></Menu.RadioItem>)}
      </Menu.RadioGroup>
      <Menu.Separator className="menu-line" />
      <Option label="Mouse trail" checked={trail} onChange={(on) => control.setTrail(on)} />
      <Option label="Fit to the stage" checked={fit} onChange={(on) => control.setFit(on)} />
    </DropMenu>
  );
}

function Option({ label, checked, onChange }: { label: string; checked: boolean; onChange: (on: boolean) => void }) {
  return <Menu.CheckboxItem className="menu-item" checked={checked} onCheckedChange={onChange}>{label}<Menu.CheckboxItemIndicator className="menu-check"><Check className="i" aria-hidden="true" /></Menu.CheckboxItemIndicator></Menu.CheckboxItem>;
}
