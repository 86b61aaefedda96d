import { expect } from "chai";
import fc from "fast-check";
import { hexToBytes, to0x } from "../../../core/bytes.ts";
import { extend, journalEntry, journalSeed } from "../../../core/ledger/journal.ts";
import { decodeLog } from "../../../core/ledger/events.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { propertyRuns } from "../../runs.ts";
import {
  addresses,
  begin,
  chainId,
  createScenario,
  digestOf,
  justice,
  leaf,
  market,
  ordinaryLedger,
} from "./scenario.ts";
import { bytes18 } from "./synthetic.ts";

const record = digestOf(`${market} record`);
const decision = digestOf(`${market} decision`);

describe("replay of a sound ledger", () => {
  it("rebuilds agencies with their names, kinds, signers and overseers", () => {
    const scenario = ordinaryLedger();
    scenario.emit("AgencyRenamed", [bytes18(market), "坪山示例市场监管局（虚构）"]);
    scenario.emit("SuspensionSet", [bytes18(justice), true]);
    const { replay, divergence } = scenario.replay();
    expect(divergence).to.equal(undefined);
    expect(replay.agency(market)).to.deep.include({ name: "坪山示例市场监管局（虚构）", kinds: 30n, suspended: false });
    expect(replay.agency(market)?.overseers.get(justice)).to.equal(0b100100);
    expect([...(replay.agency(market)?.signers.values() ?? [])]).to.deep.equal([
      { validFrom: 0, validUntil: 2 ** 40 - 1 },
    ]);
    expect(replay.agency(justice)?.suspended).to.equal(true);
    expect(replay.agencies().size).to.equal(3);
  });

  it("rebuilds batches and finds each record in its first batch, under its own agency and kind alone", () => {
    const scenario = ordinaryLedger();
    scenario.anchor(market, 1, [record, digestOf("third")]);
    const { replay, divergence } = scenario.replay();
    expect(divergence).to.equal(undefined);
    const [first] = replay.batches();
    expect(first).to.deep.include({ agency: market, kind: 1, count: 2, blockNumber: 11, blockTime: begin + 100 });
    expect(replay.record(market, 1, hexToBytes(record))).to.equal(first);
    expect(replay.record(market, 2, hexToBytes(record))).to.equal(undefined);
    expect(replay.record(justice, 1, hexToBytes(record))).to.equal(undefined);
    expect(replay.record(market, 1, hexToBytes(digestOf("nothing")))).to.equal(undefined);
    expect(replay.batch(first?.root ?? "0x")).to.equal(first);
    expect(replay.digestsOf(4).length).to.equal(64);
    expect(replay.counts()).to.deep.equal({ events: 15, batches: 5, records: 8, statusChanges: 0, agencies: 3 });
  });

  it("rebuilds statuses: by the agency, by its overseer, and superseded by a successor", () => {
    const scenario = ordinaryLedger();
    const successor = digestOf("successor");
    scenario.status({ digest: record, effect: 3, basis: decision });
    scenario.status({ digest: record, effect: 2, basis: digestOf(`${justice} decision`), version: 2, actor: justice });
    scenario.anchor(market, 1, [successor]);
    scenario.status({ digest: record, effect: 4, basis: successor, version: 3 });
    scenario.status({ digest: digestOf(`${market} other`), effect: 5, basis: digestOf(`${justice} decision`) });
    const { replay, divergence } = scenario.replay();
    expect(divergence).to.equal(undefined);
    const status = replay.statuses().get(`0x${leaf(market, 1, record).slice(2)}`);
    expect(status).to.deep.include({ effect: "SUPERSEDED", version: 3, basis: successor, actor: market });
    expect(replay.statuses().size).to.equal(2);
    expect(replay.counts().statusChanges).to.equal(4);
  });

  it("ends with both journal heads, each over its own events", () => {
    const scenario = ordinaryLedger();
    scenario.status({ digest: record, effect: 3, basis: decision });
    const heads = {
      ledger: journalSeed(chainId, addresses.ledger, keccak),
      agencies: journalSeed(chainId, addresses.agencies, keccak),
    };
    for (const log of scenario.logs) {
      const contract = log.address === addresses.ledger ? "ledger" : "agencies";
      heads[contract] = extend(heads[contract], journalEntry(decodeLog(log), log.blockTimestamp ?? 0, keccak), keccak);
    }
    expect(scenario.replay().replay.heads()).to.deep.equal({
      ledger: to0x(heads.ledger),
      agencies: to0x(heads.agencies),
    });
  });

  it("finds every record of a large ledger, and no other", () => {
    const scenario = createScenario();
    scenario.enrol(market);
    const name = (batch: number, index: number): string => digestOf(`${batch}/${index}`);
    for (let batch = 0; batch < 12; batch++) {
      scenario.anchor(
        market,
        1 + (batch % 4),
        Array.from({ length: 250 }, (_, index) => name(batch, index)),
      );
    }
    const { replay, divergence } = scenario.replay();
    expect(divergence).to.equal(undefined);
    for (let batch = 0; batch < 12; batch++) {
      for (let index = 0; index < 250; index++) {
        const digest = hexToBytes(name(batch, index));
        expect(replay.record(market, 1 + (batch % 4), digest)).to.equal(replay.batches()[batch]);
        expect(replay.record(market, 1 + ((batch + 1) % 4), digest)).to.equal(undefined);
      }
    }
  });

  it("never lets a status leave a terminal effect, whatever is tried", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 })), { maxLength: 6 }),
        (tries) => {
          const scenario = ordinaryLedger();
          for (const [effect, version] of tries) scenario.status({ digest: record, effect, version, basis: decision });
          const { replay, divergence } = scenario.replay();
          const good = tries.findIndex(
            ([, version], index) => version !== index + 1 || tries.slice(0, index).some(([effect]) => effect > 3),
          );
          expect(divergence === undefined).to.equal(good === -1);
          expect(replay.counts().statusChanges).to.equal(good === -1 ? tries.length : good);
        },
      ),
      { numRuns: propertyRuns },
    );
  }).timeout(300_000);
});
