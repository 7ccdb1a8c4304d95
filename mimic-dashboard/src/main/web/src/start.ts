import '@fontsource-variable/geist/wght.css';
import '@fontsource-variable/geist-mono/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/shell.css';
import './styles/login.css';
import './styles/list.css';
import './styles/session.css';
import './styles/timeline.css';
import './styles/panels.css';
import './styles/error.css';
import './styles/settings.css';
import './styles/widths.css';
import { askAhead } from './api/client';
import { ME } from './api/paths';
import { sessionInAddress } from './mount';
import { openAhead } from './session/ahead';
import { applyTheme } from './ui/theme';

/* What need not wait for the dashboard's own script: the look, who is logged in, and the session that a link opens. */

/** How long the dashboard's own script waits for the player's. */
const PLAYER_FIRST_MS = 400;

/** This script may run before the page's end is here. */
const parsed = document.readyState === 'loading' ? new Promise<void>((done) => document.addEventListener('DOMContentLoaded', () => done(), { once: true })) : Promise.resolve();

applyTheme();
void askAhead(ME).catch(() => undefined);
const session = sessionInAddress();
if (session) {
  if (!document.body) await parsed;
  const ready = openAhead(session);
  // both run in one thread, and the recorded page is what a link is opened for
  await Promise.race([ready, new Promise((late) => setTimeout(late, PLAYER_FIRST_MS))]);
  void import('./session/SessionScreen');
}
await parsed;
void import('./main');
