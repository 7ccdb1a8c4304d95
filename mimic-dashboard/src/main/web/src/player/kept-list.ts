/** One of the recorded app's own files that the server kept. */
export interface KeptItem {
  url: string;
  sha256: string;
  type: string;
  bytes: number;
}

const KNOWN = /^(image\/[a-z.+-]+|font\/[a-z0-9]+|text\/css)$/;

/** The list of one session. */
export async function listKept(session: string): Promise<KeptItem[]> {
  const answer = await fetch(`api/sessions/${encodeURIComponent(session)}/assets`, { credentials: 'same-origin', redirect: 'error', headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  const { items } = (await answer.json()) as { items: KeptItem[] };
  return items.filter(({ type, sha256 }) => KNOWN.test(type) && /^[0-9a-f]{64}$/.test(sha256));
}
