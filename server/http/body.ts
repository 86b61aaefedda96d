import { raw, type Request, type Response } from "express";

import { HufuError } from "../../core/error.ts";
import { parseJson, type JsonValue } from "../../core/json/parse.ts";

/** Bytes of a body, or of a line of a bulk body, at most. */
export const MAX_BODY = 1024 * 1024;

/**
 * Reads a JSON body by the core's parser, which refuses what would not hash the same everywhere. Throws UNSUPPORTED_MEDIA_TYPE,
 * BODY_TOO_LARGE, REQUEST_TIMEOUT, MALFORMED_JSON.
 */
export type ReadJson = (request: Request, response: Response) => Promise<JsonValue>;

const readRaw = raw({ type: () => true, limit: MAX_BODY, inflate: false });
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** `timeoutMs`: for a whole body, which has a megabyte at most. */
export function createJsonReader(timeoutMs: number): ReadJson {
  return async (request, response) => {
    requireType(request, ["application/json"]);
    await readBytes(request, response, timeoutMs);
    const body: unknown = request.body;
    return parseJson(decodeUtf8(Buffer.isBuffer(body) ? body : new Uint8Array()));
  };
}

/** Throws UNSUPPORTED_MEDIA_TYPE unless the body has one of `types`, in UTF-8 and not compressed. */
export function requireType(request: Request, types: string[]): void {
  const encoding = request.headers["content-encoding"] ?? "identity";
  const charset = /charset="?([^";]+)/i.exec(request.headers["content-type"] ?? "")?.[1] ?? "utf-8";
  if (request.is(types) && encoding === "identity" && charset.toLowerCase() === "utf-8") return;
  throw new HufuError("UNSUPPORTED_MEDIA_TYPE", `Send ${types.join(" or ")} in UTF-8, not compressed.`);
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new HufuError("MALFORMED_JSON", "The body is not UTF-8.", { cause });
  }
}

function readBytes(request: Request, response: Response, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      // What is still to come would be taken for the next request.
      response.setHeader("Connection", "close");
      reject(new HufuError("REQUEST_TIMEOUT", `The body did not arrive within ${timeoutMs} ms.`));
    }, timeoutMs);
    readRaw(request, response, (error?: unknown) => {
      clearTimeout(timer);
      if (error === undefined) resolve();
      else reject(bodyError(error));
    });
  });
}

/** body-parser's errors have a status; ours have codes. */
function bodyError(cause: unknown): HufuError {
  if (!(cause instanceof Error) || !("status" in cause) || cause.status !== 413)
    return new HufuError("INVALID_REQUEST", "The body did not arrive whole.", { cause });
  const message = `A body has at most ${MAX_BODY} bytes: send many records to /v1/record-batches.`;
  return new HufuError("BODY_TOO_LARGE", message, { cause });
}
