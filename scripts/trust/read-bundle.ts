import { readFileSync } from "node:fs";
import { HufuError } from "../../core/error.ts";
import { parseTrustText, type TrustBundle } from "../../core/trust/bundle.ts";
import { nodeAddressFault, shownAddress } from "../../server/web-address.ts";

const timeoutMs = 30_000;

/** The bundle in a file, or at a web address: one that names no path is a gateway's. Throws INVALID_TRUST, MALFORMED_JSON, and INVALID_REQUEST where nothing can be read. */
export async function readBundle(source: string): Promise<TrustBundle> {
  const text = /^https?:/i.test(source) ? await fetchText(source) : readText(source);
  try {
    return parseTrustText(text);
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    const { code, faults, message } = error;
    throw new HufuError(code, `${shownAddress(source)} is no trust bundle that can be used: ${message}`, {
      faults,
      cause: error,
    });
  }
}

/** Throws INVALID_REQUEST. */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new HufuError("INVALID_REQUEST", `${file} cannot be read.`, { cause });
  }
}

async function fetchText(address: string): Promise<string> {
  const fault = nodeAddressFault(address);
  if (fault !== null) throw new HufuError("INVALID_REQUEST", `What names the bundle ${fault}.`);
  const url = new URL(address);
  if (url.pathname === "/") url.pathname = "/v1/trust";
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new Error(`HTTP status ${response.status}`);
    return await response.text();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new HufuError("INVALID_REQUEST", `${shownAddress(url.href)} cannot be read: ${why}.`, { cause });
  }
}
