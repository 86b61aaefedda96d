import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";

import { to0x } from "../../../core/bytes.ts";
import { effectCode } from "../../../core/ledger/effect.ts";
import { encodeAnchor } from "../../../server/anchoring/anchor-transaction.ts";
import { createKeystoreSigner } from "../../../server/anchoring/signer.ts";
import { loadContracts } from "../../../server/chain/ledger-contracts.ts";
import type { Rpc } from "../../../server/chain/rpc.ts";
import { MOST_RECORDS_IN_A_BATCH } from "../../../server/config.ts";
import { orderStatus } from "../../../server/store/standing.ts";
import { credit, market, newRecord, openDesk, type Desk } from "./desk.ts";
import { checkWholeLedger } from "./whole-ledger.ts";

describe("sender", function () {
  this.timeout(120_000);
  let desk: Desk;
  const alarms: string[] = [];
  const hooks = { alarm: (code: string) => alarms.push(code) };
  before(async () => {
    desk = await openDesk({ hooks });
    await desk.anchoring().ready();
  });
  after(() => desk.close());
  beforeEach(() => alarms.splice(0));

  async function until(isTrue: () => Promise<boolean> | boolean): Promise<void> {
    const deadline = performance.now() + 60_000;
    while (!(await isTrue())) {
      if (performance.now() > deadline)
        throw new Error(`it did not happen within 60 s\n${desk.log.slice(-10).join("\n")}`);
      await sleep(20);
    }
  }
  async function orderOf(basis: Uint8Array) {
    return desk.store.db.selectFrom("orders").selectAll().where("basis", "=", basis).executeTakeFirstOrThrow();
  }

  it("refuses for good what no attempt can do, says why, and goes on with the others", async () => {
    const [withdrawn, other] = await desk.post(market, 1, 2);
    await desk.decide(market, withdrawn!, "WITHDRAWN");
    await desk.settled();
    const late = await desk.decide(market, withdrawn!, "ANNOTATED");
    const unrightful = await desk.decide(credit, other!, "WITHDRAWN");
    const rightful = await desk.decide(credit, other!, "ANNOTATED");
    await desk.settled();
    const refused = [await orderOf(late.digest), await orderOf(unrightful.digest)];
    expect(refused.map(({ state }) => state)).to.deep.equal(["refused", "refused"]);
    expect(refused[0]?.error).to.match(/^LedgerTerminalStatus: .*LedgerTerminalStatus\(0x[0-9a-f]{64}, 5\)/);
    expect(refused[1]?.error).to.match(/^LedgerUnauthorizedActor: /);
    expect((await orderOf(rightful.digest)).state).to.equal("done");
    expect(alarms.toSorted()).to.deep.equal(["LedgerTerminalStatus", "LedgerUnauthorizedActor"]);
    await checkWholeLedger(desk);
  });

  it("waits with an anchor that the agency has no right to, with an alarm, while others pass", async () => {
    const [forbidden] = await desk.post(market, 3, 1);
    const [allowed] = await desk.post(credit, 3, 1);
    await until(() => alarms.includes("LedgerUnauthorizedSigner"));
    expect(await desk.anchoring().waitFor(Buffer.from(allowed!.digest).toString("hex"), 60_000)).to.equal(true);
    const order = await desk.store.db
      .selectFrom("orders")
      .innerJoin("records", "records.batch_id", "orders.batch_id")
      .select(["orders.state", "orders.error"])
      .where("records.digest", "=", forbidden!.digest)
      .executeTakeFirstOrThrow();
    expect(order.state).to.equal("waiting");
    expect(order.error).to.match(/^LedgerUnauthorizedSigner: /);
    const { agencies } = await import("./desk.ts");
    await desk.restart({ hooks, agencies: agencies.map((agency) => ({ ...agency, kinds: 0b11110 })) });
    await desk.settled();
    await checkWholeLedger(desk);
  });

  it("sends no status before the record that it rests on is anchored", async () => {
    const [target] = await desk.post(market, 1, 1);
    await desk.settled();
    const basis = newRecord(market, 4, desk.keccak);
    const order = {
      actor: market,
      target: target!.digest,
      effect: "ENDED",
      basis: basis.digest,
      createdAt: 0,
    } as const;
    await desk.store.write((tx) => orderStatus(tx, order));
    await sleep(300);
    expect((await orderOf(basis.digest)).state).to.equal("waiting");
    await desk.store.write((tx) => tx.deleteFrom("orders").where("basis", "=", basis.digest).execute());
  });

  it("takes what somebody else has already anchored or set as done", async () => {
    const [target] = await desk.post(market, 1, 1);
    await desk.settled();
    const { ledger } = desk.anchoring().addresses;
    const { interface: abi } = loadContracts().ledger;
    const signer = createKeystoreSigner({ accountOf: desk.accounts.signerOf, chainId: desk.chain.chainId, ledger });
    await desk.restart({ hooks, config: { batchWindowMs: 3_600_000 } });
    const decision = await desk.decide(market, target!, "ANNOTATED");
    const deadline = Math.floor(Date.now() / 1000) + 600;
    const code = to0x(new TextEncoder().encode(market));
    const root = to0x(decision.leaf);
    const anchored = await signer.signAnchor({ agency: market, kind: 4, root, count: 1, deadline });
    const call = [code, 4, [to0x(decision.digest)], deadline, signer.signerOf(market), anchored];
    await send(abi.encodeFunctionData("anchor", call));
    const batch = await desk.store.db
      .selectFrom("batches")
      .innerJoin("records", "batch_id", "id")
      .select("root")
      .where("digest", "=", target!.digest)
      .executeTakeFirstOrThrow();
    const item = {
      leaf: to0x(target!.leaf),
      version: 0,
      effect: effectCode("ANNOTATED"),
      basis: to0x(decision.digest),
    };
    const signature = await signer.signStatus({ actor: market, items: [item], deadline });
    const change = { ...item, agency: code, kind: 1, digest: to0x(target!.digest), root: to0x(batch.root), proof: [] };
    await send(abi.encodeFunctionData("setStatus", [code, [change], deadline, signer.signerOf(market), signature]));
    await until(async () => (await orderOf(decision.digest)).state === "done");
    await desk.restart({ hooks });
    await desk.settled();
    await checkWholeLedger(desk);

    async function send(data: string): Promise<void> {
      const { wallet, address } = desk.accounts.registrar;
      const nonce = Number(await desk.chain.rpc.call("eth_getTransactionCount", address, "latest"));
      const fees = { type: 2, maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 10n ** 9n, gasLimit: 1_000_000 };
      const raw = await wallet.signTransaction({ ...fees, chainId: desk.chain.chainId, nonce, to: ledger, data });
      const hash = await desk.chain.rpc.call("eth_sendRawTransaction", raw);
      await until(async () => (await desk.chain.rpc.call("eth_getTransactionReceipt", hash)) !== null);
    }
  });

  it("replaces an attempt that was not mined before its deadline, once, by another of the same batch", async () => {
    const swallowed = { count: 0 };
    const swallow = (rpc: Rpc): Rpc => ({
      ...rpc,
      batch: (calls) => {
        const isFirst = calls[0]?.method === "eth_sendRawTransaction" && swallowed.count < 1;
        if (!isFirst) return rpc.batch(calls);
        swallowed.count += 1;
        return Promise.resolve(calls.map(() => ({ ok: true, result: "0x" })));
      },
    });
    await desk.restart({ hooks, wrapRpc: swallow, config: { attemptSeconds: 1 } });
    await desk.post(market, 1, 2);
    await desk.settled();
    expect(alarms).to.include("ATTEMPT_EXPIRED");
    const newest = await desk.store.db
      .selectFrom("attempts")
      .select(["state", "nonce", "relayer"])
      .orderBy("id", "desc")
      .limit(2)
      .execute();
    expect(newest.map(({ state }) => state)).to.deep.equal(["mined", "dead"]);
    await checkWholeLedger(desk);
  });

  it("is not held up by a signer that does not answer for one agency", async () => {
    const { ledger } = desk.anchoring().addresses;
    const inner = createKeystoreSigner({ accountOf: desk.accounts.signerOf, chainId: desk.chain.chainId, ledger });
    const signer = {
      ...inner,
      signAnchor: (message: Parameters<typeof inner.signAnchor>[0]) =>
        message.agency === market ? Promise.reject(new Error("the signer is asleep")) : inner.signAnchor(message),
    };
    await desk.restart({ hooks, signer });
    await desk.post(market, 1, 1);
    const [record] = await desk.post(credit, 3, 1);
    expect(await desk.anchoring().waitFor(Buffer.from(record!.digest).toString("hex"), 60_000)).to.equal(true);
    expect(alarms).to.include("SIGNER_FAILED");
    await desk.restart({ hooks });
    await desk.settled();
    await checkWholeLedger(desk);
  });

  it("makes of the largest batch and the longest key a transaction that every node takes", async () => {
    const selector = loadContracts().ledger.interface.getFunction("anchor")?.selector ?? "";
    const digests = new Uint8Array(32 * MOST_RECORDS_IN_A_BATCH).fill(0xff);
    // The verifier of a 2,048-bit RSA key, exponent and modulus, and what it signs.
    const rsa = { signer: `0x${"ff".repeat(20 + 7 * 32 + 256)}`, signature: `0x${"ff".repeat(256)}` } as const;
    const data = encodeAnchor(selector, { agency: market, kind: 4, digests, deadline: 2 ** 40 - 1, ...rsa });
    const fees = { type: 2, maxFeePerGas: 10n ** 15n, maxPriorityFeePerGas: 10n ** 15n, gasLimit: 10n ** 8n };
    const to = desk.anchoring().addresses.ledger;
    const { wallet } = desk.accounts.registrar;
    const raw = await wallet.signTransaction({ ...fees, chainId: 2 ** 40, nonce: 2 ** 40, to, data });
    expect((raw.length - 2) / 2).to.be.below(65_536);
  });

  it("encodes a batch as a general ABI library does", () => {
    const { interface: abi } = loadContracts().ledger;
    for (const count of [1, 2, 33]) {
      const digests = new Uint8Array(count * 32).map((_, index) => index * 7 + 1);
      const words = Array.from({ length: count }, (_, index) => to0x(digests.subarray(index * 32, index * 32 + 32)));
      for (const signer of [`0x${"ab".repeat(20)}`, `0x${"cd".repeat(84)}`] as const) {
        const signature = `0x${"12".repeat(65)}` as const;
        const wanted = abi.encodeFunctionData("anchor", [
          to0x(new TextEncoder().encode(market)),
          4,
          words,
          1_800_000_000,
          signer,
          signature,
        ]);
        const call = { agency: market, kind: 4, digests, deadline: 1_800_000_000, signer, signature };
        expect(encodeAnchor(wanted.slice(0, 10), call)).to.equal(wanted);
      }
    }
  });

  it("gives up, and says so, what another agency has set on the same basis, and goes on with what comes after", async () => {
    const [target] = await desk.post(market, 1, 1);
    const decision = await desk.decide(credit, target!, "ANNOTATED");
    await until(async () => (await orderOf(decision.digest)).state === "done");
    const same = { actor: market, target: target!.digest, effect: "ANNOTATED", basis: decision.digest } as const;
    await desk.store.write((tx) => orderStatus(tx, { ...same, createdAt: Date.now() }));
    const orders = desk.store.db.selectFrom("orders").select(["state", "error"]).where("basis", "=", decision.digest);
    const second = orders.where("type", "=", "status").orderBy("id", "desc");
    await until(async () => (await second.executeTakeFirstOrThrow()).error !== null);
    const said = { state: "refused", error: "ALREADY_SET: The chain has this status already." };
    expect(await second.executeTakeFirstOrThrow()).to.deep.equal(said);
    expect(alarms).to.include("ALREADY_SET");
    const next = await desk.decide(market, target!, "WITHDRAWN");
    await until(async () => (await orderOf(next.digest)).state === "done");
  });
});
