import { MAX_CERTIFICATE } from "../../core/certificate/certificate.ts";
import { parseRenewal, type Renewal } from "../../core/certificate/renew.ts";
import { HufuError } from "../../core/error.ts";
import { parseJson, type JsonValue } from "../../core/json/parse.ts";
import { isObject, textOf as stringOf } from "../../core/json/shape.ts";
import { textOf } from "./read-text.ts";

const TIMEOUT_MS = 30_000;

/**
 * What a gateway says renews the certificate of this record: nothing of it is true yet. Throws NODE_UNREACHABLE where no answer comes,
 * RECORD_NOT_FOUND, NOT_ANCHORED, and NODE_ANSWER for one that is no renewal.
 */
export async function fetchRenewal(gateway: string, digest: string): Promise<Renewal> {
  const { status, value } = await ask(`${gateway}/v1/records/${digest}/proof`);
  if (status === 200 && value !== undefined) return readRenewal(gateway, value);
  const detail = isObject(value) ? stringOf(value["detail"]) : "";
  const why = detail === "" ? `it answers with status ${status}` : detail;
  if (status === 404)
    throw new HufuError("RECORD_NOT_FOUND", `The gateway ${gateway} does not have this record: ${why}`);
  if (status === 409) throw new HufuError("NOT_ANCHORED", `The gateway ${gateway} cannot prove this record: ${why}`);
  throw unreachable(gateway, why);
}

async function ask(url: string): Promise<{ status: number; value: JsonValue | undefined }> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const { status, body } = await fetch(url, { headers: { accept: "application/json" }, signal });
    const text = body === null ? "" : await textOf(body, 4 * MAX_CERTIFICATE);
    return { status, value: jsonOf(text) };
  } catch (cause) {
    throw unreachable(url, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** undefined: whatever stands before the gateway says it in another way. */
function jsonOf(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function readRenewal(gateway: string, value: JsonValue): Renewal {
  try {
    return parseRenewal(value);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new HufuError("NODE_ANSWER", `The gateway ${gateway} answers what is no renewal: ${why}`, { cause });
  }
}

function unreachable(url: string, why: string, cause?: unknown): HufuError {
  return new HufuError("NODE_UNREACHABLE", `${url} gives no answer that could be used: ${why}.`, { cause });
}
