import { useQuery } from '@tanstack/react-query';
import { healthDetailsQuery, healthQuery } from './queries';
import type { Me } from './types';

/** How MIMIC is, with what its stores say where this login may know it. While the catalog is down nobody can be known: then what anybody may know. */
export function useHealth(me: Me, refetchInterval = 30_000) {
  const details = useQuery({ ...healthDetailsQuery, refetchInterval, enabled: me.server });
  const open = useQuery({ ...healthQuery, refetchInterval });
  return details.isSuccess ? details : open;
}
