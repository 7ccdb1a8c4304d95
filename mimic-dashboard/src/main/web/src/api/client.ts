const HOST_LOGIN = 'Not logged in to the application';
const HOST_REFUSALS = [HOST_LOGIN, 'No role for the dashboard', 'The application refuses'];

/** What the server said when it refused, or that it could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(detail || title);
    this.name = 'ApiError';
  }

  /** The application around MIMIC decides who sees the dashboard, and has refused: by its own answer, or by MIMIC's. */
  get byHost(): boolean {
    return HOST_REFUSALS.includes(this.title);
  }

  /** The request never got an answer: the app is restarting, or the network is gone. */
  get unreachable(): boolean {
    return this.status === 0;
  }
}

/** Proves to the server that a change comes from this page; told with who is logged in. */
let csrfToken: string | null = null;

export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}

interface Problem {
  title?: string;
  detail?: string;
}

async function problemOf(answer: Response): Promise<ApiError> {
  let problem: Problem = {};
  if ((answer.headers.get('content-type') ?? '').includes('json')) {
    problem = (await answer.json().catch(() => ({}))) as Problem;
  }
  const foreign = problem.title === undefined && (answer.status === 401 || answer.status === 403);
  if (answer.type === 'opaqueredirect' || (foreign && answer.status === 401)) return new ApiError(401, HOST_LOGIN, '');
  if (foreign) return new ApiError(403, 'The application refuses', '');
  const retry = Number(answer.headers.get('retry-after'));
  if (problem.title === 'CSRF token missing') {
    return new ApiError(answer.status, 'The sign-in is another now', 'Another tab signed in again. Reload this page and repeat it.');
  }
  return new ApiError(
    answer.status,
    problem.title ?? `The server answered ${answer.status}`,
    problem.detail ?? '',
    Number.isFinite(retry) && retry > 0 ? retry : null,
  );
}

async function send(path: string, init: RequestInit, alsoAnswers?: number): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(new URL(path, document.baseURI), { credentials: 'same-origin', redirect: 'manual', ...init });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError(0, 'The server did not answer', 'It may be restarting, or this browser is offline.');
  }
  const said = answer.ok || (answer.status === alsoAnswers && answer.headers.get('content-type')?.startsWith('application/json'));
  if (!said) throw await problemOf(answer);
  return answer;
}

/** What was asked for before somebody needed it; given away once. */
const ahead = new Map<string, Promise<unknown>>();

/** Asks now for what `getJson` will be asked for. A refusal is forgotten, so that whoever needs the answer asks again. */
export function askAhead<T>(path: string): Promise<T> {
  const asked = getJson<T>(path);
  ahead.set(path, asked);
  asked.catch(() => ahead.delete(path));
  return asked;
}

/** @param alsoAnswers a status that is no refusal where JSON comes with it, as the 503 of `api/health` */
export async function getJson<T>(path: string, signal?: AbortSignal, alsoAnswers?: number): Promise<T> {
  const asked = ahead.get(path);
  if (asked) {
    ahead.delete(path);
    return (await asked) as T;
  }
  const answer = await send(path, { headers: { accept: 'application/json' }, ...(signal ? { signal } : {}) }, alsoAnswers);
  return (await answer.json()) as T;
}

export async function getText(path: string): Promise<string> {
  return (await send(path, { headers: { accept: 'application/json' } })).text();
}

async function change(method: string, path: string, body?: unknown): Promise<Response> {
  return send(path, {
    method,
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(csrfToken ? { 'x-csrf-token': csrfToken } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

export async function post(path: string, body: unknown = {}): Promise<void> {
  await change('POST', path, body);
}

export async function postJson<T>(path: string, body: unknown): Promise<T> {
  return (await (await change('POST', path, body)).json()) as T;
}

export async function patch(path: string, body: unknown): Promise<void> {
  await change('PATCH', path, body);
}

export async function remove(path: string): Promise<void> {
  await change('DELETE', path);
}
