import { readFileSync } from "node:fs";
import { join } from "node:path";
import { concatBytes, hexToBytes, to0x } from "../../../core/bytes.ts";
import type { Certificate, ToldStatus } from "../../../core/certificate/certificate.ts";
import { issueCertificate } from "../../../core/certificate/issue.ts";
import { nobleHasher } from "../../../core/hash.ts";
import { parseJson, type JsonObject } from "../../../core/json/parse.ts";
import { builtInKinds } from "../../../core/kinds/registry.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { leafOf } from "../../../core/ledger/leaf.ts";
import { buildTree, orderBatch } from "../../../core/ledger/merkle.ts";
import { notarise, type NotarisedRecord } from "../../../core/record/digest.ts";
import { publicDisclosureNames } from "../../../core/record/publicity.ts";
import type { ChainAnswer } from "../../../core/verify/chain-answer.ts";
import { verifyCertificate, type Verification } from "../../../core/verify/verify.ts";

export const market = "11440310XX0001011N";
export const justice = "11440310XX0001070R";
export const marketName = "坪山示例市场监管局（虚构）";
export const number = "深坪示市监罚〔2026〕101号";
export const anchoredAt = "2026-11-03T02:00:00.000Z";
export const toldAt = "2026-11-24T03:05:00.000Z";

const kind = builtInKinds.byName("credit-penalty");
if (kind === undefined) throw new Error("a built-in kind");
export const penaltyKind = kind;

/** The project's example penalty; `other` replaces fields. */
export function penalty(other: JsonObject = {}): NotarisedRecord {
  const file = join(import.meta.dirname, "../../../docs/examples/credit-penalty.json");
  const { content } = parseJson(readFileSync(file, "utf8")) as { content: JsonObject }; // as: the project's own file
  const files = [{ name: "决定书.pdf", mediaType: "application/pdf", size: 3, sha256: "ab".repeat(32) }];
  const named = { kind: penaltyKind, agency: market, recordId: "CP-2026-1001", amends: null, files };
  return notarise({
    ...named,
    content: { ...content, ...other },
    seed: new Uint8Array(32).fill(7),
    hasher: nobleHasher("sha-256"),
  });
}

export const publicNames = [...publicDisclosureNames(penaltyKind, false), "file/0"];

export const neverSet: ToldStatus = {
  effect: "IN_FORCE",
  version: 0,
  since: null,
  actor: null,
  basis: null,
  reason: null,
  explanation: null,
  decisionDate: null,
  successor: null,
};

export const repaired: ToldStatus = {
  ...neverSet,
  effect: "ENDED",
  version: 1,
  since: "2026-11-20T01:00:00.000Z",
  actor: market,
  basis: "cd".repeat(32),
  reason: "REPAIR_GRANTED",
  decisionDate: "2026-11-19",
};

/** An honest certificate of the record in a batch of `size`; `show` names its disclosures. */
export function certificate(
  record: NotarisedRecord = penalty(),
  {
    show = publicNames,
    status = neverSet,
    size = 5,
  }: { show?: readonly string[]; status?: ToldStatus; size?: number } = {},
): Certificate {
  const others = Array.from({ length: size - 1 }, (_, index) => new Uint8Array(32).fill(index + 1));
  const ordered = orderBatch(market, 1, concatBytes(hexToBytes(record.digest), ...others), keccak);
  const tree = buildTree(ordered.leaves, keccak);
  const leaf = to0x(leafOf(market, 1, record.digest, keccak));
  const index = Array.from({ length: size }, (_, at) => to0x(ordered.leaves.subarray(32 * at, 32 * at + 32))).indexOf(
    leaf,
  );
  return issueCertificate({
    record,
    show: new Set(show),
    batch: { agency: market, kind: 1, root: to0x(tree.root), count: size, path: tree.proof(index).map(to0x) },
    ledger: { chainId: 31_337, genesisHash: `0x${"9".repeat(64)}`, address: `0x${"1e".repeat(20)}` },
    anchor: {
      transaction: `0x${"2".repeat(64)}`,
      blockNumber: 40,
      blockHash: `0x${"3".repeat(64)}`,
      blockTime: anchoredAt,
    },
    told: {
      by: "a gateway",
      agencyName: marketName,
      asOf: { blockNumber: 90, blockHash: `0x${"4".repeat(64)}`, blockTime: toldAt },
      status,
    },
  });
}

/** What an honest node says of `certificate`'s ledger, ten blocks later. */
export function honestNode({ batch, ledger, told }: Certificate): ChainAnswer {
  const { effect, version, since, basis } = told.status;
  const set =
    version === 0 || since === null ? null : { effect, version, blockTime: since, basisHash: basisHash(basis ?? "") };
  return {
    read: "node",
    ledger,
    asOf: { blockNumber: 100, blockTime: "2026-11-24T03:06:40.000Z" },
    batch: { agency: batch.agency, kind: batch.kind, count: batch.count, blockTime: anchoredAt },
    status: set,
    agencyName: marketName,
  };
}

export function basisHash(basis: string): string {
  return to0x(keccak.hash(hexToBytes(basis))).slice(2, 50);
}

export function verify(subject: Certificate, chain?: ChainAnswer | "unreachable"): Verification {
  return verifyCertificate({
    certificate: subject,
    kinds: builtInKinds,
    keccak,
    ...(chain === undefined ? {} : { chain }),
  });
}

/** `id: OUTCOME CODE` of each check, for comparing. */
export function outcomes({ checks }: Verification): Record<string, string> {
  return Object.fromEntries(checks.map(({ id, outcome, code }) => [id, `${outcome} ${code}`]));
}
