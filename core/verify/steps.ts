import type { Certificate, CertifiedRecord } from "../certificate/certificate.ts";
import type { Kind } from "../kinds/kind.ts";
import type { KindRegistry } from "../kinds/registry.ts";
import { parseBatchWord, parseStatusWord } from "../ledger/slots.ts";
import { check, type Check, type CheckId } from "./checks.ts";

/** A record of a certificate with what the ledger's slots are said to hold for it: the record itself, then each link. */
export interface Step {
  readonly record: CertifiedRecord;
  /** undefined: not known here */
  readonly kind: Kind | undefined;
  /** null: the slot is empty */
  readonly batch: ReturnType<typeof parseBatchWord>;
  readonly status: ReturnType<typeof parseStatusWord>;
}

/** undefined where there is not one pair of slots for each record. */
export function stepsOf({ record, links, proof }: Certificate, kinds: KindRegistry): readonly Step[] | undefined {
  const records = [record, ...links];
  if (proof.slots.length !== records.length) return undefined;
  return records.flatMap((one, index): Step[] => {
    const pair = proof.slots[index];
    if (pair === undefined) return [];
    return [
      {
        record: one,
        kind: kinds.byName(one.header.kind, one.header.schemaVersion),
        batch: parseBatchWord(pair.batch.value),
        status: parseStatusWord(pair.status.value),
      },
    ];
  });
}

/** The check that could not be carried out because the number of a record's kind is not known here; undefined where all are. */
export function kindUnknown(id: CheckId, steps: readonly Step[]): Check | undefined {
  const unknown = steps.find(({ kind }) => kind === undefined);
  return unknown && check(id, "ERROR", "SCHEMA_UNKNOWN", { kind: unknown.record.header.kind });
}
