import { readBundle, type Bundle } from "./bundle.ts";
import { readCertificate, type Certificate, type CertifiedRecord } from "./certificate.ts";
import { recordFaults } from "./content.ts";
import { isSigned } from "./evidence.ts";
import { hexOf, readHeader } from "./header.ts";
import type { Json } from "./json.ts";
import { blockHash, sealedBy } from "./seals.ts";
import type { Schema } from "./schema.ts";
import { provenState, type Held } from "./state.ts";
import { areLinked, effects } from "./status.ts";

export interface Verdict {
  readonly verdict: "genuine" | "altered" | "not in this ledger" | "could not be checked" | "stale";
  /** the page's steps that say so */
  readonly because: readonly string[];
  readonly digest: string;
  readonly effect?: string;
  readonly asOf?: { readonly blockNumber: number; readonly blockTime: string };
  readonly isSigned?: boolean;
}

export interface Question {
  readonly certificate: Json;
  /** null: there is none */
  readonly trust: Json;
  /** seconds */
  readonly now: number;
  /** seconds; the oldest that is accepted */
  readonly maxAge: number;
  schemaOf(kind: string, version: number): Schema | undefined;
}

type Finding = readonly [means: Verdict["verdict"], step: string];
/** The first of these that a step says is the verdict. */
const precedence = ["altered", "not in this ledger", "could not be checked", "stale"] as const;

/** Steps 1 to 12 of the page. Throws where a file is none of its version. */
export function verdictOn({ certificate: file, trust, now, maxAge, schemaOf }: Question): Verdict {
  const certificate = readCertificate(file);
  const bundle = trust === null ? undefined : readBundle(trust);
  const records = [certificate.record, ...certificate.links];
  const schemas = records.map(({ header }) => schemaOf(header.kind, header.schemaVersion));
  const schemaFor = (one: CertifiedRecord): Schema | undefined => schemas[records.indexOf(one)];
  const found: Finding[] = [];
  if (schemas.includes(undefined)) found.push(["could not be checked", "schema"]);
  for (const record of records) {
    const schema = schemaFor(record);
    if (schema !== undefined) for (const step of recordFaults(record, schema)) found.push(["altered", step]);
  }
  const header = tryTo(() => readHeader(certificate.proof.block.header));
  const held = tryTo(() =>
    provenState(certificate, header?.stateRoot ?? Buffer.alloc(0), (one) => schemaFor(one)?.id ?? 0),
  );
  if (held === undefined && !schemas.includes(undefined)) found.push(["altered", "state"]);
  if (held !== undefined) found.push(...heldFindings(records, held, schemaFor));
  found.push(
    ...(bundle === undefined ? [["could not be checked", "trust"] as const] : trustFindings(certificate, bundle)),
  );
  if (header !== undefined && now - header.time > maxAge) found.push(["stale", "freshness"]);
  const verdict = precedence.find((one) => found.some(([means]) => means === one)) ?? "genuine";
  return {
    verdict,
    because: found.filter(([means]) => means === verdict).map(([, step]) => step),
    digest: certificate.record.digest,
    ...(verdict === "genuine" && {
      effect: effects[held?.[0]?.status?.effect ?? 0] ?? "",
      asOf: { blockNumber: header?.number ?? 0, blockTime: new Date((header?.time ?? 0) * 1000).toISOString() },
      isSigned: isSigned(certificate, schemaFor(certificate.record)?.id ?? 0),
    }),
  };
}

function heldFindings(
  records: readonly CertifiedRecord[],
  held: readonly Held[],
  schemaFor: (record: CertifiedRecord) => Schema | undefined,
): Finding[] {
  const batches = records.flatMap((record, i): Finding[] => {
    const batch = held[i]?.batch;
    if (batch === null || batch === undefined) return [["not in this ledger", "batch"]];
    const { header, batch: own } = record;
    const isOwn = batch.agency === header.agency && batch.kind === schemaFor(record)?.id && batch.count === own.count;
    return isOwn ? [] : [["altered", "batch"]];
  });
  return areLinked(records, held) ? batches : [...batches, ["altered", "status"]];
}

function trustFindings({ ledger, proof }: Certificate, bundle: Bundle): Finding[] {
  const { chainId, genesis, contracts, checkpoints } = bundle;
  const isIts = [
    ledger.chainId === chainId,
    ledger.genesisHash === genesis.hash,
    ledger.address === contracts.ledger.address,
    proof.account.codeHash === contracts.ledger.codeHash,
  ];
  if (isIts.includes(false)) return [["not in this ledger", "trust"]];
  const sealed = tryTo(() => sealedBy(proof.block, bundle)) ?? "not sealed";
  if (sealed === "not sealed") return [["altered", "seals"]];
  if (sealed !== "sealed") return [["could not be checked", "seals"]];
  const header = readHeader(proof.block.header);
  const hash = hexOf(blockHash(header, bundle));
  const isOther = checkpoints.some((one) => one.blockNumber === header.number && one.blockHash !== hash);
  return isOther ? [["not in this ledger", "trust"]] : [];
}

function tryTo<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
