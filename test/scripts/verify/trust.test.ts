import { expect } from "chai";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { HufuError } from "../../../core/error.ts";
import { parseTrustText } from "../../../core/trust/bundle.ts";
import { bundleOf, market, marketName } from "../../core/verify/chain.ts";
import { certificate } from "../../core/verify/sample.ts";
import { repaired } from "../../core/verify/scenes.ts";
import { ask, newFolder, remarkCodes, type Folder } from "./command.ts";

describe("the trust bundle of the verifier", () => {
  let folder: Folder;
  let memory: string;
  let file: string;
  let trust: string;

  beforeEach(() => {
    folder = newFolder();
    memory = join(folder.path, "memory");
    file = folder.write("certificate.json", certificate());
    trust = folder.write("trust.json", bundleOf());
  });
  afterEach(() => folder.remove());

  const pinned = () => parseTrustText(readFileSync(join(memory, "trust.json"), "utf8"));
  const kept = (stem: string): string[] => readdirSync(memory).filter((name) => name.startsWith(`${stem}.former`));
  async function refusal(work: Promise<unknown>): Promise<HufuError> {
    const error = await work.catch((caught: unknown) => caught);
    if (error instanceof HufuError) return error;
    throw new Error("it was not refused");
  }

  it("is pinned at the first use, and counts from then on", async () => {
    const first = await ask(file, { trust, memory });
    expect(remarkCodes(first)).to.deep.equal(["PINNED"]);
    expect(pinned()).to.deep.equal(bundleOf());
    expect(statSync(join(memory, "trust.json")).mode & 0o777).to.equal(0o600);
    const second = await ask(file, { memory });
    expect(remarkCodes(second)).to.deep.equal([]);
    expect(second.verification.verdict).to.deep.equal(first.verification.verdict);
    expect(remarkCodes(await ask(file, { trust, memory }))).to.deep.equal([]);
  });

  it("is pinned nowhere without a memory, and is nothing where none was given", async () => {
    expect(remarkCodes(await ask(file, { trust }))).to.deep.equal([]);
    const { verification, trusted, exitCode } = await ask(file, { memory });
    expect(trusted).to.equal(undefined);
    expect(exitCode).to.equal(2);
    expect(verification.verdict.cause).to.equal("NO_TRUST_BUNDLE");
  });

  it("gives way to one that goes on from it, and says what is new", async () => {
    await ask(file, { trust, memory });
    const grown = bundleOf("after-a-change", { agencies: [{ uscc: market, name: "another name" }] });
    const later = folder.write("later.json", certificate({ consensus: "after-a-change" }));
    const found = await ask(later, { trust: folder.write("grown.json", grown), memory });
    expect(found.exitCode).to.equal(0);
    expect(remarkCodes(found)).to.deep.equal(["TRUST_GROWN"]);
    const what = found.remarks[0]?.params["what"];
    expect(what).to.include("TRANSITIONS_ADDED").and.to.include("AGENCIES_CHANGED");
    expect(what).to.include(`− ${market} ${marketName}`).and.to.include(`+ ${market} another name`);
    expect(pinned()).to.deep.equal(grown);
  });

  it("gives way to no other: what changed is listed, and nothing is taken over", async () => {
    await ask(file, { trust, memory });
    const others = {
      CHAIN_ID: bundleOf("qbft", { chainId: 5 }),
      CONSENSUS: bundleOf("clique"),
      DEPLOYMENT_BLOCK: bundleOf("qbft", { deploymentBlock: 2 }),
    };
    for (const [code, other] of Object.entries(others)) {
      const error = await refusal(ask(file, { trust: folder.write("other.json", other), memory }));
      expect(error.code).to.equal("INVALID_TRUST");
      expect(error.message).to.include(code).and.to.include("--repin");
      expect(changedOf(error)).to.include(code);
    }
    expect(pinned()).to.deep.equal(bundleOf());
  });

  it("that knows less than the pinned one is refused: retired validators would count again", async () => {
    const grown = folder.write("grown.json", bundleOf("after-a-change"));
    const later = folder.write("later.json", certificate({ consensus: "after-a-change" }));
    await ask(later, { trust: grown, memory });
    expect(changedOf(await refusal(ask(file, { trust, memory })))).to.deep.equal(["TRANSITIONS_MISSING"]);
  });

  it("that lacks a checkpoint of the pinned one is not called another ledger's, and is taken with --repin alone", async () => {
    const checkpoints = [{ blockNumber: 90, blockHash: `0x${"ab".repeat(32)}` }] as const;
    const more = bundleOf("qbft", { checkpoints });
    await ask(file, { trust: folder.write("more.json", more), memory });
    const error = await refusal(ask(file, { trust, memory }));
    expect(error.message)
      .to.match(/same ledger.*knows less/)
      .and.not.match(/another/);
    expect([error.code, changedOf(error)]).to.deep.equal(["INVALID_TRUST", ["CHECKPOINTS_MISSING"]]);
    expect(pinned()).to.deep.equal(more);
    expect(remarkCodes(await ask(file, { trust, memory, repin: true }))).to.deep.equal(["TRUST_REPINNED"]);
    expect(pinned()).to.deep.equal(bundleOf());
    expect(kept("trust")).to.have.length(1);
  });

  it("of another ledger is taken with --repin; nothing that was known is lost, and nothing that was met counts", async () => {
    await ask(folder.write("repaired.json", certificate(repaired())), { trust, memory });
    const other = bundleOf("clique");
    const moved = folder.write("moved.json", certificate({ consensus: "clique" }));
    const found = await ask(moved, { trust: folder.write("other.json", other), memory, repin: true });
    expect(found.exitCode).to.equal(0);
    expect(remarkCodes(found)).to.deep.equal(["TRUST_REPINNED"]);
    expect(pinned()).to.deep.equal(other);
    const [former = ""] = kept("trust");
    expect(parseTrustText(readFileSync(join(memory, former), "utf8"))).to.deep.equal(bundleOf());
    expect(kept("seen")).to.have.length(1);
  });

  it("of the same ledger, taken with --repin, lets what was met count on", async () => {
    await ask(folder.write("repaired.json", certificate({ ...repaired(), block: { number: 95 } })), { trust, memory });
    const other = folder.write("other.json", bundleOf("qbft", { deploymentBlock: 2 }));
    const found = await ask(file, { trust: other, memory, repin: true });
    expect(found.exitCode).to.equal(3);
    expect(kept("seen")).to.deep.equal([]);
  });

  it("that proves nothing is neither used nor pinned", async () => {
    const lying = bundleOf("qbft", { genesis: { ...bundleOf().genesis, hash: `0x${"1".repeat(64)}` } });
    const error = await refusal(ask(file, { trust: folder.write("lying.json", lying), memory }));
    expect(error.code).to.equal("INVALID_PROOF");
    expect(readdirSync(memory)).not.to.include("trust.json");
  });
});

function changedOf({ cause }: HufuError): unknown {
  return typeof cause === "object" && cause !== null && "changed" in cause ? cause.changed : undefined;
}
