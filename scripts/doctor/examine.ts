import { existsSync } from "node:fs";
import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { parseHeader } from "../../core/proofs/header.ts";
import type { SignatureTools } from "../../core/proofs/signature.ts";
import type { Accounts } from "../../server/chain/accounts.ts";
import { consensusTypeOf } from "../../server/chain/consensus.ts";
import { readHeaders } from "../../server/chain/header.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import { examineFunds, examineRights } from "./accounts.ts";
import { examineAgreement } from "./agreement.ts";
import { examineBlockRoom } from "./block-room.ts";
import { compareValidators, examineBundle, examineContracts, examineServed, type Held } from "./bundle.ts";
import { examineDatabase, type DatabaseFacts } from "./database.ts";
import { found, parts, type Finding, type Part } from "./finding.ts";
import { examineFolder, isHeld } from "./folder.ts";
import { examineGateway, type GatewayFacts } from "./gateway.ts";
import { examineHead, standsStill } from "./head.ts";
import { examineKeys } from "./keys.ts";
import { examineNode, type SeenNode } from "./nodes.ts";
import { examineSigners } from "./signers.ts";

export interface Question extends SignatureTools {
  /** a data folder, there or not; null: none was named */
  readonly data: string | null;
  /** null: nobody named one */
  readonly gateway: string | null;
  /** `url` as findings may show it */
  readonly nodes: readonly { readonly url: string; readonly rpc: Rpc }[];
  /** null: there is none */
  readonly trust: { readonly name: string; readonly text: string } | null;
  /** the keystore's; null: the one in the folder */
  readonly password: string | null;
  /** wei for a unit of gas, as the operator set it; null: the chain is asked */
  readonly gasPrice: bigint | null;
  /** records in a batch at most, as the operator set it */
  readonly batchSize: number;
  /** milliseconds of Unix time */
  readonly now: () => number;
}

/** What the parts found out for each other. */
interface Known {
  readonly facts: DatabaseFacts | null;
  readonly accounts: Accounts | null;
  readonly held: Held | null;
  readonly gateway: GatewayFacts | null;
}

/** Looks at everything that was named, part by part; what cannot be looked at is said so. It changes nothing anywhere. */
export async function examine(question: Question): Promise<Finding[]> {
  const { data, gateway: url, trust, now } = question;
  const isThere = data !== null && existsSync(data);
  const bundle = trust && examineBundle(trust.name, trust.text, question);
  const held = bundle?.held ?? null;
  const folder = isThere ? examineData(data, held, question.password) : null;
  const facts = folder?.facts ?? null;
  const gateway =
    url === null ? null : await examineGateway({ url, now, facts, isHeld: isThere ? isHeld(data) : null });
  const known = { facts, held, accounts: folder?.accounts ?? null, gateway: gateway?.facts ?? null };
  const all = [
    ...(folder?.findings ?? [found("folder", "FOLDER_MISSING", { folder: data ?? "-" })]),
    ...(gateway?.findings ?? [found("gateway", "GATEWAY_UNKNOWN")]),
    ...(bundle?.findings ?? [found("trust", "BUNDLE_UNKNOWN")]),
    ...(held !== null && known.gateway !== null ? examineServed(held, known.gateway) : []),
    ...(await examineChain(question, known)),
  ];
  return parts.flatMap((part) => all.filter((finding) => finding.part === part));
}

function examineData(data: string, held: Held | null, password: string | null) {
  const database = examineDatabase(data);
  const type = held?.bundle.consensus.type ?? database.facts?.chain?.type;
  const keys = examineKeys({ data, password, isDesk: type === "development" });
  return {
    findings: [...examineFolder(data), ...database.findings, ...keys.findings],
    facts: database.facts,
    accounts: keys.accounts,
  };
}

async function examineChain(question: Question, { facts, held, accounts, gateway }: Known): Promise<Finding[]> {
  if (question.nodes.length === 0) return [found("chain", "NODES_UNKNOWN")];
  const chain = held && { chainId: held.bundle.chainId, genesisHash: held.bundle.genesis.hash };
  const wanted = chain ?? facts?.chain ?? null;
  const consensus = held?.bundle.consensus ?? null;
  const isDesk = (consensus?.type ?? facts?.chain?.type) === "development";
  const validators = isDesk ? 1 : (held?.state.validators.length ?? null);
  const asked = await Promise.all(question.nodes.map((node) => examineNode({ ...node, wanted, validators })));
  const nodes = asked.flatMap(({ node }) => node ?? []);
  const askedAt = question.now();
  const findings = asked.flatMap((each) => each.findings);
  const node = nodes.reduce<SeenNode | null>(
    (best, each) => (each.head.number > (best?.head.number ?? -1) ? each : best),
    null,
  );
  if (node === null) return findings;
  const readTo = facts?.chain?.genesisHash === node.genesisHash ? facts.readTo : null;
  const isStill = standsStill({ node, consensus, now: askedAt });
  const checks: readonly Check[] = [
    ["chain", "whether the nodes agree", () => examineAgreement(nodes, isStill)],
    ["chain", "clocks", () => examineHead({ node, consensus, readTo, ahead: gateway?.ahead ?? null, now: askedAt })],
    ["chain", "the block's gas limit", async () => [await examineBlockRoom(node, question.batchSize)]],
    ["chain", "balances", () => (accounts === null ? [] : examineFunds(node, accounts, question.gasPrice))],
    ["chain", "rights", () => (accounts === null ? [] : examineRights(node, accounts, isDesk))],
    ["validators", "who signed the newest blocks", () => examineValidators(question, { node, held, isStill })],
    ["trust", "the contracts' code", () => (held === null ? [] : examineContracts(held, node, question))],
  ];
  for (const check of checks) findings.push(...(await attempt(check)));
  return findings;
}

type Check = readonly [part: Part, what: string, run: () => Finding[] | Promise<Finding[]>];

/** A check that a node stands in the way of keeps no other from being made. */
async function attempt([part, what, run]: Check): Promise<Finding[]> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    return [found(part, "NOT_LOOKED_AT", { what, why: error.message })];
  }
}

async function examineValidators(
  tools: SignatureTools,
  { node, held, isStill }: { node: SeenNode; held: Held | null; isStill: boolean },
): Promise<Finding[]> {
  const [newest] = await readHeaders(node.rpc, [node.head.number], tools.keccak);
  if (newest === undefined) throw new HufuError("INVARIANT", "one header for each block asked for");
  const type = held?.bundle.consensus.type ?? consensusTypeOf(parseHeader(newest.raw));
  if (type === "development") return [found("validators", "VALIDATORS_NONE")];
  const named = (held?.bundle.publishers ?? []).flatMap(({ validator, name }): [Hex, string][] =>
    validator === null ? [] : [[validator, name]],
  );
  const { keccak, recover } = tools;
  const trusted = held?.state.validators ?? null;
  const names = new Map(named);
  const { findings, now } = await examineSigners({ node, isStill, type, trusted, keccak, recover, names });
  return held === null || now === null ? findings : [...findings, compareValidators(held, now)];
}
