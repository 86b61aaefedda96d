import { base64ToBytes } from "../base64.ts";
import { to0x } from "../bytes.ts";
import { proofError } from "../proofs/fault.ts";
import { parseHeader, plainHash, type BlockHeader } from "../proofs/header.ts";
import { parseQbftExtra } from "../proofs/qbft-extra.ts";
import type { SignatureTools } from "../proofs/signature.ts";
import { followValidators, type Transition, type ValidatorHistory } from "../proofs/validators.ts";
import type { TrustBundle, TrustedTransition } from "./bundle.ts";
import { overridesOf } from "./genesis-config.ts";

/** What a bundle proves by itself: the validators of the chain, from the genesis block to the newest set. */
export interface TrustState extends ValidatorHistory {
  /**
   * Whether nobody but a gateway says what stands in the bundle: then it is worth no more than the gateway. A publisher counts as validator
   * where it is of one of the sets; that the bundle is really its own, its holder knows from where they fetched it.
   */
  readonly isGatewayAlone: boolean;
}

/**
 * Follows a bundle from its genesis block to the newest validators. Throws INVALID_PROOF where the header is not the genesis block's, the
 * consensus is not the one of the chain or cannot be followed, or a change of validators is not proven. It costs one recovered signature for
 * each seal of each header of each change, 1 to 2 ms in plain JavaScript and next to nothing where no validator ever changed: whoever asks
 * often keeps the answer.
 */
export function followTrust(bundle: TrustBundle, tools: SignatureTools): TrustState {
  const { genesis, consensus, chainId } = bundle;
  const header = parseHeader(base64ToBytes(genesis.header));
  if (header.number !== 0 || to0x(plainHash(header, tools.keccak)) !== genesis.hash)
    throw proofError("GENESIS_DIFFERS", "the genesis header is not the one of the genesis hash");
  const configured = genesis.config === null ? [] : overridesOf(genesis.config, consensus, chainId);
  // What lies ahead of the bundle's block may be another set by then.
  const overrides = configured.filter(({ block }) => block <= bundle.publishedAt.blockNumber);
  const history =
    consensus.type === "development"
      ? alone(consensus.sealer)
      : followValidators({
          ...{ ...tools, consensus, genesis: checkGenesis(header, bundle), overrides },
          transitions: bundle.transitions.map(transitionOf),
        });
  return { ...history, isGatewayAlone: !hasValidator(bundle, history) };
}

/** Decodes a change of validators. */
export function transitionOf({ votes, next }: TrustedTransition): Transition {
  return { votes: votes.map(base64ToBytes), next: next === null ? null : base64ToBytes(next) };
}

/** A genesis block that lists nobody leaves the validators to a contract. */
function checkGenesis(header: BlockHeader, { consensus }: TrustBundle): BlockHeader {
  if (consensus.type === "qbft" && parseQbftExtra(header.extraData).validators.length === 0)
    throw proofError("UNSUPPORTED_CONSENSUS", "the genesis block lists no validators", { what: "genesis" });
  return header;
}

function alone(sealer: TrustState["validators"][number]): ValidatorHistory {
  const set = { since: 0, validators: [sealer] };
  return { ...set, sets: [set] };
}

function hasValidator({ consensus, publishers }: TrustBundle, { sets }: ValidatorHistory): boolean {
  if (consensus.type === "development") return false;
  const all = new Set(sets.flatMap(({ validators }) => validators));
  return publishers.some(({ role, validator }) => role === "validator" && validator !== null && all.has(validator));
}
