import type { SessionDetail } from '../../api/types';

/** One file that plays the recording off line. */
export async function standalonePlayer(session: SessionDetail, events: string): Promise<string> {
  throw new Error(`not built yet: ${session.id} ${events.length}`);
}
