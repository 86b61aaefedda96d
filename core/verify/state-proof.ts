import { base64ToBytes } from "../base64.ts";
import { hexToBytes, to0x, type Hex } from "../bytes.ts";
import type { Certificate, ProvenSlot } from "../certificate/certificate.ts";
import type { Keccak } from "../ledger/keccak.ts";
import { leafOf } from "../ledger/leaf.ts";
import { batchSlot, statusSlot } from "../ledger/slots.ts";
import { verifyAccount, verifySlot } from "../proofs/account.ts";
import { proofFaultOf } from "../proofs/fault.ts";
import type { BlockHeader } from "../proofs/header.ts";
import { check, type Check, type CheckCode } from "./checks.ts";
import { kindUnknown, type Step } from "./steps.ts";

/**
 * The ledger's account is under the header's state root, every slot under the account's storage root, and no node is there for nothing.
 * `steps` are undefined where the file has not a pair of slots for each record.
 */
export function checkStateProof(
  { proof, ledger }: Certificate,
  header: BlockHeader | Check,
  steps: readonly Step[] | undefined,
  keccak: Keccak,
): Check {
  if ("outcome" in header) return header;
  if (steps === undefined) return invalid("SLOTS_MISSING");
  const ofUnknownKind = kindUnknown("state-proof", steps);
  if (ofUnknownKind !== undefined) return ofUnknownKind;
  if (new Set(proof.nodes).size !== proof.nodes.length) return invalid("NODE_TWICE");
  const nodes = proof.nodes.map(base64ToBytes);
  const used = new Set<number>();
  /** undefined: a place that there is not */
  const at = (places: readonly number[]): Uint8Array[] | undefined => {
    for (const place of places) used.add(place);
    const found = places.flatMap((place) => nodes[place] ?? []);
    return found.length === places.length ? found : undefined;
  };
  try {
    const { nonce, balance, storageRoot, codeHash } = proof.account;
    const path = at(proof.account.nodes);
    if (path === undefined) return invalid("NODE_MISSING");
    const account = {
      nonce: BigInt(nonce),
      balance: BigInt(balance),
      storageRoot: hexToBytes(storageRoot),
      codeHash: hexToBytes(codeHash),
    };
    verifyAccount({ stateRoot: header.stateRoot, address: hexToBytes(ledger.address), account, nodes: path, keccak });
    for (const { slot, claim } of claimsOf(steps, proof.slots, keccak)) {
      const branch = at(claim.nodes);
      if (branch === undefined) return invalid("NODE_MISSING");
      const value = hexToBytes(claim.value);
      verifySlot({ storageRoot: account.storageRoot, slot: hexToBytes(slot), value, nodes: branch, keccak });
    }
  } catch (error) {
    const { code, params } = proofFaultOf(error);
    return check("state-proof", "INVALID", code, params);
  }
  if (used.size !== nodes.length) return invalid("NODE_UNUSED");
  return check("state-proof", "VALID", "STATE_PROVEN", { block: header.number });
}

/** Which slots are proven: computed from what the records are, never taken from the file. */
function claimsOf(steps: readonly Step[], pairs: Certificate["proof"]["slots"], keccak: Keccak) {
  return steps.flatMap(({ record, kind }, index): { slot: Hex; claim: ProvenSlot }[] => {
    const pair = pairs[index];
    if (pair === undefined || kind === undefined) return [];
    const leaf = to0x(leafOf(record.header.agency, kind.id, record.digest, keccak));
    return [
      { slot: batchSlot(record.batch.root, keccak), claim: pair.batch },
      { slot: statusSlot(leaf, keccak), claim: pair.status },
    ];
  });
}

function invalid(code: CheckCode): Check {
  return check("state-proof", "INVALID", code);
}
