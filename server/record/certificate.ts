import { concatBytes, to0x } from "../../core/bytes.ts";
import type { Certificate, ToldStatus } from "../../core/certificate/certificate.ts";
import { issueCertificate } from "../../core/certificate/issue.ts";
import { HufuError } from "../../core/error.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { buildTree } from "../../core/ledger/merkle.ts";
import { fileDisclosureName, isPublicFile } from "../../core/record/file.ts";
import { isPerson, publicDisclosureNames } from "../../core/record/publicity.ts";
import { agencyNames } from "../store/agencies.ts";
import { findBatchLeaves, findBatchStage, type BatchStage } from "../store/anchors.ts";
import type { RecordRow } from "../store/records.ts";
import { findStanding } from "../store/standing.ts";
import type { LedgerAddress } from "./ledger-facts.ts";
import { hiddenBecause } from "./publicity.ts";
import { viewStatus, isoTime } from "./status-view.ts";
import { contentOf, filesOf, kindOf, notariseStored } from "./stored.ts";
import type { Audience, ViewDeps } from "./view.ts";

export interface CertificateDeps extends ViewDeps {
  ledger: LedgerAddress;
  keccak: Keccak;
  /** who tells what the certificate cannot prove: the gateway's name */
  by: string;
}

export interface CertificateIssuer {
  /**
   * Issues the certificate of a stored record: with every disclosure for its agency, with the public ones for everybody, with none
   * while the law hides its content. Throws NOT_ANCHORED, RECORD_ERASED.
   */
  issue(row: RecordRow, audience: Audience): Promise<Certificate>;
}

export function createCertificateIssuer(deps: CertificateDeps): CertificateIssuer {
  const { db, kinds, ledger, keccak } = deps;

  async function pathOf(row: RecordRow, batchId: number): Promise<readonly Uint8Array[]> {
    const leaves = await findBatchLeaves(db, batchId);
    const index = leaves.findIndex((leaf) => Buffer.compare(leaf, row.leaf) === 0);
    return buildTree(concatBytes(...leaves), keccak).proof(index);
  }

  return {
    async issue(row, audience) {
      const { batchId, stage } = await anchored(row, deps);
      const record = notariseStored(row, kinds);
      if (!record)
        throw new HufuError("RECORD_ERASED", "The content of this record was erased: nothing can be disclosed of it.");
      return issueCertificate({
        record,
        show:
          audience === "agency" ? new Set(record.disclosures.map(([, name]) => name)) : await publicNames(row, deps),
        batch: {
          agency: row.agency,
          kind: row.kind,
          root: to0x(stage.root),
          count: stage.count,
          path: (await pathOf(row, batchId)).map(to0x),
        },
        ledger: { chainId: ledger.chainId, genesisHash: ledger.genesisHash, address: ledger.address },
        anchor: anchorOf(stage),
        told: await told(row, stage, deps),
      });
    },
  };
}

/** The record's batch, which must be on the chain. */
async function anchored(row: RecordRow, { db }: CertificateDeps) {
  const stage = row.batch_id === null ? null : await findBatchStage(db, row.batch_id);
  if (row.batch_id !== null && stage?.stage === "anchored") return { batchId: row.batch_id, stage };
  throw new HufuError("NOT_ANCHORED", "The record is accepted and not anchored yet: ask again in a few seconds.");
}

/** The names of the disclosures that the public may see today. */
async function publicNames(row: RecordRow, deps: CertificateDeps): Promise<ReadonlySet<string>> {
  const kind = kindOf(row, deps.kinds);
  const content = contentOf(row);
  const hidden = await hiddenBecause(row, await findStanding(deps.db, row), deps);
  if (content === null || hidden !== null) return new Set();
  const person = isPerson(kind, content);
  const files = filesOf(row).flatMap((file, index) => (isPublicFile(file, person) ? [fileDisclosureName(index)] : []));
  return new Set([...publicDisclosureNames(kind, person), ...files]);
}

type Anchored = Extract<BatchStage, { stage: "anchored" }>;

function anchorOf({ anchor }: Anchored): Certificate["anchor"] {
  const { transactionHash, blockNumber, blockHash, blockTime } = anchor;
  return {
    transaction: transactionHash && to0x(transactionHash),
    blockNumber,
    blockHash: to0x(blockHash),
    blockTime: isoTime(blockTime),
  };
}

async function told(row: RecordRow, stage: Anchored, deps: CertificateDeps): Promise<Certificate["told"]> {
  const names = await agencyNames(deps.db, [row.agency]);
  const { blockNumber, blockHash, blockTime } = deps.progress().head ?? anchorOf(stage);
  return {
    by: deps.by,
    agencyName: names.get(row.agency) ?? row.agency,
    asOf: { blockNumber, blockHash, blockTime },
    status: await tellStatus(row, deps),
  };
}

/** The record's status on the chain, with the reasons that its decision gives. */
export async function tellStatus(row: RecordRow, deps: CertificateDeps): Promise<ToldStatus> {
  const { effect, version, since, actor, basis, decision } = await viewStatus(await findStanding(deps.db, row), deps);
  return {
    effect,
    version,
    since,
    actor: actor?.uscc ?? null,
    basis,
    reason: decision?.reason ?? null,
    explanation: decision?.explanation ?? null,
    decisionDate: decision?.decisionDate ?? null,
    successor: decision?.successor ?? (effect === "SUPERSEDED" ? basis : null),
  };
}
