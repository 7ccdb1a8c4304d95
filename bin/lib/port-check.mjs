// Says in one line why a port cannot be listened on, and ends with 1: `node port-check.mjs PORT`.
import { createServer } from 'node:net';

const text = process.argv[2] ?? '';
const port = Number(text);
if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65535) fail(`PORT is "${text}"; it must be a number from 1 to 65535.`);

const server = createServer();
server.once('error', ({ code, message }) => {
  if (code === 'EADDRINUSE') fail(`Port ${port} is in use: stop what listens there, or choose another, such as PORT=${port === 9090 ? 9091 : 9090} bin/demo.`);
  if (code === 'EACCES') fail(`Port ${port} needs rights that you do not have: choose one above 1023, such as PORT=8080 bin/demo.`);
  fail(`Port ${port} cannot be used: ${message}.`);
});
server.listen(port, () => server.close());

function fail(message) {
  console.error(message);
  process.exit(1);
}
