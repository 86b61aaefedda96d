import { HufuError } from "../../core/error.ts";
import type { JsonObject } from "../../core/json/parse.ts";
import type { SignatureTools } from "../../core/proofs/signature.ts";
import { followTrust, type TrustState } from "../../core/trust/anchor.ts";
import { publishTrust, type Publisher, type TrustBundle } from "../../core/trust/bundle.ts";
import { compareTrust, isSame, type TrustComparison } from "../../core/trust/compare.ts";
import { agenciesOf, readAgencyNames } from "../../server/chain/agency-names.ts";
import { blockAt, blockOf, readHead } from "../../server/chain/block.ts";
import { badAnswer } from "../../server/chain/quantity.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import { publishedAt, readTrust } from "../../server/chain/trust.ts";
import { addressesIn } from "../audit/trust.ts";
import { readFacts } from "./facts.ts";

/** What differs; AGENCIES_UNTRUE: in the block that the old bundle names, the register had other agencies than it says. */
export type Difference = TrustComparison["what"][number] | "AGENCIES_UNTRUE";

export interface MakeInput extends SignatureTools {
  /** the publisher's own node: everything but the addresses and the deployment block is read from it */
  readonly rpc: Rpc;
  readonly from: TrustBundle;
  readonly publisher: Pick<Publisher, "name" | "validator" | "url">;
  /** the genesis file's `config`; null: that of `from` */
  readonly config: JsonObject | null;
  /** blocks between checkpoints; every publisher takes the same ones */
  readonly checkpointEvery?: number;
  /** hears how many headers of how many were read */
  readonly tell: (done: number, all: number) => void;
}

export interface Made {
  readonly bundle: TrustBundle;
  readonly state: TrustState;
  /** whether it can stand beside the old one: the same ledger, and nothing that was said of it untrue */
  readonly agrees: boolean;
  readonly what: readonly Difference[];
}

/**
 * Makes a bundle from one's own node, and says what it has otherwise than `from`. Where that is nothing, and `from` names the publisher
 * already, it is `from` itself: so several publishers come to one file, whose words are everybody's. Throws INVALID_PROOF where `from`, or what
 * was read, proves no validators, INVALID_REQUEST where the publisher's validator is none of them, NODE_ANSWER where the node is behind or does
 * not tell the truth, and whatever stops the reading.
 */
export async function makeTrust(input: MakeInput): Promise<Made> {
  const { rpc, from, publisher, keccak } = input;
  const known = followFrom(input);
  const head = await readHead(rpc);
  const { blockNumber } = from.publishedAt;
  if (head.number < blockNumber)
    throw badAnswer(`it is at block ${head.number}, and the bundle that is to be checked was made at ${blockNumber}`);
  const config = input.config ?? from.genesis.config;
  const facts = await readFacts({ ...input, config }, known, head.number);
  const read = await readTrust({ rpc, keccak, addresses: addressesIn(from), config, head, facts });
  const isUntrue = await areNamesUntrue(input);
  const { change } = compareTrust(from, read);
  const agrees = !isUntrue && change !== "other";
  const isKept = agrees && change === "same" && (await isOwnWord(input));
  const publishers = agrees ? withOwn(from.publishers, publisher) : [own(publisher)];
  const bundle = isKept ? from : publishTrust({ ...read, publishers });
  const state = followTrust(bundle, input);
  if (publisher.validator !== null && !state.validators.includes(publisher.validator))
    throw new HufuError("INVALID_REQUEST", `${publisher.validator} is no validator of this chain.`);
  const untrue: Difference[] = isUntrue ? ["AGENCIES_UNTRUE"] : [];
  return { bundle, state, agrees, what: [...untrue, ...compareTrust(from, bundle).what] };
}

function followFrom({ from, keccak, recover }: MakeInput): TrustState {
  try {
    return followTrust(from, { keccak, recover });
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    const { code, faults, message } = error;
    throw new HufuError(code, `The bundle of --from proves no validators: ${message}`, { faults, cause: error });
  }
}

/** Whether the register had other names than the bundle says, in the block in which it says that it was made. */
async function areNamesUntrue({ rpc, from }: MakeInput): Promise<boolean> {
  const range = { from: from.deploymentBlock, to: from.publishedAt.blockNumber };
  const names = agenciesOf(await readAgencyNames(rpc, from.contracts.agencies.address, range));
  return JSON.stringify(names) !== JSON.stringify(from.agencies.map(({ uscc, name }) => ({ uscc, name })));
}

/** Whether the publisher stands in `from` as it would now, and the block as of which that was made is one of this chain. */
async function isOwnWord({ rpc, from, publisher }: MakeInput): Promise<boolean> {
  if (!from.publishers.some((each) => isSame(each, own(publisher)))) return false;
  const [answer] = await rpc.batch([blockAt(from.publishedAt.blockNumber)]);
  const block = blockOf(answer);
  return block !== null && isSame(from.publishedAt, publishedAt(block));
}

function own(publisher: MakeInput["publisher"]): Publisher {
  return { ...publisher, role: publisher.validator === null ? "gateway" : "validator" };
}

/** An institution stands in the list once. */
function withOwn(publishers: readonly Publisher[], publisher: MakeInput["publisher"]): Publisher[] {
  const { name, validator } = publisher;
  const others = publishers.filter(
    (other) => other.name !== name && (validator === null || other.validator !== validator),
  );
  return [...others, own(publisher)];
}
