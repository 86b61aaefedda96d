import { createReadStream } from "node:fs";
import { HufuError } from "../../core/error.ts";

/** The text of a file, or of standard input for `-`. Throws INVALID_REQUEST where it cannot be read, is no UTF-8, or has more than `max` bytes. */
export async function readText(file: string, max: number): Promise<string> {
  const name = file === "-" ? "standard input" : file;
  try {
    return await textOf(file === "-" ? process.stdin : createReadStream(file), max);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new HufuError("INVALID_REQUEST", `${name} cannot be read: ${why}.`, { cause });
  }
}

/** A byte order mark, which some editors write, does not belong to the text. Throws an Error. */
export async function textOf(stream: AsyncIterable<Uint8Array>, max: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > max) throw new Error(`it has more than ${max} bytes`);
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new Error("it is no UTF-8 text");
  }
}
