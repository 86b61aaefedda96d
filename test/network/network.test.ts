import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { topics } from "../../core/ledger/abi.ts";
import { publishTrust } from "../../core/trust/bundle.ts";
import { field, hexData, toQuantity } from "../../server/chain/quantity.ts";
import { messagesFor } from "../../web/view/messages.ts";
import type { Anchored, Client, View } from "./client.ts";
import { npmRun, runNode, verifyOffline } from "./commands.ts";
import { until } from "./until.ts";
import { ATTEMPT_SECONDS, BUILD_MS, provideValidators, startWorld, type World } from "./world.ts";

/** The gateway's own validator, which nobody kills. */
const OWN = 1;
const MAJORITY = 3;
const lostOrders = "hufu_orders_lost_total";
const lostBlocks = 'hufu_alarms_total{code="BLOCKS_LOST"}';
const final = { en: messagesFor("en").state.final, "zh-CN": messagesFor("zh-CN").state.final };

describe("a gateway on four real validators", function () {
  this.timeout(300_000);
  let world: World;
  let client: Client;
  /** of a record that was anchored at the start, with the gateway's trust bundle of then */
  let certificate: string;
  let firstTrust: string;

  before(async function () {
    this.timeout(BUILD_MS);
    await provideValidators();
  });

  before(async () => {
    world = await startWorld();
    ({ client } = world);
    const { digest } = await client.endorsed(await client.post(), MAJORITY, 60);
    certificate = await world.saved("certificate.json", `/v1/records/${digest}/certificate`);
    firstTrust = await world.saved("trust.json", "/v1/trust");
  });

  /** What failed is told, and the network made whole for the next one. */
  afterEach(async function () {
    if (this.currentTest?.state !== "failed") return;
    console.error(await world.told());
    await world.network.heal();
    await world.network.start();
  });

  after(() => (world as World | undefined)?.end()); // as: it may not have started

  async function postSome(count: number): Promise<string[]> {
    const digests: string[] = [];
    for (let index = 0; index < count; index++) digests.push(await client.post());
    return digests;
  }

  async function allEndorsed(digests: readonly string[], seconds: number): Promise<Anchored[]> {
    return Promise.all(digests.map((digest) => client.endorsed(digest, MAJORITY, seconds)));
  }

  /** Each record that was ever accepted is on the chain, once, as the gateway and its database have it. */
  async function auditAll(): Promise<void> {
    await until(60, "everything anchored and endorsed", async () => {
      const { records } = await client.ledger();
      return records.backlog === 0 ? true : undefined;
    });
    const [last] = await allEndorsed([await client.post()], 60);
    const trust = await world.saved("trust-now.json", "/v1/trust");
    const there = ["--gateway", world.gatewayUrl, "--database", world.database];
    const to = ["--to", String(last?.anchor.blockNumber)];
    const ran = await npmRun("audit", "--rpc", world.network.url(2), "--trust", trust, ...there, ...to);
    expect(ran.code, JSON.stringify(ran)).to.equal(0);
    const { records, refusedOrders } = await client.ledger();
    expect(ran.document.replayed?.records).to.equal(records.accepted);
    expect(refusedOrders).to.equal(0);
  }

  /** How many events anchor this root. */
  async function timesAnchored(root: string): Promise<number> {
    const { ledger } = await client.ledger();
    const filter = { address: ledger.address, fromBlock: "0x0", topics: [topics.Anchored, null, null, root] };
    const logs = await world.network.rpc(2).call("eth_getLogs", filter);
    return Array.isArray(logs) ? logs.length : -1;
  }

  it("proves a record offline", async () => {
    const ran = await verifyOffline(certificate, "--trust", firstTrust, "--no-memory");
    expect(ran.code, JSON.stringify(ran)).to.equal(0);
    expect(ran.document.verdict.code).to.equal("in-force");
    const seals = ran.document.checks.find(({ id }) => id === "seals");
    expect(seals).to.deep.include({ outcome: "VALID", code: "ENDORSED_BY_MAJORITY" });
    expect(seals?.params).to.include({ by: MAJORITY, of: 4 });
  });

  it("is found by the doctor as it is left by a start, and nothing else wrong", async () => {
    const { network, data } = world;
    const nodes = network.state().validators.map(({ number }) => network.url(number));
    const { file } = await trustFrom(2, "trust-for-the-doctor.json");
    const args = ["--data", data, "--rpc", nodes.join(","), "--trust", file];
    const codes = await until(60, "each of the four signs", async () => {
      const { document } = await npmRun("doctor", ...args);
      // How full the disk is, is the machine's; and Clique may always give a block up, of which the gateway counts what was in it.
      const others = /^(DISK_|ALARMS_RAISED$|ORDERS_LOST$)/;
      const wrong = document.findings.filter(({ level, code }) => level !== "OK" && !others.test(code));
      const found = wrong.map(({ code }) => code);
      // One that is slow may sign in none of two rounds.
      return found.includes("VALIDATOR_SILENT") ? undefined : found;
    });
    expect(codes).to.have.members(["PASSWORD_BESIDE", "AGENCY_KEYS_LEFT"]);
  });

  it("goes on anchoring while one is killed and comes back", async () => {
    const { network } = world;
    const before = await postSome(3);
    await network.kill(4);
    const without = await allEndorsed([...before, ...(await postSome(3))], 60);
    expect((await network.status()).validators.find(({ number }) => number === 4)?.state).to.equal("stopped");
    await network.start(4);
    const [since] = await allEndorsed([await client.post()], 60);
    for (const { anchor } of [...without, since!]) {
      const block = await network.rpc(4).call("eth_getBlockByNumber", `0x${anchor.blockNumber.toString(16)}`, false);
      expect(block).to.include({ hash: anchor.blockHash });
    }
    await auditAll();
  });

  it("accepts records while two are down and no block comes, says so, and loses and doubles nothing", async () => {
    const { network } = world;
    const before = await postSome(5);
    await network.kill(3, 4);
    // The two that are left make a block each at most.
    await until(60, "no block comes", async () =>
      (await client.metric("hufu_chain_head_age_seconds")) > 5 ? true : undefined,
    );
    const meanwhile = await postSome(5);
    const still = await until(90, "the chain stands still", async () => {
      const { status, body } = await client.readiness();
      return body.chain.state === "standing-still" ? { status, body } : undefined;
    });
    expect(still.status).to.equal(503);
    expect(still.body.checks).to.include({ accepting: true, store: true, backlog: true, chain: false });
    expect(still.body.chain.headAgeSeconds).to.be.greaterThan(ATTEMPT_SECONDS);
    expect(await client.metric("hufu_chain_up")).to.equal(0);
    expect(await client.metric("hufu_chain_head_age_seconds")).to.be.greaterThan(ATTEMPT_SECONDS);
    meanwhile.push(...(await postSome(2)));
    await until(10, "all that wait are counted", async () =>
      (await client.metric("hufu_backlog_records")) >= meanwhile.length ? true : undefined,
    );

    await network.start(3, 4);
    const anchored = await allEndorsed([...before, ...meanwhile], 120);
    for (const { anchor } of anchored) expect(await timesAnchored(anchor.root)).to.equal(1);
    expect((await client.readiness()).status).to.equal(200);
    expect(await client.metric("hufu_chain_up")).to.equal(1);
    await auditAll();
  });

  describe("whose own validator is cut off, and signs a block alone", () => {
    let digest: string;
    let alone: Anchored;

    /** Without a majority a signer makes one block at most: it is made to wait with it until the record has come. */
    before(async () => {
      const { network } = world;
      const own = network.rpc(OWN);
      await own.call("miner_stop");
      // A block that it was signing when it was stopped still comes; whoever has signed lately may not sign.
      await until(60, "the others sign without it", async () => {
        const signers = await lastSigners(OWN, 4);
        return signers.includes(addressOf(OWN)) ? undefined : true;
      });
      await network.cut(OWN);
      digest = await client.post();
      await until(30, "the batch is in the pool", async () => {
        const pool = await own.call("txpool_status");
        return Number(field(pool, "pending")) > 0 && (await client.view(digest)).state === "sent" ? true : undefined;
      });
      await own.call("miner_start");
      alone = await client.endorsed(digest, 1, 60);
    });

    after(async () => {
      await world.network.rpc(OWN).call("miner_start");
      if (world.network.state().validators.some(({ island }) => island !== 0)) await world.network.heal();
    });

    it("says that one of four stands behind it, and never that it is final", async () => {
      expect(alone).to.deep.include({ state: "endorsed", endorsement: { by: 1, of: 4 } });
      for (const language of ["en", "zh-CN"] as const) {
        const page = await client.page(digest, language);
        expect(page).to.include(messagesFor(language).endorsed(1, 4)).and.not.to.include(final[language]);
      }
      const { status, body } = await client.get(`/v1/records/${digest}/certificate`);
      expect(status, JSON.stringify(body)).to.equal(409);
    });

    it("is told by the auditor that it is not with the others", async () => {
      const bundle = await trustOfOthers();
      const trust = ["--trust", bundle.file];
      const node = ["--rpc", world.network.url(OWN), ...trust];
      const behind = await npmRun("audit", ...node);
      // So is one that only lags, and the message leaves open which it is.
      expect([behind.code, behind.document.error?.code]).to.deep.equal([2, "NODE_BEHIND"]);
      const to = ["--to", String(alone.anchor.blockNumber)];
      const itsOwn = await npmRun("audit", ...node, ...to);
      expect([itsOwn.code, itsOwn.document.error?.code]).to.deep.equal([2, "ENDORSED_TOO_LITTLE"]);
      for (const upTo of [[], to]) {
        const theirs = await npmRun("audit", "--rpc", world.network.url(2), ...trust, ...upTo);
        expect(theirs.code, JSON.stringify(theirs)).to.equal(0);
        expect(theirs.document.proven.block?.hash).not.to.equal(alone.anchor.blockHash);
      }
    });

    it("is told that its block is another than theirs, once they publish the hash of theirs", async () => {
      const { blockNumber, blockHash } = alone.anchor;
      const { bundle } = await trustOfOthers();
      const { fingerprint: _, ...facts } = bundle;
      const theirs = await hashAt(2, blockNumber);
      const published = publishTrust({ ...facts, checkpoints: [{ blockNumber, blockHash: theirs }] });
      const file = join(world.folder, "trust-with-checkpoint.json");
      writeFileSync(file, JSON.stringify(published));
      const own = await npmRun("audit", "--rpc", world.network.url(OWN), "--trust", file);
      expect([own.code, own.document.divergence?.code]).to.deep.equal([1, "CHECKPOINT_DIFFERS"]);
      expect(own.document.divergence).to.deep.include({ expected: theirs, found: blockHash });
      const others = await npmRun("audit", "--rpc", world.network.url(2), "--trust", file);
      expect(others.code, JSON.stringify(others)).to.equal(0);
    });

    /** A bundle that a validator of the majority makes when it is well ahead. */
    async function trustOfOthers() {
      await until(60, "the others go on", async () =>
        Number(await world.network.rpc(2).call("eth_blockNumber")) > alone.anchor.blockNumber + 5 ? true : undefined,
      );
      return trustFrom(2, "trust-of-others.json");
    }

    it("raises the alarm when they are connected again, and anchors the batch in another block", async () => {
      const [lost, alarms] = await Promise.all([client.metric(lostOrders), client.metric(lostBlocks)]);
      const history: View[] = [];
      const healing = world.network.heal();
      const again = await until(120, "in another block", async () => {
        const view = await client.view(digest);
        if (JSON.stringify(history.at(-1)) !== JSON.stringify(view)) history.push(view);
        const { anchor, endorsement } = view;
        const isOther = anchor !== null && anchor.blockHash !== alone.anchor.blockHash;
        return isOther && (endorsement?.by ?? 0) >= MAJORITY ? anchor : undefined;
      });
      await healing;
      const between = history.filter(({ anchor }) => anchor === null).map(({ state }) => state);
      expect(between).not.to.be.empty;
      expect(["batched", "sent"]).to.include.members(between);
      expect(history.map(({ state }) => state)).not.to.include("final");
      expect(again.root).to.equal(alone.anchor.root);
      expect(await client.metric(lostOrders)).to.be.greaterThan(lost);
      expect(await client.metric(lostBlocks)).to.be.greaterThan(alarms);
      for (const language of ["en", "zh-CN"] as const) {
        const page = await client.page(digest, language);
        expect(page).to.include(again.blockHash).and.not.to.include(final[language]);
      }
      await auditAll();
    });
  });

  describe("whose validators vote", () => {
    it("has verifier and auditor follow one that is added, and removed again", async () => {
      await changed("add");
      const added = world.network.state().validators.at(-1)?.number ?? 0;
      const five = await followed("five", certificate, 1);
      expect(five.validators).to.have.length(5).and.to.include(addressOf(added));
      await changed("remove", String(added));
      const four = await followed("four", five.renewed, 2);
      expect(four.validators).to.have.length(4);
      await auditAll();
    });

    async function changed(...args: readonly string[]): Promise<void> {
      const ran = await runNode(["scripts/network.ts", ...args, "--folder", world.network.folder], {});
      expect(ran.code, ran.stderr).to.equal(0);
    }

    /** Checks a certificate and the whole chain by a bundle that another validator makes after a change. */
    async function followed(name: string, former: string, transitions: number) {
      const rpc = ["--rpc", world.network.url(2)];
      const trust = await until(60, "the change has settled", async () => {
        const { file, bundle } = await trustFrom(2, `trust-${name}.json`);
        return bundle.transitions.length >= transitions ? file : undefined;
      });
      const memory = ["--memory", join(world.folder, "memory")];
      const refused = await npmRun("verify", former, "--trust", trust, ...memory);
      expect(refused.code, JSON.stringify(refused)).to.equal(2);
      expect(refused.document.checks.map(({ code }) => code)).to.include("FORMER_VALIDATORS");
      const renewed = join(world.folder, `certificate-${name}.json`);
      const ran = await npmRun("verify", former, "--trust", trust, ...memory, "--renew", ...rpc, "--out", renewed);
      expect(ran.code, JSON.stringify(ran)).to.equal(0);
      expect((await npmRun("verify", renewed, ...memory)).code).to.equal(0);
      const audited = await npmRun("audit", ...rpc, "--trust", trust, "--all-headers");
      expect(audited.code, JSON.stringify(audited)).to.equal(0);
      expect(audited.document.proven.headers?.validators).to.have.length(transitions + 1);
      return { renewed, validators: ran.document.trust.validators };
    }
  });

  function addressOf(number: number): string {
    return world.network.state().validators.find((validator) => validator.number === number)?.address ?? "";
  }

  async function hashAt(number: number, block: number) {
    const found = await world.network.rpc(number).call("eth_getBlockByNumber", toQuantity(block), false);
    return hexData(field(found, "hash"), "a block's hash", 32);
  }

  /** Who signed the newest blocks that a validator has. */
  async function lastSigners(number: number, count: number): Promise<unknown[]> {
    const rpc = world.network.rpc(number);
    const head = Number(await rpc.call("eth_blockNumber"));
    const numbers = Array.from({ length: count }, (_, index) => `0x${(head - index).toString(16)}`);
    return Promise.all(numbers.map((number) => rpc.call("clique_getSigner", number)));
  }

  /** A bundle that a validator makes from its own node. */
  async function trustFrom(number: number, name: string) {
    const file = join(world.folder, name);
    const from = ["--rpc", world.network.url(number), "--from", firstTrust];
    const own = ["--publisher", `Validator ${number}`, "--validator", addressOf(number)];
    const ran = await npmRun("trust", ...from, ...own, "--out", file);
    expect(ran.code, JSON.stringify(ran)).to.equal(0);
    return { file, bundle: ran.document.bundle };
  }
});
