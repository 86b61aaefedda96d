import { z } from "zod";

import { checkIds } from "../../core/verify/checks.ts";
import { verdictCodes } from "../../core/verify/verdict.ts";
import { effects } from "../../core/ledger/effect.ts";
import { hex32 } from "../record/post.ts";

/** The answers' shapes, for /openapi.json; the tests read every answer by them. What is asked is in record/post.ts and its like. */

const hex = z.string().regex(/^0x[0-9a-f]*$/);
const instant = z.iso.datetime().meta({ description: "UTC" });
const state = z.enum(["accepted", "batched", "sent", "anchored", "saved", "endorsed", "final"]);
const effect = z.enum(effects);
const links = z.strictObject({ self: z.string(), certificate: z.string(), page: z.string() });
const agency = z.strictObject({ uscc: z.string(), name: z.string().nullable() });
const bothLanguages = z.strictObject({ "zh-CN": z.string(), en: z.string() });
const params = z.record(z.string(), z.union([z.string(), z.number()]));

export const fault = z.strictObject({
  code: z.string(),
  pointer: z.string().meta({ description: "RFC 6901, into what was sent" }),
  message: z.string(),
  params: params.optional(),
});

export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  faults: z.array(fault).optional(),
  instance: z.string().optional().meta({ description: "names this request in the gateway's log" }),
});

export const accepted = z.strictObject({
  digest: hex32,
  recordId: z.string(),
  kind: z.string(),
  agency: z.string(),
  state,
  acceptedAt: instant,
  warnings: z.array(z.looseObject({ code: z.string() })).meta({ description: "law guards that the record breaks" }),
  links,
});

export const lineResult = z.union([
  z.strictObject({
    line: z.int(),
    status: z.union([z.literal(200), z.literal(202)]),
    digest: hex32,
    recordId: z.string(),
    state,
  }),
  z.strictObject({ line: z.int(), status: z.int(), problem }),
]);

const decision = z.strictObject({
  digest: hex32,
  reason: z.string().nullable(),
  decisionDate: z.string().nullable(),
  explanation: z.string().nullable(),
  decisionDocNo: z.string().nullable(),
  successor: hex32.nullable(),
  link: z.string(),
});

const status = z.strictObject({
  effect,
  version: z.int(),
  since: instant.nullable(),
  actor: agency.nullable(),
  basis: hex32.nullable(),
  decision: decision.nullable(),
  pending: z.array(
    z.strictObject({ effect, actor: z.string(), basis: hex32, state: z.enum(["waiting", "sent"]), orderedAt: instant }),
  ),
});

const file = z.strictObject({ name: z.string(), mediaType: z.string(), size: z.int(), sha256: hex32 });
const content = z.record(z.string(), z.unknown());

export const record = z.strictObject({
  digest: hex32,
  agency,
  kind: z.string(),
  schemaVersion: z.int(),
  recordId: z.string(),
  documentNumber: z.string().nullable(),
  algorithm: z.enum(["sha-256", "sm3"]),
  state,
  endorsement: z
    .strictObject({ by: z.int(), of: z.int() })
    .nullable()
    .meta({ description: "Clique: how many of the signers stand behind the block, which is never final" }),
  acceptedAt: instant,
  status,
  amends: hex32.nullable(),
  amendedBy: hex32.nullable(),
  content: content.nullable(),
  contentHidden: z.enum(["NOT_PUBLISHED", "DEADLINE_PASSED", "ENDED", "WITHDRAWN", "ERASED"]).nullable(),
  notShown: z.array(z.string()).meta({ description: "fields that the law keeps from the public" }),
  files: z.array(file),
  anchor: z
    .strictObject({ root: hex, transaction: hex.nullable(), blockNumber: z.int(), blockHash: hex, blockTime: instant })
    .nullable(),
  links,
});

export const recordPage = z.strictObject({ records: z.array(record), next: z.string().nullable() });

export const verification = z.looseObject({
  verdict: z.enum(verdictCodes),
  sentence: bothLanguages,
  checks: z.array(
    z.strictObject({
      id: z.enum(checkIds),
      outcome: z.enum(["VALID", "INVALID", "ERROR", "SKIPPED"]),
      code: z.string(),
      params: params.optional(),
      sentence: bothLanguages,
    }),
  ),
  asOf: z.looseObject({ blockNumber: z.int(), blockTime: z.string() }).nullable(),
  agency: agency.nullable(),
  kind: z.string().nullable(),
  documentNumber: z.string().nullable(),
  digest: hex32.nullable(),
  links: links.nullable(),
});

const block = z.strictObject({ blockNumber: z.int(), blockHash: hex, blockTime: instant });

export const ledger = z.strictObject({
  ledger: z.strictObject({ chainId: z.int(), genesisHash: hex, address: hex, agencies: hex }),
  consensus: z.enum(["qbft", "clique", "development"]),
  finality: z
    .strictObject({ state: z.enum(["final", "endorsed", "saved"]), of: z.int().nullable() })
    .meta({ description: "the last state of a record here; of: how many signers there are, where that is known" }),
  head: block.nullable(),
  savedBlock: z.int().nullable(),
  chainUp: z.boolean(),
  isStandingStill: z.boolean(),
  records: z.strictObject({ accepted: z.int(), anchored: z.int(), backlog: z.int() }),
  batches: z.int(),
  statuses: z.int(),
  refusedOrders: z.int(),
});

const base64 = z.base64();
const contract = z.strictObject({ address: hex, codeHash: hex });

export const trust = z.strictObject({
  format: z.literal("hufu-trust"),
  version: z.literal(1),
  chainId: z.int(),
  genesis: z.strictObject({
    hash: hex,
    header: base64.meta({ description: "RLP" }),
    config: content.nullable().meta({ description: "the genesis file's config, where it is known" }),
  }),
  consensus: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("qbft"), epoch: z.int() }),
    z.strictObject({ type: z.literal("clique"), epoch: z.int(), period: z.int() }),
    z.strictObject({ type: z.literal("development"), sealer: hex }),
  ]),
  transitions: z
    .array(z.strictObject({ votes: z.array(base64), next: base64.nullable() }))
    .meta({ description: "every change of validators, as the headers that prove it" }),
  checkpoints: z.array(z.strictObject({ blockNumber: z.int(), blockHash: hex })),
  contracts: z.strictObject({ accessManager: contract, agencies: contract, ledger: contract, p256Verifier: contract }),
  deploymentBlock: z.int(),
  agencies: z.array(z.strictObject({ uscc: z.string(), name: z.string() })),
  publishers: z.array(
    z.strictObject({
      name: z.string(),
      role: z.enum(["gateway", "validator"]),
      validator: hex.nullable(),
      url: z.string().nullable(),
    }),
  ),
  publishedAt: z.strictObject({ blockNumber: z.int(), blockTime: instant }),
  fingerprint: z.strictObject({
    sha256: hex32.meta({ description: "of the RFC 8785 form of the bundle without this member" }),
    words: bothLanguages,
  }),
});

export const alive = z.strictObject({ alive: z.literal(true) });
export const readiness = z.strictObject({
  ready: z.boolean(),
  checks: z.record(z.string(), z.boolean()),
  chain: z.strictObject({
    state: z.enum(["up", "unreachable", "standing-still"]),
    headAgeSeconds: z.number().nullable().meta({ description: "since a new block was last seen" }),
    shortage: z
      .strictObject({ wanted: z.int(), of: z.int() })
      .nullable()
      .meta({ description: "more signers are asked for than the chain has, so that no status is sent" }),
  }),
});
