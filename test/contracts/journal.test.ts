import { expect } from "chai";
import { type BaseContract, EventFragment, type Interface, type Log } from "ethers";
import fc from "fast-check";
import { createKeccak, type Keccak } from "../../core/ledger/keccak.ts";
import type { RawLog } from "../../core/ledger/events.ts";
import { createReplay } from "../../core/ledger/replay.ts";
import { propertyRuns } from "../runs.ts";
import {
  anchor,
  bit,
  bureau,
  bureauKey,
  changeOf,
  court,
  courtKey,
  Effect,
  ethers,
  fixture,
  type Fixture,
  FOREVER,
  loadFixture,
  office,
  officeKey,
  setStatus,
  strangerKey,
} from "./fixture.ts";
import { type Batch, batchOf, codeBytes, digestsOf, hashOf, journalEntry, journalHead, journalSeed } from "./hashes.ts";

const agencies = [
  { agency: office, key: officeKey },
  { agency: bureau, key: bureauKey },
  { agency: court, key: courtKey },
] as const;

/** One log, as the interface says an entry is made of it. */
function entryOf(contract: Interface, log: Log, time: number): string {
  const event = contract.parseLog(log);
  if (!event) throw new Error(`a log that the interface does not know: ${log.topics[0]}`);
  const types: string[] = [];
  const values: unknown[] = [];
  for (const [index, input] of EventFragment.from(event.fragment).inputs.entries()) {
    if (input.baseType === "array") continue;
    const isLong = input.type === "bytes" || input.type === "string";
    types.push(isLong ? "bytes32" : input.type);
    const value = event.args[index];
    values.push(isLong ? hashOf(input.type === "string" ? Buffer.from(value, "utf8") : value) : value);
  }
  return journalEntry(event.topic, time, types, values);
}

/** The head that a contract's events lead to, from its seed. AuthorityUpdated is AccessManaged's, and no part of the journal. */
async function recomputedHead(contract: BaseContract): Promise<string> {
  const address = await contract.getAddress();
  const { chainId } = await ethers.provider.getNetwork();
  let head = journalSeed(chainId, address);
  for (const log of await ethers.provider.getLogs({ address, fromBlock: 0 })) {
    if (contract.interface.parseLog(log)?.name === "AuthorityUpdated") continue;
    const block = await log.getBlock();
    head = journalHead(head, entryOf(contract.interface, log, block.timestamp));
  }
  return head;
}

/** The replay of core/ over the same events: every rule that it knows holds, and it comes to the same heads and batches. */
async function replayAgrees(hufu: Fixture, keccak: Keccak): Promise<void> {
  const [ledger, register] = [await hufu.ledger.getAddress(), await hufu.agencies.getAddress()];
  const replay = createReplay({ chainId: Number(hufu.domain.chainId), ledger, agencies: register, keccak });
  const foreign = hufu.agencies.interface.getEvent("AuthorityUpdated").topicHash;
  for (const log of await ethers.provider.getLogs({ address: [ledger, register], fromBlock: 0 })) {
    if (log.topics[0] === foreign) continue;
    const { timestamp } = await log.getBlock();
    expect(replay.apply(rawLog(log), timestamp)).to.equal(undefined);
  }
  const heads = { ledger: await hufu.ledger.journalHead(), agencies: await hufu.agencies.journalHead() };
  expect(replay.heads()).to.deep.equal(heads);
}

const deeds = ["anchor", "status", "kinds", "signer", "suspension", "oversight", "rename", "enrol"] as const;

function rawLog(log: Log): RawLog {
  const { address, topics, data, blockNumber, blockHash, transactionHash, index } = log;
  return { address, topics, data, blockNumber, blockHash, transactionHash, logIndex: index };
}

/** One thing that somebody does; who and what come from `pick`. Most succeed, some are refused: both must keep the journal true. */
interface Step {
  readonly deed: (typeof deeds)[number];
  readonly who: number;
  readonly pick: number;
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    deed: fc.constantFrom(...deeds, "anchor" as const, "status" as const, "status" as const),
    who: fc.nat(2),
    pick: fc.nat(10_000),
  }),
  { minLength: 1, maxLength: 12 },
);

async function perform(hufu: Fixture, step: Step, batches: Batch[]): Promise<unknown> {
  const { agency, key } = agencies[step.who] ?? agencies[0];
  const { pick } = step;
  switch (step.deed) {
    case "anchor": {
      const batch = batchOf(agency, pick % 2 ? 1 : 4, digestsOf(1 + (pick % 7), `${pick}`));
      await anchor(hufu, batch, { key });
      return batches.push(batch);
    }
    case "status": {
      const batch = batches[pick % batches.length];
      if (!batch) return;
      const index = pick % batch.digests.length;
      const { version } = await hufu.ledger.statusOf(batch.leaves[index] ?? "");
      const decision = batchOf(agency, 4, digestsOf(1, `decision ${pick}`));
      await anchor(hufu, decision, { key });
      const basis = decision.digests[0] ?? "";
      const change = changeOf(batch, index, { version: Number(version), effect: 1 + (pick % 5), basis });
      return setStatus(hufu, [change], { key, actor: agency });
    }
    case "kinds":
      return hufu.register.setKinds(agency, 2n + 16n * BigInt(pick % 8));
    case "signer":
      return hufu.register.setSigner(agency, strangerKey.address, pick, FOREVER);
    case "suspension":
      return hufu.register.setSuspension(agency, pick % 4 === 0);
    case "oversight":
      return hufu.register.setOversight(agency, bureau, pick % 2 ? bit(Effect.ENDED) : 0);
    case "rename":
      return hufu.register.rename(agency, `名称 ${pick}`);
    case "enrol":
      return hufu.register.enrol(codeBytes(`91440310${String(pick).padStart(10, "0")}`), "新设机构", 2);
  }
}

describe("The journal", () => {
  it("recomputed from the events is the head, whatever was done", async () => {
    const keccak = await createKeccak();
    const done = new Set<Step["deed"]>();
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const hufu = await loadFixture(fixture);
        const batches: Batch[] = [];
        for (const step of sequence) {
          await perform(hufu, step, batches).then(
            () => done.add(step.deed),
            () => undefined,
          );
        }
        expect(await hufu.ledger.journalHead()).to.equal(await recomputedHead(hufu.ledger));
        expect(await hufu.agencies.journalHead()).to.equal(await recomputedHead(hufu.agencies));
        await replayAgrees(hufu, keccak);
      }),
      { numRuns: Math.min(propertyRuns, 1_000) },
    );
    expect([...done]).to.have.members(deeds);
  }).timeout(300_000);

  it("moves with each event by one entry, and not without", async () => {
    const hufu = await loadFixture(fixture);
    const before = await hufu.ledger.journalHead();
    const batch = batchOf(office, 1, digestsOf(3));
    await anchor(hufu, batch);
    const anchored = await hufu.ledger.journalHead();
    expect(anchored).not.to.equal(before);
    await expect(anchor(hufu, batch)).to.be.revertedWithCustomError(hufu.ledger, "LedgerDuplicateRoot");
    expect(await hufu.ledger.journalHead()).to.equal(anchored);
    await setStatus(hufu, [changeOf(batch, 0), changeOf(batch, 1)]);
    expect(await hufu.ledger.journalHead()).to.equal(await recomputedHead(hufu.ledger));
  });

  it("begins with a seed that no other contract has", async () => {
    const hufu = await loadFixture(fixture);
    expect(await hufu.ledger.journalHead()).to.equal(journalSeed(hufu.domain.chainId, await hufu.ledger.getAddress()));
    expect(await hufu.ledger.journalHead()).not.to.equal(
      journalSeed(hufu.domain.chainId, await hufu.agencies.getAddress()),
    );
  });
});
