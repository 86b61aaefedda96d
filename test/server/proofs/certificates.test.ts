import { expect } from "chai";
import { verifyTypedData } from "ethers";

import { utf8, to0x } from "../../../core/bytes.ts";
import type { Certificate } from "../../../core/certificate/certificate.ts";
import type { Verification } from "../../../core/verify/verify.ts";
import { market } from "../anchoring/desk.ts";
import { penalty } from "../samples.ts";
import { startProvingGateway, type ProvingGateway } from "./proving-gateway.ts";

/** What did not come out as VALID or SKIPPED. */
function faults({ checks }: Verification): string[] {
  return checks.flatMap(({ id, outcome, code }) =>
    outcome === "INVALID" || outcome === "ERROR" ? [`${id} ${code}`] : [],
  );
}
const digestsOf = ({ links }: Certificate): string[] => links.map(({ digest }) => digest);
const codeOf = ({ checks }: Verification, wanted: string): string | undefined =>
  checks.find(({ id }) => id === wanted)?.code;

describe("certificates of the embedded chain", () => {
  let gateway: ProvingGateway;
  before(async () => (gateway = await startProvingGateway("embedded")));
  after(() => gateway.close());

  it("of a record in force: every check is made, by whoever asks nobody", async () => {
    const certificate = await gateway.certificate(await gateway.post(penalty));
    const result = await gateway.verify(certificate);
    expect(faults(result)).to.deep.equal([]);
    expect(result.verdict.code).to.equal("in-force");
    expect(result.verdict.sealed).to.deep.equal({ consensus: "development", by: 1, of: 1 });
    expect(result.checks.filter(({ outcome }) => outcome === "SKIPPED").map(({ id }) => id)).to.deep.equal([
      "links",
      "freshness",
    ]);
    expect(result.agency.name).to.equal("坪山示例市场监管局（虚构）");
    expect(result.unknown.map(({ code }) => code)).to.include.members(["ONE_NODE", "SIGNER_RIGHTS"]);
  });

  it("of a repaired and of an annotated record: the decision comes along, shown whole", async () => {
    for (const [effect, reason, verdict] of [
      ["ENDED", "REPAIR_GRANTED", "ended"],
      ["ANNOTATED", "LITIGATION", "annotated"],
    ] as const) {
      const digest = await gateway.post(penalty);
      const decision = await gateway.decide(digest, effect, reason);
      const certificate = await gateway.certificate(digest);
      const result = await gateway.verify(certificate);
      expect(faults(result)).to.deep.equal([]);
      expect(digestsOf(certificate)).to.deep.equal([decision]);
      expect(result.verdict).to.include({ code: verdict, reason, decisionDate: "2026-09-09" });
      expect(result.verdict.actor?.uscc).to.equal(market);
      expect(codeOf(result, "status")).to.equal("STATUS_ON_LEDGER");
    }
  });

  it("of a record that was repaired and then put back: the newest decision alone", async () => {
    const digest = await gateway.post(penalty);
    await gateway.decide(digest, "ENDED", "REPAIR_GRANTED");
    const revoked = await gateway.decide(digest, "IN_FORCE", "REPAIR_REVOKED");
    const certificate = await gateway.certificate(digest);
    expect(digestsOf(certificate)).to.deep.equal([revoked]);
    const result = await gateway.verify(certificate);
    expect(faults(result)).to.deep.equal([]);
    expect(result.verdict).to.include({ code: "in-force", reason: "REPAIR_REVOKED" });
  });

  it("of an amended record: the amendments up to the newest, and what became of that", async () => {
    const amended = { ...penalty, penaltyContent: "罚款人民币2000元。", fineAmountWan: "0.200000" };
    const first = await gateway.post(penalty, { recordId: "chain" });
    const second = await gateway.post(amended, { recordId: "chain", amends: first });
    const third = await gateway.post({ ...amended, remark: "3" }, { recordId: "chain", amends: second });
    const annotation = await gateway.decide(third, "ANNOTATED", "DISPUTE");
    const certificate = await gateway.certificate(first);
    expect(digestsOf(certificate)).to.deep.equal([second, third, annotation]);
    const result = await gateway.verify(certificate);
    expect(faults(result)).to.deep.equal([]);
    expect(result.verdict).to.include({ code: "superseded", successor: second });
    expect(result.verdict.newest).to.deep.equal({ digest: third, effect: "ANNOTATED" });
  });

  it("of a record that a decision puts another in the place of: decision and successor", async () => {
    const [digest, successor] = [await gateway.post(penalty), await gateway.post(penalty)];
    const decision = await gateway.decide(digest, "SUPERSEDED", "CORRECTED", { successor });
    const certificate = await gateway.certificate(digest);
    expect(digestsOf(certificate)).to.deep.equal([decision, successor]);
    const result = await gateway.verify(certificate);
    expect(faults(result)).to.deep.equal([]);
    expect(result.verdict).to.include({ code: "superseded", reason: "CORRECTED", successor });
  });

  it("of two records whose decisions name each other: it ends", async () => {
    const [one, two] = [await gateway.post(penalty), await gateway.post(penalty)];
    const there = await gateway.decide(one, "SUPERSEDED", "CORRECTED", { successor: two });
    const back = await gateway.decide(two, "SUPERSEDED", "CORRECTED", { successor: one });
    const certificate = await gateway.certificate(one);
    expect(digestsOf(certificate)).to.deep.equal([there, two, back]);
    expect(faults(await gateway.verify(certificate))).to.deep.equal([]);
  });

  it("of a longer chain than a certificate has links: as far as they reach", async () => {
    let digest = await gateway.post(penalty, { recordId: "long" });
    const first = digest;
    for (let i = 0; i < 17; i++)
      digest = await gateway.post({ ...penalty, remark: String(i) }, { recordId: "long", amends: digest });
    const certificate = await gateway.certificate(first);
    expect(certificate.links).to.have.length(16);
    const result = await gateway.verify(certificate);
    expect(faults(result)).to.deep.equal([]);
    expect(result.verdict.newest?.digest).to.equal(digestsOf(certificate).at(-1));
  }).timeout(60_000);

  it("of a withdrawn record: nothing of its content, and all of the decision", async () => {
    const digest = await gateway.post(penalty);
    await gateway.decide(digest, "WITHDRAWN", "REVOKED_BY_AUTHORITY");
    const certificate = await gateway.certificate(digest);
    expect(certificate.record.disclosures).to.deep.equal([]);
    expect(certificate.record.commitments).not.to.include(null);
    const result = await gateway.verify(certificate);
    expect(faults(result)).to.deep.equal([]);
    expect(result.verdict).to.include({ code: "withdrawn", reason: "REVOKED_BY_AUTHORITY" });
    const own = await gateway.certificate(digest, market);
    expect(own.record.disclosures.map(([, name]) => name)).to.include("remark");
    expect((await gateway.verify(own)).verdict.code).to.equal("withdrawn");
  });

  it("hold trie nodes once, and none that is not needed", async () => {
    const digest = await gateway.post(penalty);
    await gateway.decide(digest, "ANNOTATED", "LITIGATION");
    const { proof } = await gateway.certificate(digest);
    const places = [proof.account.nodes, ...proof.slots.flatMap(({ batch, status }) => [batch.nodes, status.nodes])];
    expect(new Set(proof.nodes).size).to.equal(proof.nodes.length);
    expect(new Set(places.flat()).size).to.equal(proof.nodes.length);
  });

  it("carry the agency's own signature over the batch, which any wallet can check", async () => {
    const certificate = await gateway.certificate(await gateway.post(penalty));
    const { signature, transaction } = certificate.evidence;
    const { record, ledger } = certificate;
    const types = {
      Anchor: [
        { name: "agency", type: "bytes18" },
        { name: "kind", type: "uint8" },
        { name: "root", type: "bytes32" },
        { name: "count", type: "uint32" },
        { name: "deadline", type: "uint64" },
      ],
    };
    const domain = {
      name: "Hufu RecordLedger",
      version: "1",
      chainId: ledger.chainId,
      verifyingContract: ledger.address,
    };
    const { root, count } = record.batch;
    const message = { agency: to0x(utf8(market)), kind: 1, root, count, deadline: signature?.deadline };
    const signer = verifyTypedData(domain, types, message, signature?.signature ?? "0x");
    expect(signer.toLowerCase()).to.equal(gateway.desk.accounts.signerOf(market).address);
    expect(signature?.signer).to.equal(signer.toLowerCase());
    const receipt = await gateway.rpc.call("eth_getTransactionReceipt", transaction);
    expect(receipt).to.include({ blockHash: certificate.evidence.blockHash, to: ledger.address });
  });

  it("that are asked for all at once hold, every one", async () => {
    const digest = await gateway.post(penalty);
    const certificates = await Promise.all(Array.from({ length: 20 }, () => gateway.certificate(digest)));
    for (const certificate of certificates) expect(faults(await gateway.verify(certificate))).to.deep.equal([]);
  });
});
