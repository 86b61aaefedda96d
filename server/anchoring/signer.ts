import type { TypedDataField } from "ethers";

import { bytesToHex, utf8, type Hex } from "../../core/bytes.ts";
import type { Account } from "../chain/accounts.ts";
import { hexData } from "../chain/quantity.ts";

export interface AnchorMessage {
  readonly agency: string;
  readonly kind: number;
  readonly root: Hex;
  readonly count: number;
  /** last second of block time in which it counts */
  readonly deadline: number;
}

export interface StatusMessage {
  /** the agency that sets the status */
  readonly actor: string;
  readonly items: readonly StatusItem[];
  readonly deadline: number;
}

export interface StatusItem {
  readonly leaf: Hex;
  /** the version that the status has now */
  readonly version: number;
  readonly effect: number;
  readonly basis: Hex;
}

/**
 * Signs for agencies. Whoever holds this can write in their name: a keystore in the gateway, or a service that the agency
 * runs itself. It may be called twice for the same message.
 */
export interface Signer {
  /** ERC-7913 bytes */
  signerOf(agency: string): Hex;
  signAnchor(message: AnchorMessage): Promise<Hex>;
  signStatus(message: StatusMessage): Promise<Hex>;
}

const anchorTypes: Record<string, TypedDataField[]> = {
  Anchor: [
    { name: "agency", type: "bytes18" },
    { name: "kind", type: "uint8" },
    { name: "root", type: "bytes32" },
    { name: "count", type: "uint32" },
    { name: "deadline", type: "uint64" },
  ],
};

const statusTypes: Record<string, TypedDataField[]> = {
  SetStatus: [
    { name: "actor", type: "bytes18" },
    { name: "items", type: "StatusItem[]" },
    { name: "deadline", type: "uint64" },
  ],
  StatusItem: [
    { name: "leaf", type: "bytes32" },
    { name: "version", type: "uint16" },
    { name: "effect", type: "uint8" },
    { name: "basis", type: "bytes32" },
  ],
};

/** Signs with keys of the gateway's own keystore: here the gateway can forge, and says so in its threat model. */
export function createKeystoreSigner(deps: {
  accountOf: (agency: string) => Account;
  chainId: number;
  ledger: Hex;
}): Signer {
  const domain = { name: "Hufu RecordLedger", version: "1", chainId: deps.chainId, verifyingContract: deps.ledger };
  const sign = async (
    agency: string,
    types: Record<string, TypedDataField[]>,
    message: Record<string, unknown>,
  ): Promise<Hex> => hexData(await deps.accountOf(agency).wallet.signTypedData(domain, types, message), "a signature");
  return {
    signerOf: (agency) => deps.accountOf(agency).address,
    signAnchor: (message) => sign(message.agency, anchorTypes, { ...message, agency: agencyWord(message.agency) }),
    signStatus: (message) => sign(message.actor, statusTypes, { ...message, actor: agencyWord(message.actor) }),
  };
}

function agencyWord(agency: string): Hex {
  return `0x${bytesToHex(utf8(agency))}`;
}
