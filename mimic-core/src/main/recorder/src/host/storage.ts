/** Storage that a browser may refuse, be it full or forbidden: reading then finds nothing. */
export interface Storage_ {
  get(key: string): string | null;
  set(key: string, value: string): boolean;
  remove(key: string): void;
}

export function storageOf(read: () => Storage): Storage_ {
  const attempt = <T>(run: (storage: Storage) => T, otherwise: T): T => {
    try {
      return run(read());
    } catch {
      return otherwise;
    }
  };
  return {
    get: (key) => attempt((storage) => storage.getItem(key), null),
    set: (key, value) => attempt((storage) => (storage.setItem(key, value), true), false),
    remove: (key) => attempt((storage) => storage.removeItem(key), undefined),
  };
}
