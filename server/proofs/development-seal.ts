import { SigningKey } from "ethers";

import { concatBytes, hexToBytes, to0x, type Hex } from "../../core/bytes.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { developmentSealHash } from "../../core/proofs/development.ts";
import type { Account } from "../chain/accounts.ts";

/**
 * How the gateway of an embedded chain seals a block, in the place of validators: r ‖ s ‖ v over the hash of its block. It says "this gateway saw that
 * block", and no more.
 */
export function createDevelopmentSeal(deps: {
  readonly sealer: Account;
  readonly chainId: number;
  readonly keccak: Keccak;
}): (blockHash: Hex) => Uint8Array {
  const key = new SigningKey(deps.sealer.wallet.privateKey);
  return (blockHash) => {
    const { r, s, yParity } = key.sign(to0x(developmentSealHash(deps.chainId, hexToBytes(blockHash), deps.keccak)));
    return concatBytes(hexToBytes(r), hexToBytes(s), Uint8Array.of(yParity));
  };
}
