import type { Request, Response } from "express";

import { HufuError, type ErrorCode } from "../../core/error.ts";
import { parseJson, type JsonValue } from "../../core/json/parse.ts";

/** Bytes of a body, or of a line of a bulk body, at most. */
export const MAX_BODY = 1024 * 1024;

/** Reads bodies that are one JSON text. */
export interface BodyReader {
  /** the body's bytes, not parsed. Throws UNSUPPORTED_MEDIA_TYPE, BODY_TOO_LARGE, REQUEST_TIMEOUT */
  bytes(request: Request, response: Response): Promise<Uint8Array>;
  /** by the core's parser, which refuses what would not hash the same everywhere: MALFORMED_JSON */
  json(request: Request, response: Response): Promise<JsonValue>;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** `timeoutMs`: for a whole body, which has a megabyte at most. */
export function createBodyReader(timeoutMs: number): BodyReader {
  async function bytes(request: Request, response: Response): Promise<Uint8Array> {
    requireType(request, ["application/json"]);
    return readBytes(request, response, timeoutMs);
  }
  return { bytes, json: async (request, response) => parseJson(decodeUtf8(await bytes(request, response))) };
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

/** The whole body. What is still to come of one that is refused would be taken for the next request, so the connection ends. */
function readBytes(request: Request, response: Response, timeoutMs: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let length = 0;
    const refuse = (code: ErrorCode, message: string): void => {
      clearTimeout(timer);
      request.removeAllListeners("data");
      request.resume();
      response.setHeader("Connection", "close");
      reject(new HufuError(code, message));
    };
    const timer = setTimeout(
      () => refuse("REQUEST_TIMEOUT", `The body did not arrive within ${timeoutMs} ms.`),
      timeoutMs,
    );
    request.on("data", (piece: Buffer) => {
      length += piece.length;
      pieces.push(piece);
      if (length > MAX_BODY) refuse("BODY_TOO_LARGE", tooLarge);
    });
    request.once("end", () => {
      clearTimeout(timer);
      resolve(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces));
    });
    request.once("close", () => {
      if (!request.complete) refuse("INVALID_REQUEST", "The body did not arrive whole.");
    });
  });
}

const tooLarge = `A body has at most ${MAX_BODY} bytes: send many records to /v1/record-batches.`;
