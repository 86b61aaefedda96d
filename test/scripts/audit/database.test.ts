import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "chai";
import { hexToBytes } from "../../../core/bytes.ts";
import type { AuditReport } from "../../../scripts/audit/report.ts";
import { sayReport } from "../../../scripts/audit/say-report.ts";
import { fillLedger, justice, market, penalty, type FilledLedger } from "./filled-ledger.ts";
import { runAudit } from "./run.ts";
import { storeLedger } from "./stored-ledger.ts";

describe("auditing a gateway's database", function () {
  this.timeout(60_000);
  let ledger: FilledLedger;
  let folder: string;
  let file: string;
  before(async () => {
    ledger = await fillLedger();
  });
  after(() => ledger.chain.end());
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "hufu-audit-"));
    file = await storeLedger(ledger, folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function run(): Promise<AuditReport> {
    const { rpc, trust } = ledger.chain;
    return runAudit({ rpc, trust, database: file });
  }
  function tamper(sql: string, ...values: (string | number | Uint8Array)[]): void {
    const database = new DatabaseSync(file);
    database.exec("PRAGMA foreign_keys = OFF");
    expect(database.prepare(sql).run(...values).changes, sql).to.be.greaterThan(0);
    database.close();
  }
  async function expectDivergence(code: string, names: object): Promise<void> {
    const { outcome, divergence, error } = await run();
    expect(error).to.equal(null);
    expect(outcome).to.equal("DIVERGES");
    expect(divergence).to.include({ code });
    expect(divergence?.names).to.include(names);
  }

  it("agrees with a database that holds what the chain holds", async () => {
    const report = await run();
    expect(report.divergence).to.equal(null);
    expect(report.outcome).to.equal("AGREES");
    expect(report.compared).to.include({ recordsInDatabase: 7 });
    expect(report.figures?.timeToAnchored).to.include({ measured: 7, toldBy: "database" });
  });

  it("names the record whose content was changed, wherever it was changed", async () => {
    const { digest, recordId } = ledger.superseded;
    const whom = { digest, agency: market, recordId };
    const changes: [sql: string, value: string | Uint8Array][] = [
      ["UPDATE records SET content = replace(content, '1000元', '2000元') || ? WHERE record_id = 'CP-2026-2'", ""],
      ["UPDATE records SET content = ? WHERE record_id = 'CP-2026-2'", "{"],
      ["UPDATE records SET content = ? WHERE record_id = 'CP-2026-2'", "[]"],
      ["UPDATE records SET seed = ? WHERE record_id = 'CP-2026-2'", new Uint8Array(32)],
      ["UPDATE records SET files = ? WHERE record_id = 'CP-2026-2'", "[{}]"],
      ["UPDATE records SET algorithm = ? WHERE record_id = 'CP-2026-2'", "sm3"],
      ["UPDATE records SET amends = ? WHERE record_id = 'CP-2026-2'", new Uint8Array(32)],
    ];
    for (const [sql, value] of changes) {
      tamper(sql, value);
      await expectDivergence("DATABASE_CONTENT_ALTERED", whom);
      rmSync(folder, { recursive: true });
      folder = mkdtempSync(join(tmpdir(), "hufu-audit-"));
      file = await storeLedger(ledger, folder);
    }
    tamper("UPDATE records SET record_id = 'other' WHERE record_id = 'CP-2026-2'");
    await expectDivergence("DATABASE_CONTENT_ALTERED", { digest, recordId: "other" });
  });

  it("takes an erased record as erased, and half-erased as changed", async () => {
    tamper("UPDATE records SET content = NULL, seed = NULL WHERE record_id = 'CP-2026-3'");
    expect((await run()).outcome).to.equal("AGREES");
    tamper("UPDATE records SET content = '{}' WHERE record_id = 'CP-2026-3'");
    await expectDivergence("DATABASE_CONTENT_ALTERED", { recordId: "CP-2026-3" });
  });

  it("names a record that was removed, or moved to another agency or digest", async () => {
    const { digest, root } = ledger.superseded;
    tamper("UPDATE records SET agency = ? WHERE record_id = 'CP-2026-2'", justice);
    await expectDivergence("DATABASE_RECORD_MISSING", { digest, root });
    tamper("UPDATE records SET agency = ?, digest = ? WHERE record_id = 'CP-2026-2'", market, new Uint8Array(32));
    await expectDivergence("DATABASE_RECORD_MISSING", { digest, root });
    tamper("DELETE FROM records WHERE record_id = 'CP-2026-2'");
    await expectDivergence("DATABASE_RECORD_MISSING", { digest, agency: market });
  });

  it("names every record of the batches that it lacks, and goes on to what else was changed", async () => {
    const { decision, successor } = ledger;
    tamper("DELETE FROM orders WHERE batch_id IN (2, 3)");
    tamper("DELETE FROM records WHERE batch_id IN (2, 3)");
    tamper("DELETE FROM batches WHERE id IN (2, 3)");
    const said: string[] = [];
    const progress = { report: () => undefined, say: (sentence: string) => void said.push(sentence) };
    const { rpc, trust } = ledger.chain;
    const report = await runAudit({ rpc, trust, database: file, progress });
    const first = [decision, successor].map(({ digest, agency, kind, root, blockNumber: block }) => {
      return { digest, agency, kind: kind.id, root, block };
    });
    const blocks = { from: decision.blockNumber, to: successor.blockNumber };
    expect(report.missing).to.deep.equal({ atGateway: null, inDatabase: { count: 2, blocks, first } });
    const whole = { records: 2, firstBlock: blocks.from, lastBlock: blocks.to };
    expect(report.divergence).to.include({ code: "DATABASE_RECORD_MISSING" });
    expect(report.divergence?.names).to.deep.equal({ ...first[0], ...whole });
    expect(report.compared).to.include({ recordsInDatabase: 5 });
    for (const { digest } of first) {
      expect(said.filter((sentence) => sentence.includes(digest))).to.have.length(1);
      expect(sayReport(report)).to.include(`- ${digest}`);
    }
    tamper("UPDATE records SET content = '{}' WHERE record_id = 'CP-2026-3'");
    await expectDivergence("DATABASE_CONTENT_ALTERED", { recordId: "CP-2026-3" });
    tamper("DELETE FROM records WHERE record_id = 'CP-2026-2'");
    await expectDivergence("DATABASE_RECORD_MISSING", { digest: ledger.superseded.digest });
    expect((await run()).missing.inDatabase?.count).to.equal(3);
  });

  it("names a record whose leaf or document number was changed", async () => {
    tamper("UPDATE records SET document_number = '深坪示市监罚〔2026〕99号' WHERE record_id = 'CP-2026-4'");
    await expectDivergence("DATABASE_RECORD_ALTERED", { recordId: "CP-2026-4" });
    tamper("UPDATE records SET document_number = NULL, leaf = ? WHERE record_id = 'CP-2026-4'", new Uint8Array(32));
    await expectDivergence("DATABASE_RECORD_ALTERED", { recordId: "CP-2026-4" });
  });

  it("names a batch whose root, count, members or place was changed", async () => {
    const { root } = ledger.successor;
    tamper("UPDATE batches SET count = 2 WHERE id = 3");
    await expectDivergence("DATABASE_BATCH_ALTERED", { root });
    tamper("UPDATE batches SET count = 1, root = ? WHERE id = 3", new Uint8Array(32));
    await expectDivergence("DATABASE_BATCH_ALTERED", { root: `0x${"0".repeat(64)}` });
    tamper("UPDATE batches SET root = ? WHERE id = 3", hexToBytes(root));
    tamper("UPDATE orders SET block_number = 1 WHERE batch_id = 3");
    await expectDivergence("DATABASE_ANCHOR_MISSING", { root });
    tamper("UPDATE records SET batch_id = 2 WHERE record_id = 'CP-2026-6'");
    await expectDivergence("DATABASE_BATCH_ALTERED", { recordId: "CP-2026-6" });
    tamper("UPDATE records SET batch_id = 9 WHERE record_id = 'CP-2026-6'");
    await expectDivergence("DATABASE_BATCH_ALTERED", { recordId: "CP-2026-6" });
  });

  it("names a batch that the store holds for anchored and the chain does not have", async () => {
    const invented = penalty("CP-2026-7", 7);
    const record = { ...invented, root: invented.leaf, blockNumber: 4 };
    rmSync(file);
    file = await storeLedger({ ...ledger, records: [...ledger.records, record] }, folder);
    await expectDivergence("DATABASE_ANCHOR_MISSING", { root: record.leaf });
  });

  it("names a status that was changed, left out or invented", async () => {
    const { withdrawn, superseded } = ledger;
    tamper("UPDATE statuses SET effect = 3 WHERE effect = 5");
    await expectDivergence("DATABASE_STATUS_DIFFERS", { digest: withdrawn.digest });
    tamper("DELETE FROM statuses WHERE effect = 3");
    await expectDivergence("DATABASE_STATUS_DIFFERS", { digest: withdrawn.digest, agency: market });
    tamper("UPDATE statuses SET leaf = zeroblob(32)");
    await expectDivergence("DATABASE_STATUS_DIFFERS", { digest: superseded.digest });
  });

  it("names an agency that has another name", async () => {
    tamper("UPDATE agencies SET name = '另一个局' WHERE uscc = ?", justice);
    await expectDivergence("DATABASE_AGENCY_DIFFERS", { agency: justice });
  });

  it("waits for what is not anchored yet", async () => {
    tamper("UPDATE orders SET state = 'sent', block_number = NULL WHERE batch_id = 3");
    expect((await run()).outcome).to.equal("AGREES");
  });

  it("could not check what is no store", async () => {
    file = join(folder, "nothing.db");
    expect(await run()).to.deep.include({ outcome: "ERROR", divergence: null });
    file = join(folder, "hufu.db");
    tamper("UPDATE meta SET value = '2' WHERE name = 'format'");
    expect((await run()).error?.code).to.equal("INVALID_REQUEST");
  });
});
