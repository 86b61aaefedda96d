import { base64ToBytes, bytesToBase64 } from "../../../../core/base64.ts";
import { concatBytes, to0x } from "../../../../core/bytes.ts";
import type { Certificate } from "../../../../core/certificate/certificate.ts";
import { nobleKeccak as keccak } from "../../../../core/ledger/keccak.ts";
import { parseHeader } from "../../../../core/proofs/header.ts";
import { encodeRlp } from "../../../../core/proofs/rlp.ts";
import { sealedBlock } from "../chain.ts";
import { otherAddress } from "../ledger-state.ts";
import { certificate } from "../sample.ts";
import { altered, listAt, resealed, textAt, withAt, type Cases } from "./case.ts";

/** A node as `change` leaves it. Where it stands, and what stands on it, stays. */
function withNode(index: number, change: (node: Uint8Array) => Uint8Array): Certificate {
  return textAt(certificate(), `/proof/nodes/${index}`, (old) => bytesToBase64(change(base64ToBytes(old))));
}

const flipped = (node: Uint8Array): Uint8Array => node.with(node.length - 2, 1 - node[node.length - 2]!);

function withHeader(change: (raw: Uint8Array) => Uint8Array): Certificate {
  return textAt(certificate(), "/proof/block/header", (old) => bytesToBase64(change(base64ToBytes(old))));
}

/** A sealed block whose state is one node that is none. */
function withMalformedNode(): Certificate {
  const subject = certificate();
  const node = encodeRlp([Uint8Array.of(0x40), new Uint8Array(40)]);
  const block = resealed(subject, (facts) => sealedBlock("qbft", { ...facts, stateRoot: keccak.hash(node) })).proof
    .block;
  const account = { ...subject.proof.account, nodes: [0] };
  return { ...subject, proof: { ...subject.proof, block, nodes: [bytesToBase64(node)], account } };
}

/** The header's number, in a form that is not its shortest. */
function withLongNumber(raw: Uint8Array): Uint8Array {
  const { items } = parseHeader(raw);
  const encoded = items.map((item, index) => (index === 8 ? Uint8Array.of(0x81, item[0]!) : encodeRlp(item)));
  const payload = concatBytes(...encoded);
  return concatBytes(Uint8Array.of(0xf9, payload.length >> 8, payload.length & 255), payload);
}

/** What is wrong with the proof of what the ledger holds. */
export const state: Cases = {
  "header-not-canonical": () => altered(withHeader(withLongNumber), "state-proof", "RLP_NOT_CANONICAL"),
  "header-truncated": () =>
    altered(
      withHeader((raw) => raw.slice(0, -1)),
      "state-proof",
      "RLP_TRUNCATED",
    ),
  "header-with-more": () =>
    altered(
      withHeader((raw) => concatBytes(raw, Uint8Array.of(0))),
      "state-proof",
      "RLP_TRAILING",
    ),
  "header-of-fourteen-fields": () =>
    altered(
      withHeader((raw) => encodeRlp(parseHeader(raw).items.slice(0, 14))),
      "state-proof",
      "HEADER_MALFORMED",
    ),
  "state-of-another-block": () =>
    altered(
      resealed(certificate(), (facts) => sealedBlock("qbft", { ...facts, stateRoot: new Uint8Array(32).fill(5) })),
      "state-proof",
      "NODE_ROOT_DIFFERS",
    ),
  "node-changed": () => altered(withNode(1, flipped), "state-proof", "NODE_DIFFERS"),
  "node-of-the-root-changed": () => altered(withNode(0, flipped), "state-proof", "NODE_ROOT_DIFFERS"),
  "node-truncated": () =>
    altered(
      withNode(1, (node) => node.slice(0, -1)),
      "state-proof",
      "NODE_DIFFERS",
    ),
  "node-malformed": () => altered(withMalformedNode(), "state-proof", "NODE_MALFORMED"),
  "node-missing": () =>
    altered(
      listAt(certificate(), "/proof/nodes", (old) => old.slice(0, -1)),
      "state-proof",
      "NODE_MISSING",
    ),
  "node-twice": () =>
    altered(
      listAt(certificate(), "/proof/nodes", (old) => [...old, old[0]!]),
      "state-proof",
      "NODE_TWICE",
    ),
  "node-not-used": () =>
    altered(
      listAt(certificate(), "/proof/nodes", (old) => [...old, "AAAA"]),
      "state-proof",
      "NODE_UNUSED",
    ),
  "path-too-short": () =>
    altered(
      listAt(certificate(), "/proof/slots/0/batch/nodes", (old) => old.slice(0, -1)),
      "state-proof",
      "PROOF_TOO_SHORT",
    ),
  "path-too-long": () =>
    altered(
      listAt(certificate(), "/proof/slots/0/batch/nodes", (old) => [...old, 0]),
      "state-proof",
      "PROOF_TOO_LONG",
    ),
  "account-of-another-address": () =>
    altered(certificate({ state: { proven: otherAddress(3, keccak) } }), "state-proof", "PROOF_OF_ANOTHER_KEY"),
  "account-not-there": () =>
    altered(certificate({ state: { isDeployed: false, accounts: 4 } }), "state-proof", "ACCOUNT_ABSENT"),
  "account-changed": () =>
    altered(
      withAt(certificate(), "/proof/account/balance", () => "0x1"),
      "state-proof",
      "ACCOUNT_DIFFERS",
    ),
  "code-of-another-ledger": () =>
    altered(certificate({ state: { code: to0x(keccak.hash(Uint8Array.of(1))) } }), "trust", "CODE_DIFFERS"),
};
