import { concatBytes, hexToBytes, to0x, type Hex } from "../../core/bytes.ts";

export interface CliqueGenesisInput {
  readonly chainId: number;
  /** in any order */
  readonly signers: readonly Hex[];
  /** accounts that begin with a million ether each: a relayer pays some micro-ether a batch */
  readonly funded: readonly Hex[];
  /** seconds of Unix time */
  readonly time: number;
  /** whether blocks have a base fee, as since London; without one they are Berlin's, as GoQuorum's are */
  readonly hasBaseFee: boolean;
}

/** Seconds between two blocks. */
export const PERIOD = 1;
/** Blocks after which votes that have not come to a majority are forgotten. */
export const EPOCH = 30_000;
/** Gas in a block: room for several hundred batches. */
export const BLOCK_GAS_LIMIT = 100_000_000;
const FUNDS = 10n ** 24n;
/** To which the base fee of an idle chain falls in any case. */
const LOWEST_BASE_FEE = 7;

/**
 * The genesis file of a Clique chain, as geth reads it. London is the newest fork that Clique knows: a base fee, and neither Shanghai's
 * PUSH0 nor withdrawals.
 */
export function cliqueGenesis({ chainId, signers, funded, time, hasBaseFee }: CliqueGenesisInput): object {
  return {
    config: { chainId, ...forks, ...(hasBaseFee ? london : {}), clique: { period: PERIOD, epoch: EPOCH } },
    nonce: "0x0",
    timestamp: quantity(time),
    extraData: cliqueExtra(signers),
    gasLimit: quantity(BLOCK_GAS_LIMIT),
    difficulty: "0x1",
    ...(hasBaseFee ? { baseFeePerGas: quantity(LOWEST_BASE_FEE) } : {}),
    alloc: Object.fromEntries(funded.map((address) => [address, { balance: quantity(FUNDS) }])),
  };
}

const forks = {
  ...{ homesteadBlock: 0, eip150Block: 0, eip155Block: 0, eip158Block: 0, byzantiumBlock: 0, constantinopleBlock: 0 },
  ...{ petersburgBlock: 0, istanbulBlock: 0, berlinBlock: 0 },
};
const london = { londonBlock: 0 };

/** 32 bytes that say nothing, the signers ascending, and room for a seal that a genesis block does not have. */
function cliqueExtra(signers: readonly Hex[]): Hex {
  const addresses = [...signers].sort().map(hexToBytes);
  return to0x(concatBytes(new Uint8Array(32), ...addresses, new Uint8Array(65)));
}

function quantity(value: number | bigint): Hex {
  return `0x${value.toString(16)}`;
}
