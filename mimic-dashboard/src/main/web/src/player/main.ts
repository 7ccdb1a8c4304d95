import { Playback } from './playback';
import { seal, unseal, type Command, type Report } from './protocol';

const root = document.getElementById('stage');
if (root && parent !== window) {
  const origin = location.origin;
  const report = (message: Report) => parent.postMessage(seal(message), origin);
  const playback = new Playback(root, report);
  addEventListener('message', (event) => {
    const command = unseal<Command>(event, parent, origin);
    if (command) playback.obey(command);
  });
  report({ kind: 'ready' });
}
