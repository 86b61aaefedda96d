import { hideDisclosures } from "../../../../core/certificate/hide.ts";
import { nobleHasher } from "../../../../core/hash.ts";
import { validators } from "../chain.ts";
import { penalty, penaltyKind } from "../records.ts";
import { certificate } from "../sample.ts";
import { amended, annotated, repaired, replaced, withdrawn } from "../scenes.ts";
import { signed } from "../signed.ts";
import type { Cases } from "./case.ts";
import { sealed } from "./seals.ts";

const hasher = nobleHasher("sha-256");

/** Certificates that hold, of every effect and every kind of chain. */
export const genuine: Cases = {
  "in-force": () => ({
    certificate: certificate(),
    verdict: "in-force",
    check: ["status", "VALID", "STATUS_NEVER_SET"],
  }),
  "in-force_signed": () => ({
    certificate: signed(certificate()),
    verdict: "in-force",
    check: ["signature", "VALID", "SIGNATURE_MATCHES"],
  }),
  "in-force_signed-by-a-contract": () => ({
    certificate: signed(certificate(), `0x${"7".repeat(40)}${"8".repeat(128)}`),
    verdict: "in-force",
    check: ["signature", "SKIPPED", "SIGNATURE_NOT_CHECKED"],
  }),
  "in-force_alone-in-its-batch": () => ({
    certificate: certificate({ size: 1 }),
    verdict: "in-force",
    check: ["path", "VALID", "PATH_LEADS_TO_ROOT"],
  }),
  "in-force_fields-hidden": () => ({
    certificate: hideDisclosures(certificate(), new Set(["penaltyContent", "legalRepName.public", "file/0"]), {
      kind: penaltyKind,
      hasher,
    }),
    verdict: "in-force",
    check: ["disclosures", "VALID", "DISCLOSURES_MATCH"],
  }),
  "in-force_all-hidden": () => ({
    certificate: certificate({ show: [] }),
    verdict: "in-force",
    check: ["disclosures", "SKIPPED", "NOTHING_DISCLOSED"],
  }),
  "in-force_all-shown": () => ({
    certificate: certificate({ show: penalty().disclosures.map(([, name]) => name) }),
    verdict: "in-force",
    check: ["schema", "VALID", "SCHEMA_MATCHES"],
  }),
  "in-force_fresh": () => ({
    certificate: certificate(),
    now: "2026-11-24T04:00:00.000Z",
    maxAgeSeconds: 3600,
    verdict: "in-force",
    check: ["freshness", "VALID", "FRESH"],
  }),
  "in-force_block-a-little-ahead-of-the-clock": () => ({
    certificate: certificate(),
    now: "2026-11-24T02:50:00.000Z",
    maxAgeSeconds: 0,
    verdict: "in-force",
    check: ["freshness", "VALID", "FRESH"],
  }),
  "in-force_sealed-in-round-1": () => ({
    certificate: sealed({ round: 1 }),
    trust: "with-a-checkpoint",
    verdict: "in-force",
    check: ["trust", "VALID", "TRUST_MATCHES"],
  }),
  "in-force_sealed-by-all": () => ({
    certificate: sealed({ signers: validators }),
    verdict: "in-force",
    check: ["seals", "VALID", "SEALED_BY_QUORUM"],
  }),
  "in-force_after-a-change-of-validators": () => ({
    certificate: certificate({ consensus: "after-a-change" }),
    trust: "after-a-change",
    verdict: "in-force",
    check: ["seals", "VALID", "SEALED_BY_QUORUM"],
  }),
  "in-force_clique": () => ({
    certificate: certificate({ consensus: "clique" }),
    trust: "clique",
    verdict: "in-force",
    check: ["seals", "VALID", "ENDORSED_BY_MAJORITY"],
  }),
  "in-force_development": () => ({
    certificate: certificate({ consensus: "development" }),
    trust: "development",
    verdict: "in-force",
    check: ["seals", "VALID", "SEALED_BY_ONE"],
  }),
  repaired: () => ({
    certificate: certificate(repaired()),
    verdict: "ended",
    check: ["status", "VALID", "STATUS_ON_LEDGER"],
  }),
  "repaired_decision-not-shown": () => ({
    certificate: certificate({ ...repaired(), links: [] }),
    verdict: "ended",
    check: ["status", "VALID", "STATUS_UNEXPLAINED"],
  }),
  "repaired_decision-says-otherwise": () => ({
    certificate: certificate(repaired({ effect: "ANNOTATED" })),
    verdict: "ended",
    check: ["status", "VALID", "LINK_CONTRADICTS"],
  }),
  "objection-annotated": () => ({
    certificate: certificate(annotated()),
    verdict: "annotated",
    check: ["links", "VALID", "LINKS_MATCH"],
  }),
  "revoked-by-a-court": () => ({
    certificate: certificate(withdrawn()),
    verdict: "withdrawn",
    check: ["status", "VALID", "STATUS_ON_LEDGER"],
  }),
  "superseded-by-amendments": () => ({
    certificate: certificate(amended(3)),
    verdict: "superseded",
    check: ["links", "VALID", "LINKS_MATCH"],
  }),
  "superseded-by-a-decision": () => ({
    certificate: certificate(replaced()),
    verdict: "superseded",
    check: ["links", "VALID", "LINKS_MATCH"],
  }),
};
