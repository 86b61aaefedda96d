import { z } from "zod";

import { faultsError, HufuError } from "../../core/error.ts";
import type { JsonValue } from "../../core/json/parse.ts";
import { content, files, hex32, recordId, shapeFaults } from "./post.ts";

const asDigest = z.strictObject({ digest: hex32 });
/** Read by the core's own parser, which trusts nothing in it. */
const asCertificate = z.strictObject({
  certificate: z.custom<JsonValue>((value) => value !== undefined, "is required"),
});
const asRecord = z.strictObject({
  record: z.strictObject({
    agency: z.string().regex(/^[0-9A-Z]{18}$/, "must be a unified social credit code"),
    kind: z.string().max(64),
    recordId,
    content,
    amends: hex32.exactOptional().meta({ description: "left out: every version of the record is compared" }),
    files: files.exactOptional(),
  }),
});

/** What can be verified: a digest, a certificate, or a record as somebody holds it, with its content. */
export const verificationRequest = z.union([asDigest, asCertificate, asRecord]);

export type VerificationRequest = z.infer<typeof verificationRequest>;
export type HeldRecord = z.infer<typeof asRecord>["record"];

/** Throws INVALID_REQUEST, with the pointer of every fault, unless the body is exactly one of the three. */
export function parseVerificationRequest(value: JsonValue): VerificationRequest {
  const shape = shapeOf(value);
  if (!shape) throw new HufuError("INVALID_REQUEST", 'Send one of {"digest"}, {"certificate"}, {"record"}.');
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw faultsError("INVALID_REQUEST", parsed.error.issues.flatMap(shapeFaults));
}

function shapeOf(value: JsonValue): typeof asDigest | typeof asCertificate | typeof asRecord | null {
  if (typeof value !== "object" || value === null) return null;
  if ("digest" in value) return asDigest;
  if ("certificate" in value) return asCertificate;
  return "record" in value ? asRecord : null;
}
