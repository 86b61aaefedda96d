import { sign, verify, type KeyObject } from "node:crypto";
import { HufuError } from "../../../core/error.ts";
import { canonicalJson } from "../../../core/json/canonical.ts";
import { parseJson, toJsonValue, type JsonObject } from "../../../core/json/parse.ts";
import { isObject } from "../../../core/json/shape.ts";
import type { AuditReport } from "../report.ts";
import { publicHex, publicKeyOf } from "./key.ts";

/** The report with the auditor's signature over everything else in it. */
export function signReport(report: AuditReport, key: KeyObject): AuditReport {
  const value = sign(null, signedText(toJsonValue(report)), key).toString("hex");
  return { ...report, signature: { algorithm: "Ed25519", publicKey: publicHex(key), value } };
}

/** Who signed a report, and how; `publicKey` is in hex. */
export interface SignatureCheck {
  /** whether it is as it was when the holder of `publicKey` signed it */
  readonly isValid: boolean;
  readonly publicKey: string;
  readonly report: JsonObject;
}

/** Checks the signature of a report's text. Throws INVALID_REQUEST for what is no signed report. */
export function checkReport(text: string): SignatureCheck {
  const report = reportIn(text);
  const { algorithm, publicKey, value } = signatureIn(report);
  if (algorithm !== "Ed25519" || !isHex(publicKey, 32) || !isHex(value, 64))
    throw noReport("its signature is not one of Ed25519");
  const isValid = verify(null, signedText(report), publicKeyOf(publicKey), Buffer.from(value, "hex"));
  return { isValid, publicKey, report };
}

/** RFC 8785 of the report without its signature. */
function signedText(report: unknown): Uint8Array {
  const json = toJsonValue(report);
  if (!isObject(json)) throw noReport("it is no object");
  const rest = Object.fromEntries(Object.entries(json).filter(([name]) => name !== "signature"));
  return Buffer.from(canonicalJson(rest), "utf8");
}

function reportIn(text: string): JsonObject {
  try {
    const json = parseJson(text);
    if (isObject(json) && json["format"] === "hufu-audit" && json["version"] === 1) return json;
  } catch (cause) {
    throw noReport("it is no JSON that can be signed", cause);
  }
  throw noReport("its format is not hufu-audit, version 1");
}

function signatureIn(report: JsonObject): JsonObject {
  const signature = report["signature"];
  if (!isObject(signature)) throw noReport("it is not signed");
  return signature;
}

function isHex(value: unknown, bytes: number): value is string {
  return typeof value === "string" && value.length === 2 * bytes && /^[0-9a-f]*$/.test(value);
}

function noReport(why: string, cause?: unknown): HufuError {
  return new HufuError("INVALID_REQUEST", `This is no audit report whose signature can be checked: ${why}.`, { cause });
}
