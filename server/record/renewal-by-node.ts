import { to0x, type Hex } from "../../core/bytes.ts";
import type { Certificate, CertifiedRecord, Proof } from "../../core/certificate/certificate.ts";
import type { Renewal } from "../../core/certificate/renew.ts";
import type { KindRegistry } from "../../core/kinds/registry.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { leafOf } from "../../core/ledger/leaf.ts";
import type { Prover, SlotKeys } from "../proofs/prover.ts";

export interface NodeRenewalDeps {
  readonly prover: Prover;
  readonly kinds: KindRegistry;
  readonly keccak: Keccak;
}

/**
 * Renews a certificate of a record that is not in the store, which any node can: its links are kept up to the first record whose status is another
 * now, for why it is so stands in no file here. null where the kind of one of them is not known. Throws NODE_UNREACHABLE, NODE_REFUSED, NODE_ANSWER.
 */
export async function renewalByNode(certificate: Certificate, deps: NodeRenewalDeps): Promise<Renewal | null> {
  const { record, links, evidence } = certificate;
  const keys = [record, ...links].map((one) => keysOf(one, deps));
  const known = keys.filter((key) => key !== null);
  if (known.length < keys.length) return null;
  const block = await deps.prover.newest();
  const proof = await deps.prover.prove(known, block);
  const kept = firstChange(certificate.proof, proof);
  if (kept === null) return { links, proof, evidence };
  return { links: links.slice(0, kept), proof: await deps.prover.prove(known.slice(0, 1 + kept), block), evidence };
}

function keysOf({ header, digest, batch }: CertifiedRecord, { kinds, keccak }: NodeRenewalDeps): SlotKeys | null {
  const kind = kinds.byName(header.kind, header.schemaVersion);
  return kind === undefined ? null : { root: batch.root, leaf: to0x(leafOf(header.agency, kind.id, digest, keccak)) };
}

/** The first record, counted from 0, whose status is another in the newer proof; null: none. */
function firstChange(older: Proof, newer: Proof): number | null {
  const statusAt = (proof: Proof, index: number): Hex | undefined => proof.slots[index]?.status.value;
  const index = newer.slots.findIndex((_, at) => statusAt(older, at) !== statusAt(newer, at));
  return index < 0 ? null : index;
}
