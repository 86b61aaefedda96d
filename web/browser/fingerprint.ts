import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "../../core/bytes.ts";

const chunkBytes = 4 * 1024 * 1024;

/**
 * SHA-256 of a file, 64 hex digits, in this browser and in bounded memory: a chunk at a time, the page staying alive between two.
 * Not WebCrypto: it wants the whole file at once, and is missing where the page comes over plain HTTP. `progress` gets whole
 * percents. Throws what the browser throws for a file that it cannot read.
 */
export async function fingerprint(file: Blob, progress: (percent: number) => void): Promise<string> {
  const hash = sha256.create();
  for (let start = 0; start < file.size; start += chunkBytes) {
    hash.update(new Uint8Array(await file.slice(start, start + chunkBytes).arrayBuffer()));
    progress(Math.min(100, Math.floor(((start + chunkBytes) / file.size) * 100)));
  }
  return bytesToHex(hash.digest());
}
