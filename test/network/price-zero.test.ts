import { expect } from "chai";
import type { Anchored } from "./client.ts";
import { verifyOffline } from "./commands.ts";
import { startPriceZeroProxy, type PriceZeroProxy } from "./price-zero-proxy.ts";
import { BUILD_MS, provideValidators, startWorld, type World } from "./world.ts";

const MAJORITY = 3;

/** As a validator's own node gives it. */
interface MinedBlock {
  readonly number: string;
  readonly baseFeePerGas?: string;
  readonly transactions: readonly { readonly type: string; readonly gasPrice: string }[];
}

describe("a gateway on four real validators that take no gas price but 0", function () {
  this.timeout(120_000);
  let world: World;
  let proxy: PriceZeroProxy;
  let record: Anchored;

  before(async function () {
    this.timeout(BUILD_MS);
    await provideValidators();
  });

  before(async () => {
    world = await startWorld({
      isFree: true,
      async nodes(network) {
        proxy = await startPriceZeroProxy(network.state().validators.map(({ number }) => network.url(number)));
        return proxy.urls.join(",");
      },
    });
    record = await anchored();
  });

  afterEach(async function () {
    if (this.currentTest?.state !== "failed") return;
    console.error(await world.told());
  });

  after(async () => {
    // as: what comes before may have failed
    const begun = { world, proxy } as { world?: World; proxy?: PriceZeroProxy };
    try {
      await begun.world?.end();
    } finally {
      await begun.proxy?.close();
    }
  });

  async function anchored(): Promise<Anchored> {
    return world.client.endorsed(await world.client.post(), MAJORITY, 60);
  }

  /** The whole chain, as a validator's own node gives it. */
  async function blocks(): Promise<MinedBlock[]> {
    const rpc = world.network.rpc(2);
    const head = Number(await rpc.call("eth_blockNumber"));
    const calls = Array.from({ length: head + 1 }, (_, number) => ({
      method: "eth_getBlockByNumber",
      params: [`0x${number.toString(16)}`, true],
    }));
    return (await rpc.batch(calls)).map((answer) => (answer.ok ? answer.result : null) as MinedBlock); // as: what geth gives
  }

  function pricesIn(chain: readonly MinedBlock[]): string[] {
    return chain.flatMap(({ transactions }) => transactions.map(({ type, gasPrice }) => `${type} ${gasPrice}`));
  }

  it("deploys, enrols and anchors with accounts that own nothing, and never offers a price", async () => {
    const prices = pricesIn(await blocks());
    expect(prices.length).to.be.greaterThan(10);
    expect(new Set(prices)).to.deep.equal(new Set(["0x0 0x0"]));
    expect(proxy.refused).to.deep.equal([]);
  });

  it("has its transactions signed into blocks without a base fee, by more than the validator that it asks", async () => {
    const chain = await blocks();
    expect(chain.filter((block) => block.baseFeePerGas !== undefined)).to.deep.equal([]);
    const full = chain.filter(({ transactions }) => transactions.length > 0);
    const rpc = world.network.rpc(2);
    const signers = await Promise.all(full.map(({ number }) => rpc.call("clique_getSigner", number)));
    expect(new Set(signers).size).to.be.greaterThan(1);
  });

  it("proves a record offline", async () => {
    const certificate = await world.saved("certificate.json", `/v1/records/${record.digest}/certificate`);
    const trust = await world.saved("trust.json", "/v1/trust");
    const ran = await verifyOffline(certificate, "--trust", trust, "--no-memory");
    expect(ran.code, JSON.stringify(ran)).to.equal(0);
    expect(ran.document.verdict.code).to.equal("in-force");
    const seals = ran.document.checks.find(({ id }) => id === "seals");
    expect(seals).to.deep.include({ outcome: "VALID", code: "ENDORSED_BY_MAJORITY" });
    expect(seals?.params).to.include({ by: MAJORITY, of: 4 });
  });

  it("offers nothing any more once nodes that suggest a price have refused it", async () => {
    proxy.suggested = null;
    await anchored();
    expect(new Set(proxy.refused)).to.deep.equal(new Set(["Gas price not 0"]));
    const before = proxy.refused.length;
    await anchored();
    expect(proxy.refused).to.have.length(before);
    expect(new Set(pricesIn(await blocks()))).to.deep.equal(new Set(["0x0 0x0"]));
  });
});
