import { expect } from "chai";
import { parseCertificate, type Certificate } from "../../core/certificate/certificate.ts";
import { builtInKinds } from "../../core/kinds/registry.ts";
import { nobleKeccak } from "../../core/ledger/keccak.ts";
import type { Trusted } from "../../core/verify/trusted.ts";
import { createCertificateDesk, type CertificateDesk } from "../../web/browser/certificate-desk.ts";
import { NoAnswer } from "../../web/browser/gateway.ts";
import { createMemory } from "../../web/browser/memory.ts";
import { createSeenMemory } from "../../web/browser/seen-memory.ts";
import { resultOfCertificate, type CertificateFound } from "../../web/certificate-result.ts";
import type { Result } from "../../web/state.ts";
import type { TrustKeeper } from "../../web/trust/keeper.ts";
import { asOf, rememberedRecover, trusted } from "../core/verify/sample.ts";
import { amended, repaired } from "../core/verify/scenes.ts";
import { altered, certificate, certificateOf, now } from "./certificate.ts";
import { storageWith } from "./storage.ts";

interface Bench {
  readonly desk: CertificateDesk;
  /** what is believed, and what time it is: both can be changed */
  readonly world: { trusted: Trusted | null; now: string };
}

function bench(storage = storageWith()): Bench {
  const world: Bench["world"] = { trusted: trusted(), now };
  const keeper: Pick<TrustKeeper, "held"> = { held: () => ({ trusted: world.trusted, notice: null }) };
  const memory = createMemory(() => storage);
  const desk = createCertificateDesk({
    ...{ kinds: builtInKinds, memory, keccak: nobleKeccak, recover: rememberedRecover },
    keeper: keeper as TrustKeeper, // as: the desk asks it for nothing else
    seen: createSeenMemory(memory),
    now: () => world.now,
  });
  return { desk, world };
}

function shown(found: CertificateFound | undefined): Result {
  if (found === undefined) throw new Error("nothing was shown");
  return resultOfCertificate(found);
}

const outcomeOf = (result: Result, id: string): unknown => result.checks.find((check) => check.id === id)?.outcome;
const days = (count: number): string => new Date(Date.parse(asOf.blockTime) + count * 86_400_000).toISOString();
/** Another block at the height of the certificate's. */
const twin = { parentHash: new Uint8Array(32).fill(5) };
const ahead = { number: 95, timestamp: Date.parse(days(0)) / 1000 + 86_400 };
const later = { block: { number: 95, timestamp: Date.parse(days(0)) / 1000 + 60 } };

describe("a certificate on the desk", () => {
  it("is verified by its own proof under the trust bundle", () => {
    const result = shown(bench().desk.open(certificate, "brought"));
    expect([result.verdict, result.checkedBy, result.sealed]).to.deep.equal([
      "in-force",
      "browser",
      { consensus: "qbft", by: 3, of: 4 },
    ]);
    expect(result.checks.filter(({ outcome }) => outcome !== "VALID").map(({ id }) => id)).to.deep.equal([
      "links",
      "signature",
    ]);
    expect(result.standings).to.deep.equal([]);
  });

  it("cannot be checked without a trust bundle, and can as soon as there is one", () => {
    const { desk, world } = bench();
    world.trusted = null;
    const result = shown(desk.open(certificate, "brought"));
    expect([result.verdict, outcomeOf(result, "seals"), result.certificate?.trust]).to.deep.equal([
      "unreachable",
      "ERROR",
      null,
    ]);
    world.trusted = trusted();
    expect(shown(desk.again()).verdict).to.equal("in-force");
  });

  it("shows what its holder shows, masked as it is, and names what is left out and by whom", () => {
    const result = shown(bench().desk.open(certificate, "brought"));
    expect(result.content).to.include({ fineAmountWan: "0.100000" });
    expect(result.content?.["legalRepName"]).to.match(/^林\*/);
    expect(result.content).not.to.have.property("violationFacts");
    expect(result.notShown.byHolder).to.deep.equal(["violationFacts"]);
    expect(result.notShown.byLaw).to.include("legalRepIdNo");
    expect(result.files.map(({ name }) => name)).to.deep.equal(["决定书.pdf"]);
  });

  it("that was altered shows nothing of itself, and leaves nothing to hide", () => {
    const result = shown(bench().desk.open(altered, "brought"));
    expect([result.verdict, outcomeOf(result, "digest")]).to.deep.equal(["altered", "INVALID"]);
    const { agency, kind, documentNumber, digest, content } = result;
    expect([agency, kind, documentNumber, digest, content]).to.deep.equal([null, null, null, null, null]);
    expect([result.files, result.certificate?.hideable]).to.deep.equal([[], []]);
  });

  describe("tells what became of the record", () => {
    it("with the decision that says so", () => {
      const scene = repaired();
      const { standings, verdict, reason } = shown(bench().desk.open(certificateOf(scene), "brought"));
      expect([verdict, reason, standings.length]).to.deep.equal(["ended", "REPAIR_GRANTED", 1]);
      expect(standings[0]).to.include({ effect: "ENDED", reason: "REPAIR_GRANTED", lacks: null });
      expect(standings[0]?.decision).to.equal(scene.links![0]!.record.digest);
      expect(standings[0]?.actor?.name).to.equal("坪山示例市场监管局（虚构）");
      expect(standings[0]?.explanation).to.be.a("string");
    });

    it("through its amendments to the newest", () => {
      const scene = amended(2);
      const { standings, verdict } = shown(bench().desk.open(certificateOf(scene), "brought"));
      expect(verdict).to.equal("superseded");
      expect(standings.map(({ digest, effect }) => [digest, effect])).to.deep.equal([
        [scene.record!.digest, "SUPERSEDED"],
        [scene.links![0]!.record.digest, "SUPERSEDED"],
        [scene.links![1]!.record.digest, "IN_FORCE"],
      ]);
    });

    it("and says so where the decision is not in the file", () => {
      const { standings } = shown(bench().desk.open(certificateOf({ ...repaired(), links: [] }), "brought"));
      expect(standings[0]).to.include({ effect: "ENDED", lacks: "unexplained", decision: null });
    });
  });

  describe("grows old", () => {
    it("by the age that its reader chose, 30 days at first, which the next visit knows", () => {
      const storage = storageWith();
      const { desk, world } = bench(storage);
      world.now = days(29);
      expect(shown(desk.open(certificate, "brought")).verdict).to.equal("in-force");
      expect(shown(desk.choose("day")).verdict).to.equal("stale");
      expect(shown(desk.choose("any")).verdict).to.equal("in-force");
      expect(shown(desk.choose("century")).certificate?.maxAge).to.equal("any");
      world.now = days(4000);
      expect(shown(desk.again()).verdict).to.equal("in-force");
      const { desk: next } = bench(storage);
      expect(shown(next.open(certificate, "brought")).certificate?.maxAge).to.equal("any");
    });

    it("and cannot be checked before its time by this clock, whatever age is chosen", () => {
      const { desk, world } = bench();
      world.now = days(-1);
      for (const age of ["day", "month", "any"]) {
        desk.open(certificate, "brought");
        const result = shown(desk.choose(age));
        expect([result.verdict, outcomeOf(result, "freshness")]).to.deep.equal(["unreachable", "ERROR"]);
      }
    });

    it("and is stale at 31 days, with what it proves of its block", () => {
      const { desk, world } = bench();
      world.now = days(31);
      const result = shown(desk.open(certificate, "brought"));
      expect([result.verdict, result.asOf]).to.deep.equal(["stale", asOf]);
    });

    it("where a newer status of the record was met, on any day", () => {
      const storage = storageWith();
      expect(shown(bench(storage).desk.open(certificateOf(repaired()), "brought")).verdict).to.equal("ended");
      const older = certificateOf({ record: repaired().record!, block: { number: 80 } });
      const result = shown(bench(storage).desk.open(older, "brought"));
      expect([result.verdict, outcomeOf(result, "freshness")]).to.deep.equal(["stale", "ERROR"]);
    });
  });

  it("is evidence where another sealed header of its height was met: both are in a file", () => {
    const { desk } = bench();
    desk.open(certificate, "brought");
    expect(desk.evidence()).to.equal(undefined);
    const other = certificateOf({ block: twin });
    const result = shown(desk.open(other, "brought"));
    expect([result.verdict, result.certificate?.conflictAt]).to.deep.equal(["unreachable", 90]);
    const file = desk.evidence()!;
    expect(file.name).to.equal("hufu-conflict-block-90.json");
    const evidence = JSON.parse(file.text);
    expect([evidence.format, evidence.version, evidence.blockNumber]).to.deep.equal(["hufu-conflict", 1, 90]);
    expect(evidence.blocks.map(({ block }: { block: unknown }) => block)).to.deep.equal([
      certificate.proof.block,
      other.proof.block,
    ]);
  });

  describe("is renewed", () => {
    const renewalOf = ({ links, proof, evidence }: Certificate): object => ({ links, proof, evidence });
    const from = (renewal: unknown) => () => Promise.resolve(renewal);

    it("by what holds, with what its holder shows as it was", async () => {
      const { desk } = bench();
      desk.open(certificate, "brought");
      const result = shown(await desk.renew(from(renewalOf(certificateOf(later)))));
      expect(result.asOf?.blockNumber).to.equal(95);
      expect(result.certificate).to.deep.include({
        origin: "renewed",
        renewal: { is: "renewed", before: asOf.blockTime, change: null },
      });
      const file = desk.file()!;
      expect(file.name).to.equal(`hufu-${certificate.record.digest.slice(0, 16)}-block-95.json`);
      expect(parseCertificate(JSON.parse(file.text)).record).to.deep.equal(certificate.record);
    });

    it("and asks by the digest alone", async () => {
      const { desk } = bench();
      desk.open(certificate, "brought");
      const asked: unknown[] = [];
      await desk.renew((...question) => {
        asked.push(question);
        return Promise.resolve({});
      });
      expect(asked).to.deep.equal([[certificate.record.digest]]);
    });

    it("and the status that changed meanwhile is told, of a stale one too", async () => {
      const { desk, world } = bench();
      const { record } = repaired();
      world.now = days(40);
      desk.open(certificateOf({ record: record! }), "brought");
      const timestamp = Date.parse(days(39)) / 1000;
      const renewed = certificateOf({ ...repaired(), block: { number: 99, timestamp } });
      const result = shown(await desk.renew(from(renewalOf(renewed))));
      expect([result.verdict, result.certificate?.renewal]).to.deep.equal([
        "ended",
        { is: "renewed", before: asOf.blockTime, change: { from: "IN_FORCE", to: "ENDED" } },
      ]);
    });

    const failures: readonly (readonly [string, () => Promise<unknown>, string])[] = [
      ["there is no answer", () => Promise.reject(new NoAnswer({ code: "gateway-unreachable" })), "unreachable"],
      ["the gateway is busy", () => Promise.reject(new NoAnswer({ code: "rate-limited" })), "busy"],
      ["the gateway does not have it", () => Promise.reject(new NoAnswer({ code: "no-certificate" })), "not-here"],
      ["the answer is no renewal", from({ proof: 1 }), "refused"],
      ["the proof is of another record", from(renewalOf(certificateOf({ ...amended(1), ...later }))), "refused"],
      ["the proof is of a time still to come", from(renewalOf(certificateOf({ block: ahead }))), "ahead"],
      ["the proof is of an older block", from(renewalOf(certificateOf({ block: { number: 80 } }))), "older"],
    ];
    for (const [name, ask, why] of failures) {
      it(`not where ${name}: the old one stays`, async () => {
        const { desk } = bench();
        desk.open(certificate, "brought");
        const result = shown(await desk.renew(ask));
        expect([result.verdict, result.certificate?.renewal]).to.deep.equal(["in-force", { is: "failed", why }]);
        expect(JSON.parse(desk.file()!.text)).to.deep.equal(certificate);
      });
    }

    it("not by a status that is older than one that was met", async () => {
      const { desk } = bench();
      desk.open(certificateOf(repaired()), "brought");
      const renewed = certificateOf({ ...later, record: repaired().record! });
      const result = shown(await desk.renew(from(renewalOf(renewed))));
      expect(result.certificate?.renewal).to.deep.equal({ is: "failed", why: "older" });
    });

    it("and shown where it contradicts what was sealed before", async () => {
      const { desk } = bench();
      desk.open(certificate, "brought");
      const result = shown(await desk.renew(from(renewalOf(certificateOf({ block: twin })))));
      expect([result.verdict, result.certificate?.conflictAt]).to.deep.equal(["unreachable", 90]);
    });

    it("and dropped where another certificate came in the meantime, or none is there", async () => {
      const { desk } = bench();
      desk.open(certificate, "brought");
      const answer = desk.renew(() => {
        desk.open(certificateOf(repaired()), "brought");
        return Promise.resolve(renewalOf(certificateOf(later)));
      });
      expect(await answer).to.equal(undefined);
      desk.close();
      expect(await desk.renew(from({}))).to.equal(undefined);
    });

    it("and a fault of ours is no answer of the gateway's", async () => {
      const { desk } = bench();
      desk.open(certificate, "brought");
      const fault = new TypeError("ours");
      const caught = await desk.renew(() => Promise.reject(fault)).catch((error: unknown) => error);
      expect(caught).to.equal(fault);
    });
  });

  describe("is reduced", () => {
    it("by the fields that its holder ticks: it stays genuine, and names them", () => {
      const { desk } = bench();
      const before = shown(desk.open(certificate, "brought"));
      const names = before.certificate!.hideable.map(({ name }) => name);
      expect(names).to.include.members(["fineAmountWan", "legalRepName.public", "file/0"]).and.not.include("orgCode");
      const { found, isReduced } = desk.hide(new Set(["fineAmountWan", "legalRepName.public", "file/0"]))!;
      const result = shown(found);
      expect([isReduced, result.verdict, result.certificate?.origin]).to.deep.equal([true, "in-force", "reduced"]);
      expect(result.notShown.byHolder).to.have.members(["legalRepName", "violationFacts", "fineAmountWan"]);
      expect(result.content).not.to.have.any.keys("fineAmountWan", "legalRepName");
      expect(result.files).to.deep.equal([]);
      const { name, text } = desk.file()!;
      expect(name).to.match(/-reduced\.json$/);
      expect(text).not.to.include("0.100000").and.not.include("林*").and.not.include("决定书");
    });

    it("by nothing where nothing is ticked, which is told", () => {
      const { desk } = bench();
      desk.open(certificate, "brought");
      const { found, isReduced } = desk.hide(new Set())!;
      expect([isReduced, shown(found).certificate?.isNothingChosen]).to.deep.equal([false, true]);
      expect(shown(desk.again()).certificate?.isNothingChosen).to.equal(false);
    });
  });
});
