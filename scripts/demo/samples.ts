import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const content = z.record(z.string(), z.unknown());
const file = z.object({
  name: z.string(),
  mediaType: z.string(),
  size: z.number(),
  sha256: z.string(),
  withheld: z.boolean().optional(),
});
const samplesFile = z.object({
  records: z.array(
    z.object({
      agency: z.string(),
      kind: z.string(),
      recordId: z.string(),
      content,
      files: z.array(file).optional(),
      amendedBy: z.object({ content }).optional(),
      statuses: z.array(z.object({ by: z.string(), content })),
    }),
  ),
});

/** A record as an agency posts it, its later amendment, and the status decisions on it, in their order. All fictitious. */
export type Sample = z.infer<typeof samplesFile>["records"][number];

export function readSamples(): Sample[] {
  const text = readFileSync(join(import.meta.dirname, "..", "samples", "records.json"), "utf8");
  return samplesFile.parse(JSON.parse(text)).records;
}
