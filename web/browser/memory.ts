/**
 * What this browser keeps between visits. A browser may refuse to keep anything, may have no room left, and may be emptied by its owner: then
 * things are forgotten, and nothing fails.
 */
export interface Memory {
  /** The value, as far as it is JSON; undefined where there is none. */
  read(key: string): unknown;
  /** Whether it was kept. */
  write(key: string, value: unknown): boolean;
  forget(key: string): void;
}

/** `open` gives the browser's storage, or throws where the browser lets nobody have it. */
export function createMemory(open: () => Storage): Memory {
  return {
    read(key) {
      try {
        const text = open().getItem(key);
        return text === null ? undefined : (JSON.parse(text) as unknown); // as: JSON.parse gives any
      } catch {
        return undefined;
      }
    },
    write(key, value) {
      try {
        open().setItem(key, JSON.stringify(value));
        return true;
      } catch {
        return false;
      }
    },
    forget(key) {
      try {
        open().removeItem(key);
      } catch {
        // nothing was kept
      }
    },
  };
}
