import { askAhead } from '../api/client';
import { sessionAt, timelineAt } from '../api/paths';
import type { SessionDetail, Timeline } from '../api/types';
import { listKept } from '../player/kept-list';
import { needsTimeline, playedOf, snapshotsByWindow, viewportOf } from './played';
import { PlayController } from './playback';

let opened: { id: string; control: PlayController } | null = null;

/**
 * Opens a session before the dashboard's own script is here: its data and its recorded page come first. Who may not see it learns that from the screen.
 * The promise is kept when the player is at work, or at once where it has to wait for the screen.
 */
export function openAhead(id: string): Promise<void> {
  const control = new PlayController(id, listKept(id).catch(() => null));
  opened = { id, control };
  // a document that could not be moved to its place would be loaded twice
  const ahead = 'moveBefore' in Element.prototype;
  if (ahead) control.show(waitingRoom());
  void begin(control, id).catch(() => undefined); // the screen asks for the same, and tells
  return ahead ? control.ready : Promise.resolve();
}

/** The player that was opened for a session, until it is taken. */
export const openedFor = (id: string): PlayController | null => (opened?.id === id ? opened.control : null);

/** From here on a screen has its player; one that was opened for another session goes. */
export function take(control: PlayController): void {
  if (opened && opened.control !== control) opened.control.leave();
  opened = null;
}

/** Shows the moment that the address names. */
export function beginAt(control: PlayController, session: SessionDetail, timeline: Timeline | null): void {
  const played = playedOf(session, timeline);
  const asked = Number(new URLSearchParams(location.search).get('t') ?? 'NaN');
  control.begin(played, snapshotsByWindow(session), played.start + (Number.isFinite(asked) ? asked * 1000 : 0), viewportOf(session));
}

/** The timeline is read from the whole session: where the first page can do without it, the screen asks for it when that is there. */
async function begin(control: PlayController, id: string): Promise<void> {
  const session = await askAhead<SessionDetail>(sessionAt(id));
  beginAt(control, session, needsTimeline(session) ? await askAhead<Timeline>(timelineAt(id)) : null);
}

function waitingRoom(): HTMLElement {
  const room = document.createElement('div');
  room.className = 'player-waits';
  document.body.append(room);
  return room;
}
