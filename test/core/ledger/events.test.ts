import { expect } from "chai";
import { hexlify, id, toUtf8Bytes } from "ethers";
import fc from "fast-check";
import { bytesToHex, to0x } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import { signatures, topics } from "../../../core/ledger/abi.ts";
import { decodeLog, type LedgerEvent } from "../../../core/ledger/events.ts";
import { propertyRuns } from "../../runs.ts";
import { bytes18, encodeEvent, type EventName } from "./synthetic.ts";

const agency = fc.string({ unit: fc.constantFrom(..."0123456789ABCDEFGHJKLMNPQRTUWXY"), minLength: 18, maxLength: 18 });
const word = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(bytesToHex);
const bytes = fc.uint8Array({ maxLength: 200 });
const uint = (bits: number): fc.Arbitrary<bigint> => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });
const small = (bits: number): fc.Arbitrary<number> => uint(bits).map(Number);

/** Each event with arbitrary arguments, beside the same arguments as ethers wants them. */
const samples: Record<EventName, fc.Arbitrary<[event: LedgerEvent, values: unknown[]]>> = {
  Anchored: fc
    .record({
      agency,
      kind: small(8),
      root: word,
      count: small(32),
      deadline: uint(64),
      signer: bytes,
      list: fc.array(word),
    })
    .map(({ list, root, ...rest }) => {
      const digests = new Uint8Array(Buffer.from(list.join(""), "hex"));
      const values = [bytes18(rest.agency), rest.kind, `0x${root}`, rest.count, rest.deadline, rest.signer];
      return [{ name: "Anchored", ...rest, root: `0x${root}`, digests }, [...values, list.map((item) => `0x${item}`)]];
    }),
  StatusSet: fc
    .record({
      leaf: word,
      actor: agency,
      agency,
      kind: small(8),
      digest: word,
      version: small(16),
      effect: small(8),
      basis: word,
      signer: bytes,
    })
    .map((all) => {
      const values = [
        `0x${all.leaf}`,
        bytes18(all.actor),
        bytes18(all.agency),
        all.kind,
        `0x${all.digest}`,
        all.version,
      ];
      return [
        { name: "StatusSet", ...all, leaf: `0x${all.leaf}` },
        [...values, all.effect, `0x${all.basis}`, all.signer],
      ];
    }),
  AgencyEnrolled: named("AgencyEnrolled"),
  AgencyRenamed: named("AgencyRenamed"),
  KindsSet: fc
    .record({ agency, kinds: uint(256) })
    .map((all) => [{ name: "KindsSet", ...all }, [bytes18(all.agency), all.kinds]]),
  SignerSet: fc
    .record({ agency, signer: bytes, validFrom: small(40), validUntil: small(40) })
    .map((all) => [{ name: "SignerSet", ...all }, [bytes18(all.agency), all.signer, all.validFrom, all.validUntil]]),
  SuspensionSet: fc
    .record({ agency, suspended: fc.boolean() })
    .map((all) => [{ name: "SuspensionSet", ...all }, [bytes18(all.agency), all.suspended]]),
  OversightSet: fc
    .record({ overseer: agency, agency, effects: small(8) })
    .map((all) => [{ name: "OversightSet", ...all }, [bytes18(all.overseer), bytes18(all.agency), all.effects]]),
};

function named(name: "AgencyEnrolled" | "AgencyRenamed"): fc.Arbitrary<[LedgerEvent, unknown[]]> {
  return fc
    .record({ agency, text: fc.string({ unit: "grapheme", maxLength: 60 }) })
    .map(({ agency: code, text }) => [{ name, agency: code, agencyName: toUtf8Bytes(text) }, [bytes18(code), text]]);
}

function names(): EventName[] {
  return Object.keys(signatures) as EventName[]; // the keys of a constant object
}

function expectMalformed(log: { topics: readonly string[]; data: string }): void {
  expect(() => decodeLog(log))
    .to.throw(HufuError)
    .with.property("code", "MALFORMED_LOG");
}

describe("decoding a log", () => {
  for (const name of names()) {
    it(`reads ${name} as ethers writes it`, () => {
      expect(topics[name]).to.equal(id(signatures[name]));
      fc.assert(
        fc.property(samples[name], ([event, values]) => {
          expect(decodeLog(encodeEvent(name, values))).to.deep.equal(event);
        }),
        { numRuns: propertyRuns },
      );
    });

    it(`refuses ${name} with a word too many or too few, a topic too many or too few`, () => {
      const [sample] = fc.sample(samples[name], 1);
      const { topics: list, data } = encodeEvent(name, sample?.[1] ?? []);
      expectMalformed({ topics: list, data: `${data}${"00".repeat(32)}` });
      expectMalformed({ topics: list, data: `${data}00` });
      expectMalformed({ topics: list, data: data.slice(0, -64) });
      expectMalformed({ topics: list, data: data.slice(0, -1) });
      expectMalformed({ topics: list, data: "0x" });
      expectMalformed({ topics: list.slice(0, -1), data });
      expectMalformed({ topics: [...list, list[0] ?? ""], data });
    });
  }

  it("never throws anything but MALFORMED_LOG, whatever a node hands out", () => {
    const hex = fc.uint8Array({ maxLength: 400 }).map(hexlify);
    const topic = fc.oneof(
      fc.constantFrom(...Object.values(topics)),
      word.map((text) => `0x${text}`),
      hex,
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(topic, { maxLength: 5 }), fc.oneof(hex, fc.string()), (list, data) => {
        try {
          decodeLog({ topics: list, data });
        } catch (error) {
          expect(error).to.be.instanceOf(HufuError).with.property("code", "MALFORMED_LOG");
        }
      }),
      { numRuns: propertyRuns },
    );
  });

  it("one changed byte of Anchored is another event or refused, never the same event", () => {
    const [sample] = fc.sample(samples.Anchored, { numRuns: 1, seed: 7 });
    const log = encodeEvent("Anchored", sample?.[1] ?? []);
    const before = decodeLog(log);
    for (let at = 2; at < log.data.length; at += 2) {
      const flipped = (Number.parseInt(log.data.slice(at, at + 2), 16) ^ 1).toString(16).padStart(2, "0");
      let after: LedgerEvent | undefined;
      try {
        after = decodeLog({ topics: log.topics, data: log.data.slice(0, at) + flipped + log.data.slice(at + 2) });
      } catch (error) {
        expect(error).to.be.instanceOf(HufuError);
      }
      expect(after).to.not.deep.equal(before);
    }
  });

  it("refuses an agency in other characters, padding, an integer too large, another offset, another topic", () => {
    const good = encodeEvent("KindsSet", [bytes18("11440310XX0001011N"), 2]);
    expect(decodeLog(good)).to.have.property("agency", "11440310XX0001011N");
    const topic0 = topics.KindsSet;
    expectMalformed({ topics: [topic0, `0x${"61".repeat(18)}${"00".repeat(14)}`], data: good.data });
    expectMalformed({ topics: [topic0, `0x${"41".repeat(18)}${"00".repeat(13)}01`], data: good.data });
    expectMalformed({ topics: [topics.SuspensionSet, good.topics[1] ?? ""], data: to0x(new Uint8Array(32).fill(2)) });
    expectMalformed({ topics: [id("KindsSet(bytes18)"), good.topics[1] ?? ""], data: good.data });
    expectMalformed({ topics: [], data: good.data });
    const name = encodeEvent("AgencyRenamed", [bytes18("11440310XX0001011N"), "name"]);
    expectMalformed({ topics: name.topics, data: name.data.replace(/20/, "40") });
    expectMalformed({ topics: name.topics, data: name.data.replace(/00$/, "01") });
    expectMalformed({ topics: name.topics, data: `0x${"ff".repeat(32)}${name.data.slice(66)}` });
    expectMalformed({
      topics: name.topics,
      data: `${name.data.slice(0, 66)}${"ff".repeat(32)}${name.data.slice(130)}`,
    });
  });
});
