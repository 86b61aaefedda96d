import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { DatabaseSync } from "node:sqlite";
import { freePort, newFolder, npmStart, root, type Run } from "./gateway-process.ts";

const run = promisify(execFile);
const ready = /Hufu is ready/;

interface View {
  digest: string;
  state: string;
  status: { effect: string; version: number };
  anchor: { transaction: string; blockNumber: number } | null;
}

async function view(url: string, digest: string): Promise<View> {
  const response = await fetch(`${url}/v1/records/${digest}`);
  expect(response.status).to.equal(200);
  return response.json();
}

async function until<T>(seconds: number, look: () => Promise<T | undefined>): Promise<T> {
  for (const begun = Date.now(); Date.now() - begun < seconds * 1000;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`not within ${seconds} s`);
}

const anchored = (url: string, digest: string): Promise<View> =>
  until(60, async () => {
    const found = await view(url, digest);
    return found.anchor === null ? undefined : found;
  });

describe("npm start", function () {
  this.timeout(300_000);
  const folder = newFolder();
  let port: string;
  let url: string;
  let current: Run;
  let digest: string;

  const start = async (): Promise<void> => {
    current = npmStart({ HUFU_DATA: folder, PORT: port });
    await current.until(ready, 180);
  };
  const post = async (recordId: string): Promise<{ digest: string }> => {
    const keys = JSON.parse(readFileSync(join(folder, "agency-keys.json"), "utf8"));
    const example = JSON.parse(readFileSync(join(root, "docs/examples/credit-penalty.json"), "utf8"));
    const response = await fetch(`${url}/v1/records`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${keys["11440310XX0001011N"]}` },
      body: JSON.stringify({ ...example, recordId }),
    });
    expect(response.status).to.equal(202);
    return response.json();
  };

  before(async () => {
    port = await freePort();
    url = `http://127.0.0.1:${port}`;
    await start();
  });

  after(() => current.signal("SIGKILL"));

  it("says where page and keys are, and keeps the keys to their owner", () => {
    expect(current.output()).to.include(`${url}/`).and.to.include(join(folder, "agency-keys.json"));
    expect(statSync(join(folder, "agency-keys.json")).mode & 0o777).to.equal(0o600);
    const keys = JSON.parse(readFileSync(join(folder, "agency-keys.json"), "utf8"));
    expect(Object.keys(keys)).to.have.length(10);
    for (const key of Object.values<string>(keys)) expect(current.output()).not.to.include(key);
  });

  it("prints a curl that notarises a record", async () => {
    const command = current.output().match(/^\s*(curl .*)$/m)?.[1] ?? "";
    const { stdout } = await run("bash", ["-c", command.replace("curl ", "curl -s ")], { cwd: root });
    digest = JSON.parse(stdout).digest;
    expect(digest).to.match(/^[0-9a-f]{64}$/);
    await anchored(url, digest);
  });

  it("prints a command that replays the ledger", async () => {
    const command = current.output().match(/^\s*(npm run audit .*)$/m)?.[1] ?? "";
    await run("bash", ["-c", command], { cwd: root });
  });

  it("refuses a second instance on the same folder", async () => {
    const second = npmStart({ HUFU_DATA: folder, PORT: await freePort() });
    expect(await second.ended).to.be.greaterThan(0);
    expect(second.output())
      .to.match(/already|another/i)
      .and.to.include(folder);
  });

  it("comes back after kill -9 of everything with every accepted record, anchored, once", async () => {
    const digests = [digest];
    for (let round = 0; round < 4; round++) {
      for (let n = 0; n < 5; n++) digests.push((await post(`CP-KILL-${round}-${n}`)).digest);
      await new Promise((resolve) => setTimeout(resolve, round * 700));
      current.signal("SIGKILL");
      await current.ended;
      await start();
    }
    const views = [];
    for (const each of digests) views.push(await anchored(url, each));
    expect(new Set(views.map((found) => found.digest)).size).to.equal(digests.length);
    const database = join(folder, "hufu.db");
    const audit = [
      "run",
      "audit",
      "--silent",
      "--",
      "--trust",
      join(folder, "trust.json"),
      "--gateway",
      url,
      "--database",
      database,
    ];
    const rpc = JSON.parse(readFileSync(join(folder, "gateway.json"), "utf8")).rpc;
    await run("npm", [...audit, "--rpc", rpc, "--json"], { cwd: root });
  });

  it("drains on SIGTERM, and finds everything as it was", async () => {
    const { digest: last } = await post("CP-LAST-1");
    const keys = readFileSync(join(folder, "agency-keys.json"), "utf8");
    const trust = readFileSync(join(folder, "trust.json"), "utf8");
    current.signal("SIGTERM");
    await current.ended;
    await start();
    expect(readFileSync(join(folder, "agency-keys.json"), "utf8")).to.equal(keys);
    expect(readFileSync(join(folder, "trust.json"), "utf8")).to.equal(trust);
    await anchored(url, last);
  });

  for (const moment of ["starting the chain", "contracts and agencies"]) {
    it(`leaves no chain behind when it is stopped at "${moment}"`, async () => {
      const data = newFolder();
      const env = { ...process.env, HUFU_DATA: data, PORT: await freePort() };
      const child = spawn(process.execPath, [join(root, "server", "main.ts")], {
        env,
        stdio: ["ignore", "ignore", "pipe"],
      });
      child.stderr.on("data", (text: Buffer) => {
        if (text.toString().includes(moment)) child.kill("SIGTERM");
      });
      const [code] = await once(child, "close");
      expect(code).to.equal(0);
      expect(existsSync(join(data, "chain", "chain.json"))).to.equal(true);
      expect(existsSync(join(data, "chain", "anvil.pid"))).to.equal(false);
    });
  }

  it("says in one sentence that a port is in use", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const taken = typeof address === "object" && address !== null ? String(address.port) : "";
    const second = npmStart({ HUFU_DATA: newFolder(), PORT: taken });
    expect(await second.ended).to.be.greaterThan(0);
    server.close();
    expect(second.output())
      .to.include(taken)
      .and.to.match(/in use/i)
      .and.not.to.match(/\n\s+at /);
  });

  it("says in one sentence that a folder cannot be written", async () => {
    const file = join(newFolder(), "a-file");
    writeFileSync(file, "");
    const second = npmStart({ HUFU_DATA: join(file, "data"), PORT: await freePort() });
    expect(await second.ended).to.be.greaterThan(0);
    expect(second.output())
      .to.include(file)
      .and.not.to.match(/\n\s+at /);
  });

  it("says in one sentence that a folder is of another version", async () => {
    const other = newFolder();
    const first = npmStart({ HUFU_DATA: other, PORT: await freePort() });
    await first.until(ready, 120);
    first.signal("SIGTERM");
    await first.ended;
    const database = new DatabaseSync(join(other, "hufu.db"));
    database.exec(`update meta set value = '999' where name = 'format'`);
    database.close();
    const second = npmStart({ HUFU_DATA: other, PORT: await freePort() });
    expect(await second.ended).to.be.greaterThan(0);
    expect(second.output())
      .to.match(/version/i)
      .and.not.to.match(/\n\s+at /);
  });
});
