import { expect } from "chai";

import { nobleKeccak } from "../../../core/ledger/keccak.ts";
import { parseHeader } from "../../../core/proofs/header.ts";
import { payersOf } from "../../../server/chain/accounts.ts";
import { readHeaders } from "../../../server/chain/header.ts";
import { startProvingGateway, type ProvingGateway } from "../proofs/proving-gateway.ts";
import { penalty } from "../samples.ts";
import { startPriceZeroNode, type PriceZeroNode } from "./price-zero-node.ts";

interface Sent {
  readonly type: string;
  readonly gasPrice: string;
  readonly from: string;
}

describe("a gateway on validators that take no price but 0", function () {
  this.timeout(120_000);
  let gateway: ProvingGateway;
  let node: PriceZeroNode;
  before(async () => {
    gateway = await startProvingGateway("qbft", async ({ chain, accounts }) => {
      return (node = await startPriceZeroNode(chain, payersOf(accounts)));
    });
  });
  after(() => gateway.close());

  /** Every transaction of the chain. */
  async function transactions(): Promise<Sent[]> {
    const head = Number(await gateway.rpc.call("eth_blockNumber"));
    const numbers = Array.from({ length: head + 1 }, (_, number) => `0x${number.toString(16)}`);
    const answers = await gateway.rpc.batch(
      numbers.map((number) => ({ method: "eth_getBlockByNumber", params: [number, true] })),
    );
    return answers.flatMap((answer) => (answer.ok ? (answer.result as { transactions: Sent[] }).transactions : []));
  }

  it("deploys, enrols, anchors and sets statuses with accounts that own nothing, and never offers a price", async () => {
    const digest = await gateway.post(penalty);
    await gateway.decide(digest, "ENDED", "REPAIR_GRANTED");
    const sent = await transactions();
    expect(sent.length).to.be.greaterThan(10);
    expect(new Set(sent.map(({ type, gasPrice }) => `${type} ${gasPrice}`))).to.deep.equal(new Set(["0x0 0x0"]));
    for (const from of new Set(sent.map((transaction) => transaction.from)))
      expect(await gateway.rpc.call("eth_getBalance", from, "latest")).to.equal("0x0");
    expect(node.refused).to.deep.equal([]);
  });

  it("proves what it anchored under headers without a base fee, and calls it final", async () => {
    const certificate = await gateway.certificate(await gateway.post(penalty));
    const result = await gateway.verify(certificate);
    expect(result.verdict.code, JSON.stringify(result.checks)).to.equal("in-force");
    const [header] = await readHeaders(gateway.rpc, [certificate.evidence.blockNumber], nobleKeccak);
    expect(parseHeader(header!.raw).items).to.have.length(15);
    const { body } = await gateway.call("GET", `/v1/records/${certificate.record.digest}`);
    expect(body).to.include({ state: "final", endorsement: null });
  });

  it("offers what its operator says; without a word of him nothing, once a node has refused what it suggests", async () => {
    node.suggested = "0x3b9aca00";
    await gateway.desk.restart({ wrapRpc: () => gateway.rpc, config: { gasPrice: 0n } });
    await gateway.desk.post("11440310XX0001011N", 1, 2);
    await gateway.desk.settled();
    expect(node.refused).to.deep.equal([]);
    await gateway.desk.restart({ wrapRpc: () => gateway.rpc });
    await gateway.desk.post("11440310XX0001011N", 1, 1);
    await gateway.desk.settled();
    expect(node.refused).to.deep.equal(["Gas price not 0"]);
    await gateway.desk.post("11440310XX0001011N", 1, 1);
    await gateway.desk.settled();
    expect(node.refused).to.deep.equal(["Gas price not 0"]);
  });
});
