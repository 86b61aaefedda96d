import { expect } from "chai";

import { to0x, type Hex } from "../../../core/bytes.ts";
import type { Effect } from "../../../core/ledger/effect.ts";
import { effectCode } from "../../../core/ledger/effect.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { batchSlot, statusSlot, statusWord } from "../../../core/ledger/slots.ts";
import { verification } from "../../../server/http/schemas.ts";
import { createProver } from "../../../server/proofs/prover.ts";
import { findByDigest, type RecordRow } from "../../../server/store/records.ts";
import { saveStatuses } from "../../../server/store/statuses.ts";
import { startGateway, type Gateway } from "../gateway.ts";
import { market, penalty, statusContent } from "../samples.ts";

const none: Hex = `0x${"00".repeat(32)}`;

describe("what a certificate says of a status is what was proven, whatever the store has read", () => {
  let gateway: Gateway;
  let serial = 0;
  before(async () => (gateway = await startGateway()));
  after(() => gateway.close());

  async function post(more: object = {}): Promise<string> {
    const body = { kind: "credit-penalty", recordId: `L-${String(++serial)}`, content: penalty, ...more };
    const answer = await gateway.call("POST", "/v1/records", { key: gateway.keys.market, body });
    expect(answer.status, answer.text).to.equal(202);
    return answer.body.digest;
  }
  async function decide(digest: string, effect: string, reason: string, more: object = {}): Promise<string> {
    const body = { ...statusContent(effect, reason, market), ...more };
    const answer = await gateway.call("POST", `/v1/records/${digest}/status`, { key: gateway.keys.market, body });
    expect(answer.status, answer.text).to.equal(202);
    return answer.body.digest;
  }
  async function rowOf(digest: string): Promise<RecordRow> {
    const row = await findByDigest(gateway.store.db, Buffer.from(digest, "hex"));
    return row!;
  }
  /** Sets the slot alone: the store hears nothing of it. */
  async function setSlot(digest: string, status: { effect: Effect; version: number; basis: string }): Promise<void> {
    const { chain } = gateway.ledger;
    const word = statusWord({ ...status, blockTime: chain.nextTime() / 1000 }, keccak);
    await chain.mine([[statusSlot(to0x((await rowOf(digest)).leaf), keccak), word]]);
  }
  /** Empties the slot of a record's batch, as a chain that lost its newest blocks would. */
  async function unanchor(digest: string): Promise<void> {
    const { batch_id } = await rowOf(digest);
    const batches = gateway.store.db.selectFrom("batches").select("root").where("id", "=", batch_id);
    const { root } = await batches.executeTakeFirstOrThrow();
    await gateway.ledger.chain.mine([[batchSlot(to0x(root), keccak), none]]);
  }
  async function verified(digest: string) {
    const { body } = await gateway.call("GET", `/v1/records/${digest}/certificate`);
    const answer = verification.parse(
      (await gateway.call("POST", "/v1/verifications", { body: { certificate: body } })).body,
    );
    const links: string[] = body.links.map((link: { digest: string }) => link.digest);
    return { links, verdict: answer.verdict, status: answer.checks.find(({ id }) => id === "status")?.code };
  }

  it("a status that the watcher has not read yet: with the decision that was ordered", async () => {
    const digest = await post();
    const decision = await decide(digest, "ENDED", "REPAIR_GRANTED");
    await gateway.ledger.anchorRecords();
    await setSlot(digest, { effect: "ENDED", version: 1, basis: decision });
    const found = { links: [decision], verdict: "ended", status: "STATUS_ON_LEDGER" };
    expect(await verified(digest)).to.deep.equal(found);
  });

  it("a newer status than the watcher has read: the older decision does not stand for it", async () => {
    const digest = await post();
    const first = await decide(digest, "ENDED", "REPAIR_GRANTED");
    await gateway.ledger.anchorAll();
    const second = await decide(digest, "IN_FORCE", "REPAIR_REVOKED");
    await gateway.ledger.anchorRecords();
    expect((await verified(digest)).links).to.deep.equal([first]);
    await setSlot(digest, { effect: "IN_FORCE", version: 2, basis: second });
    const found = { links: [second], verdict: "in-force", status: "STATUS_ON_LEDGER" };
    expect(await verified(digest)).to.deep.equal(found);
  });

  it("a status whose decision is not here: told, and not explained", async () => {
    const digest = await post();
    await gateway.ledger.anchorAll();
    await setSlot(digest, { effect: "WITHDRAWN", version: 1, basis: "ab".repeat(32) });
    expect(await verified(digest)).to.deep.equal({ links: [], verdict: "withdrawn", status: "STATUS_UNEXPLAINED" });
  });

  it("a status that fell out of the chain while the store still has it: it was never set", async () => {
    const digest = await post();
    const decision = await decide(digest, "ENDED", "REPAIR_GRANTED");
    await gateway.ledger.anchorRecords();
    const { leaf, kind } = await rowOf(digest);
    const block = {
      block_number: 1,
      block_hash: new Uint8Array(32),
      block_time: 1,
      transaction_hash: new Uint8Array(32),
    };
    const status = { leaf, version: 1, digest: Buffer.from(digest, "hex"), effect: effectCode("ENDED"), kind };
    const who = { actor: market, agency: market, basis: Buffer.from(decision, "hex") };
    await gateway.store.write((tx) => saveStatuses(tx, [{ ...status, ...who, ...block }]));
    expect(await verified(digest)).to.deep.equal({ links: [], verdict: "in-force", status: "STATUS_NEVER_SET" });
  });

  it("a successor that fell out of the chain ends the walk", async () => {
    const first = await post({ recordId: "gone" });
    const second = await post({ recordId: "gone", amends: first, content: { ...penalty, remark: "2" } });
    await gateway.ledger.anchorRecords();
    const other = await post({ recordId: "other" });
    const decision = await decide(other, "SUPERSEDED", "CORRECTED", { successor: second });
    await gateway.ledger.anchorAll();
    expect((await verified(other)).links).to.deep.equal([decision, second]);
    await unanchor(second);
    expect(await verified(other)).to.deep.equal({
      links: [decision],
      verdict: "superseded",
      status: "STATUS_ON_LEDGER",
    });
  });

  it("of a record whose batch fell out of the chain there is none, and the verdict is `accepted`", async () => {
    const digest = await post();
    await gateway.ledger.anchorAll();
    await unanchor(digest);
    const answer = await gateway.call("GET", `/v1/records/${digest}/certificate`);
    expect([answer.status, answer.body.code]).to.deep.equal([409, "NOT_ANCHORED"]);
    const { body } = await gateway.call("POST", "/v1/verifications", { body: { digest } });
    expect(body.verdict).to.equal("accepted");
  });
});

describe("a certificate of a record that is not in the store is renewed by the node alone", () => {
  let gateway: Gateway;
  let stranger: Gateway;
  before(async () => {
    gateway = await startGateway();
    const { chain } = gateway.ledger;
    const trust = (await gateway.call("GET", "/v1/trust")).body;
    const { address } = trust.contracts.ledger;
    stranger = await startGateway({
      ledger: { chainId: trust.chainId, genesisHash: trust.genesis.hash, address, agencies: address },
      prover: createProver({ rpc: chain.rpc, keccak, ledger: address, sealing: chain.sealing }),
      trust: () => Promise.resolve(trust),
    });
  });
  after(async () => {
    await stranger.close();
    await gateway.close();
  });

  const key = () => gateway.keys.market;
  async function post(recordId: string, more: object = {}): Promise<string> {
    const body = { kind: "credit-penalty", recordId, content: penalty, ...more };
    return (await gateway.call("POST", "/v1/records", { key: key(), body })).body.digest;
  }
  const decide = (digest: string, effect: string, reason: string) =>
    gateway.call("POST", `/v1/records/${digest}/status`, { key: key(), body: statusContent(effect, reason, market) });
  const certificateOf = async (digest: string) => (await gateway.call("GET", `/v1/records/${digest}/certificate`)).body;
  const ask = async (certificate: unknown) =>
    verification.parse((await stranger.call("POST", "/v1/verifications", { body: { certificate } })).body);
  const codesOf = (answer: Awaited<ReturnType<typeof ask>>) =>
    Object.fromEntries(answer.checks.map(({ id, code }) => [id, code]));

  it("as of now, with its links while the status is the same", async () => {
    const digest = await post("N-1");
    await decide(digest, "ANNOTATED", "LITIGATION");
    await gateway.ledger.anchorAll();
    const certificate = await certificateOf(digest);
    await gateway.ledger.chain.mine([]);
    const answer = await ask(certificate);
    expect(answer).to.include({ verdict: "annotated", digest, links: null });
    expect(answer.asOf?.blockNumber).to.equal(gateway.ledger.block());
    expect(codesOf(answer)).to.include({ links: "LINKS_MATCH", status: "STATUS_ON_LEDGER" });
  });

  it("without them where it is another, for the reason is in no file here", async () => {
    const digest = await post("N-2");
    await decide(digest, "ANNOTATED", "LITIGATION");
    await gateway.ledger.anchorAll();
    const certificate = await certificateOf(digest);
    await decide(digest, "ENDED", "REPAIR_GRANTED");
    await gateway.ledger.anchorAll();
    const answer = await ask(certificate);
    expect(answer.verdict).to.equal("ended");
    expect(codesOf(answer)).to.include({ links: "NO_LINKS", status: "STATUS_UNEXPLAINED" });
  });

  it("up to the successor whose own status changed", async () => {
    const first = await post("N-3");
    const second = await post("N-3", { amends: first, content: { ...penalty, remark: "2" } });
    await gateway.ledger.anchorAll();
    await decide(second, "ANNOTATED", "DISPUTE");
    await gateway.ledger.anchorAll();
    const certificate = await certificateOf(first);
    expect(certificate.links).to.have.length(2);
    await decide(second, "WITHDRAWN", "REVOKED_BY_COURT");
    await gateway.ledger.anchorAll();
    const answer = await ask(certificate);
    expect(answer.verdict).to.equal("superseded");
    expect(codesOf(answer)).to.include({ links: "LINKS_MATCH", status: "STATUS_ON_LEDGER" });
    expect(answer.checks.find(({ id }) => id === "links")?.params).to.deep.equal({ count: 1 });
  });

  it("unknown, where the ledger does not hold its batch any more", async () => {
    const digest = await post("N-4");
    await gateway.ledger.anchorAll();
    const certificate = await certificateOf(digest);
    await gateway.ledger.chain.mine([[batchSlot(certificate.record.batch.root, keccak), none]]);
    expect((await ask(certificate)).verdict).to.equal("unknown");
  });
});
