import { bytesToBase64 } from "../../core/base64.ts";
import { hexToBytes, to0x, type Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { publishTrust, type TrustBundle, type TrustFacts } from "../../core/trust/bundle.ts";
import { compareTrust, saidOfLedger } from "../../core/trust/compare.ts";
import { agenciesOf, readAgencyNames, type AgencyNames } from "./agency-names.ts";
import { blockAt, blockOf, readHead, type Block } from "./block.ts";
import { readHeaders } from "./header.ts";
import { contractOrder, type ContractAddresses, type ContractName } from "./ledger-contracts.ts";
import { hexData, toQuantity } from "./quantity.ts";
import { resultOf, type Rpc } from "./rpc.ts";

export interface TrustInput {
  readonly rpc: Rpc;
  readonly keccak: Keccak;
  readonly addresses: ContractAddresses;
  /** the genesis file's `config`; null where it is not known */
  readonly config: TrustFacts["genesis"]["config"];
  /** the block whose state counts; absent: the newest */
  readonly head?: Block;
  /** what cannot be read off a block */
  readonly facts: Pick<
    TrustFacts,
    "chainId" | "consensus" | "transitions" | "checkpoints" | "deploymentBlock" | "publishers"
  >;
}

export interface TrustSourceInput extends Omit<TrustInput, "head" | "facts"> {
  /** Reads them anew. */
  readonly facts: () => Promise<TrustInput["facts"]>;
  /** what was published before, by whomever: it stays, words and all, while the ledger is as it says, or nothing can be read */
  readonly before: TrustBundle | null;
  /** milliseconds; only differences are used */
  readonly now: () => number;
}

/** Milliseconds from one look at the register to the next: agencies are enrolled once in a while. */
const LOOK_EVERY_MS = 10_000;

/** A bundle, and what it takes to find out whether it is still what the chain says. */
interface Reading {
  readonly bundle: TrustBundle;
  readonly names: AgencyNames;
  readonly head: Block;
}

/**
 * The bundle, as often as it is asked for: read once, and again when the register has other names or the chain other validators. What was
 * published before stands until then, and while the node does not answer. Rejects only where there is neither, as {@link readTrust}.
 */
export function createTrustSource(input: TrustSourceInput): () => Promise<TrustBundle> {
  let last: Reading | null = null;
  let lookedAt = -Infinity;
  let looking: Promise<TrustBundle> | null = null;

  async function look(): Promise<TrustBundle> {
    const begun = input.now();
    try {
      last = last === null ? await readFirst(input) : await readAgain(input, last);
    } catch (error) {
      const standing = last?.bundle ?? input.before;
      if (standing === null) throw error;
      if (last === null) return standing;
    }
    lookedAt = begun;
    return last.bundle;
  }

  return async () => {
    if (last !== null && input.now() - lookedAt < LOOK_EVERY_MS) return last.bundle;
    looking ??= look().finally(() => (looking = null));
    return looking;
  };
}

/**
 * Reads genesis header, code and agencies of a chain. Throws CHAIN_FAILED where a contract is not there, NODE_UNREACHABLE, NODE_REFUSED,
 * NODE_ANSWER, MALFORMED_LOG, INVALID_TRUST.
 */
export async function readTrust(input: TrustInput): Promise<TrustBundle> {
  return (await read(input, null)).bundle;
}

async function readFirst({ facts, ...input }: TrustSourceInput): Promise<Reading> {
  return read({ ...input, facts: await facts() }, input.before);
}

async function read(input: TrustInput, before: TrustBundle | null): Promise<Reading> {
  const head = input.head ?? (await readHead(input.rpc));
  const range = { from: input.facts.deploymentBlock, to: head.number };
  const names = await readAgencyNames(input.rpc, input.addresses.agencies, range);
  const bundle = publishTrust(await readFacts(input, names, head));
  return { bundle: before === null ? bundle : standing(before, bundle), names, head };
}

async function readAgain(input: TrustSourceInput, { bundle, names: known, head: seen }: Reading): Promise<Reading> {
  const head = await readHead(input.rpc);
  const range = { from: seen.number + 1, to: head.number, known };
  const names = await readAgencyNames(input.rpc, input.addresses.agencies, range);
  const { fingerprint: _, ...before } = bundle;
  const { transitions, checkpoints, deploymentBlock, publishers } = await input.facts();
  // What is new nobody else has said yet: only the gateway itself publishes it.
  const changing = { transitions, checkpoints, deploymentBlock, publishers };
  const next = publishTrust({ ...before, ...changing, agencies: agenciesOf(names), publishedAt: publishedAt(head) });
  return { bundle: standing(bundle, next), names, head };
}

/**
 * The bundle of before while both say the same of the ledger, whoever publishes it: the words of an institution's bundle are those that people
 * compare, and they are its publishers' as well as its ledger's.
 */
function standing(before: TrustBundle, now: TrustBundle): TrustBundle {
  return saidOfLedger(compareTrust(before, now)).length === 0 ? before : now;
}

async function readFacts(input: TrustInput, names: AgencyNames, head: Block): Promise<TrustFacts> {
  const { rpc, keccak, addresses, config, facts } = input;
  const [genesis] = await readHeaders(rpc, [0], keccak);
  if (genesis === undefined) throw new HufuError("INVARIANT", "one header for each block asked for");
  return {
    format: "hufu-trust",
    version: 1,
    chainId: facts.chainId,
    genesis: { hash: genesis.hash, header: bytesToBase64(genesis.raw), config },
    consensus: facts.consensus,
    transitions: facts.transitions,
    checkpoints: facts.checkpoints,
    contracts: await readContracts(rpc, addresses, keccak, head.number),
    deploymentBlock: facts.deploymentBlock,
    agencies: agenciesOf(names),
    publishers: facts.publishers,
    publishedAt: publishedAt(head),
  };
}

/** What a bundle says of the block as of which it was made. */
export function publishedAt({ number, time }: Block): TrustFacts["publishedAt"] {
  return { blockNumber: number, blockTime: new Date(time * 1000).toISOString() };
}

/** The contracts with the hashes of their code. Throws CHAIN_FAILED where one is not there. */
async function readContracts(
  rpc: Rpc,
  addresses: ContractAddresses,
  keccak: Keccak,
  block: number,
): Promise<TrustFacts["contracts"]> {
  const at = toQuantity(block);
  const answers = await rpc.batch(
    contractOrder.map((name) => ({ method: "eth_getCode", params: [addresses[name], at] })),
  );
  const contract = (name: ContractName): { address: Hex; codeHash: Hex } => {
    const address = addresses[name];
    const code = hexData(resultOf(answers[contractOrder.indexOf(name)], "eth_getCode"), "the code");
    if (code === "0x") throw new HufuError("CHAIN_FAILED", `There is no contract at ${address} (${name}).`);
    return { address, codeHash: to0x(keccak.hash(hexToBytes(code))) };
  };
  return {
    accessManager: contract("accessManager"),
    agencies: contract("agencies"),
    ledger: contract("ledger"),
    p256Verifier: contract("p256Verifier"),
  };
}

/** Throws CHAIN_FAILED where the node has no block 0, NODE_UNREACHABLE, NODE_REFUSED. */
export async function readGenesisHash(rpc: Rpc): Promise<Hex> {
  const [answer] = await rpc.batch([blockAt(0)]);
  const genesis = blockOf(answer);
  if (genesis === null) throw new HufuError("CHAIN_FAILED", "The node has no genesis block.");
  return genesis.hash;
}
