import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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
  // an hour that passes in a minute sends more batches than one visitor may
  const demo = spawn(join(ROOT, 'bin/demo'), { env: { ...process.env, MIMIC_INGEST_RATE_SESSION: '0', PORT: String(port), MIMIC_DATA_DIR: data, MIMIC_PROJECT_PASSWORD: PASSWORD }, stdio: ['ignore', 'pipe', 'inherit'] });
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

/**
 * One visitor of bin/load, who goes through the visit that was recorded last again and again for an hour that passes in a minute. The hour has a project of
 * its own, since bin/load reads back whatever it finds.
 */
export async function playHour(shop) {
  await shop.mimic.login('default');
  const { id } = await shop.mimic.ended(await shop.mimic.longest());
  const recorded = await shop.mimic.events(id);
  const project = await shop.mimic.newProject('hour');
  const folder = await mkdtemp(join(tmpdir(), 'mimic-visit-'));
  try {
    await writeFile(join(folder, 'visit.json'), recorded);
    const env = {
      ...process.env, MIMIC_BENCH_RECORDINGS: folder, LOAD_URL: shop.url, LOAD_PROJECT: project, LOAD_PROJECT_NAME: 'hour', LOAD_PASSWORD: PASSWORD,
      LOAD_VISITORS: '1', LOAD_WINDOWS: '0', LOAD_VISIT: '3600', LOAD_SPEED: '60', LOAD_SECONDS: '61', LOAD_READING: '120',
    };
    const load = spawn(join(ROOT, 'bin/load'), { env, stdio: ['ignore', process.stderr, 'inherit'] });
    const code = await new Promise((end) => load.on('exit', end));
    if (code !== 0) throw new Error(`bin/load has ended with ${code}.`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the bench asks of MIMIC beside a browser. */
class Mimic {
  constructor(base) { this.base = base; }

  async login(project) {
    const answer = await this.#post('api/login', { project, password: PASSWORD });
    this.cookie = answer.headers.get('set-cookie').split(';')[0];
    return { name: 'mimic_dashboard', value: this.cookie.slice('mimic_dashboard='.length), url: this.base };
  }

  /** The session that lasted longest. */
  async longest() {
    const { items } = await (await this.#ask('api/sessions?limit=200')).json();
    return items.sort((a, b) => b.durationMs - a.durationMs)[0].id;
  }

  async newProject(name) {
    return (await (await this.#post('api/admin/projects', { name, password: PASSWORD })).json()).id;
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

  #post(path, body) {
    return this.#ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  }

  async #ask(path, init = {}) {
    const answer = await fetch(this.base + path, { ...init, headers: { ...init.headers, ...(this.cookie ? { cookie: this.cookie } : {}) } });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer;
  }
}
