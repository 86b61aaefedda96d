import { expect } from "chai";
import fc from "fast-check";

import { bytesToHex, utf8 } from "../../../core/bytes.ts";
import { createKeccak, nobleKeccak } from "../../../core/ledger/keccak.ts";
import { lookUp } from "../../../core/proofs/trie.ts";
import { propertyRuns } from "../../runs.ts";
import { faultOf } from "./fault-of.ts";
import { emptyRoot, trieOf } from "./tries.ts";

const keccak = await createKeccak();
const hashed = (text: string): Uint8Array => keccak.hash(utf8(text));
const hex = (value: Uint8Array | null): string | null => value && bytesToHex(value);

/** Keys that share their beginnings and are of several lengths, so that nodes stand inside their parents and branches hold values. */
const shortKeys = fc.array(fc.constantFrom(0x00, 0x01, 0x10, 0x11, 0xf0), { minLength: 1, maxLength: 4 });
const shortEntries = fc.array(fc.tuple(shortKeys, fc.uint8Array({ minLength: 1, maxLength: 40 })), {
  minLength: 1,
  maxLength: 40,
});

describe("a lookup in a trie", () => {
  for (const size of [1, 2, 16, 17, 300, 2000]) {
    it(`proves the keys of a trie of ${size}, and the absence of others`, async () => {
      const entries = Array.from({ length: size }, (_, index) => [hashed(`key ${index}`), hashed(`${index}`)] as const);
      const { root, proof } = await trieOf(entries);
      const step = Math.ceil(size / 100);
      for (let index = 0; index < size; index += step) {
        const [key, value] = entries[index]!;
        expect(hex(lookUp({ root, key, nodes: await proof(key), keccak }).value)).to.equal(hex(value));
        const other = hashed(`other ${index}`);
        expect(lookUp({ root, key: other, nodes: await proof(other), keccak }).value).to.equal(null);
      }
    });
  }

  it("agrees with the other library on nodes of every kind and size", async () => {
    await fc.assert(
      fc.asyncProperty(shortEntries, shortKeys, async (entries, absentKey) => {
        const { root, proof } = await trieOf(entries.map(([key, value]) => [Uint8Array.from(key), value]));
        const held = new Map(entries.map(([key, value]) => [key.join(), bytesToHex(value)]));
        for (const list of [...entries.map(([key]) => key), absentKey]) {
          const key = Uint8Array.from(list);
          const { value } = lookUp({ root, key, nodes: await proof(key), keccak: nobleKeccak });
          expect(hex(value)).to.equal(held.get(list.join()) ?? null);
        }
      }),
      { numRuns: propertyRuns },
    );
  }).timeout(120_000);

  it("tells whether a key is absent because another stands where its own would", async () => {
    const { root, proof } = await trieOf([[hashed("only"), utf8("value")]]);
    const key = hashed("other");
    expect(lookUp({ root, key, nodes: await proof(key), keccak })).to.deep.equal({ value: null, isOfAnotherKey: true });
  });

  it("proves that an empty trie holds nothing, by its one node or by none", () => {
    const key = hashed("any");
    for (const nodes of [[], [Uint8Array.of(0x80)]]) {
      expect(lookUp({ root: emptyRoot(), key, nodes, keccak }).value).to.equal(null);
      expect(faultOf(() => lookUp({ root: hashed("root"), key, nodes, keccak }))).to.equal(
        nodes.length === 0 ? "PROOF_TOO_SHORT" : "NODE_ROOT_DIFFERS",
      );
    }
  });

  it("believes no node of which a single byte was changed", async () => {
    const entries = Array.from({ length: 200 }, (_, index) => [hashed(`key ${index}`), hashed(`${index}`)] as const);
    const { root, proof } = await trieOf(entries);
    const places = fc.tuple(fc.nat(199), fc.boolean(), fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(places, async ([index, isHeld, node, at, change]) => {
        const key = hashed(isHeld ? `key ${index}` : `other ${index}`);
        const nodes = await proof(key);
        const changed = nodes[node % nodes.length]!.slice();
        changed[at % changed.length]! ^= change;
        const forged = nodes.with(node % nodes.length, changed);
        expect(faultOf(() => lookUp({ root, key, nodes: forged, keccak }))).not.to.equal("ACCEPTED");
      }),
      { numRuns: propertyRuns * 5 },
    );
  }).timeout(120_000);
});
