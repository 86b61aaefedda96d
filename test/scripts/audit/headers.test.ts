import { expect } from "chai";
import fc from "fast-check";
import { to0x, type Hex } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import { checkCliqueChain } from "../../../core/proofs/clique.ts";
import { blockHashOf, type Consensus } from "../../../core/proofs/consensus.ts";
import type { BlockHeader } from "../../../core/proofs/header.ts";
import { nobleRecover } from "../../../core/proofs/signature.ts";
import { faultCodeOf } from "../../../scripts/audit/fault.ts";
import {
  beforeGenesis,
  follow,
  isDivergence,
  type HeaderPosition,
  type HeaderRules,
} from "../../../scripts/audit/headers/chain.ts";
import { factsOf } from "../../../scripts/audit/headers/facts.ts";
import type { AuditDivergence } from "../../../scripts/audit/report.ts";
import { createHeaderPool } from "../../../scripts/audit/headers/pool.ts";
import { wasmRecover } from "../../../server/chain/recover.ts";
import {
  addressesOf,
  fastTools as tools,
  genesisOf,
  qbftValidators,
  sealClique,
  sealQbft,
  sign,
  signatory,
  type Signatory,
} from "../../core/proofs/sealed-chain.ts";
import { faultOf as proofFault } from "../../core/proofs/fault-of.ts";
import { propertyRuns } from "../../runs.ts";

const four = qbftValidators(4);
const fifth = signatory("a fifth");
const addresses = addressesOf(four);
const qbft = { type: "qbft", epoch: 10 } as const;
const clique = { type: "clique", epoch: 10, period: 1 } as const;

describe("following every header", () => {
  /** A chain under construction: `make` gets the number and the parent's hash. */
  function chainOf(
    consensus: Consensus,
    length: number,
    make: (number: number, parentHash: Uint8Array) => BlockHeader,
  ) {
    const headers = [genesisOf(consensus.type === "clique" ? "clique" : "qbft", four)];
    while (headers.length < length)
      headers.push(make(headers.length, blockHashOf(headers.at(-1)!, consensus, tools.keccak)));
    return headers;
  }
  function rulesOf(
    consensus: Consensus,
    headers: readonly BlockHeader[],
    other: Partial<HeaderRules> = {},
  ): HeaderRules {
    const genesisHash = to0x(blockHashOf(headers[0]!, consensus, tools.keccak));
    const sets = [{ since: 0, validators: addresses }];
    return { consensus, genesisHash, sets, overrides: [], checkpoints: [], publishedAt: 100, ...other };
  }
  function walk(
    headers: readonly BlockHeader[],
    rules: HeaderRules,
  ): HeaderPosition | { code: string; names: AuditDivergence["names"] } {
    let position = beforeGenesis;
    for (const { raw } of headers) {
      const next = follow(position, factsOf(raw, rules.consensus, tools), rules);
      if (isDivergence(next)) return next;
      position = next;
    }
    return position;
  }
  const plainQbft = (number: number, parentHash: Uint8Array): BlockHeader =>
    sealQbft({ validators: four, signers: four.slice(1), fields: { number, parentHash } });
  const turns = (number: number): Signatory => four[number % 4]!;
  const plainClique = (number: number, parentHash: Uint8Array): BlockHeader =>
    sealClique({
      signer: turns(number),
      signers: four,
      isCheckpoint: number % 10 === 0,
      fields: { number, parentHash },
    });

  it("counts what was sealed, and keeps the set where nobody votes", () => {
    for (const [consensus, make, seals] of [
      [qbft, plainQbft, 3],
      [clique, plainClique, 1],
    ] as const) {
      const headers = chainOf(consensus, 25, make);
      const reached = walk(headers, rulesOf(consensus, headers));
      expect(reached).to.deep.include({ number: 24, seals: 24 * seals, validators: addresses, votes: [] });
      expect(reached).to.deep.include({ sets: [{ since: 0, validators: addresses }] });
    }
  });

  it("names another genesis and a missed checkpoint", () => {
    const headers = chainOf(qbft, 5, plainQbft);
    const other: Hex = `0x${"9".repeat(64)}`;
    expect(walk(headers, rulesOf(qbft, headers, { genesisHash: other }))).to.include({ code: "GENESIS_DIFFERS" });
    const checkpoints = [{ blockNumber: 3, blockHash: other }];
    expect(walk(headers, rulesOf(qbft, headers, { checkpoints }))).to.deep.include({ code: "CHECKPOINT_DIFFERS" });
  });

  it("does not take a header for the child of another", () => {
    const headers = chainOf(qbft, 5, plainQbft);
    const stranger = sealQbft({ validators: four, fields: { number: 3 } });
    expect(faultOf(() => walk(headers.with(3, stranger), rulesOf(qbft, headers)))).to.equal("NODE_FORKED");
  });

  it("follows a vote of QBFT, and names a list that no votes made", () => {
    const five = [...four, fifth].sort((a, b) => (a.address < b.address ? -1 : 1));
    const vote = { subject: fifth.address, direction: "add" } as const;
    const made = (votes: number) =>
      chainOf(qbft, 8, (number, parentHash) => {
        const isVote = number <= votes;
        const fields = { number, parentHash, coinbase: four[number % 4]!.address };
        return sealQbft({ validators: number > 3 ? five : four, vote: isVote ? vote : null, fields });
      });
    const sets = [
      { since: 0, validators: addresses },
      { since: 4, validators: addressesOf(five) },
    ];
    const reached = walk(made(3), rulesOf(qbft, made(3), { sets }));
    expect(reached).to.deep.include({ number: 7, sets });
    const unvoted = walk(made(2), rulesOf(qbft, made(2), { sets }));
    expect(unvoted).to.deep.include({ code: "VALIDATORS_DIFFER", names: { block: 4 } });
    // By the votes they changed, and the trust file knows nothing of it, though it is newer; or it is older.
    const hidden = walk(made(3), rulesOf(qbft, made(3)));
    expect(hidden).to.deep.include({ code: "VALIDATORS_DIFFER", names: { block: 4 } });
    expect(faultOf(() => walk(made(3), rulesOf(qbft, made(3), { publishedAt: 3 })))).to.equal("TRUST_TOO_OLD");
  });

  it("clears the votes with each epoch", () => {
    const vote = { subject: fifth.address, direction: "add" } as const;
    const headers = chainOf(qbft, 14, (number, parentHash) =>
      sealQbft({
        validators: four,
        vote: [8, 9, 11].includes(number) ? vote : null,
        fields: { number, parentHash, coinbase: four[number % 4]!.address },
      }),
    );
    const reached = walk(headers, rulesOf(qbft, headers));
    expect(reached).to.deep.include({ number: 13, validators: addresses });
    expect(reached).to.have.property("votes").with.length(1);
  });

  it("takes the genesis configuration's set in its block", () => {
    const three = four.slice(1);
    const headers = chainOf(qbft, 8, (number, parentHash) =>
      sealQbft({ validators: number < 5 ? four : three, fields: { number, parentHash } }),
    );
    const override = { block: 5, validators: addressesOf(three) };
    const sets = [
      { since: 0, validators: addresses },
      { since: 5, validators: override.validators },
    ];
    expect(walk(headers, rulesOf(qbft, headers, { sets, overrides: [override] }))).to.deep.include({ number: 7, sets });
  });

  it("names seals below a quorum and of strangers", () => {
    const weak = chainOf(qbft, 5, (number, parentHash) =>
      sealQbft({ validators: four, signers: number === 3 ? four.slice(2) : four, fields: { number, parentHash } }),
    );
    expect(walk(weak, rulesOf(qbft, weak))).to.deep.include({
      code: "HEADER_NOT_SEALED",
      names: { block: 3, proof: "SEALS_TOO_FEW" },
    });
    const strange = chainOf(clique, 5, (number, parentHash) =>
      sealClique({ signer: number === 3 ? fifth : turns(number), signers: four, fields: { number, parentHash } }),
    );
    expect(walk(strange, rulesOf(clique, strange))).to.deep.include({ names: { block: 3, proof: "SEAL_OF_STRANGER" } });
  });

  it("names a Clique signer out of turn, or again too soon, and a checkpoint that lists others", () => {
    const named = (make: (number: number, parentHash: Uint8Array) => BlockHeader): object => {
      const headers = chainOf(clique, 12, make);
      const reached = walk(headers, rulesOf(clique, headers));
      return "code" in reached ? { code: reached.code, ...reached.names } : reached;
    };
    const soon = named((number, parentHash) =>
      sealClique({ signer: turns(number === 4 ? 3 : number), signers: four, fields: { number, parentHash } }),
    );
    expect(soon).to.include({ block: 4, proof: "SIGNED_TOO_RECENTLY" });
    const turn = named((number, parentHash) =>
      sealClique({
        signer: turns(number),
        signers: four,
        fields: { number, parentHash, difficulty: number === 4 ? 1n : 2n },
      }),
    );
    expect(turn).to.include({ block: 4, proof: "TURN_DIFFERS" });
    const third = named((number, parentHash) =>
      sealClique({
        signer: turns(number),
        signers: four,
        fields: { number, parentHash, difficulty: number === 4 ? 3n : 2n },
      }),
    );
    expect(third).to.include({ block: 4, proof: "HEADER_NOT_CLIQUE" });
    const list = named((number, parentHash) =>
      sealClique({
        signer: turns(number),
        signers: number === 10 ? four.toSpliced(0, 1, fifth) : four,
        isCheckpoint: number === 10,
        fields: { number, parentHash, difficulty: 2n },
      }),
    );
    expect(list).to.include({ code: "VALIDATORS_DIFFER", block: 10 });
  });

  it("says of a Clique block after sound ones what the proof of a certificate says of it", () => {
    const last = fc.record({ signer: fc.constantFrom(...four, fifth), difficulty: fc.bigInt(0n, 3n) });
    fc.assert(
      fc.property(fc.nat(8), last, (sound, { signer, difficulty }) => {
        const headers = chainOf(clique, sound + 2, (number, parentHash) => {
          const isLast = number > sound;
          const fields = { number, parentHash, difficulty: isLast ? difficulty : 2n };
          return sealClique({ signer: isLast ? signer : turns(number), signers: four, fields });
        });
        const reached = walk(headers, rulesOf(clique, headers));
        const proof = "code" in reached ? reached.names["proof"] : "ACCEPTED";
        expect(proof).to.equal(proofFault(() => checkCliqueChain(headers.slice(1), () => addresses, tools)));
      }),
      { numRuns: Math.min(propertyRuns, 500) },
    );
  });
});

describe("looking at headers", () => {
  it("gives the same in workers as here", async () => {
    const raws = Array.from({ length: 70 }, (_, number) => sealQbft({ validators: four, fields: { number } }).raw);
    const here = createHeaderPool({ consensus: qbft, keccak: tools.keccak, workers: 0 });
    const there = createHeaderPool({ consensus: qbft, keccak: tools.keccak, workers: 2 });
    const [one, two] = await Promise.all([here.facts(raws), there.facts(raws)]);
    expect(two).to.deep.equal(one);
    const lists = await Promise.all(Array.from({ length: 5 }, () => there.facts(raws)));
    for (const list of lists) expect(list).to.deep.equal(one);
    await there.close();
  });

  it("says of bytes that are no header that they are none, wherever it looks", async () => {
    const raws = Array.from({ length: 70 }, () => Uint8Array.of(1, 2, 3));
    for (const workers of [0, 1]) {
      const pool = createHeaderPool({ consensus: qbft, keccak: tools.keccak, workers });
      const code = await pool.facts(raws).then(String, (error: unknown) => (error as HufuError).code); // as: the one error class
      expect(code).to.equal(workers === 0 ? "INVALID_PROOF" : "NODE_ANSWER");
      await pool.close();
    }
  });

  it("recovers signers as plain JavaScript does", () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(
        bytes,
        bytes,
        bytes,
        fc.constantFrom(0 as const, 1 as const),
        fc.boolean(),
        (hash, r, s, v, isReal) => {
          const seal = isReal ? sign(hash, fifth) : Uint8Array.of(...r, ...s, v);
          const signature = seal.subarray(0, 64);
          const recovery = seal[64] === 0 ? 0 : 1;
          const [fast, slow] = [wasmRecover, nobleRecover].map((recover) => recover(hash, signature, recovery));
          expect(fast && to0x(fast).slice(-128)).to.equal(slow && to0x(slow).slice(-128));
        },
      ),
      { numRuns: Math.min(propertyRuns, 500) },
    );
  });
});

function faultOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof HufuError) return faultCodeOf(error);
    throw error;
  }
  throw new Error("it did not fail");
}
