import { askAhead } from '../api/client';
import { sessionAt, timelineAt } from '../api/paths';
import type { SessionDetail, Timeline } from '../api/types';
import { needsTimeline, playedOf, snapshotsByWindow, viewportOf } from './played';
import { PlayController } from './playback';

let opened: { id: string; control: PlayController } | null = null;

/** Opens a session before the dashboard's own script is here: its data and its recorded page come first. Who may not see it learns that from the screen. */
export function openAhead(id: string): void {
  const control = new PlayController();
  opened = { id, control };
  // a document that could not be moved to its place would be loaded twice
  if ('moveBefore' in Element.prototype) control.show(waitingRoom());
  const session = askAhead<SessionDetail>(sessionAt(id));
  const timeline = askAhead<Timeline>(timelineAt(id));
  void begin(control, session, timeline).catch(() => undefined); // the screen asks for the same, and tells
}

/** The player that was opened for a session, once. */
export function takeOpened(id: string): PlayController | null {
  const { control } = opened?.id === id ? opened : { control: null };
  if (!control) opened?.control.leave();
  opened = null;
  return control;
}

/** Shows the moment that the address names. */
export function beginAt(control: PlayController, session: SessionDetail, timeline: Timeline | null): void {
  const played = playedOf(session, timeline);
  const asked = Number(new URLSearchParams(location.search).get('t') ?? 'NaN');
  control.begin(played, snapshotsByWindow(session), played.start + (Number.isFinite(asked) ? asked * 1000 : 0), viewportOf(session));
}

async function begin(control: PlayController, asked: Promise<SessionDetail>, told: Promise<Timeline>): Promise<void> {
  const session = await asked;
  beginAt(control, session, needsTimeline(session) ? await told : null);
}

function waitingRoom(): HTMLElement {
  const room = document.createElement('div');
  room.className = 'player-waits';
  document.body.append(room);
  return room;
}
