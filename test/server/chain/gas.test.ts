import { expect } from "chai";
import fc from "fast-check";

import { createPrices, priceOf, raised } from "../../../server/chain/gas.ts";
import type { Rpc } from "../../../server/chain/rpc.ts";
import { propertyRuns } from "../../runs.ts";

const gwei = 1_000_000_000n;

describe("the price of a transaction", () => {
  it("is legacy and 0 on a chain without base fee that names 0 (GoQuorum refuses any other)", () => {
    expect(priceOf({ baseFee: null }, 0n, null)).to.deep.equal({ type: 0, gasPrice: 0n });
  });

  it("is legacy and 0 on a chain without base fee that names nothing", () => {
    expect(priceOf({ baseFee: null }, null, null)).to.deep.equal({ type: 0, gasPrice: 0n });
  });

  it("is 0 on a chain whose base fee is 0 (Besu with zeroBaseFee)", () => {
    expect(priceOf({ baseFee: 0n }, 0n, null)).to.deep.equal({ type: 2, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n });
  });

  it("covers a base fee that falls but never to 0, and the tip that the node asks (Clique under London)", () => {
    const price = { type: 2, maxFeePerGas: 14n + gwei, maxPriorityFeePerGas: gwei };
    expect(priceOf({ baseFee: 7n }, gwei + 7n, null)).to.deep.equal(price);
  });

  it("covers twice the base fee that is configured (development nodes)", () => {
    const price = { type: 2, maxFeePerGas: 2n * gwei, maxPriorityFeePerGas: 0n };
    expect(priceOf({ baseFee: gwei }, gwei, null)).to.deep.equal(price);
  });

  it("is what the operator configured, whatever the node names", () => {
    expect(priceOf({ baseFee: null }, 5n, 3n)).to.deep.equal({ type: 0, gasPrice: 3n });
    expect(priceOf({ baseFee: 2n }, 9n, 3n)).to.deep.equal({ type: 2, maxFeePerGas: 5n, maxPriorityFeePerGas: 1n });
  });

  it("never has a tip above the whole fee, and always covers the next base fee", () => {
    const fee = fc.bigInt({ min: 0n, max: 10n ** 20n });
    const property = fc.property(fee, fc.option(fee), fc.option(fee), (baseFee, asked, configured) => {
      const price = priceOf({ baseFee }, asked, configured);
      expect(price.type === 2 && price.maxPriorityFeePerGas <= price.maxFeePerGas).to.equal(true);
      expect(price.type === 2 && price.maxFeePerGas >= (baseFee * 9n) / 8n).to.equal(true);
    });
    fc.assert(property, { numRuns: propertyRuns });
  });
});

describe("a raised price", () => {
  it("is a tenth more each time, as nodes want it of a replacement", () => {
    const price = { type: 2, maxFeePerGas: 1000n, maxPriorityFeePerGas: 100n } as const;
    expect(raised(price, 0)).to.deep.equal(price);
    expect(raised(price, 1)).to.deep.equal({ type: 2, maxFeePerGas: 1250n, maxPriorityFeePerGas: 125n });
    expect(raised(price, 2)).to.deep.equal({ type: 2, maxFeePerGas: 1563n, maxPriorityFeePerGas: 157n });
  });

  it("is at least a wei more each time, of a price of few wei too", () => {
    const property = fc.property(fc.bigInt({ min: 1n, max: 100n }), fc.nat(20), (wei, times) => {
      const [before, after] = [times, times + 1].map((each) => raised({ type: 0, gasPrice: wei }, each));
      if (before?.type !== 0 || after?.type !== 0) throw new Error("it is legacy no more");
      expect(after.gasPrice >= before.gasPrice + 1n && after.gasPrice * 10n >= before.gasPrice * 11n).to.equal(true);
    });
    fc.assert(property, { numRuns: propertyRuns });
  });

  it("stays 0 where any other is refused", () => {
    expect(raised({ type: 0, gasPrice: 0n }, 7)).to.deep.equal({ type: 0, gasPrice: 0n });
  });
});

describe("the prices of a gateway", () => {
  const suggesting = (result: string): Rpc => ({
    call: () => Promise.resolve(result),
    batch: (calls) => Promise.resolve(calls.map(() => ({ ok: true, result }))),
  });

  it("are what the node suggests, until one refuses any but 0", async () => {
    const prices = createPrices(suggesting("0x5"), null);
    prices.refused("insufficient funds for gas * price + value");
    expect(await prices.after({ baseFee: null })).to.deep.equal({ type: 0, gasPrice: 5n });
    prices.refused("Gas price not 0");
    expect(await prices.after({ baseFee: null })).to.deep.equal({ type: 0, gasPrice: 0n });
    prices.refused("transaction type not supported");
    expect(await prices.after({ baseFee: null })).to.deep.equal({ type: 0, gasPrice: 0n });
  });

  it("are what the node suggests again, once one refuses 0 as too low", async () => {
    const prices = createPrices(suggesting("0x5"), null);
    const gasPrice = async (): Promise<bigint | null> => {
      const price = await prices.after({ baseFee: null });
      return price.type === 0 ? price.gasPrice : null;
    };
    for (const low of ["transaction underpriced", "Gas price below configured minimum gas price", "FeeTooLow"]) {
      prices.refused("Gas price not 0");
      for (const other of ["replacement transaction underpriced", "nonce too low", "intrinsic gas too low"])
        prices.refused(other);
      expect(await gasPrice()).to.equal(0n);
      prices.refused(low);
      expect(await gasPrice(), low).to.equal(5n);
    }
  });

  it("have to be heard of once where none but 0 is taken, and again if the next ones are refused for it", async () => {
    const prices = createPrices(suggesting("0x5"), 3n);
    const refusals = (): boolean[] => [1, 2, 3].map(() => prices.refused("Gas price not 0"));
    for (let times = 0; times < 2; times++) {
      await prices.after({ baseFee: null });
      expect(refusals()).to.deep.equal([true, false, false]);
    }
    expect([1, 2].map(() => prices.refused("insufficient funds"))).to.deep.equal([true, true]);
  });

  it("are what the operator configured, whatever a node refuses", async () => {
    const prices = createPrices(suggesting("0x5"), 3n);
    prices.refused("Gas price not 0");
    expect(await prices.after({ baseFee: null })).to.deep.equal({ type: 0, gasPrice: 3n });
  });
});
