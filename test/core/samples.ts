import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Content } from "../../core/record/content.ts";
import type { FileEntry } from "../../core/record/file.ts";
import type { Kind } from "../../core/kinds/kind.ts";
import { builtInKinds } from "../../core/kinds/registry.ts";

export interface Sample {
  agency: string;
  kind: string;
  recordId: string;
  content: Content;
  files?: FileEntry[];
  amendedBy?: { content: Content };
  statuses: { by: string; content: Content }[];
}

interface Samples {
  agencies: { uscc: string; name: string }[];
  oversight: { overseer: string; over: string[]; effects: string[] }[];
  records: Sample[];
}

const file = join(import.meta.dirname, "..", "..", "scripts", "samples", "records.json");

/** The project's own sample data, read anew: a test may change what it gets. */
export function readSamples(): Samples {
  return JSON.parse(readFileSync(file, "utf8")) as Samples;
}

/** The sample with this record id, read anew. */
export function sample(recordId: string): Sample {
  const found = readSamples().records.find((record) => record.recordId === recordId);
  if (!found) throw new Error(`there is no sample ${recordId}`);
  return found;
}

export function kindNamed(name: string): Kind {
  const kind = builtInKinds.byName(name);
  if (!kind) throw new Error(`there is no kind ${name}`);
  return kind;
}
