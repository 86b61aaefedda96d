import { expect } from "chai";

import { renewed, parseRenewal } from "../../../core/certificate/renew.ts";
import type { Verification } from "../../../core/verify/verify.ts";
import { verification } from "../../../server/http/schemas.ts";
import { signatory } from "../../core/proofs/sealed-chain.ts";
import { penalty } from "../samples.ts";
import { startProvingGateway, type ProvingGateway } from "./proving-gateway.ts";
import type { ResealedNode } from "./resealed-node.ts";

const sealsOf = ({ checks }: Verification): unknown => {
  const check = checks.find(({ id }) => id === "seals");
  return [check?.outcome, check?.code];
};

describe("certificates of a chain whose blocks QBFT validators seal", () => {
  let gateway: ProvingGateway;
  let node: ResealedNode;
  before(async () => {
    gateway = await startProvingGateway("qbft");
    node = gateway.node!;
  });
  beforeEach(() => (node.sealersOf = (validators) => validators));
  after(() => gateway.close());

  /** Resolves when the node has another block. */
  async function nextBlock(): Promise<void> {
    const height = async (): Promise<number> => Number(await gateway.rpc.call("eth_blockNumber"));
    const before = await height();
    await gateway.post(penalty);
    expect(await height()).to.be.greaterThan(before);
  }

  it("hold under a quorum, and need no seal of the gateway's", async () => {
    node.sealersOf = (validators) => validators.slice(1);
    const certificate = await gateway.certificate(await gateway.post(penalty));
    const result = await gateway.verify(certificate);
    expect(result.verdict.code, JSON.stringify(result.checks)).to.equal("in-force");
    expect(result.verdict.sealed).to.deep.equal({ consensus: "qbft", by: 3, of: 4 });
    expect(certificate.proof.block).to.include({ seal: null });
    expect(certificate.proof.block.following).to.deep.equal([]);
  });

  it("are refused below a quorum", async () => {
    node.sealersOf = (validators) => validators.slice(2);
    const digest = await gateway.post(penalty);
    const result = await gateway.verify(await gateway.certificate(digest));
    expect(sealsOf(result)).to.deep.equal(["INVALID", "SEALS_TOO_FEW"]);
    expect(result.verdict.code).to.equal("altered");
  });

  it("are renewed below no quorum: the gateway says that its node is of no use, not that the record was altered", async () => {
    const digest = await gateway.post(penalty);
    const sound = await gateway.certificate(digest);
    node.sealersOf = (validators) => validators.slice(2);
    await nextBlock();
    for (const body of [{ digest }, { certificate: sound }]) {
      const answer = verification.parse((await gateway.call("POST", "/v1/verifications", body)).body);
      expect(answer).to.include({ verdict: "unreachable", digest });
    }
  });

  it("of before a change of validators are renewed, and hold again", async () => {
    const digest = await gateway.post(penalty);
    const older = await gateway.certificate(digest);
    const known = await gateway.trust();
    node.propose(signatory("a fifth validator"), "add");
    while (node.transitions().length === 0) await nextBlock();
    const [stale, outdated] = [await gateway.verify(older), await gateway.certificate(digest)];
    expect(sealsOf(stale)).to.deep.equal(["ERROR", "FORMER_VALIDATORS"]);
    expect(stale.verdict).to.include({ code: "unreachable", cause: "FORMER_VALIDATORS" });
    expect(sealsOf(await gateway.verify(outdated, known))).to.deep.equal(["ERROR", "BUNDLE_TOO_OLD"]);
    const { body } = await gateway.call("GET", `/v1/records/${digest}/proof`);
    const again = renewed(older, parseRenewal(body));
    expect(again.record).to.deep.equal(older.record);
    const result = await gateway.verify(again);
    expect(result.verdict.code, JSON.stringify(result.checks)).to.equal("in-force");
    expect(result.verdict.sealed).to.deep.equal({ consensus: "qbft", by: 5, of: 5 });
  });

  it("of before a change of validators are renewed by the gateway that is asked about them", async () => {
    const digest = await gateway.post(penalty);
    const older = await gateway.certificate(digest);
    const changes = node.transitions().length;
    node.propose(node.validators()[0]!, "drop");
    while (node.transitions().length === changes) await nextBlock();
    expect(sealsOf(await gateway.verify(older))).to.deep.equal(["ERROR", "FORMER_VALIDATORS"]);
    const answer = verification.parse((await gateway.call("POST", "/v1/verifications", { certificate: older })).body);
    expect(answer.verdict).to.equal("in-force");
    expect(answer.asOf?.blockNumber).to.be.greaterThan(older.evidence.blockNumber);
  });
});
