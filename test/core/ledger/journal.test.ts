import { expect } from "chai";
import { AbiCoder, id, keccak256, toUtf8Bytes } from "ethers";
import { bytesToHex, hexToBytes, to0x } from "../../../core/bytes.ts";
import { topics } from "../../../core/ledger/abi.ts";
import type { LedgerEvent } from "../../../core/ledger/events.ts";
import { extend, journalEntry, journalSeed } from "../../../core/ledger/journal.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { bytes18 } from "./synthetic.ts";

const agency = "11440310XX0001011N";
const actor = "11440310XX0001070R";
const digest = "ab".repeat(32);
const basis = "cd".repeat(32);
const signer = hexToBytes("70997970c51812dc3a010c7d01b50e0d17dc79c8");
const name = toUtf8Bytes("坪山示例市场监管局（虚构）");
const time = 1_795_000_000;

/** Each event, and its words after topic and time, written down from the sentence in IJournal. */
const cases: [event: LedgerEvent, types: string[], values: unknown[]][] = [
  [
    {
      name: "Anchored",
      agency,
      kind: 1,
      root: `0x${"12".repeat(32)}`,
      count: 3,
      deadline: 2n ** 64n - 1n,
      signer,
      digests: new Uint8Array(96).fill(5),
    },
    ["bytes18", "uint8", "bytes32", "uint32", "uint64", "bytes32"],
    [bytes18(agency), 1, `0x${"12".repeat(32)}`, 3, 2n ** 64n - 1n, keccak256(signer)],
  ],
  [
    {
      name: "StatusSet",
      leaf: `0x${"34".repeat(32)}`,
      actor,
      agency,
      kind: 2,
      digest,
      version: 7,
      effect: 5,
      basis,
      signer,
    },
    ["bytes32", "bytes18", "bytes18", "uint8", "bytes32", "uint16", "uint8", "bytes32", "bytes32"],
    [`0x${"34".repeat(32)}`, bytes18(actor), bytes18(agency), 2, `0x${digest}`, 7, 5, `0x${basis}`, keccak256(signer)],
  ],
  [{ name: "AgencyEnrolled", agency, agencyName: name }, ["bytes18", "bytes32"], [bytes18(agency), keccak256(name)]],
  [{ name: "AgencyRenamed", agency, agencyName: name }, ["bytes18", "bytes32"], [bytes18(agency), keccak256(name)]],
  [{ name: "KindsSet", agency, kinds: 2n ** 255n }, ["bytes18", "uint256"], [bytes18(agency), 2n ** 255n]],
  [
    { name: "SignerSet", agency, signer, validFrom: 0, validUntil: 2 ** 40 - 1 },
    ["bytes18", "bytes32", "uint40", "uint40"],
    [bytes18(agency), keccak256(signer), 0, 2 ** 40 - 1],
  ],
  [{ name: "SuspensionSet", agency, suspended: true }, ["bytes18", "bool"], [bytes18(agency), true]],
  [
    { name: "OversightSet", overseer: actor, agency, effects: 14 },
    ["bytes18", "bytes18", "uint8"],
    [bytes18(actor), bytes18(agency), 14],
  ],
];

describe("the journal", () => {
  const coder = AbiCoder.defaultAbiCoder();

  it("begins with its own seed on each chain and for each contract", () => {
    const address = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
    const seed = keccak256(coder.encode(["bytes32", "uint256", "address"], [id("hufu.journal.v1"), 31_337, address]));
    expect(to0x(journalSeed(31_337, address.toLowerCase(), keccak))).to.equal(seed);
    expect(to0x(journalSeed(31_338, address.toLowerCase(), keccak))).to.not.equal(seed);
  });

  for (const [event, types, values] of cases) {
    it(`has the entry of ${event.name} as the interface says it`, () => {
      const encoded = coder.encode(["bytes32", "uint256", ...types], [topics[event.name], time, ...values]);
      expect(to0x(journalEntry(event, time, keccak))).to.equal(keccak256(encoded));
    });

    it(`has another entry of ${event.name} at another time`, () => {
      expect(journalEntry(event, time, keccak)).to.not.deep.equal(journalEntry(event, time + 1, keccak));
    });
  }

  it("its head commits to the order of the entries", () => {
    const [first, second] = cases.map(([event]) => journalEntry(event, time, keccak));
    if (first === undefined || second === undefined) throw new Error("two cases");
    const head = new Uint8Array(32);
    const forth = extend(extend(head, first, keccak), second, keccak);
    const back = extend(extend(head, second, keccak), first, keccak);
    expect(bytesToHex(forth)).to.not.equal(bytesToHex(back));
    const once = keccak256(coder.encode(["bytes32", "bytes32"], [head, first]));
    expect(to0x(forth)).to.equal(keccak256(coder.encode(["bytes32", "bytes32"], [once, second])));
  });
});
