import { parseCertificate, type Certificate } from "../../core/certificate/certificate.ts";
import { HufuError } from "../../core/error.ts";
import { parseJson } from "../../core/json/parse.ts";
import { parseTrustText, type TrustBundle } from "../../core/trust/bundle.ts";
import type { Problem } from "../state.ts";

/** A certificate out of a file's text, or what a citizen is told of it. */
export function readCertificate(text: string): Certificate | Problem {
  return reading(() => parseCertificate(parseJson(text)));
}

/** A certificate out of an answer of the gateway, or what a citizen is told of it. */
export function takeCertificate(answer: unknown): Certificate | Problem {
  return reading(() => parseCertificate(answer));
}

/** A trust bundle out of a file's text, or what a citizen is told of it. */
export function readTrust(text: string): TrustBundle | Problem {
  return reading(() => parseTrustText(text), "trust-unreadable");
}

function reading<T>(read: () => T, code: Problem["code"] = "certificate-unreadable"): T | Problem {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    const pointer = error.faults[0]?.pointer;
    return { code, field: "file", ...(pointer ? { detail: pointer } : {}) };
  }
}
