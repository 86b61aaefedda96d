import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { cliqueSigner } from "../../core/proofs/clique.ts";
import type { Consensus } from "../../core/proofs/consensus.ts";
import { parseHeader, type BlockHeader } from "../../core/proofs/header.ts";
import { parseQbftExtra, qbftSealHash } from "../../core/proofs/qbft-extra.ts";
import { quorumOf } from "../../core/proofs/qbft.ts";
import { recoverSealer, type SignatureTools } from "../../core/proofs/signature.ts";
import { majorityOf } from "../../core/proofs/vote.ts";
import { readHeaders } from "../../server/chain/header.ts";
import { hexData } from "../../server/chain/quantity.ts";
import { found, type Finding } from "./finding.ts";
import type { SeenNode } from "./nodes.ts";

export type ValidatedBy = Exclude<Consensus["type"], "development">;

export interface SignersInput extends SignatureTools {
  readonly node: SeenNode;
  /** whether no block comes any more: its newest then show who ran, not who runs */
  readonly isStill: boolean;
  readonly type: ValidatedBy;
  /** the newest set that the trust bundle proves; null: there is none */
  readonly trusted: readonly Hex[] | null;
  /** names of institutions by their validators' addresses */
  readonly names: ReadonlyMap<Hex, string>;
}

export interface Signers {
  readonly findings: Finding[];
  /** who may sign by the chain's own account, ascending; null: the node does not say */
  readonly now: readonly Hex[] | null;
}

/** Rounds of all validators that are looked at: whoever signed in none of them does not run, or is cut off. */
const ROUNDS = 2;

/** Who signed the newest blocks, and who did not. Throws NODE_UNREACHABLE, NODE_REFUSED, NODE_ANSWER, INVALID_PROOF. */
export async function examineSigners(input: SignersInput): Promise<Signers> {
  const { node, isStill, type, trusted, names, keccak } = input;
  const now = await membersOf(input);
  const members = now ?? trusted;
  if (members === null || members.length === 0)
    return { findings: [skipped("the node does not say who may sign")], now };
  const blocks = ROUNDS * members.length;
  if (node.head.number < blocks) return { findings: [skipped(`the chain has fewer than ${blocks} blocks`)], now };
  const numbers = Array.from({ length: blocks }, (_, index) => node.head.number - index);
  const headers = (await readHeaders(node.rpc, numbers, keccak)).map(({ raw }) => parseHeader(raw));
  const seen = new Set(headers.flatMap((header) => signersOf(header, input)));
  const silent = members.filter((address) => !seen.has(address));
  const strangers = [...seen].filter((address) => !members.includes(address));
  const needed = type === "clique" ? majorityOf(members.length) : quorumOf(members.length);
  const counts = { by: members.length - silent.length, of: members.length, needed, blocks };
  const findings = [
    ...(isStill ? [skipped("the chain stands still: ask each validator")] : spareOf(counts)),
    ...silent.map((validator) =>
      found("validators", "VALIDATOR_SILENT", { validator: nameOf(validator, names), blocks }),
    ),
    ...(strangers.length > 0 ? [found("validators", "STRANGERS_SIGN", { strangers: strangers.join(", ") })] : []),
  ];
  return { findings, now };
}

/** Of a chain that goes on; never are fewer than `needed` seen to sign, for blocks would not come. */
function spareOf(counts: { by: number; of: number; needed: number; blocks: number }): Finding[] {
  if (counts.by === counts.of) return [found("validators", "VALIDATORS_SIGN", counts)];
  return counts.by > counts.needed ? [] : [found("validators", "VALIDATORS_NONE_SPARE", counts)];
}

/** A QBFT header lists who seals it; of a Clique chain only a node can say without reading all headers. */
async function membersOf({ node, type, keccak }: SignersInput): Promise<readonly Hex[] | null> {
  if (type === "clique") {
    const [answer] = await node.rpc.batch([{ method: "clique_getSigners", params: ["latest"] }]);
    if (answer?.ok !== true || !Array.isArray(answer.result)) return null;
    return answer.result.map((item: unknown) => hexData(item, "a signer", 20)).sort();
  }
  const [newest] = await readHeaders(node.rpc, [node.head.number], keccak);
  if (newest === undefined) throw new HufuError("INVARIANT", "one header for each block asked for");
  return [...parseQbftExtra(parseHeader(newest.raw).extraData).validators].sort();
}

/** Under QBFT a slow validator's seal often comes too late for the header, but when it is its turn it proposes. */
function signersOf(header: BlockHeader, { type, ...tools }: SignersInput): Hex[] {
  if (type === "clique") return [cliqueSigner(header, tools)];
  const hash = qbftSealHash(header, tools.keccak);
  const sealed = parseQbftExtra(header.extraData).seals.flatMap((seal) => recoverSealer(hash, seal, tools) ?? []);
  return [header.coinbase, ...sealed];
}

function nameOf(validator: Hex, names: ReadonlyMap<Hex, string>): string {
  const name = names.get(validator);
  return name === undefined ? validator : `${validator} (${name})`;
}

function skipped(why: string): Finding {
  return found("validators", "NOT_LOOKED_AT", { what: "who signed the newest blocks", why });
}
