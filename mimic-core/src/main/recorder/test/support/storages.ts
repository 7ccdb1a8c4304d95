import type { Page } from "playwright-core";

/** Everything that lies in the browser's storages for the origin of a page, as text: names, keys and values, binary ones included. */
export async function storages(page: Page): Promise<string> {
  const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`);
  const stored = await page.evaluate(async () => {
    const found: string[] = [document.cookie];
    const asked = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const keep = async (value: unknown): Promise<void> => {
      if (value instanceof Blob) found.push(await value.text());
      else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) found.push(new TextDecoder().decode(value as ArrayBuffer));
      else if (typeof value === "object" && value !== null) for (const entry of Object.entries(value)) await Promise.all(entry.map(keep));
      else found.push(String(value));
    };
    for (const storage of [sessionStorage, localStorage]) await keep({ ...storage });
    for (const { name, version } of await indexedDB.databases()) {
      found.push(name!);
      const database = await asked(indexedDB.open(name!, version));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([asked(objects.getAllKeys()), asked(objects.getAll())]);
        await keep([store, keys, values]);
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      found.push(name);
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        found.push(request.url, JSON.stringify([...request.headers]));
        const response = await cache.match(request);
        found.push(JSON.stringify([...(response?.headers ?? [])]), (await response?.text()) ?? "");
      }
    }
    return found;
  });
  return [...cookies, ...stored].join("\n");
}
