import { z } from "zod";

import { faultsError, pointerTo, type Fault } from "../../core/error.ts";
import type { JsonValue } from "../../core/json/parse.ts";
import { isRecordId } from "../../core/record/identifiers.ts";

/** Digests, file hashes: 32 bytes in lower-case hexadecimal digits, without 0x. */
export const hex32 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hexadecimal digits")
  .meta({ description: "32 bytes in lower-case hexadecimal digits", examples: ["0".repeat(64)] });

export const recordId = z
  .string()
  .refine(
    isRecordId,
    "must have 1 to 128 letters, digits, Chinese characters or . _ : - ( ) 〔 〕, begin with one of the first three, and not look like a citizen's ID number",
  )
  .meta({ description: "the agency's own id of the record; public", maxLength: 128 });

const fileEntry = z.strictObject({
  name: z.string().min(1).max(255),
  mediaType: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/, "must be a media type such as application/pdf"),
  size: z.int().min(0),
  sha256: hex32,
  withheld: z.boolean().exactOptional().meta({ description: "the public neither sees nor finds the file" }),
});
export const files = z.array(fileEntry).max(100);

const algorithm = z.enum(["sha-256", "sm3"]).default("sha-256");

/** The content stays unread here: the kind's schema reads it, and names each fault. */
export const content = z.custom<JsonValue>((value) => value !== undefined, "is required");

export const postBody = z.strictObject({
  kind: z.string().max(64),
  recordId,
  content,
  amends: hex32.exactOptional().meta({ description: "digest of the newest version, which this one supersedes" }),
  files: files.exactOptional(),
  algorithm,
});

/** A record as an agency posts it. */
export type Post = z.infer<typeof postBody>;

/** Reads the body of a post. Throws INVALID_RECORD with the pointer of every fault. */
export function parsePost(value: unknown): Post {
  const parsed = postBody.safeParse(value);
  if (parsed.success) return parsed.data;
  throw faultsError(
    "INVALID_RECORD",
    parsed.error.issues.flatMap((issue) => shapeFaults(issue)),
  );
}

/** The faults that zod found, with their pointers. */
export function shapeFaults(issue: z.core.$ZodIssue): Fault[] {
  const pointer = issue.path.reduce<string>(
    (at, part) => pointerTo(at, typeof part === "number" ? part : String(part)),
    "",
  );
  if (issue.code !== "unrecognized_keys") return [{ code: "INVALID_VALUE", pointer, message: issue.message }];
  const message = "is not known here: remove it";
  return issue.keys.map((key) => ({ code: "UNKNOWN_FIELD", pointer: pointerTo(pointer, key), message }));
}
