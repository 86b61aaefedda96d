import { expect } from "chai";
import { parseCertificate, type Certificate } from "../../core/certificate/certificate.ts";
import { NoAnswer } from "../../web/browser/gateway.ts";
import { asOf } from "../core/verify/sample.ts";
import { amended, repaired } from "../core/verify/scenes.ts";
import { certificate, certificateOf } from "./certificate.ts";
import { bench, days, shown, twin } from "./desk-bench.ts";

const ahead = { number: 95, timestamp: Date.parse(days(0)) / 1000 + 86_400 };
const later = { block: { number: 95, timestamp: Date.parse(days(0)) / 1000 + 60 } };

describe("a certificate on the desk is renewed", () => {
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
    expect([result.verdict, result.certificate?.conflict?.blockNumber]).to.deep.equal(["unreachable", 90]);
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
