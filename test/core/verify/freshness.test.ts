import { expect } from "chai";
import { nothingSeen, withSeen, type Seen } from "../../../core/verify/seen.ts";
import { sealQbft } from "../proofs/sealed-chain.ts";
import { resealed } from "./cases/case.ts";
import { blockOf, sealedBlock, validators } from "./chain.ts";
import { nothing } from "./ledger-state.ts";
import { penalty } from "./records.ts";
import { asOf, certificate, outcomes, trusted, verify } from "./sample.ts";
import { repaired } from "./scenes.ts";

const freshness = (now: string, maxAgeSeconds: number) => {
  const found = verify(certificate(), { now, maxAgeSeconds });
  return [found.verdict.code, outcomes(found)["freshness"]];
};

/** With what came of verifying each of them in turn. */
function seenAfter(...options: Parameters<typeof certificate>[0][]): Seen {
  return options.reduce((seen: Seen, one) => {
    const { met } = verify(certificate(one), { seen });
    return met === null ? seen : withSeen(seen, met);
  }, nothingSeen);
}

describe("how old a proof may be", () => {
  it("is for whoever relies on it to say, to the second", () => {
    expect(freshness("2026-11-24T03:06:00.000Z", 60)).to.deep.equal(["in-force", "VALID FRESH"]);
    expect(freshness("2026-11-24T03:06:00.999Z", 60)).to.deep.equal(["in-force", "VALID FRESH"]);
    expect(freshness("2026-11-24T03:06:01.000Z", 60)).to.deep.equal(["stale", "ERROR TOO_OLD"]);
  });

  it("is not held against a clock that is a little behind the chain's", () => {
    expect(freshness("2026-11-24T03:04:00.000Z", 0)).to.deep.equal(["in-force", "VALID FRESH"]);
    expect(freshness("2026-11-24T02:50:00.000Z", 0)).to.deep.equal(["in-force", "VALID FRESH"]);
  });

  it("cannot be said of a block that is still to come, whatever age is asked for", () => {
    const ahead = ["unreachable", "ERROR IN_THE_FUTURE"];
    expect(freshness("2026-11-24T02:49:59.999Z", 0)).to.deep.equal(ahead);
    expect(freshness("2016-11-24T03:05:00.000Z", 3600)).to.deep.equal(ahead);
    const found = verify(certificate(), { now: "2026-11-24T02:49:59.000Z" });
    expect(found.verdict).to.deep.include({ code: "unreachable", cause: "IN_THE_FUTURE", asOf });
    expect(found.checks.find(({ id }) => id === "freshness")?.params).to.deep.equal({
      seconds: 901,
      instant: asOf.blockTime,
    });
    expect(found.standings).to.deep.equal([]);
  });

  it("is not asked before the clock is right, nor before the seals are", () => {
    const now = "2016-11-24T03:05:00.000Z";
    const seen = seenAfter({ ...repaired(), block: { number: 95 } });
    expect(verify(certificate(), { now, seen }).verdict.cause).to.equal("IN_THE_FUTURE");
    expect(verify(certificate(), { now, trusted: undefined }).verdict.cause).to.equal("NO_TRUST_BUNDLE");
    const subject = certificate();
    const forged = { ...subject, record: { ...subject.record, digest: "0".repeat(64) } };
    expect(verify(forged, { now }).verdict.code).to.equal("altered");
  });

  it("is not asked where either is left out", () => {
    expect(outcomes(verify(certificate(), { maxAgeSeconds: 1 }))["freshness"]).to.equal("SKIPPED AGE_NOT_ASKED");
    expect(outcomes(verify(certificate(), { now: "2036-11-24T03:04:00.000Z" }))["freshness"]).to.equal(
      "SKIPPED AGE_NOT_ASKED",
    );
  });

  it("is not met where the time is none", () => {
    expect(freshness("yesterday", 60)).to.deep.equal(["stale", "ERROR TOO_OLD"]);
  });

  it("a stale record is not called forged or genuine, and keeps its names", () => {
    const { verdict, standings } = verify(certificate(), { now: "2027-01-01T00:00:00.000Z", maxAgeSeconds: 1 });
    expect(verdict).to.deep.include({ code: "stale", cause: "TOO_OLD", since: null });
    expect(verdict.agency?.name).to.be.a("string");
    expect(standings).to.deep.equal([]);
  });

  it("forged is forged at any age", () => {
    const subject = certificate();
    const forged = { ...subject, record: { ...subject.record, digest: "0".repeat(64) } };
    const found = verify(forged, { now: "2027-01-01T00:00:00.000Z", maxAgeSeconds: 1 });
    expect(found.verdict.code).to.equal("altered");
  });
});

describe("what was seen before", () => {
  it("a newer status of the same record makes an older proof stale", () => {
    const found = verify(certificate(), { seen: seenAfter({ ...repaired(), block: { number: 95 } }) });
    expect(found.verdict).to.include({ code: "stale", cause: "OLDER_STATUS" });
    expect(found.checks.find(({ id }) => id === "freshness")?.params).to.deep.equal({
      version: 0,
      newer: 1,
      block: 95,
    });
  });

  it("the same status, an older one, and another record's do not", () => {
    const other = { record: penalty({}, { seed: 50 }) };
    for (const seen of [seenAfter({}), seenAfter({ ...repaired(), ...other, links: [], block: { number: 95 } })])
      expect(verify(certificate(), { seen }).verdict.code).to.equal("in-force");
    const older = seenAfter({ block: { number: 85 } });
    expect(verify(certificate(repaired()), { seen: older }).verdict.code).to.equal("ended");
  });

  it("keeps the newest status of each record, in whatever order they are met", () => {
    const newest = { ...repaired(), block: { number: 95 } };
    for (const seen of [seenAfter({}, newest), seenAfter(newest, {})]) {
      const own = seen.statuses.filter(({ version }) => version === 1);
      expect(own).to.have.length(1);
      expect(verify(certificate(), { seen }).verdict.cause).to.equal("OLDER_STATUS");
    }
  });

  it("remembers what was sealed, be it old, and nothing of what was not proven", () => {
    expect(verify(certificate(), { now: "2027-01-01T00:00:00.000Z", maxAgeSeconds: 1 }).met).to.not.equal(null);
    const subject = certificate();
    const forged = { ...subject, record: { ...subject.record, digest: "0".repeat(64) } };
    expect(verify(forged).met).to.equal(null);
    expect(verify(subject, { trusted: undefined }).met).to.equal(null);
  });

  it("is a thousand of each, the newest", () => {
    const { met } = verify(certificate());
    let seen = nothingSeen;
    for (let number = 1; number <= 1200; number++) {
      const leaf = `0x${number.toString(16).padStart(64, "0")}` as const;
      const header = { ...met!.header, blockNumber: number };
      seen = withSeen(seen, { header, statuses: [{ leaf, version: 1, blockNumber: number }] });
    }
    expect(seen.headers).to.have.length(1000);
    expect(seen.statuses).to.have.length(1000);
    expect(seen.headers.at(-1)?.blockNumber).to.equal(1200);
    expect(seen.statuses.at(-1)?.blockNumber).to.equal(1200);
  });
});

describe("a proof that takes another one's place", () => {
  const former = verify(certificate({ ...repaired(), block: { number: 95 } }));
  const { links: _, ...ended } = repaired();

  it("is of no older block, whatever the status", () => {
    for (const scene of [{}, ended]) {
      const found = verify(certificate({ ...scene, block: { number: 94 } }), { former });
      expect(found.verdict).to.include({ code: "stale", cause: "OLDER_BLOCK" });
      expect(found.checks.at(-1)?.params).to.deep.equal({ block: 94, former: 95 });
    }
    expect(verify(certificate({ ...repaired(), block: { number: 95 } }), { former }).verdict.code).to.equal("ended");
  });

  it("is of no block in which its record was not anchored yet: that does not make it unknown", () => {
    const empty = { state: { held: () => nothing } };
    const found = verify(certificate({ ...empty, block: { number: 39 } }), { former });
    expect(outcomes(found)["batch"]).to.equal("INVALID BATCH_NOT_FOUND");
    expect(found.verdict).to.include({ code: "stale", cause: "OLDER_BLOCK", anchoredAt: null });
    expect(found.standings).to.deep.equal([]);
    expect(verify(certificate({ ...empty, block: { number: 96 } }), { former }).verdict.code).to.equal("unknown");
  });

  it("holds against what that one proves, though nothing else is remembered", () => {
    const later = verify(certificate({ block: { number: 96 } }), { former });
    expect(later.verdict.cause).to.equal("OLDER_STATUS");
    const twin = certificate({ ...ended, block: { number: 95, parentHash: new Uint8Array(32).fill(9) } });
    expect(verify(twin, { former }).verdict.cause).to.equal("CONFLICTING_HEADERS");
  });

  it("is held against the number of one that is newer than the bundle, and not of one that was altered", () => {
    const newer = certificate({ consensus: "after-a-change", block: { number: 120 } });
    const unknown = verify(newer);
    expect(unknown.verdict.cause).to.equal("BUNDLE_TOO_OLD");
    expect(verify(certificate(), { former: unknown }).verdict.cause).to.equal("OLDER_BLOCK");
    const altered = verify({ ...newer, record: { ...newer.record, digest: "0".repeat(64) } });
    expect(verify(certificate(), { former: altered }).verdict.code).to.equal("in-force");
  });
});

describe("two sealed blocks of one height", () => {
  const other = resealed(certificate(), (facts) =>
    sealedBlock("qbft", { ...facts, parentHash: new Uint8Array(32).fill(9) }),
  );
  const seen = withSeen(nothingSeen, verify(other).met!);

  it("are kept, both, and nothing is believed", () => {
    const found = verify(certificate(), { seen });
    expect(found.verdict).to.include({ code: "unreachable", cause: "CONFLICTING_HEADERS" });
    expect(found.conflict).to.include({ consensus: "qbft", blockNumber: 90 });
    expect(found.conflict?.blocks.map(({ block }) => block)).to.deep.equal([
      other.proof.block,
      certificate().proof.block,
    ]);
    expect(withSeen(seen, verify(certificate()).met!).headers).to.deep.equal(seen.headers);
  });

  it("know that under Clique they may be an honest reorganisation's", () => {
    const [one, twin] = [{}, { block: { parentHash: new Uint8Array(32).fill(9) } }].map((options) =>
      certificate({ ...options, consensus: "clique" }),
    );
    const before = withSeen(nothingSeen, verify(one!, { trusted: trusted("clique") }).met!);
    const found = verify(twin!, { trusted: trusted("clique"), seen: before });
    expect(found.verdict).to.include({ code: "unreachable", cause: "CONFLICTING_HEADERS" });
    expect(found.conflict).to.include({ consensus: "clique", blockNumber: 90 });
  });

  it("are one where other validators sealed it, in another round", () => {
    const subject = certificate();
    const again = resealed(subject, (fields) =>
      blockOf(sealQbft({ fields, validators, signers: validators.slice(1), round: 1 })),
    );
    expect(again.proof.block).to.not.deep.equal(subject.proof.block);
    expect(verify(again, { seen: withSeen(nothingSeen, verify(subject).met!) }).verdict.code).to.equal("in-force");
  });

  it("are not held against a header that was remembered and that nobody sealed, or of another chain", () => {
    const [known] = seen.headers;
    const unsealed = { ...known!, block: { ...known!.block, header: "wA==" } };
    expect(verify(certificate(), { seen: { ...seen, headers: [unsealed] } }).verdict.code).to.equal("in-force");
    for (const elsewhere of [{ chainId: 5 }, { genesisHash: `0x${"5".repeat(64)}` }] as const) {
      const headers = [{ ...known!, ...elsewhere }];
      expect(verify(certificate(), { seen: { ...seen, headers } }).verdict.code).to.equal("in-force");
    }
  });

  it("are no misconduct on a development chain, which begins again after a kill", () => {
    const subject = certificate({ consensus: "development" });
    const again = resealed(subject, (facts) =>
      sealedBlock("development", { ...facts, parentHash: new Uint8Array(32).fill(9) }),
    );
    const options = { trusted: trusted("development") };
    const before = withSeen(nothingSeen, verify(again, options).met!);
    expect(verify(subject, { ...options, seen: before }).verdict.code).to.equal("in-force");
  });
});
