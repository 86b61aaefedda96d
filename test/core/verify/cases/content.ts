import type { Disclosure } from "../../../../core/record/disclosure.ts";
import { notarise } from "../../../../core/record/digest.ts";
import { nobleHasher } from "../../../../core/hash.ts";
import type { Kind } from "../../../../core/kinds/kind.ts";
import { kindNamed } from "../../samples.ts";
import { justice, market } from "../chain.ts";
import { penalty, penaltyContent, penaltyKind } from "../records.ts";
import { certificate } from "../sample.ts";
import { repaired } from "../scenes.ts";
import { altered, listAt, otherDigit, textAt, unchecked, withAt, type Cases } from "./case.ts";

const shown = certificate().record.disclosures.findIndex(([, name]) => name === "penaltyContent");
const ofField = `/record/disclosures/${shown}`;
const file = certificate().record.disclosures.findIndex(([, name]) => name === "file/0");

/** A penalty by another schema than the published one. */
const by = (kind: Kind) =>
  notarise({
    ...{ kind, agency: market, recordId: "CP-2026-1001", amends: null, files: [], content: penaltyContent() },
    seed: new Uint8Array(32).fill(7),
    hasher: nobleHasher("sha-256"),
  });

const more = (disclosure: Disclosure) =>
  listAt(certificate(), "/record/disclosures", (old) => [...old, [...disclosure]]);

/** What is wrong with a record or a link by itself, whatever the ledger has. */
export const content: Cases = {
  "value-changed": () =>
    altered(
      withAt(certificate(), `${ofField}/2`, () => "警告。"),
      "digest",
      "DIGEST_DIFFERS",
    ),
  "value-made-absent": () =>
    altered(
      withAt(certificate(), `${ofField}/2`, () => null),
      "digest",
      "DIGEST_DIFFERS",
    ),
  "salt-changed": () => altered(textAt(certificate(), `${ofField}/0`, otherDigit), "digest", "DIGEST_DIFFERS"),
  "header-changed": () =>
    altered(
      withAt(certificate(), "/record/header/recordId", () => "CP-2026-1002"),
      "digest",
      "DIGEST_DIFFERS",
    ),
  "amends-another": () =>
    altered(
      withAt(certificate(), "/record/header/amends", () => "0".repeat(64)),
      "digest",
      "DIGEST_DIFFERS",
    ),
  "agency-changed": () =>
    altered(
      withAt(certificate(), "/record/header/agency", () => justice),
      "digest",
      "DIGEST_DIFFERS",
    ),
  "digest-changed": () => altered(textAt(certificate(), "/record/digest", otherDigit), "digest", "DIGEST_DIFFERS"),
  "path-changed": () =>
    altered(textAt(certificate(), "/record/batch/path/0", otherDigit), "path", "PATH_LEADS_ELSEWHERE"),
  "path-shortened": () =>
    altered(
      listAt(certificate(), "/record/batch/path", (old) => old.slice(1)),
      "path",
      "PATH_LEADS_ELSEWHERE",
    ),
  "file-changed": () =>
    altered(
      withAt(certificate(), `/record/disclosures/${file}/2/size`, () => 4),
      "disclosures",
      "DISCLOSURE_ALTERED",
    ),
  "field-of-no-schema": () => altered(more(["0".repeat(32), "bonus", "x"]), "disclosures", "DISCLOSURE_UNKNOWN"),
  "file-of-no-header": () => altered(more(["0".repeat(32), "file/1", {}]), "disclosures", "DISCLOSURE_UNKNOWN"),
  "field-twice": () => altered(more(certificate().record.disclosures[0]!), "disclosures", "DISCLOSURE_TWICE"),
  "commitment-superfluous": () =>
    altered(
      withAt(certificate(), `/record/commitments/${certificate().record.commitments.indexOf(null)}`, () =>
        "0".repeat(64),
      ),
      "disclosures",
      "COMMITMENT_SUPERFLUOUS",
    ),
  "commitment-missing": () =>
    altered(
      listAt(certificate(), "/record/disclosures", (old) => old.slice(1)),
      "disclosures",
      "COMMITMENT_MISSING",
    ),
  "commitments-too-few": () =>
    altered(
      listAt(certificate(), "/record/commitments", (old) => old.slice(1)),
      "disclosures",
      "COMMITMENTS_MISSING",
    ),
  "field-breaks-the-schema": () =>
    altered(certificate({ record: penalty({ publicityMode: "SOMETIMES" }) }), "schema", "FIELD_INVALID"),
  "schema-of-somebody-else": () =>
    altered(certificate({ record: by({ ...penaltyKind, zh: "另一种" }) }), "schema", "SCHEMA_DIFFERS"),
  "schema-not-known": () =>
    unchecked(certificate({ record: by({ ...penaltyKind, version: 2 }) }), "state-proof", "SCHEMA_UNKNOWN"),
  "link-of-a-schema-not-known": () => {
    const { links = [], ...own } = repaired();
    const kind = { ...kindNamed("status-decision"), version: 2 };
    const record = notarise({
      ...{ kind, agency: market, recordId: "SD-2026-0001", amends: null, files: [], content: {} },
      seed: new Uint8Array(32).fill(9),
      hasher: nobleHasher("sha-256"),
    });
    const status = { effect: "ENDED", basis: record.digest } as const;
    return unchecked(certificate({ ...own, status, links: [{ ...links[0], record }] }), "links", "SCHEMA_UNKNOWN");
  },
  "link-changed": () =>
    altered(textAt(certificate(repaired()), "/links/0/disclosures/0/2", otherDigit), "links", "LINK_ALTERED"),
  "link-of-another-decision": () => {
    const { links = [], ...own } = repaired();
    const status = { effect: "ENDED", basis: "0".repeat(64) } as const;
    return altered(certificate({ ...own, links, status }), "status", "LINK_UNEXPECTED");
  },
  "link-not-needed": () => {
    const { links = [] } = repaired();
    return altered(certificate({ links }), "status", "LINK_UNEXPECTED");
  },
  "links-twice": () => {
    const { links = [], ...own } = repaired();
    return altered(certificate({ ...own, links: [...links, ...links] }), "status", "LINK_UNEXPECTED");
  },
};
