import { expect } from "chai";
import fc from "fast-check";
import { nobleHasher } from "../../../core/hash.ts";
import { HufuError } from "../../../core/error.ts";
import { parseCertificate, type Certificate } from "../../../core/certificate/certificate.ts";
import type { JsonValue } from "../../../core/json/parse.ts";
import { commitmentOf, disclosureNames, type Disclosure } from "../../../core/record/disclosure.ts";
import { computeDigest } from "../../../core/record/digest.ts";
import type { ChainAnswer } from "../../../core/verify/chain-answer.ts";
import { propertyRuns } from "../../runs.ts";
import {
  basisHash,
  certificate,
  honestNode,
  justice,
  outcomes,
  penalty,
  penaltyKind,
  publicNames,
  repaired,
  verify,
} from "./sample.ts";

const hasher = nobleHasher("sha-256");

/** The certificate with one field's disclosure replaced. */
function withValue(subject: Certificate, field: string, value: JsonValue): Certificate {
  const disclosures = subject.disclosures.map((item): Disclosure =>
    item[1] === field ? [item[0], field, value] : item,
  );
  return { ...subject, disclosures };
}

/** The same, with its commitment and digest made to fit: what only a notary could have written. */
function renotarised(subject: Certificate, field: string, value: JsonValue): Certificate {
  const altered = withValue(subject, field, value);
  const index = disclosureNames(penaltyKind).indexOf(field);
  const disclosure = altered.disclosures.find((item) => item[1] === field);
  const commitments = altered.commitments.map((old, at) =>
    at === index && disclosure ? commitmentOf(disclosure, hasher) : old,
  );
  return { ...altered, commitments, digest: computeDigest(altered.header, commitments, hasher) };
}

const cases: Record<string, [code: string, (honest: Certificate) => Certificate]> = {
  "a changed value": ["disclosures DISCLOSURE_ALTERED", (c) => withValue(c, "penaltyContent", "警告。")],
  "a field made absent": ["disclosures DISCLOSURE_ALTERED", (c) => withValue(c, "penaltyContent", null)],
  "a changed file": ["disclosures DISCLOSURE_ALTERED", (c) => withValue(c, "file/0", { name: "x" })],
  "a field under another's name": [
    "disclosures DISCLOSURE_ALTERED",
    (c) => ({
      ...c,
      disclosures: c.disclosures.map(([salt, name, value]) => [
        salt,
        name === "decisionDate" ? "penaltyValidUntil" : name,
        value,
      ]),
    }),
  ],
  "a field of no schema": [
    "disclosures DISCLOSURE_UNKNOWN",
    (c) => ({ ...c, disclosures: [...c.disclosures, ["0".repeat(32), "bonus", "x"]] }),
  ],
  "a file of no header": [
    "disclosures DISCLOSURE_UNKNOWN",
    (c) => ({ ...c, disclosures: [...c.disclosures, ["0".repeat(32), "file/1", {}]] }),
  ],
  "a field twice": [
    "disclosures DISCLOSURE_TWICE",
    (c) => ({ ...c, disclosures: [...c.disclosures, ...c.disclosures.slice(0, 1)] }),
  ],
  "a commitment too few": ["disclosures COMMITMENTS_MISSING", (c) => ({ ...c, commitments: c.commitments.slice(1) })],
  "a value that breaks the schema, notarised": [
    "schema FIELD_INVALID",
    (c) => renotarised(c, "publicityMode", "SOMETIMES"),
  ],
  "another amended record": [
    "digest DIGEST_DIFFERS",
    (c) => ({ ...c, header: { ...c.header, amends: "0".repeat(64) } }),
  ],
  "another record id": ["digest DIGEST_DIFFERS", (c) => ({ ...c, header: { ...c.header, recordId: "CP-2026-2" } })],
  "another digest": ["digest DIGEST_DIFFERS", (c) => ({ ...c, digest: "0".repeat(64) })],
  "other content, notarised, under the old batch": [
    "path PATH_LEADS_ELSEWHERE",
    (c) => renotarised(c, "penaltyContent", "警告。"),
  ],
  "another root": ["path PATH_LEADS_ELSEWHERE", (c) => ({ ...c, batch: { ...c.batch, root: `0x${"0".repeat(64)}` } })],
  "a shorter path": [
    "path PATH_LEADS_ELSEWHERE",
    (c) => ({ ...c, batch: { ...c.batch, path: c.batch.path.slice(1) } }),
  ],
  "another agency's batch": ["path AGENCY_DIFFERS", (c) => ({ ...c, batch: { ...c.batch, agency: justice } })],
  "another kind's batch": ["path KIND_DIFFERS", (c) => ({ ...c, batch: { ...c.batch, kind: 2 } })],
};

describe("verifying what was tampered with", () => {
  for (const [what, [expected, tamper]] of Object.entries(cases)) {
    it(`${what}: ${expected}, altered whatever the ledger says`, () => {
      const subject = tamper(certificate());
      const [id = "", code = ""] = expected.split(" ");
      for (const chain of [undefined, honestNode(certificate()), "unreachable"] as const) {
        const found = verify(subject, chain);
        expect(outcomes(found)[id]).to.equal(`INVALID ${code}`);
        expect(found.verdict.code).to.equal("altered");
      }
    });
  }

  it("a public view that is not the view of the value beside it", () => {
    const record = penalty();
    const subject = certificate(record, { show: record.disclosures.map(([, name]) => name) });
    const found = verify(renotarised(subject, "legalRepName.public", "李*"));
    expect(outcomes(found)["schema"]).to.equal("INVALID FIELD_INVALID");
  });

  it("one changed character anywhere is never in force with a node that knows the true ledger", () => {
    const honest = certificate();
    const node = honestNode(honest);
    const text = JSON.stringify(honest);
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), fc.constantFrom(..."0123456789abcdefABCXYZ"), (at, character) => {
        fc.pre(text[at] !== character);
        const altered = text.slice(0, at) + character + text.slice(at + 1);
        let subject: Certificate;
        try {
          subject = parseCertificate(JSON.parse(altered));
        } catch (error) {
          expect(error instanceof HufuError || error instanceof SyntaxError).to.equal(true);
          return;
        }
        const sameProof = (c: Certificate) => JSON.stringify({ ...c, anchor: 0, told: 0 });
        // Anchor and what was told are the gateway's words: the node's own answer takes their place.
        if (sameProof(subject) !== sameProof(honest))
          expect(verify(subject, node).verdict.code).to.not.equal("in-force");
      }),
      { numRuns: propertyRuns },
    );
  });
});

describe("a ledger that says otherwise", () => {
  const subject = certificate(penalty(), { status: repaired, show: publicNames });
  const node = honestNode(subject);
  const batch = { agency: subject.batch.agency, kind: 1, count: 5, blockTime: subject.anchor.blockTime };
  const status = {
    effect: "ENDED",
    version: 1,
    blockTime: repaired.since ?? "",
    basisHash: basisHash(repaired.basis ?? ""),
  } as const;

  const said: Record<string, [ChainAnswer | "unreachable", expected: string, verdict: string]> = {
    "no such batch": [{ ...node, batch: null }, "batch INVALID BATCH_NOT_FOUND", "unknown"],
    "another ledger": [{ ...node, ledger: { ...subject.ledger, chainId: 1 } }, "batch INVALID OTHER_LEDGER", "unknown"],
    "the batch of another agency": [
      { ...node, batch: { ...batch, agency: justice } },
      "batch INVALID BATCH_DIFFERS",
      "altered",
    ],
    "a batch of another kind": [{ ...node, batch: { ...batch, kind: 2 } }, "batch INVALID BATCH_DIFFERS", "altered"],
    "a batch of another count": [{ ...node, batch: { ...batch, count: 4 } }, "batch INVALID BATCH_DIFFERS", "altered"],
    "another effect": [
      { ...node, status: { ...status, effect: "IN_FORCE" } },
      "status INVALID STATUS_DIFFERS",
      "altered",
    ],
    "another basis": [
      { ...node, status: { ...status, basisHash: "0".repeat(48) } },
      "status INVALID STATUS_DIFFERS",
      "altered",
    ],
    "an older status": [{ ...node, status: null }, "status ERROR NODE_BEHIND", "unreachable"],
    "nothing yet, for it is behind": [
      { ...node, batch: null, status: null, asOf: { ...node.asOf, blockNumber: 39 } },
      "batch ERROR NODE_BEHIND",
      "unreachable",
    ],
    "nothing, for it is not there": ["unreachable", "batch ERROR NODE_UNREACHABLE", "unreachable"],
  };
  for (const [what, [chain, expected, verdict]] of Object.entries(said)) {
    it(`${what}: ${expected}, ${verdict}`, () => {
      const found = verify(subject, chain);
      const [id = "", ...outcome] = expected.split(" ");
      expect(outcomes(found)[id]).to.equal(outcome.join(" "));
      expect(found.verdict.code).to.equal(verdict);
    });
  }

  it("a status that a certificate invents is not believed", () => {
    const invented = certificate(penalty(), { status: { ...repaired, version: 0 } });
    expect(outcomes(verify(invented, { ...honestNode(invented), status: null }))["status"]).to.equal(
      "INVALID STATUS_DIFFERS",
    );
  });
});
