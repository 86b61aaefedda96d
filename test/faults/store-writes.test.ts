import { expect } from "chai";

import { HufuError } from "../../core/error.ts";
import type { Store } from "../../server/store/open.ts";
import { startGateway, type Answer, type Gateway } from "../server/gateway.ts";
import { market, penalty, statusContent } from "../server/samples.ts";

/** How the next write goes wrong: nothing was written, or all of it was and the answer got lost. */
type Fault = "failed" | "failed but done";

interface Faulty {
  gateway: Gateway;
  /** the next write meets this */
  breakNext(fault: Fault): void;
}

async function startFaulty(): Promise<Faulty> {
  let next: Fault | null = null;
  const wrap = (store: Store): Store => ({
    ...store,
    async write(job) {
      const fault = next;
      next = null;
      if (fault !== "failed") {
        const value = await store.write(job);
        if (fault === null) return value;
      }
      throw new HufuError("STORE_FAILED", "The store could not commit; the write may have to be repeated.");
    },
  });
  return { gateway: await startGateway({}, wrap), breakNext: (fault) => (next = fault) };
}

/** One durable write of the API, and what the ledger holds once it was done. */
interface Write {
  name: string;
  /** what must be there before; answers with what `send` needs */
  prepare(gateway: Gateway): Promise<string>;
  send(gateway: Gateway, before: string): Promise<Answer>;
  /** records and orders that one such write makes */
  makes: { records: number; orders: number };
}

const ndjson = { "content-type": "application/x-ndjson" };
const record = { kind: "credit-penalty", recordId: "R-1", content: penalty };
const first = async (gateway: Gateway): Promise<string> =>
  (await gateway.call("POST", "/v1/records", { key: gateway.keys.market, body: { ...record, recordId: "R-0" } })).body
    .digest;

const writes: readonly Write[] = [
  {
    name: "a record",
    prepare: () => Promise.resolve(""),
    send: (gateway) => gateway.call("POST", "/v1/records", { key: gateway.keys.market, body: record }),
    makes: { records: 1, orders: 0 },
  },
  {
    name: "an amendment with the order that supersedes",
    prepare: first,
    send: (gateway, amends) =>
      gateway.call("POST", "/v1/records", {
        key: gateway.keys.market,
        body: { ...record, recordId: "R-0", content: { ...penalty, remark: "2" }, amends },
      }),
    makes: { records: 1, orders: 1 },
  },
  {
    name: "a status decision with its order",
    prepare: first,
    send: (gateway, target) =>
      gateway.call("POST", `/v1/records/${target}/status`, {
        key: gateway.keys.market,
        body: statusContent("ENDED", "REPAIR_GRANTED", market),
      }),
    makes: { records: 1, orders: 1 },
  },
  {
    name: "a line of a bulk post",
    prepare: () => Promise.resolve(""),
    async send(gateway) {
      const body = JSON.stringify(record);
      const answer = await gateway.call("POST", "/v1/record-batches", {
        key: gateway.keys.market,
        body,
        headers: ndjson,
      });
      const line = JSON.parse(answer.text);
      return { ...answer, status: line.status, body: line.problem ?? line };
    },
    makes: { records: 1, orders: 0 },
  },
];

/** Everything that the store holds, the access log apart, which also has what was refused. */
async function contentsOf({ store: { db } }: Gateway) {
  const records = await db.selectFrom("records").selectAll().orderBy("seq").execute();
  const orders = await db.selectFrom("orders").selectAll().orderBy("id").execute();
  return { records, orders };
}

describe("a durable write of the API that goes wrong", () => {
  for (const { name, prepare, send, makes } of writes) {
    for (const fault of ["failed", "failed but done"] as const) {
      it(`${name}: ${fault}; sent again, it is there once`, async () => {
        const { gateway, breakNext } = await startFaulty();
        const before = await prepare(gateway);
        const held = await contentsOf(gateway);
        breakNext(fault);
        const broken = await send(gateway, before);
        expect([broken.status, broken.body.code]).to.deep.equal([503, "STORE_FAILED"]);

        const again = await send(gateway, before);
        expect(again.status, again.text).to.equal(fault === "failed" ? 202 : 200);
        const { records, orders } = await contentsOf(gateway);
        expect(records).to.have.length(held.records.length + makes.records);
        expect(orders).to.have.length(held.orders.length + makes.orders);
        const newest = records.at(-1);
        expect(Buffer.from(newest?.digest ?? []).toString("hex")).to.equal(again.body.digest);
        for (const order of orders)
          expect(Buffer.from(order.basis ?? []).equals(newest?.digest ?? Buffer.of())).to.equal(true);

        await gateway.ledger.anchorAll();
        const { body } = await gateway.call("POST", "/v1/verifications", { body: { digest: again.body.digest } });
        expect(body.verdict, "the whole ledger holds").to.equal("in-force");
        await gateway.close();
      });
    }
  }

  for (const fault of ["failed", "failed but done"] as const) {
    it(`the access log's row of a read: ${fault}; then nothing withheld is shown`, async () => {
      const { gateway, breakNext } = await startFaulty();
      const digest = await first(gateway);
      breakNext(fault);
      const read = await gateway.call("GET", `/v1/records/${digest}`, { key: gateway.keys.market });
      expect([read.status, read.body.code]).to.deep.equal([503, "STORE_FAILED"]);
      expect(read.text).not.to.include("内部备注");
      expect((await gateway.call("GET", `/v1/records/${digest}`, { key: gateway.keys.market })).status).to.equal(200);
      await gateway.close();
    });

    it(`the access log's row of a refusal: ${fault}; then the write is still refused`, async () => {
      const { gateway, breakNext } = await startFaulty();
      await first(gateway);
      const key = await gateway.newKey(market, ["records:read"]);
      breakNext(fault);
      const answer = await gateway.call("POST", "/v1/records", { key, body: record });
      expect([answer.status, answer.body.code]).to.deep.equal([503, "STORE_FAILED"]);
      expect((await contentsOf(gateway)).records).to.have.length(1);
      await gateway.close();
    });
  }
});
