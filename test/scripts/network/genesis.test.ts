import { expect } from "chai";
import fc from "fast-check";

import { hexToBytes, to0x, type Hex } from "../../../core/bytes.ts";
import type { JsonObject } from "../../../core/json/parse.ts";
import { listedSigners } from "../../../core/proofs/clique.ts";
import type { BlockHeader } from "../../../core/proofs/header.ts";
import { parseQbftExtra } from "../../../core/proofs/qbft-extra.ts";
import { overridesOf } from "../../../core/trust/genesis-config.ts";
import { genesisText, qbftExtra, qbftGenesis } from "../../../scripts/network/besu-genesis.ts";
import { cliqueGenesis, EPOCH, PERIOD } from "../../../scripts/network/genesis.ts";
import { propertyRuns } from "../../runs.ts";

const address = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes): Hex => to0x(bytes));
const usual = { chainId: 7, signers: [], funded: [], time: 1, hasBaseFee: true };
const addresses = fc.uniqueArray(address, { minLength: 1, maxLength: 20 });

function extraOf(genesis: object): Uint8Array {
  return hexToBytes(String(Reflect.get(genesis, "extraData")));
}

function configOf(genesis: object): JsonObject {
  return Reflect.get(genesis, "config") as JsonObject; // as: its reader checks it
}

describe("the genesis file of a Clique network", () => {
  it("lists its signers ascending, in any order that they are given", () => {
    fc.assert(
      fc.property(addresses, (signers) => {
        const genesis = cliqueGenesis({ ...usual, signers });
        const header = { extraData: extraOf(genesis) } as BlockHeader; // as: only this field is read
        expect(listedSigners(header)).to.deep.equal([...signers].sort());
      }),
      { numRuns: propertyRuns },
    );
  });

  it("funds whoever is named, and has settings that a trust bundle can follow", () => {
    const funded: Hex[] = [`0x${"1".repeat(40)}`, `0x${"2".repeat(40)}`];
    const genesis = cliqueGenesis({ ...usual, signers: [`0x${"3".repeat(40)}`], funded, time: 0x66 });
    const alloc = Object.entries(Reflect.get(genesis, "alloc") as Record<string, { balance: string }>); // as: an account has one
    expect(alloc.map(([account]) => account)).to.deep.equal(funded);
    for (const [, { balance }] of alloc) expect(BigInt(balance)).to.equal(10n ** 24n);
    expect(genesis).to.include({ timestamp: "0x66", baseFeePerGas: "0x7" });
    expect(overridesOf(configOf(genesis), { type: "clique", epoch: EPOCH, period: PERIOD }, 7)).to.deep.equal([]);
    expect(configOf(genesis)).to.include({ londonBlock: 0 }).and.not.to.have.any.keys("shanghaiTime", "shanghaiBlock");
  });

  it("names no London block, and no base fee, for a chain without one", () => {
    const genesis = cliqueGenesis({ ...usual, hasBaseFee: false });
    expect(genesis).not.to.have.property("baseFeePerGas");
    expect(configOf(genesis)).to.include({ berlinBlock: 0 }).and.not.to.have.property("londonBlock");
  });
});

describe("the genesis file of a QBFT network", () => {
  it("has the extraData of Besu's documentation for its validators", () => {
    const [first, second] = ["64a702e6263b7297a96638cac6ae65e6541f4169", "3923390ad55e90c237593b3b0e401f3b08a03185"];
    const others = ["aefdb9a738c9f433e5b6b212a6d62f6370c2f692", "c7eeb9a4e00ce683cf93039b212648e01c6c6b78"];
    // It has the first two the other way round.
    const published = `0xf87aa0${"0".repeat(64)}f85494${[first, second, ...others].join("94")}c080c0`;
    const ours = published.replace(`94${first}94${second}`, `94${second}94${first}`);
    expect(qbftExtra([first, second, ...others].map((digits): Hex => `0x${digits}`))).to.equal(ours);
    expect(parseQbftExtra(hexToBytes(published)).validators).to.have.length(4);
    expect(qbftExtra([])).to.equal(`0xe5a0${"0".repeat(64)}c0c080c0`);
  });

  it("lists its validators ascending, and is the same text whatever their order", () => {
    fc.assert(
      fc.property(addresses, (validators) => {
        const genesis = qbftGenesis({ chainId: 7, validators });
        const { vanity, ...extra } = parseQbftExtra(extraOf(genesis));
        expect(vanity).to.deep.equal(new Uint8Array(32));
        expect(extra).to.deep.equal({ validators: [...validators].sort(), vote: null, round: 0, seals: [] });
        const reversed = genesisText({ chainId: 7, validators: validators.toReversed() });
        expect(reversed).to.equal(genesisText({ chainId: 7, validators }));
      }),
      { numRuns: propertyRuns },
    );
  });

  it("costs nothing, and has settings that a trust bundle can follow", () => {
    const config = configOf(qbftGenesis({ chainId: 7, validators: [`0x${"3".repeat(40)}`] }));
    expect(config).to.include({ zeroBaseFee: true, londonBlock: 0 });
    expect(overridesOf(config, { type: "qbft", epoch: 30_000 }, 7)).to.deep.equal([]);
  });
});
