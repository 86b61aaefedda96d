import type { Hex } from "../../../../core/bytes.ts";
import type { Certificate, SlotPair } from "../../../../core/certificate/certificate.ts";
import { batchWord } from "../../../../core/ledger/slots.ts";
import { sealQbft } from "../../proofs/sealed-chain.ts";
import { blockOf, justice, market, validators } from "../chain.ts";
import { nothing } from "../ledger-state.ts";
import { certificate, type CertificateOptions } from "../sample.ts";
import { amended, repaired } from "../scenes.ts";
import { altered, listAt, otherDigit, resealed, textAt, unchecked, withAt, type Cases } from "./case.ts";

/** Only the batch's slot holds this. */
const holding = (word: Hex): CertificateOptions => ({
  state: { held: (_, value) => (value === nothing ? value : word) },
});

const batch = { agency: market, kind: 1, count: 5, blockTime: 1_793_000_000 };

/** The proofs of one slot of the record and of its first link in each other's place. */
function swapped(subject: Certificate, which: keyof SlotPair): Certificate {
  const [own, link] = subject.proof.slots;
  const slots = [
    { ...own!, [which]: link![which] },
    { ...link!, [which]: own![which] },
  ];
  return { ...subject, proof: { ...subject.proof, slots } };
}

/** What is wrong with what the ledger is said to hold. */
export const slots: Cases = {
  "slots-swapped": () => altered(swapped(certificate(repaired()), "batch"), "state-proof", "PROOF_OF_ANOTHER_KEY"),
  "statuses-swapped": () => altered(swapped(certificate(amended(1)), "status"), "state-proof", "PROOF_OF_ANOTHER_KEY"),
  "slot-changed": () =>
    altered(textAt(certificate(), "/proof/slots/0/batch/value", otherDigit), "state-proof", "SLOT_DIFFERS"),
  "status-kept-back": () =>
    altered(
      withAt(certificate({ ...repaired(), links: [] }), "/proof/slots/0/status/value", () => nothing),
      "state-proof",
      "SLOT_DIFFERS",
    ),
  "status-invented": () =>
    altered(
      withAt(certificate({ state: { slots: 3 } }), "/proof/slots/0/status/value", () => `0x03${"1".repeat(62)}`),
      "state-proof",
      "SLOT_ABSENT",
    ),
  "slots-missing": () =>
    altered(
      listAt(certificate(repaired()), "/proof/slots", (old) => old.slice(0, 1)),
      "state-proof",
      "SLOTS_MISSING",
    ),
  "batch-of-another-agency": () =>
    altered(certificate(holding(batchWord({ ...batch, agency: justice }))), "batch", "BATCH_DIFFERS"),
  "batch-of-another-kind": () =>
    altered(certificate(holding(batchWord({ ...batch, kind: 2 }))), "batch", "BATCH_DIFFERS"),
  "batch-of-another-count": () =>
    altered(certificate(holding(batchWord({ ...batch, count: 4 }))), "batch", "BATCH_DIFFERS"),
  "batch-not-anchored": () => ({
    certificate: certificate(holding(nothing)),
    verdict: "unknown",
    check: ["batch", "INVALID", "BATCH_NOT_FOUND"],
  }),
  "batch-not-anchored-by-a-block-of-no-quorum": () =>
    altered(
      resealed(certificate(holding(nothing)), (fields) => blockOf(sealQbft({ fields, validators, signers: [] }))),
      "batch",
      "BATCH_NOT_FOUND",
    ),
  "batch-not-anchored-by-a-block-of-nobody-knows-whom": () =>
    unchecked(certificate(holding(nothing)), "seals", "NO_TRUST_BUNDLE", { trust: null }),
  "batch-of-the-link-not-anchored": () => {
    const { links = [], ...own } = repaired();
    let seen = 0;
    const held = (_: Hex, value: Hex): Hex => (value !== nothing && ++seen === 3 ? nothing : value);
    return altered(certificate({ ...own, links, state: { held } }), "batch", "LINK_ALTERED");
  },
  "status-that-does-not-exist": () => {
    const { links: _, ...own } = repaired();
    const held = (_slot: Hex, value: Hex): Hex => (value.startsWith("0x03") ? `0x09${value.slice(4)}` : value);
    return altered(certificate({ ...own, state: { held } }), "status", "STATUS_UNKNOWN");
  },
};
