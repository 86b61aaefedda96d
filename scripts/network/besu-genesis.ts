import { hexToBytes, to0x, type Hex } from "../../core/bytes.ts";
import { encodeRlp } from "../../core/proofs/rlp.ts";

export interface QbftGenesisInput {
  readonly chainId: number;
  /** in any order */
  readonly validators: readonly Hex[];
}

const BLOCK_SECONDS = 2;
/** From which on a validator that is down costs the rounds that it would have led no more than this. */
const ROUND_SECONDS = 4;
const EPOCH = 30_000;
const BLOCK_GAS_LIMIT = 100_000_000;
/** The same for all, so that whoever makes the file from the same addresses has the same file: 2026-01-01. */
const TIME = 1_767_225_600;

/**
 * The genesis file of a QBFT chain whose headers list the validators, as Besu reads it. Nothing is paid: the base fee is 0, and no account owns
 * anything. London is enough: contracts are compiled for it.
 */
export function qbftGenesis({ chainId, validators }: QbftGenesisInput): object {
  return {
    config: {
      ...{ chainId, berlinBlock: 0, londonBlock: 0, zeroBaseFee: true },
      qbft: { blockperiodseconds: BLOCK_SECONDS, requesttimeoutseconds: ROUND_SECONDS, epochlength: EPOCH },
    },
    nonce: "0x0",
    timestamp: `0x${TIME.toString(16)}`,
    extraData: qbftExtra(validators),
    gasLimit: `0x${BLOCK_GAS_LIMIT.toString(16)}`,
    difficulty: "0x1",
    // As in every header that QBFT seals.
    mixHash: "0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365",
    alloc: {},
  };
}

/** 32 bytes that say nothing, the validators ascending, no vote, round 0 and no seals. */
export function qbftExtra(validators: readonly Hex[]): Hex {
  const addresses = [...validators].sort().map(hexToBytes);
  return to0x(encodeRlp([new Uint8Array(32), addresses, [], new Uint8Array(), []]));
}

/** A file's text; every institution that makes it from the same addresses has the same bytes. */
export function genesisText(input: QbftGenesisInput): string {
  return `${JSON.stringify(qbftGenesis(input), null, 2)}\n`;
}
