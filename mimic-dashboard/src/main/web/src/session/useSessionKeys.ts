import type { RefObject } from 'react';
import { useLocation } from 'wouter';
import type { SessionDetail } from '../api/types';
import { copyText } from '../format/copy';
import { clockTenths } from '../format/time';
import { useKeys, type Keys } from '../keys/useKeys';
import { sessionPath, shareLink } from '../routes';
import { readTrail } from '../sessions/trail';
import { announce } from '../ui/announce';
import type { Model } from './model';
import type { PlayController } from './playback';
import { lastAtOrBefore } from './search';
import { toggleFullScreen } from './full-screen';

const STEP_MS = 5_000;
const NEAR_MS = 400;

/** To the next or previous entry of a list of moments. Going back leaves out the one that was just reached. */
export function neighbour<T extends { at: number }>(list: readonly T[], now: number, step: 1 | -1): T | undefined {
  return step === 1 ? list[lastAtOrBefore(list, now + NEAR_MS / 4) + 1] : list[lastAtOrBefore(list, now - NEAR_MS)];
}

export function goToIssue(model: Model, control: PlayController, step: 1 | -1): void {
  const issue = neighbour(model.issues, control.state.now, step);
  if (!issue) return announce(step === 1 ? 'No later issue' : 'No earlier issue');
  control.seek(issue.at);
  announce(`${clockTenths(issue.at - model.start)} ${issue.label}`);
}

export async function copyMoment(model: Model, control: PlayController): Promise<void> {
  const done = await copyText(shareLink(model.id, (control.state.now - model.start) / 1000));
  announce(done ? `Link to ${clockTenths(control.state.now - model.start)} copied` : 'The browser did not allow copying');
}

interface Parts {
  control: PlayController;
  model: Model;
  session: SessionDetail;
  screen: RefObject<HTMLElement | null>;
}

export function useSessionKeys({ control, model, session, screen }: Parts): void {
  const [, navigate] = useLocation();
  const event = (step: 1 | -1) => () => { const to = neighbour(model.events, control.state.now, step); if (to) control.seek(to.at); };
  const session_ = (step: 1 | -1) => () => {
    const ids = readTrail()?.ids ?? [];
    const to = ids[ids.indexOf(session.id) + step];
    if (to && ids.includes(session.id)) navigate(sessionPath(to));
  };
  const keys: Keys = {
    space: () => control.toggle(),
    left: () => control.by(-STEP_MS), right: () => control.by(STEP_MS),
    'shift+left': () => control.by(-6 * STEP_MS), 'shift+right': () => control.by(6 * STEP_MS),
    ',': event(-1), '.': event(1), '[': () => control.frame(-1), ']': () => control.frame(1),
    n: () => goToIssue(model, control, 1), p: () => goToIssue(model, control, -1),
    '<': () => control.stepSpeed(-1), '>': () => control.stepSpeed(1),
    i: () => control.setSkipIdle(!control.state.skipIdle),
    w: () => {
      const at = session.windows.findIndex((w) => w.id === control.state.window);
      const next = session.windows[(at + 1) % Math.max(1, session.windows.length)];
      if (next && next.id !== control.state.window) control.showWindow(next.id);
    },
    z: () => control.setFit(!control.state.fit),
    s: () => void copyMoment(model, control),
    f: () => toggleFullScreen(screen.current),
    e: () => screen.current?.dispatchEvent(new CustomEvent('mimic-nearest-error')),
    j: session_(1), k: session_(-1),
    '/': () => screen.current?.querySelector<HTMLInputElement>('.panels [role=tabpanel] input[type=search]')?.focus(),
    esc: () => { if (!document.fullscreenElement) navigate(`/${readTrail()?.query ? `?${readTrail()?.query}` : ''}`); },
  };
  for (let digit = 0; digit <= 9; digit++) keys[String(digit)] = () => control.seek(model.start + (model.duration * digit) / 10);
  for (let panel = 1; panel <= 5; panel++) keys[`alt+${panel}`] = () => screen.current?.querySelectorAll<HTMLElement>('.panels [role=tab]')[panel - 1]?.click();
  useKeys(keys);
}

