import type { Kysely } from "kysely";

import { bytesToHex } from "../../core/bytes.ts";
import type { Effect } from "../../core/ledger/effect.ts";
import type { JsonValue } from "../../core/json/parse.ts";
import { agencyNames } from "../store/agencies.ts";
import { findByDigest } from "../store/records.ts";
import type { PendingStatus, Standing } from "../store/standing.ts";
import type { Tables } from "../store/tables.ts";
import { STATUS_DECISION } from "./decision.ts";
import type { LinksOf } from "./links.ts";
import { contentOf, kindOf } from "./stored.ts";
import type { KindRegistry } from "../../core/kinds/registry.ts";

export interface AgencyName {
  uscc: string;
  /** null: this gateway does not write for it */
  name: string | null;
}

/** The public part of a status decision: all of it is public by law, and none of it may be personal. */
export interface DecisionView {
  digest: string;
  reason: string | null;
  decisionDate: string | null;
  explanation: string | null;
  decisionDocNo: string | null;
  successor: string | null;
  link: string;
}

export interface StatusView {
  effect: Effect;
  version: number;
  /** ISO 8601 in UTC; null: never set */
  since: string | null;
  actor: AgencyName | null;
  /** digest of the decision, or of the amendment, that the status rests on */
  basis: string | null;
  /** null where the basis is an amendment, or is not in this gateway's store */
  decision: DecisionView | null;
  /** ordered, and not on the chain yet */
  pending: { effect: Effect; actor: string; basis: string; state: PendingStatus["state"]; orderedAt: string }[];
}

export interface StatusViewDeps {
  db: Kysely<Tables>;
  kinds: KindRegistry;
  links: LinksOf;
}

export async function viewStatus(standing: Standing, deps: StatusViewDeps): Promise<StatusView> {
  const { status, effect, version } = standing;
  const pending = standing.pending.map((order) => ({
    effect: order.effect,
    actor: order.actor,
    basis: bytesToHex(order.basis),
    state: order.state,
    orderedAt: isoTime(order.orderedAt),
  }));
  if (!status) return { effect, version, since: null, actor: null, basis: null, decision: null, pending };
  const names = await agencyNames(deps.db, [status.actor]);
  return {
    effect,
    version,
    since: isoTime(status.block_time),
    actor: { uscc: status.actor, name: names.get(status.actor) ?? null },
    basis: bytesToHex(status.basis),
    decision: await viewDecision(status.basis, deps),
    pending,
  };
}

async function viewDecision(basis: Uint8Array, { db, kinds, links }: StatusViewDeps): Promise<DecisionView | null> {
  const row = await findByDigest(db, basis);
  if (!row || kindOf(row, kinds).kind !== STATUS_DECISION) return null;
  const content = contentOf(row) ?? {};
  const digest = bytesToHex(basis);
  return {
    digest,
    reason: text(content["reason"]),
    decisionDate: text(content["decisionDate"]),
    explanation: text(content["explanation"]),
    decisionDocNo: text(content["decisionDocNo"]),
    successor: text(content["successor"]),
    link: links(digest).self,
  };
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}

/** ISO 8601 in UTC, of milliseconds. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
