import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { concatBytes, hexToBytes, to0x } from "../../../core/bytes.ts";
import type { DivergenceCode } from "../../../core/ledger/divergence.ts";
import { decodeLog, type RawLog } from "../../../core/ledger/events.ts";
import { extend, journalEntry, journalSeed } from "../../../core/ledger/journal.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { leafOf } from "../../../core/ledger/leaf.ts";
import { buildTree, orderBatch, verifyPath } from "../../../core/ledger/merkle.ts";
import { createReplay } from "../../../core/ledger/replay.ts";
import { brokenLedgers } from "./broken-ledgers.ts";

const folder = join(import.meta.dirname, "../../vectors");

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names the form of the file that it reads
function vector<T>(name: string): T {
  return JSON.parse(readFileSync(join(folder, name), "utf8")) as T; // as: the test is what reads its form
}

interface LeafCase {
  agency: string;
  kind: number;
  digest: string;
  leaf: string;
}

interface RootCase {
  agency: string;
  kind: number;
  digests: string[];
  orderedDigests: string[];
  leaves: string[];
  root: string;
  paths: string[][];
}

interface Ledger {
  chainId: number;
  ledger: string;
  agencies: string;
}

interface Journal extends Ledger {
  seeds: { ledger: string; agencies: string };
  steps: { contract: "ledger" | "agencies"; log: RawLog; entry: string; head: string }[];
}

interface Broken extends Ledger {
  logs: RawLog[];
  divergence: { code: string; where: object };
}

describe("the published vectors of the ledger", () => {
  it("leaves", () => {
    for (const { agency, kind, digest, leaf } of vector<{ cases: LeafCase[] }>("valid/ledger_leaf.json").cases) {
      expect(to0x(leafOf(agency, kind, digest, keccak))).to.equal(leaf);
    }
  });

  it("roots and paths", () => {
    for (const { agency, kind, ...expected } of vector<{ cases: RootCase[] }>("valid/ledger_root.json").cases) {
      const batch = orderBatch(agency, kind, concatBytes(...expected.digests.map(hexToBytes)), keccak);
      expect(batch.digests).to.deep.equal(concatBytes(...expected.orderedDigests.map(hexToBytes)));
      expect(batch.leaves).to.deep.equal(concatBytes(...expected.leaves.map(hexToBytes)));
      expect(to0x(batch.root)).to.equal(expected.root);
      const tree = buildTree(batch.leaves, keccak);
      expected.paths.forEach((path, index) => {
        expect(tree.proof(index).map(to0x)).to.deep.equal(path);
        const leaf = hexToBytes(expected.leaves[index] ?? "");
        expect(to0x(verifyPath(leaf, path.map(hexToBytes), keccak))).to.equal(expected.root);
      });
    }
  });

  it("journal entries and heads, one by one and replayed", () => {
    const { chainId, ledger, agencies, seeds, steps } = vector<Journal>("valid/ledger_journal.json");
    const heads = { ledger: journalSeed(chainId, ledger, keccak), agencies: journalSeed(chainId, agencies, keccak) };
    expect({ ledger: to0x(heads.ledger), agencies: to0x(heads.agencies) }).to.deep.equal(seeds);
    const replay = createReplay({ chainId, ledger, agencies, keccak });
    for (const { contract, log, entry, head } of steps) {
      const time = log.blockTimestamp ?? 0;
      const computed = journalEntry(decodeLog(log), time, keccak);
      heads[contract] = extend(heads[contract], computed, keccak);
      expect(to0x(computed)).to.equal(entry);
      expect(to0x(heads[contract])).to.equal(head);
      expect(replay.apply(log, time)).to.equal(undefined);
      expect(replay.heads()[contract]).to.equal(head);
    }
  });

  const files = readdirSync(join(folder, "invalid")).filter((file) => file.startsWith("ledger_"));

  it("has a broken ledger for every code", () => {
    const codes = Object.keys(brokenLedgers) as DivergenceCode[]; // as: the keys of a closed record
    const names = codes.map((code) => `ledger_${code.toLowerCase().replaceAll("_", "-")}.json`);
    expect(files).to.have.members(names);
  });

  for (const file of files) {
    it(`stops where ${file} is broken`, () => {
      const { logs, divergence, ...addresses } = vector<Broken>(`invalid/${file}`);
      const replay = createReplay({ ...addresses, keccak });
      const found = logs.map((log) => replay.apply(log, log.blockTimestamp ?? 0)).find((item) => item !== undefined);
      expect(found).to.deep.include(divergence);
    });
  }
});
