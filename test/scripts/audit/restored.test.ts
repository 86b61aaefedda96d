import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { HufuError } from "../../../core/error.ts";
import type { AuditReport } from "../../../scripts/audit/report.ts";
import type { Rpc } from "../../../server/chain/rpc.ts";
import { openQueues, unanchoredCount } from "../../../server/store/batches.ts";
import { openStore, type Store } from "../../../server/store/open.ts";
import { hasOpenOrders } from "../../../server/store/outbox.ts";
import { market, newFolder, openDesk, type Desk } from "../../server/anchoring/desk.ts";
import { penalty, statusContent } from "../../server/samples.ts";
import { runAudit } from "./run.ts";
import { serveDesk, type ServedDesk } from "./served-desk.ts";

/** A node that takes no transaction. */
function deaf(rpc: Rpc): Rpc {
  return {
    ...rpc,
    batch(calls) {
      const isSent = calls.some(({ method }) => method === "eth_sendRawTransaction");
      return isSent ? Promise.reject(new HufuError("NODE_UNREACHABLE", "It takes no transaction.")) : rpc.batch(calls);
    },
  };
}
/** A window so long that no batch is cut while it lasts. */
const neverCut = { config: { batchWindowMs: 3_600_000 }, wrapRpc: deaf };

const withdrawn = statusContent("WITHDRAWN", "REVOKED_BY_COURT", market);
const annotated = statusContent("ANNOTATED", "DISPUTE", market);
const decision = (recordId: string, content: object): object => ({ kind: "status-decision", recordId, content });

/** What docs/operations.md says of a backup that is restored. */
describe("a gateway that was restored from a backup", function () {
  this.timeout(120_000);
  let desk: Desk;
  let lost: ServedDesk;
  let restored: ServedDesk;
  let store: Store;
  /** of what was begun, so that it ends too where its beginning failed */
  const endings: (() => Promise<void>)[] = [];
  const folder = newFolder();
  const backup = join(folder, "backup.db");
  /** the newest block that the backup has read, and the newest one before the gateway was started again */
  const block = { read: 0, restart: 0 };
  /** of records that were anchored before the backup, and that were in a batch, or in none, when it was made */
  const digests = { before: "", amended: "", withdrawn: "", annotated: "", batched: "", waiting: "" };
  /** of what came after it: a record, and what changed the status of the records that are named after it */
  const gone = { record: "", amendment: "", withdrawal: "", annotation: "" };
  let firstRoot: unknown;
  /** that the gateway issued before it was lost */
  const certificates: Record<"waiting" | "gone", unknown> = { waiting: null, gone: null };
  let report: AuditReport;

  function bodyOf(recordId: string, more: object = {}): object {
    return {
      kind: "credit-penalty",
      recordId,
      content: { ...penalty, decisionDocNo: `深坪示市监罚〔2026〕${recordId}号` },
      ...more,
    };
  }
  const amendment = (): object => bodyOf("2", { amends: digests.amended });
  const withdrawal = (): object => decision("6", { target: digests.withdrawn, ...withdrawn });
  const annotation = (): object => decision("8", { target: digests.annotated, ...annotated });
  async function post(gateway: ServedDesk, body: object): Promise<string> {
    const answer = await gateway.call("POST", "/v1/records", body);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(202);
    return String(answer.body["digest"]);
  }
  /** What its tests read of the view of a record that is anchored. */
  interface View {
    readonly anchor: { readonly root: string; readonly blockNumber: number };
    readonly status: object;
  }
  async function view(gateway: ServedDesk, digest: string): Promise<View> {
    const { body } = await gateway.call("GET", `/v1/records/${digest}`);
    return body as unknown as View; // as: the gateway's own answer, whose members the tests compare
  }
  async function settled({ db }: Store): Promise<void> {
    const end = Date.now() + 30_000;
    while ((await unanchoredCount(db)) > 0 || (await hasOpenOrders(db))) {
      if (Date.now() > end) throw new Error(`not settled\n${desk.log.slice(-40).join("\n")}`);
      await sleep(20);
    }
  }
  async function unbatched(): Promise<number> {
    const queues = await openQueues(desk.store.db);
    return queues.reduce((sum, queue) => sum + queue.waiting, 0);
  }
  const height = async (): Promise<number> => Number(await desk.chain.rpc.call("eth_blockNumber"));
  const run = (more: object): Promise<AuditReport> =>
    runAudit({ rpc: desk.chain.rpc, trust: lost.trust, gatewayPatience: [200, 500], ...more });
  const runNightly = (): Promise<AuditReport> => run({ gateway: restored.url, database: join(folder, "hufu.db") });

  before(async () => {
    desk = await openDesk();
    endings.push(() => desk.close());
    await desk.anchoring().ready();
    lost = await serveDesk(desk, desk.store);
    endings.push(() => lost.close());
    digests.before = await post(lost, bodyOf("1"));
    digests.amended = await post(lost, bodyOf("2"));
    digests.withdrawn = await post(lost, bodyOf("3"));
    digests.annotated = await post(lost, bodyOf("9"));
    await desk.settled();
    await desk.restart({ wrapRpc: deaf });
    digests.batched = await post(lost, bodyOf("7"));
    while ((await unbatched()) > 0) await sleep(20);
    await desk.restart(neverCut);
    digests.waiting = await post(lost, bodyOf("4"));
    const database = new DatabaseSync(join(desk.folder, "hufu.db"), { readOnly: true });
    database.exec(`VACUUM INTO '${backup}'`);
    database.close();
    block.read = cursorOf(backup);

    gone.record = await post(lost, bodyOf("5"));
    gone.amendment = await post(lost, amendment());
    gone.withdrawal = await post(lost, withdrawal());
    gone.annotation = await post(lost, annotation());
    await desk.restart();
    await desk.settled();
    firstRoot = (await view(lost, digests.waiting)).anchor.root;
    const certificateOf = async (digest: string) => (await lost.call("GET", `/v1/records/${digest}/certificate`)).body;
    certificates.waiting = await certificateOf(digests.waiting);
    certificates.gone = await certificateOf(gone.record);
    block.restart = await height();

    copyFileSync(backup, join(folder, "hufu.db"));
    store = await openStore(folder);
    endings.unshift(() => store.close());
    await desk.restart({ wrapStore: () => store });
    restored = await serveDesk(desk, store);
    endings.push(() => restored.close());
    await settled(store);
    report = await runNightly();
  });
  after(async () => {
    for (const end of endings.reverse()) await end();
    rmSync(folder, { recursive: true });
  });

  it("had a backup that agreed with the chain up to the block that it had read", async () => {
    const upTo = await run({ database: backup, to: block.read });
    expect(upTo).to.deep.include({ outcome: "AGREES", error: null });
    expect(upTo.compared).to.include({ recordsInDatabase: 4 });
  });

  it("has what was anchored before or in a batch by then, each anchored once, and the statuses that were set since", async () => {
    const batched = (await view(restored, digests.batched)).anchor;
    expect(batched.blockNumber).to.be.greaterThan(block.read).and.at.most(block.restart);
    expect(batched.root).to.equal((await view(lost, digests.batched)).anchor.root);
    expect(await view(restored, digests.before)).to.deep.include({
      status: (await view(lost, digests.before)).status,
    });
    expect((await view(restored, digests.before)).anchor).to.deep.equal((await view(lost, digests.before)).anchor);
    expect((await view(restored, digests.amended)).status).to.include({ effect: "SUPERSEDED", version: 1 });
    expect((await view(restored, digests.withdrawn)).status).to.include({ effect: "WITHDRAWN", version: 1 });
    expect((await view(restored, digests.annotated)).status).to.include({ effect: "ANNOTATED", version: 1 });
  });

  it("anchors again what waited, in a batch of its own, and both proofs hold", async () => {
    const { anchor } = await view(restored, digests.waiting);
    expect(anchor.root).not.to.equal(firstRoot);
    expect(anchor.blockNumber).to.be.greaterThan(block.restart);
    expect(report.compared).to.include({ recordsAtGateway: 6, recordsInLaterBatches: 1, recordsInDatabase: 6 });
    const own = (await restored.call("GET", `/v1/records/${digests.waiting}/certificate`)).body;
    for (const one of [certificates.waiting, own]) {
      const { body } = await restored.call("POST", "/v1/verifications", { certificate: one });
      expect(body["verdict"]).to.equal("in-force");
    }
  });

  it("shows a status whose decision it lost, and says that the decision is not shown", async () => {
    for (const [digest, verdict] of [
      [digests.withdrawn, "withdrawn"],
      [digests.amended, "superseded"],
    ] as const) {
      const own = (await restored.call("GET", `/v1/records/${digest}/certificate`)).body;
      const { body } = await restored.call("POST", "/v1/verifications", { certificate: own });
      expect(body["verdict"]).to.equal(verdict);
      expect(JSON.stringify(body["checks"])).to.include('"STATUS_UNEXPLAINED"');
    }
  });

  it("knows nothing of a record that it lost, whose certificate holds all the same and is not renewed", async () => {
    const held = await restored.call("POST", "/v1/verifications", { certificate: certificates.gone });
    expect(held.body["verdict"]).to.equal("in-force");
    const asked = await restored.call("POST", "/v1/verifications", { digest: gone.record });
    expect(asked.body["verdict"]).to.equal("unknown");
    expect((await restored.call("GET", `/v1/records/${gone.record}/proof`)).status).to.equal(404);
  });

  it("is said by the audit to lack exactly what came after the backup, in blocks after it and before the start", async () => {
    const { outcome, missing, divergence } = report;
    const ofDatabase = await run({ database: join(folder, "hufu.db") });
    expect(ofDatabase.divergence).to.include({ code: "DATABASE_RECORD_MISSING" });
    expect(outcome).to.equal("DIVERGES");
    expect(divergence).to.include({ code: "GATEWAY_RECORD_MISSING" });
    expect(missing.atGateway).to.deep.equal(missing.inDatabase);
    const { count, blocks, first } = missing.atGateway ?? expect.fail();
    expect(count).to.equal(4);
    expect(first.map(({ digest }) => digest)).to.have.members(Object.values(gone));
    expect(blocks.from).to.be.greaterThan(block.read);
    expect(blocks.to).to.be.at.most(block.restart);
  });

  it("takes what was lost when it is posted again, but not what ended a record for good", async () => {
    expect(await post(restored, bodyOf("5"))).not.to.equal(gone.record);
    const refused = [amendment(), withdrawal()];
    for (const body of refused) {
      const answer = await restored.call("POST", "/v1/records", body);
      expect([answer.status, answer.body["code"]]).to.deep.equal([409, "STATUS_TERMINAL"]);
    }
    await post(restored, bodyOf("2-new"));
    const basis = await post(restored, annotation());
    await settled(store);
    const status = { effect: "ANNOTATED", version: 2, basis };
    expect((await view(restored, digests.annotated)).status).to.deep.include(status);
    const next = await runNightly();
    expect(next.missing).to.deep.equal(report.missing);
    expect(next.divergence).to.deep.equal(report.divergence);
  });

  it("is still found out when it removes or changes a record", async () => {
    const copy = join(folder, "copy.db");
    const tamper = async (sql: string): Promise<AuditReport["divergence"]> => {
      rmSync(copy, { force: true });
      const database = new DatabaseSync(join(folder, "hufu.db"), { readOnly: true });
      database.exec(`VACUUM INTO '${copy}'`);
      database.close();
      const changed = new DatabaseSync(copy);
      changed.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
      changed.close();
      return (await run({ gateway: restored.url, database: copy })).divergence;
    };
    const removed = await tamper("DELETE FROM records WHERE record_id = '1'");
    expect(removed).to.include({ code: "DATABASE_RECORD_MISSING" });
    expect(removed?.names).to.include({ digest: digests.before }).and.not.have.property("records");
    const changed = await tamper("UPDATE records SET content = '{}' WHERE record_id = '1'");
    expect(changed).to.include({ code: "DATABASE_CONTENT_ALTERED" });
  });
});

function cursorOf(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  const row = database
    .prepare("SELECT json_extract(value, '$.number') AS number FROM meta WHERE name = 'cursor'")
    .get();
  database.close();
  return Number(row?.["number"]);
}
