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

  /** The request never got an answer: the app is restarting, or the network is gone. */
  get unreachable(): boolean {
    return this.status === 0;
  }
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
  const retry = Number(answer.headers.get('retry-after'));
  return new ApiError(
    answer.status,
    problem.title ?? `The server answered ${answer.status}`,
    problem.detail ?? '',
    Number.isFinite(retry) && retry > 0 ? retry : null,
  );
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(new URL(path, document.baseURI), { credentials: 'same-origin', redirect: 'error', ...init });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError(0, 'The server did not answer', 'It may be restarting, or this browser is offline.');
  }
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const answer = await send(path, { headers: { accept: 'application/json' }, ...(signal ? { signal } : {}) });
  return (await answer.json()) as T;
}

export async function getText(path: string): Promise<string> {
  return (await send(path, {})).text();
}

export async function post(path: string, body?: unknown): Promise<void> {
  await send(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  });
}

export async function remove(path: string): Promise<void> {
  await send(path, { method: 'DELETE' });
}
