import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PASSWORD = 'kettle-and-7-cups';

async function freePort() {
  const server = createServer();
  await new Promise((up) => server.listen(0, '127.0.0.1', up));
  const { port } = server.address();
  await new Promise((down) => server.close(down));
  return port;
}

/** The shop of bin/demo on a free port with an empty data folder. */
export async function startShop() {
  const port = await freePort();
  const data = await mkdtemp(join(tmpdir(), 'mimic-hour-'));
  const demo = spawn(join(ROOT, 'bin/demo'), { env: { ...process.env, PORT: String(port), MIMIC_DATA_DIR: data, MIMIC_PROJECT_PASSWORD: PASSWORD }, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((up, failed) => {
    let said = '';
    demo.stdout.on('data', (text) => { said += text; if (said.includes('Login:')) up(); });
    demo.on('exit', (code) => failed(new Error(`bin/demo has ended (${code}): ${said}`)));
  });
  const url = `http://localhost:${port}/`;
  return {
    url,
    mimic: new Mimic(`${url}mimic/`),
    async stop() {
      if (demo.exitCode === null && demo.signalCode === null) {
        const ended = new Promise((end) => demo.on('exit', end));
        demo.kill('SIGTERM');
        await ended;
      }
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** What the bench asks of MIMIC beside a browser. */
class Mimic {
  constructor(base) { this.base = base; }

  async login() {
    const answer = await this.#ask('api/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ project: 'default', password: PASSWORD }) });
    this.cookie = answer.headers.get('set-cookie').split(';')[0];
    return { name: 'mimic_dashboard', value: this.cookie.slice('mimic_dashboard='.length), url: this.base };
  }

  /** Sends batches as one visitor does, and gives back the session that they became. */
  async ingest(batches) {
    let cookie = '';
    let session = null;
    let bytes = 0;
    for (const batch of batches) {
      const body = JSON.stringify(batch);
      bytes += body.length;
      const answer = await this.#sendPatiently(body, cookie);
      cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
      const { session: id } = await answer.json();
      session ??= id;
      if (id !== session) throw new Error(`A batch went to another session: ${id}, not ${session}.`);
    }
    return { session, bytes };
  }

  async #sendPatiently(body, cookie) {
    for (;;) {
      const answer = await fetch(`${this.base}ingest`, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body });
      if (answer.status === 202) return answer;
      if (answer.status !== 429 && answer.status !== 503) throw new Error(`A batch was refused: ${answer.status} ${await answer.text()}`);
      await new Promise((wait) => setTimeout(wait, 1_000 * Number(answer.headers.get('retry-after') ?? 1)));
    }
  }

  /** Waits until the session has ended and lies in the archive. */
  async ended(session) {
    for (let tries = 0; tries < 300; tries++) {
      const detail = await (await this.#ask(`api/sessions/${session}`)).json();
      if (detail.state === 'ended') return detail;
      await new Promise((wait) => setTimeout(wait, 1_000));
    }
    throw new Error(`Session ${session} has not ended within five minutes.`);
  }

  /** The whole recording as rrweb reads it. */
  async events(session) {
    return Buffer.from(await (await this.#ask(`api/sessions/${session}/export?format=json`)).arrayBuffer());
  }

  async #ask(path, init = {}) {
    const answer = await fetch(this.base + path, { ...init, headers: { ...init.headers, ...(this.cookie ? { cookie: this.cookie } : {}) } });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer;
  }
}
