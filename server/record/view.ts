import { bytesToHex, to0x, type Hex } from "../../core/bytes.ts";
import type { Content } from "../../core/record/content.ts";
import { isPublicFile } from "../../core/record/file.ts";
import { isPerson, publicContent, withheldFieldNames } from "../../core/record/publicity.ts";
import { endorsersOf } from "../chain/endorsement.ts";
import { agencyNames } from "../store/agencies.ts";
import { findBatchStage, type BatchStage } from "../store/anchors.ts";
import { findSuccessor, type RecordRow } from "../store/records.ts";
import { findStanding } from "../store/standing.ts";
import type { Links } from "./links.ts";
import type { Progress } from "./progress.ts";
import { hiddenBecause, type HiddenReason, type PublicityDeps } from "./publicity.ts";
import { isoTime, viewStatus, type AgencyName, type StatusView, type StatusViewDeps } from "./status-view.ts";
import { amendsOf, contentOf, documentNumberOf, filesOf, kindOf } from "./stored.ts";

/** Where a record is on its way: the README says what a crash means in each. */
export type RecordState = "accepted" | "batched" | "sent" | "anchored" | "saved" | "endorsed" | "final";

/** How many of a Clique chain's signers stand behind a block: it can still fall out of the chain, whatever the number. */
export interface EndorsementView {
  by: number;
  of: number;
}

export interface AnchorView {
  root: Hex;
  /** null: the batch was found on the chain, and who brought it is not known */
  transaction: Hex | null;
  blockNumber: number;
  blockHash: Hex;
  /** ISO 8601 in UTC, by the proposer's clock */
  blockTime: string;
}

export interface FileView {
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
}

/** A record as its reader may see it. */
export interface RecordView {
  digest: string;
  agency: AgencyName;
  kind: string;
  schemaVersion: number;
  recordId: string;
  documentNumber: string | null;
  algorithm: string;
  state: RecordState;
  /** null unless `state` is "endorsed" */
  endorsement: EndorsementView | null;
  acceptedAt: string;
  status: StatusView;
  amends: string | null;
  amendedBy: string | null;
  content: Content | null;
  contentHidden: HiddenReason | null;
  /** fields that the law keeps from the public, present or not; empty where `contentHidden` says why there is no content at all */
  notShown: string[];
  files: FileView[];
  anchor: AnchorView | null;
  links: Links;
}

/** Who looks: everybody, or the record's own agency, which sees everything. */
export type Audience = "public" | "agency";

export interface ViewDeps extends PublicityDeps, StatusViewDeps {
  progress: () => Progress;
}

export async function viewRecord(row: RecordRow, audience: Audience, deps: ViewDeps): Promise<RecordView> {
  const { db, kinds, links } = deps;
  const standing = await findStanding(db, row);
  const stage = row.batch_id === null ? null : await findBatchStage(db, row.batch_id);
  const successor = await findSuccessor(db, row);
  const names = await agencyNames(db, [row.agency]);
  const hidden = await hiddenBecause(row, standing, deps);
  const digest = bytesToHex(row.digest);
  const progress = deps.progress();
  return {
    digest,
    agency: { uscc: row.agency, name: names.get(row.agency) ?? null },
    kind: kindOf(row, kinds).kind,
    schemaVersion: row.schema_version,
    recordId: row.record_id,
    documentNumber: documentNumberOf(row, kinds),
    algorithm: row.algorithm,
    state: stateOf(stage, progress),
    endorsement: endorsementOf(stage, progress),
    acceptedAt: isoTime(row.accepted_at),
    status: await viewStatus(standing, deps),
    amends: amendsOf(row),
    amendedBy: successor ? bytesToHex(successor.digest) : null,
    ...(audience === "agency" ? everything(row, hidden) : publicPart(row, hidden, deps)),
    anchor: anchorOf(stage),
    links: links(digest),
  };
}

/** How far a record's batch is; null: it is in none. Only QBFT makes a block final with its seals; under Clique none ever is. */
export function stateOf(stage: BatchStage | null, progress: Progress): RecordState {
  if (stage?.stage !== "anchored") return stage?.stage ?? "accepted";
  const { consensus, savedBlock } = progress;
  if (consensus === "qbft") return "final";
  if (consensus === "clique") return endorsementOf(stage, progress) === null ? "anchored" : "endorsed";
  return savedBlock !== null && stage.anchor.blockNumber <= savedBlock ? "saved" : "anchored";
}

function endorsementOf(stage: BatchStage | null, { endorsement }: Progress): EndorsementView | null {
  if (stage?.stage !== "anchored" || endorsement === null) return null;
  const by = endorsersOf(endorsement, stage.anchor.blockNumber);
  return by === 0 ? null : { by, of: endorsement.of };
}

type ContentPart = Pick<RecordView, "content" | "contentHidden" | "notShown" | "files">;

/** `contentHidden` tells the agency what the public meets. */
function everything(row: RecordRow, hidden: HiddenReason | null): ContentPart {
  return { content: contentOf(row), contentHidden: hidden, notShown: [], files: filesOf(row).map(viewFile) };
}

function publicPart(row: RecordRow, hidden: HiddenReason | null, { kinds }: ViewDeps): ContentPart {
  const kind = kindOf(row, kinds);
  const content = contentOf(row);
  if (content === null || hidden !== null) return { content: null, contentHidden: hidden, notShown: [], files: [] };
  const person = isPerson(kind, content);
  return {
    content: publicContent(kind, content),
    contentHidden: null,
    notShown: [...withheldFieldNames(kind, person)],
    files: filesOf(row)
      .filter((file) => isPublicFile(file, person))
      .map(viewFile),
  };
}

function viewFile({ name, mediaType, size, sha256 }: FileView): FileView {
  return { name, mediaType, size, sha256 };
}

function anchorOf(stage: BatchStage | null): AnchorView | null {
  if (stage?.stage !== "anchored") return null;
  const { transactionHash, blockNumber, blockHash, blockTime } = stage.anchor;
  return {
    root: to0x(stage.root),
    transaction: transactionHash && to0x(transactionHash),
    blockNumber,
    blockHash: to0x(blockHash),
    blockTime: isoTime(blockTime),
  };
}
