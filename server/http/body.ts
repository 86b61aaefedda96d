import { raw, type Request, type RequestHandler, type Response } from "express";

import { HufuError } from "../../core/error.ts";
import { parseJson, type JsonValue } from "../../core/json/parse.ts";

/** Bytes of a body, or of a line of a bulk body, at most. */
export const MAX_BODY = 1024 * 1024;

const readRaw = raw({ type: () => true, limit: MAX_BODY, inflate: false });
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a JSON body by the core's parser, which refuses what would not hash the same everywhere. Throws UNSUPPORTED_MEDIA_TYPE,
 * BODY_TOO_LARGE, MALFORMED_JSON.
 */
export async function readJson(request: Request, response: Response): Promise<JsonValue> {
  requireType(request, ["application/json"]);
  await readBytes(request, response);
  const body: unknown = request.body;
  return parseJson(decodeUtf8(Buffer.isBuffer(body) ? body : new Uint8Array()));
}

/** Throws MALFORMED_JSON unless the bytes are UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new HufuError("MALFORMED_JSON", "The body is not UTF-8.", { cause });
  }
}

/** Throws UNSUPPORTED_MEDIA_TYPE unless the body has one of `types`, in UTF-8 and not compressed. */
export function requireType(request: Request, types: string[]): void {
  const encoding = request.headers["content-encoding"] ?? "identity";
  const charset = /charset="?([^";]+)/i.exec(request.headers["content-type"] ?? "")?.[1] ?? "utf-8";
  if (request.is(types) && encoding === "identity" && charset.toLowerCase() === "utf-8") return;
  throw new HufuError("UNSUPPORTED_MEDIA_TYPE", `Send ${types.join(" or ")} in UTF-8, not compressed.`);
}

function readBytes(request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    readRaw(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(bodyError(error))));
  });
}

/** body-parser's errors have a status; ours have codes. */
function bodyError(cause: unknown): HufuError {
  if (cause instanceof Error && "status" in cause && cause.status === 413)
    return new HufuError(
      "BODY_TOO_LARGE",
      `A body has at most ${MAX_BODY} bytes: send many records to /v1/record-batches.`,
      { cause },
    );
  return new HufuError("INVALID_REQUEST", "The body did not arrive whole.", { cause });
}

/** Answers 405 with the methods that the address knows; goes after its routes. */
export function allowOnly(...methods: string[]): RequestHandler {
  return (request, response) => {
    response.setHeader("Allow", methods.join(", "));
    throw new HufuError("METHOD_NOT_ALLOWED", `${request.method} is not known here, only ${methods.join(", ")}.`);
  };
}
