import { setTimeout as sleep } from "node:timers/promises";

/** Looks every 100 ms until there is something; what `look` throws ends it at once. `what`: for whoever reads that it never came. */
export async function until<T>(seconds: number, what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (const begun = performance.now(); performance.now() - begun < seconds * 1000;) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(100);
  }
  throw new Error(`${what}: not within ${seconds} s`);
}
