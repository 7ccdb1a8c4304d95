import { useEffect, useState, useSyncExternalStore } from 'react';

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (tell) => {
      const list = matchMedia(query);
      list.addEventListener('change', tell);
      return () => list.removeEventListener('change', tell);
    },
    () => matchMedia(query).matches,
  );
}

/** The time of day, renewed every so often, for what is told as "3 min ago". */
export function useNow(everyMs = 10_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** True once something is so and the browser has painted since. */
export function usePainted(on: boolean): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    if (!on) return undefined;
    let frame = requestAnimationFrame(() => { frame = requestAnimationFrame(() => setPainted(true)); });
    return () => {
      cancelAnimationFrame(frame);
      setPainted(false);
    };
  }, [on]);
  return on && painted;
}

/** True once something has been so for a while: what is over sooner is not worth a skeleton. */
export function useLasting(on: boolean, ms = 200): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!on) return undefined;
    const timer = setTimeout(() => setLasting(true), ms);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [on, ms]);
  return on && lasting;
}
