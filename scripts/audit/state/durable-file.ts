import { mkdir, open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";

/** What is done to a file that must outlive a crash. Tests make each of them fail. */
export interface DurableFile {
  /** Writes all of it at `position`. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** On disk when it resolves. */
  sync(): Promise<void>;
  /** Shortens the file, on disk when it resolves. */
  cut(length: number): Promise<void>;
}

/** The file itself. */
export function durableFile(handle: FileHandle): DurableFile {
  return {
    async write(bytes, position) {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
      }
    },
    sync: () => handle.datasync(),
    async cut(length) {
      await handle.truncate(length);
      await handle.datasync();
    },
  };
}

/** Opens the file for reading and writing; creates it, and its folder, so that a crash leaves the name behind. */
export async function openDurably(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await (await open(path, "a", 0o600)).close();
  const folder = await open(dirname(path), "r");
  await folder.sync();
  await folder.close();
  return open(path, "r+");
}
