import { randomBytes } from "node:crypto";
import { expect } from "chai";

import { HufuError } from "../../../core/error.ts";
import { parseJson } from "../../../core/json/parse.ts";
import { builtInKinds } from "../../../core/kinds/registry.ts";
import { nobleKeccak } from "../../../core/ledger/keccak.ts";
import { draftRecord } from "../../../server/record/draft.ts";
import type { DraftJob } from "../../../server/record/draft-job.ts";
import { createDraftPool } from "../../../server/record/draft-pool.ts";
import { parsePost } from "../../../server/record/post.ts";
import { land, market, penalty } from "../samples.ts";

function jobOf(bodies: readonly string[], agencies: readonly string[]): DraftJob {
  const texts = bodies.map((body) => Buffer.from(body));
  const ends: number[] = [];
  for (const text of texts) ends.push((ends.at(-1) ?? 0) + text.length);
  const bytes = new Uint8Array(Buffer.concat(texts));
  return { agencies, bytes, ends: Uint32Array.from(ends), seeds: randomBytes(32 * bodies.length) };
}

const body = (recordId: string): string => JSON.stringify({ kind: "credit-penalty", recordId, content: penalty });

describe("draft pool", () => {
  it("drafts as the main thread would, each post under its own seed and agency", async () => {
    const pool = createDraftPool(builtInKinds, 2);
    const job = jobOf([body("A"), "{", body("B")], [market, market, land]);
    const seeds = Uint8Array.from(job.seeds);
    const [first, second, third] = await pool.draft(job);
    await pool.close();
    const post = parsePost(parseJson(body("A")));
    const expected = draftRecord(post, market, seeds.slice(0, 32), { kinds: builtInKinds, keccak: nobleKeccak });
    if (!first || !("draft" in first)) throw new Error("the first post was refused");
    expect(Buffer.from(first.draft.digest).toString("hex")).to.equal(Buffer.from(expected.digest).toString("hex"));
    expect(Buffer.from(first.draft.leaf).toString("hex")).to.equal(Buffer.from(expected.leaf).toString("hex"));
    expect(second).to.include({ code: "MALFORMED_JSON" });
    expect(third, "the penalty is not of this agency").to.include({ code: "INVALID_RECORD" });
  });

  it("fails the jobs of a thread that ends, and starts another for the next", async () => {
    const pool = createDraftPool(builtInKinds, 1);
    const job = pool.draft(jobOf([body("A")], [market])).catch((error: unknown) => error);
    await pool.close();
    const error = await job;
    expect(error).to.be.instanceOf(HufuError).with.property("code", "INVARIANT");
    const [outcome] = await pool.draft(jobOf([body("B")], [market]));
    expect(outcome).to.have.property("draft");
    await pool.close();
  });
});
