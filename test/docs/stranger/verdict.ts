import { readCertificate, type CertifiedRecord, type SealedBlock } from "./certificate.ts";
import { recordFaults } from "./content.ts";
import { isSigned } from "./evidence.ts";
import { readHeader } from "./header.ts";
import type { Json } from "./json.ts";
import type { Schema } from "./schema.ts";
import { trusted } from "./seals.ts";
import { provenState, type Held } from "./state.ts";
import { effects, succession } from "./status.ts";
import { leafOf } from "./tree.ts";
import { trustFindings } from "./trust.ts";

export interface Verdict {
  readonly verdict: "genuine" | "altered" | "not in this ledger" | "could not be checked" | "stale";
  /** the page's steps that say so, or what can be done */
  readonly because: readonly string[];
  /** of a genuine record */
  readonly says?: Says;
}

/** What the ledger says of a genuine record. Times are ISO UTC. */
export interface Says {
  readonly digest: string;
  readonly effect: string | undefined;
  readonly since: string | null;
  readonly anchoredAt: string;
  readonly asOf: { readonly blockNumber: number; readonly blockTime: string };
  /** what took the record's place in the end; null: nothing */
  readonly newest: { readonly digest: string; readonly effect: string | undefined } | null;
  readonly isSigned: boolean;
}

export interface Question {
  readonly certificate: Json;
  /** null: there is none */
  readonly trust: Json;
  schemaOf(kind: string, version: number): Schema | undefined;
  /** ISO UTC */
  readonly now?: string | undefined;
  /** the oldest that is accepted */
  readonly maxAgeSeconds?: number | undefined;
  readonly seen?: Seen | undefined;
}

/** What was met before. */
export interface Seen {
  /** one without a genesis is of whatever chain has its id */
  readonly headers: readonly {
    readonly chainId: number;
    readonly genesisHash?: string;
    readonly block: SealedBlock;
  }[];
  readonly statuses: readonly { readonly leaf: string; readonly version: number }[];
}

export type Finding = readonly [means: Exclude<Verdict["verdict"], "genuine">, because: string];

/** Steps 1 to 12 of the page. Throws where a file is none of its version, or no bundle. */
export function verdictOn(question: Question): Verdict {
  const certificate = readCertificate(question.certificate);
  const bundle = question.trust === null ? undefined : trusted(question.trust);
  const { seen = { headers: [], statuses: [] } } = question;
  const records = [certificate.record, ...certificate.links];
  const schemas = records.map(({ header }) => question.schemaOf(header.kind, header.schemaVersion));
  const leaves = records.map(({ header, digest }, i) => leafOf(header.agency, schemas[i]?.id ?? 0, digest));
  const header = tryTo(() => readHeader(certificate.proof.block.header));
  const held = header && tryTo(() => provenState(certificate, header.stateRoot, leaves));
  const line = held && succession(records, held);
  const areKnown = !schemas.includes(undefined);

  const found: Finding[] = records.flatMap((record, i) => ownFindings(record, schemas[i], i > 0));
  const areAsMany = certificate.proof.slots.length === records.length;
  if (!areAsMany || header === undefined || (areKnown && held === undefined)) found.push(["altered", "state"]);
  if (areKnown && held !== undefined) found.push(...batchFindings(records, schemas, held));
  if (areKnown && held !== undefined && line === undefined) found.push(["altered", "status"]);
  const { ledger } = certificate;
  const met = seen.headers.filter(
    ({ chainId, genesisHash = ledger.genesisHash }) => chainId === ledger.chainId && genesisHash === ledger.genesisHash,
  );
  found.push(
    ...trustFindings(
      certificate,
      bundle,
      met.map(({ block }) => block),
    ),
  );
  if (Date.parse(question.now ?? "") + 15 * 60_000 < 1000 * (header?.time ?? 0))
    found.push(["could not be checked", "set the clock"]);
  const age = (Date.parse(question.now ?? "") - 1000 * (header?.time ?? 0)) / 1000;
  if (Math.floor(age) > (question.maxAgeSeconds ?? Infinity)) found.push(["stale", "too old"]);
  const versions = new Map(leaves.map((leaf, i) => [leaf, held?.[i]?.status?.version ?? 0]));
  if (seen.statuses.some(({ leaf, version }) => version > (versions.get(leaf) ?? Infinity)))
    found.push(["stale", "a newer status is known"]);

  const verdict = verdictOf(found);
  const because = found.filter(([means]) => means === verdict).map(([, step]) => step);
  if (verdict !== "genuine" || held === undefined || header === undefined) return { verdict, because };
  const [own, newest] = [held[0], line?.at(-1) ?? 0];
  return {
    verdict,
    because,
    says: {
      digest: certificate.record.digest,
      effect: effectOf(own),
      since: own?.status ? instant(own.status.time) : null,
      anchoredAt: instant(own?.batch?.time ?? 0),
      asOf: { blockNumber: header.number, blockTime: instant(header.time) },
      newest: newest === 0 ? null : { digest: records[newest]?.digest ?? "", effect: effectOf(held[newest]) },
      isSigned: isSigned(certificate, schemas[0]?.id ?? 0),
    },
  };
}

/** Steps 1 to 5. */
function ownFindings(record: CertifiedRecord, schema: Schema | undefined, isLink: boolean): Finding[] {
  if (schema === undefined) return [["could not be checked", "get a newer verifier"]];
  return recordFaults(record, schema).map((step) => ["altered", isLink ? "links" : step]);
}

/** Step 7. */
function batchFindings(
  records: readonly CertifiedRecord[],
  schemas: readonly (Schema | undefined)[],
  held: readonly Held[],
): Finding[] {
  return records.flatMap(({ header, batch: own }, i): Finding[] => {
    const batch = held[i]?.batch ?? null;
    if (batch === null) return [[i === 0 ? "not in this ledger" : "altered", "batch"]];
    const isOwn = batch.agency === header.agency && batch.kind === schemas[i]?.id && batch.count === own.count;
    return isOwn ? [] : [["altered", "batch"]];
  });
}

/** Altered before all else; another ledger before what could not be checked, which comes before a ledger that does not have the record. */
function verdictOf(found: readonly Finding[]): Verdict["verdict"] {
  const has = (means: Verdict["verdict"]): boolean => found.some(([one]) => one === means);
  const elsewhere = found.filter(([means]) => means === "not in this ledger").map(([, step]) => step);
  if (has("altered") || elsewhere.length > 1) return "altered";
  if (elsewhere.includes("trust")) return "not in this ledger";
  if (has("could not be checked")) return "could not be checked";
  return elsewhere.length > 0 ? "not in this ledger" : has("stale") ? "stale" : "genuine";
}

function effectOf(held: Held | undefined): string | undefined {
  return effects[held?.status?.effect ?? 0];
}

function instant(seconds: number): string {
  return new Date(1000 * seconds).toISOString();
}

function tryTo<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
