import { expect } from "chai";
import { signatory } from "../core/proofs/sealed-chain.ts";
import { startProvingGateway, type ProvingGateway } from "../server/proofs/proving-gateway.ts";
import type { ResealedNode } from "../server/proofs/resealed-node.ts";
import { penalty } from "../server/samples.ts";
import type { Json } from "./stranger/json.ts";
import { replayNode } from "./stranger/node.ts";
import { schemaOf } from "./stranger/schema.ts";
import { trusted } from "./stranger/seals.ts";
import { verdictOn } from "./stranger/verdict.ts";

const asJson = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json; // as: it was written as JSON just now

describe("a stranger with a node whose blocks validators seal", function () {
  this.timeout(60_000);
  let gateway: ProvingGateway;
  let node: ResealedNode;
  let digest: string;

  before(async () => {
    gateway = await startProvingGateway("qbft");
    node = gateway.node!;
    digest = await gateway.post(penalty);
    await gateway.decide(digest, "ENDED", "REPAIR_GRANTED");
  });
  beforeEach(() => {
    node.lie = (_, result) => result;
    node.sealersOf = (validators) => validators;
  });
  after(() => gateway.close());

  const trust = async () => trusted(asJson(await gateway.trust()));

  it("replays the ledger under their seals, as before a change of them so after it", async () => {
    const before = await replayNode(node.url, await trust());
    node.propose(signatory("a fifth validator"), "add");
    while (node.transitions().length === 0) await gateway.post(penalty);
    const newer = await trust();
    expect(newer.sets.map(({ validators }) => validators.length)).to.deep.equal([4, 5]);
    const after = await replayNode(node.url, newer);
    expect(after.events).to.be.greaterThan(before.events);
    expect(after.heads.ledger).to.not.equal(before.heads.ledger);
  });

  it("finds genuine what the gateway issues", async () => {
    const bundle = asJson(await gateway.trust());
    const certificate = asJson(await gateway.certificate(digest));
    const { verdict, because, says } = verdictOn({ certificate, trust: bundle, schemaOf });
    expect(verdict, because.join()).to.equal("genuine");
    expect(says).to.include({ digest, effect: "ENDED" });
  });

  for (const [what, how, fault] of [
    [
      "hides an event",
      (method, result) => (method === "eth_getLogs" ? (result as Json[]).slice(0, -1) : result),
      "head",
    ],
    [
      "tells another time",
      (method, result) => (method === "eth_getBlockByNumber" ? { ...Object(result), timestamp: "0x1" } : result),
      "block's hash",
    ],
    [
      "proves another slot",
      (method, result) => (method === "eth_getProof" ? { ...Object(result), storageProof: [] } : result),
      "missing",
    ],
  ] satisfies [string, ResealedNode["lie"], string][])
    // as: what JSON-RPC says of eth_getLogs
    it(`stops at one that ${what}`, async () => {
      const known = await trust();
      node.lie = how;
      expect(await faultOf(replayNode(node.url, known))).to.include(fault);
    });

  it("stops at a block that too few sealed", async () => {
    const known = await trust();
    node.sealersOf = (validators) => validators.slice(3);
    await gateway.post(penalty);
    expect(await faultOf(replayNode(node.url, known))).to.include("seals");
  });
});

async function faultOf(replay: Promise<unknown>): Promise<string> {
  const [{ status, ...how }] = await Promise.allSettled([replay]);
  expect(status).to.equal("rejected");
  return String(Reflect.get(how, "reason"));
}
