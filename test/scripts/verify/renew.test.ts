import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCertificate, type Certificate } from "../../../core/certificate/certificate.ts";
import { HufuError } from "../../../core/error.ts";
import { parseJson } from "../../../core/json/parse.ts";
import type { Question } from "../../../scripts/verify/question.ts";
import { bundleOf } from "../../core/verify/chain.ts";
import { penalty as synthetic } from "../../core/verify/records.ts";
import { certificate } from "../../core/verify/sample.ts";
import { repaired } from "../../core/verify/scenes.ts";
import { penalty } from "../../server/samples.ts";
import { startProvingGateway, type ProvingGateway } from "../../server/proofs/proving-gateway.ts";
import { ask, newFolder, remarkCodes, verifyCommand, type Folder } from "./command.ts";
import { startFakeNode } from "./fake-node.ts";
import { startFakeGateway, type FakeGateway } from "./fake-gateway.ts";

const read = (file: string): Certificate => parseCertificate(parseJson(readFileSync(file, "utf8")));

async function refusal(work: Promise<unknown>): Promise<HufuError> {
  const error = await work.catch((caught: unknown) => caught);
  if (error instanceof HufuError) return error;
  throw new Error("it was not refused");
}

describe("renewing a certificate by a gateway", () => {
  let folder: Folder;
  let gateway: FakeGateway;
  let file: string;
  let out: string;
  let asked: Partial<Question>;

  beforeEach(async () => {
    folder = newFolder();
    gateway = await startFakeGateway();
    file = folder.write("held.json", certificate());
    out = join(folder.path, "held.renewed.json");
    const trust = folder.write("trust.json", bundleOf());
    asked = { trust, out, renewal: { from: "gateway", url: gateway.url } };
  });
  afterEach(async () => {
    await gateway.close();
    folder.remove();
  });

  const answerWith = ({ links, proof, evidence }: Certificate): void => {
    gateway.answer = { status: 200, body: { links, proof, evidence } };
  };

  it("asks for the record's proof and nothing else, verifies it, and writes it", async () => {
    const newer = certificate({ ...repaired(), block: { number: 120 } });
    answerWith(newer);
    const found = await ask(file, asked);
    expect(gateway.asked).to.deep.equal([`/v1/records/${newer.record.digest}/proof`]);
    expect(found.exitCode).to.equal(0);
    expect(found.verification.verdict).to.include({ code: "ended", reason: "REPAIR_GRANTED" });
    expect(remarkCodes(found)).to.deep.equal(["RENEWED", "WRITTEN"]);
    expect(read(out)).to.deep.equal(newer);
    expect(read(file)).to.deep.equal(certificate());
  });

  it("keeps what its holder hides hidden, and hides more where that is asked", async () => {
    answerWith(certificate({ block: { number: 120 } }));
    const reduced = folder.write("reduced.json", certificate({ show: ["decisionDocNo", "violationType"] }));
    await ask(reduced, { ...asked, hide: ["violationType"] });
    expect(read(out).record.disclosures.map(([, name]) => name)).to.deep.equal(["decisionDocNo"]);
    expect((await ask(out, { trust: asked.trust ?? null })).exitCode).to.equal(0);
  });

  it("writes nothing that is not genuine: of another record, or older than was met before", async () => {
    answerWith(certificate({ record: synthetic({ penaltyContent: "警告。" }) }));
    const other = await ask(file, asked);
    expect(other.exitCode).to.equal(1);
    expect(remarkCodes(other)).to.deep.equal(["NOT_RENEWED", "NOT_WRITTEN"]);
    const memory = join(folder.path, "memory");
    await ask(folder.write("newest.json", certificate({ ...repaired(), block: { number: 120 } })), {
      ...asked,
      memory,
      renewal: null,
      out: null,
    });
    answerWith(certificate({ block: { number: 121 } }));
    const stale = await ask(file, { ...asked, memory });
    expect(stale.exitCode).to.equal(3);
    expect(remarkCodes(stale)).to.include("NOT_WRITTEN");
    expect(existsSync(out)).to.equal(false);
  });

  it("says what the gateway says where it has no proof, and that it gives no answer where that is so", async () => {
    const cases: [number, unknown, string][] = [
      [404, { detail: "no such record" }, "RECORD_NOT_FOUND"],
      [409, { detail: "not yet" }, "NOT_ANCHORED"],
      [503, { detail: "busy" }, "NODE_UNREACHABLE"],
      [500, "<html>", "NODE_UNREACHABLE"],
      [200, "<html>", "NODE_UNREACHABLE"],
      [200, { links: [] }, "NODE_ANSWER"],
      [200, " ".repeat(5 * 1024 * 1024), "NODE_UNREACHABLE"],
    ];
    for (const [status, body, code] of cases) {
      gateway.answer = { status, body };
      const error = await refusal(ask(file, asked));
      expect(error.code, `${status}`).to.equal(code);
      const detail = typeof body === "object" && body !== null && "detail" in body ? String(body.detail) : "";
      expect(error.message).to.include(detail);
    }
    await gateway.close();
    expect((await refusal(ask(file, asked))).code).to.equal("NODE_UNREACHABLE");
    gateway = await startFakeGateway();
  });

  it("asks nobody where the file that it would write is there already", async () => {
    folder.write("held.renewed.json", "mine");
    expect((await refusal(ask(file, asked))).message).to.include("--force");
    expect(gateway.asked).to.deep.equal([]);
    expect(readFileSync(out, "utf8")).to.equal("mine");
  });
});

describe("renewing a certificate by a node of a Clique chain", () => {
  it("takes as many blocks on top as a majority of the bundle's signers, which are not final", async () => {
    const folder = newFolder();
    const node = await startFakeNode(certificate({ consensus: "clique", block: { number: 120 } }));
    const file = folder.write("held.json", certificate({ consensus: "clique" }));
    const trust = folder.write("trust.json", bundleOf("clique"));
    const out = join(folder.path, "out.json");
    try {
      const found = await ask(file, { trust, out, renewal: { from: "node", url: node.url } });
      expect(found.exitCode).to.equal(0);
      expect(found.verification.verdict.asOf?.blockNumber).to.equal(120);
      expect(found.verification.verdict.sealed).to.deep.equal({ consensus: "clique", by: 3, of: 4 });
      expect(found.verification.unknown.map(({ code }) => code)).to.include("NOT_FINAL");
      expect(read(out).proof.block.following).to.have.length(2);
    } finally {
      node.close();
      folder.remove();
    }
  });
});

describe("renewing a certificate of a real chain", function () {
  this.timeout(60_000);
  let folder: Folder;
  before(() => (folder = newFolder()));
  after(() => folder.remove());
  const renewedFile = (name: string): string => join(folder.path, `${name}.renewed.json`);

  describe("sealed by QBFT validators", () => {
    let gateway: ProvingGateway;
    let trust: string;
    let digest: string;
    before(async () => {
      gateway = await startProvingGateway("qbft");
      digest = await gateway.post(penalty);
      trust = folder.write("qbft.json", await gateway.trust());
    });
    after(() => gateway.close());

    const command = (file: string, ...how: string[]) =>
      verifyCommand([file, "--trust", trust, "--no-memory", "--json", "--renew", ...how], { node: [] });

    it("by any node: what holds stays, as of now", async () => {
      const held = await gateway.certificate(digest);
      const file = folder.write("by-node.json", held);
      await gateway.post(penalty);
      const { code, out, err } = await command(file, "--rpc", gateway.node?.url ?? "");
      expect(code, err).to.equal(0);
      const { asOf, remarks } = JSON.parse(out);
      expect(asOf.blockNumber).to.be.greaterThan((await gateway.verify(held)).asOf?.blockNumber ?? 0);
      expect(remarks.map((remark: { code: string }) => remark.code)).to.deep.equal(["RENEWED", "WRITTEN"]);
      expect((await gateway.verify(read(renewedFile("by-node")))).verdict.code).to.equal("in-force");
    });

    it("by a node after the status changed: it says the status, and that only a gateway has the decision", async () => {
      const changed = await gateway.post(penalty);
      const file = folder.write("changed.json", await gateway.certificate(changed));
      const decision = await gateway.decide(changed, "ENDED", "REPAIR_GRANTED");
      const byNode = JSON.parse((await command(file, "--rpc", gateway.node?.url ?? "")).out);
      expect(byNode.verdict).to.include({ code: "ended", reason: null });
      expect(byNode.remarks[0].code).to.equal("DECISION_AT_GATEWAY");
      const byGateway = JSON.parse((await command(file, "--gateway", gateway.url, "--force")).out);
      expect(byGateway.verdict).to.include({ code: "ended", reason: "REPAIR_GRANTED" });
      expect(read(renewedFile("changed")).links.map((link) => link.digest)).to.deep.equal([decision]);
    });

    it("by a node of another chain: nothing is written", async () => {
      const held = await gateway.certificate(digest);
      const file = folder.write("elsewhere.json", { ...held, ledger: { ...held.ledger, chainId: 5 } });
      const { code, out } = await command(file, "--rpc", gateway.node?.url ?? "");
      expect(code).to.equal(2);
      expect(JSON.parse(out).error.code).to.equal("NODE_ANSWER");
      expect(existsSync(renewedFile("elsewhere"))).to.equal(false);
    });

    it("by a node without a trust bundle: nobody says whose seals would count", async () => {
      const file = folder.write("trustless.json", await gateway.certificate(digest));
      const renewal = { from: "node", url: gateway.node?.url ?? "" } as const;
      expect((await refusal(ask(file, { renewal, out: renewedFile("trustless") }))).code).to.equal("INVALID_TRUST");
    });
  });

  describe("embedded in a gateway", () => {
    let gateway: ProvingGateway;
    before(async () => (gateway = await startProvingGateway("embedded")));
    after(() => gateway.close());

    it("by the gateway alone, which seals its blocks", async () => {
      const file = folder.write("embedded.json", await gateway.certificate(await gateway.post(penalty)));
      const trust = folder.write("embedded-trust.json", await gateway.trust());
      const asked = { trust, out: renewedFile("embedded") };
      const renewal = { from: "node", url: gateway.desk.chain.url() } as const;
      const error = await refusal(ask(file, { ...asked, renewal }));
      expect(error.message).to.include("--gateway");
      const byGateway = { ...asked, renewal: { from: "gateway", url: gateway.url } } as const;
      const found = await ask(file, byGateway, new Date().toISOString());
      expect(found.exitCode).to.equal(0);
      expect(found.verification.unknown.map(({ code }) => code)).to.include("ONE_NODE");
    });
  });
});
