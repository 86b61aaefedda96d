import { expect } from "chai";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { examineDatabase } from "../../../scripts/doctor/database.ts";
import { examineFolder, isHeld } from "../../../scripts/doctor/folder.ts";
import { examineKeys } from "../../../scripts/doctor/keys.ts";
import { openAccounts } from "../../../server/chain/accounts.ts";
import { saveChainFacts, saveCursor } from "../../../server/store/chain-position.ts";
import { openStore } from "../../../server/store/open.ts";
import { codesOf, findingOf } from "./pretended.ts";

describe("the doctor on a data folder", () => {
  let data: string;
  const file = (name: string): string => join(data, name);
  beforeEach(() => (data = mkdtempSync(join(tmpdir(), "hufu-doctor-"))));
  afterEach(() => rmSync(data, { recursive: true, force: true }));

  async function fill(): Promise<void> {
    const store = await openStore(data);
    const consensus = { type: "qbft", epoch: 100 } as const;
    await store.write(async (tx) => {
      await saveChainFacts(tx, { chainId: 7, genesisHash: "0xab", consensus });
      await saveCursor(tx, { number: 12, hash: "0xcd", time: 1 });
    });
    await store.close();
  }
  function change(sql: string): void {
    const database = new DatabaseSync(file("hufu.db"));
    database.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
    database.close();
  }

  it("finds it private, listed by others, or open to them", () => {
    writeFileSync(file("keystore.json"), "{}", { mode: 0o600 });
    expect(codesOf(examineFolder(data))).to.include("FOLDER_PRIVATE");
    chmodSync(data, 0o755);
    expect(codesOf(examineFolder(data))).to.include("FOLDER_LISTED");
    chmodSync(file("keystore.json"), 0o644);
    expect(findingOf(examineFolder(data), "FOLDER_OPEN").params).to.deep.equal({
      folder: data,
      names: "keystore.json",
    });
    chmodSync(data, 0o700);
    expect(codesOf(examineFolder(data))).to.include("FOLDER_PRIVATE");
  });

  it("says how much room there is, and whether that is little, or next to none", () => {
    const gigabyte = 2 ** 30;
    const room = (bytes: number) => examineFolder(data, () => bytes).find(({ code }) => code.startsWith("DISK_"))!;
    for (const [bytes, code, level, free] of [
      [5 * gigabyte, "DISK_ROOM", "OK", "5.0"],
      [5 * gigabyte - 1, "DISK_LOW", "WARNING", "5.0"],
      [gigabyte, "DISK_LOW", "WARNING", "1.0"],
      [gigabyte - 1, "DISK_FULL", "PROBLEM", "1.0"],
      [0, "DISK_FULL", "PROBLEM", "0.0"],
    ] as const)
      expect(room(bytes)).to.deep.equal({ part: "folder", code, level, params: { folder: data, free } });
  });

  it("asks the folder's own disk for its room", () => {
    const { bsize, bavail } = statfsSync(data);
    const room = examineFolder(data).find(({ code }) => code.startsWith("DISK_"));
    // Others write to it meanwhile.
    expect(Number(room?.params["free"])).to.be.closeTo((bsize * bavail) / 2 ** 30, 1);
  });

  it("sees whether a process works on it", async () => {
    expect(isHeld(data)).to.equal(false);
    const store = await openStore(data);
    expect(isHeld(data)).to.equal(true);
    await store.close();
    expect(isHeld(data)).to.equal(false);
  });

  it("does not keep a gateway from starting by looking", async () => {
    await fill();
    isHeld(data);
    examineDatabase(data);
    await (await openStore(data)).close();
  });

  it("reads which chain a sound database is of, while it is written to", async () => {
    await fill();
    const store = await openStore(data);
    const { findings, facts } = examineDatabase(data);
    await store.close();
    expect(codesOf(findings)).to.deep.equal(["DATABASE_SOUND"]);
    expect(facts).to.deep.equal({
      chain: { chainId: 7, genesisHash: "0xab", type: "qbft" },
      readTo: 12,
      waiting: { records: 0, since: null },
    });
  });

  it("counts what waits, and since when", async () => {
    await fill();
    change(`INSERT INTO agencies VALUES ('A', 'a', 2, '{}', x'00');
      INSERT INTO batches (id, agency, kind, root, count, created_at) VALUES (1, 'A', 1, zeroblob(32), 5, 2000);
      INSERT INTO orders (type, batch_id, state, created_at) VALUES ('anchor', 1, 'sent', 2000);
      INSERT INTO records (digest, leaf, agency, kind, record_id, schema_version, algorithm, amends, files, accepted_at)
        VALUES (zeroblob(32), zeroblob(32), 'A', 1, 'R', 1, 'sha-256', x'', '[]', 3000);`);
    expect(examineDatabase(data).facts?.waiting).to.deep.equal({ records: 6, since: 2000 });
  });

  it("names orders that were refused for good, and none whose place others took", async () => {
    await fill();
    change(
      `INSERT INTO orders (type, state, created_at, error) VALUES ('setup', 'refused', 1, 'SUPERSEDED: a newer one');`,
    );
    expect(codesOf(examineDatabase(data).findings)).to.deep.equal(["DATABASE_SOUND"]);
    change(
      `INSERT INTO orders (type, state, created_at, error) VALUES ('status', 'refused', 1, 'LedgerTerminalStatus: no');`,
    );
    const { params } = findingOf(examineDatabase(data).findings, "ORDERS_REFUSED");
    expect(params).to.deep.equal({ orders: 1, codes: "LedgerTerminalStatus" });
  });

  it("finds no database, one of another version, and one that is none", async () => {
    expect(codesOf(examineDatabase(data).findings)).to.deep.equal(["DATABASE_MISSING"]);
    await fill();
    change("UPDATE meta SET value = '99' WHERE name = 'format'");
    expect(findingOf(examineDatabase(data).findings, "DATABASE_VERSION").params["found"]).to.equal("99");
    writeFileSync(
      file("hufu.db"),
      "this is no database, however long it goes on, and on, and on, and on, and on, and on",
    );
    expect(codesOf(examineDatabase(data).findings)).to.deep.equal(["DATABASE_UNREADABLE"]);
  });

  it("finds a page that was overwritten", async () => {
    await fill();
    change("CREATE TABLE filler (x); INSERT INTO filler SELECT randomblob(3000) FROM json_each('[1,2,3,4,5,6]');");
    const bytes = readFileSync(file("hufu.db"));
    writeFileSync(file("hufu.db"), bytes.fill(0xff, bytes.length - 4096));
    expect(codesOf(examineDatabase(data).findings)).to.deep.equal(["DATABASE_DAMAGED"]);
  });

  it("finds what lies beside the keystore, which on a desk is as it should be", () => {
    expect(codesOf(examineKeys({ data, password: null, isDesk: false }).findings)).to.deep.equal(["KEYSTORE_MISSING"]);
    const password = "a password of a test";
    openAccounts({ data, password, scryptN: 2 });
    const apart = examineKeys({ data, password, isDesk: false });
    expect(codesOf(apart.findings)).to.deep.equal(["KEYSTORE_OPENS", "PASSWORD_APART", "AGENCY_KEYS_GONE"]);
    const { deployer, registrar, admin, relayers } = openAccounts({ data, password });
    expect(findingOf(apart.findings, "KEYSTORE_OPENS").params).to.deep.equal({
      ...{ deployer: deployer.address, registrar: registrar.address, admin: admin.address },
      relayers: relayers.map(({ address }) => address).join(", "),
    });
    expect(apart.accounts?.relayers).to.have.length(4);
    const locked = examineKeys({ data, password: null, isDesk: false });
    expect(codesOf(locked.findings)).to.include("KEYSTORE_NOT_OPENED");
    expect(locked.accounts).to.equal(null);
    expect(codesOf(examineKeys({ data, password: "another one", isDesk: false }).findings)).to.include(
      "KEYSTORE_UNREADABLE",
    );
    writeFileSync(file("keystore-password"), password);
    writeFileSync(file("agency-keys.json"), "{}");
    const beside = ["KEYSTORE_OPENS", "PASSWORD_BESIDE", "AGENCY_KEYS_LEFT"];
    expect(codesOf(examineKeys({ data, password: null, isDesk: false }).findings)).to.deep.equal(beside);
    const desk = ["KEYSTORE_OPENS", "PASSWORD_OF_A_DESK", "AGENCY_KEYS_OF_A_DESK"];
    expect(codesOf(examineKeys({ data, password: null, isDesk: true }).findings)).to.deep.equal(desk);
  });
});
