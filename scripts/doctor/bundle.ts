import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { SignatureTools } from "../../core/proofs/signature.ts";
import { followTrust, type TrustState } from "../../core/trust/anchor.ts";
import { parseTrustText, type TrustBundle } from "../../core/trust/bundle.ts";
import { compareTrust, saidOfLedger } from "../../core/trust/compare.ts";
import { blockAt, blockOf } from "../../server/chain/block.ts";
import { contractOrder } from "../../server/chain/ledger-contracts.ts";
import { addressesIn, codeHashesOf } from "../audit/trust.ts";
import { found, type Finding } from "./finding.ts";
import type { GatewayFacts } from "./gateway.ts";
import type { SeenNode } from "./nodes.ts";

/** A bundle with what it proves. */
export interface Held {
  readonly bundle: TrustBundle;
  readonly state: TrustState;
}

/** Whether a bundle holds by itself, and who publishes it; `held` null: it does not. */
export function examineBundle(
  name: string,
  text: string,
  tools: SignatureTools,
): { findings: Finding[]; held: Held | null } {
  try {
    const bundle = parseTrustText(text);
    const state = followTrust(bundle, tools);
    const { consensus, fingerprint, publishedAt } = bundle;
    const block = publishedAt.blockNumber;
    const params = { name, block, words: fingerprint.words.en, zhWords: fingerprint.words["zh-CN"] };
    const worth = consensus.type === "development" ? "BUNDLE_OF_A_DESK" : "BUNDLE_OF_GATEWAY";
    const findings = [found("trust", "BUNDLE_HOLDS", params), ...(state.isGatewayAlone ? [found("trust", worth)] : [])];
    return { findings, held: { bundle, state } };
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    return { findings: [found("trust", "BUNDLE_INVALID", { name, why: error.message })], held: null };
  }
}

/** Whether a gateway writes to the ledger of the bundle, and serves the same bundle. */
export function examineServed({ bundle }: Held, { ledger, trust }: GatewayFacts): Finding[] {
  const { chainId, genesis, contracts } = bundle;
  const wanted = [chainId, genesis.hash, contracts.ledger.address].join(" ");
  const said = ledger === null ? wanted : [ledger.chainId, ledger.genesisHash, ledger.address].join(" ");
  if (said !== wanted) return [found("gateway", "GATEWAY_OTHER_LEDGER", { found: said, wanted })];
  if (trust === null)
    return [found("trust", "NOT_LOOKED_AT", { what: "/v1/trust", why: "the gateway has no bundle yet" })];
  try {
    const comparison = compareTrust(bundle, parseTrustText(trust));
    // An institution's bundle has the checkpoints of when it was made, a gateway's those of the newest change of validators.
    const what = saidOfLedger(comparison).filter((each) => each !== "CHECKPOINTS_MISSING");
    const code = { same: "BUNDLE_SERVED", grown: "BUNDLE_GROWN", other: "BUNDLE_OTHER" } as const;
    return [found("trust", what.length === 0 ? "BUNDLE_SERVED" : code[comparison.change], { what: what.join(", ") })];
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    return [found("trust", "BUNDLE_INVALID", { name: "/v1/trust", why: error.message })];
  }
}

/** Whether a node's contracts and its newest checkpoint are those of the bundle. Throws NODE_UNREACHABLE, NODE_REFUSED, NODE_ANSWER. */
export async function examineContracts(
  { bundle }: Held,
  { rpc, url }: SeenNode,
  { keccak }: SignatureTools,
): Promise<Finding[]> {
  const codeHashes = await codeHashesOf(rpc, addressesIn(bundle), keccak);
  const other = contractOrder.filter((name) => codeHashes[name] !== bundle.contracts[name].codeHash);
  const contracts =
    other.length === 0
      ? [found("trust", "CONTRACTS_AS_TRUSTED", { ledger: bundle.contracts.ledger.address })]
      : other.map((name) =>
          found("trust", "CONTRACT_DIFFERS", { contract: name, address: bundle.contracts[name].address }),
        );
  const checkpoint = bundle.checkpoints.at(-1);
  if (checkpoint === undefined) return contracts;
  const [answer] = await rpc.batch([blockAt(checkpoint.blockNumber)]);
  const hash = blockOf(answer)?.hash;
  if (hash === undefined || hash === checkpoint.blockHash) return contracts;
  return [...contracts, found("chain", "NODE_OTHER_HISTORY", { url, block: checkpoint.blockNumber })];
}

/** Whether the validators that the bundle proves are those that seal the chain now. */
export function compareValidators({ state }: Held, now: readonly Hex[]): Finding {
  const come = now.filter((address) => !state.validators.includes(address));
  const gone = state.validators.filter((address) => !now.includes(address));
  if (come.length + gone.length === 0) return found("trust", "BUNDLE_CURRENT", { validators: now.length });
  return found("trust", "BUNDLE_VALIDATORS_OLD", { come: come.join(", ") || "-", gone: gone.join(", ") || "-" });
}
