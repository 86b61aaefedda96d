import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";

/** A record on disk: its length in 4 bytes, SHA-256 of what follows, and JSON. */
const prefix = 4 + 32;

/** Throws a RangeError where it is too long to be written. */
export function recordOf(value: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(value), "utf8");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, checksum(body), body]);
}

/** The record between two ends. */
export async function readRecord(handle: FileHandle, from: number, to: number): Promise<unknown> {
  const body = await bytesAt(handle, from + prefix, to - from - prefix);
  const value: unknown = JSON.parse(body.toString("utf8"));
  return value;
}

/** Where each whole record ends, up to the first that is not. */
export async function wholeRecords(handle: FileHandle): Promise<number[]> {
  const { size } = await handle.stat();
  const ends: number[] = [];
  for (let at = 0; at + prefix <= size;) {
    const head = await bytesAt(handle, at, prefix);
    const end = at + prefix + head.readUInt32BE(0);
    if (end > size) break;
    const body = await bytesAt(handle, at + prefix, end - at - prefix);
    if (!checksum(body).equals(head.subarray(4))) break;
    ends.push(end);
    at = end;
  }
  return ends;
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) throw new Error("it became shorter while it was read");
    done += bytesRead;
  }
  return bytes;
}

function checksum(body: Uint8Array): Buffer {
  return createHash("sha256").update(body).digest();
}
