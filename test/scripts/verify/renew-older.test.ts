import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCertificate, type Certificate } from "../../../core/certificate/certificate.ts";
import { parseJson } from "../../../core/json/parse.ts";
import { say } from "../../../scripts/verify/say.ts";
import type { Question, RenewalSource } from "../../../scripts/verify/question.ts";
import type { Finding } from "../../../scripts/verify/run.ts";
import { bundleOf, type ChainType } from "../../core/verify/chain.ts";
import { certificate, type CertificateOptions } from "../../core/verify/sample.ts";
import { repaired } from "../../core/verify/scenes.ts";
import { withAt } from "../../core/verify/cases/case.ts";
import { ask, newFolder, remarkCodes, type Folder } from "./command.ts";
import { startFakeNode } from "./fake-node.ts";
import { startFakeGateway } from "./fake-gateway.ts";

/** Gives a renewal in the way of a gateway, or of a node whose newest block it is of, while `work` runs. */
type Source = (renewal: Certificate, work: (source: RenewalSource) => Promise<void>) => Promise<void>;

const byGateway: Source = async ({ links, proof, evidence }, work) => {
  const gateway = await startFakeGateway();
  gateway.answer = { status: 200, body: { links, proof, evidence } };
  await work({ from: "gateway", url: gateway.url }).finally(() => gateway.close());
};
const byNode: Source = async (renewal, work) => {
  const node = await startFakeNode(renewal);
  await work({ from: "node", url: node.url }).finally(() => {
    node.close();
  });
};

const { record } = repaired();
/** Its credit was repaired, and no link says so: a node proves the record alone. */
const { links: _, ...ended } = repaired();
const inForce: CertificateOptions = { record: record! };
const at = (number: number) => ({ block: { number } });

describe("a renewal that is older than the file", () => {
  let folder: Folder;
  let out: string;
  beforeEach(() => {
    folder = newFolder();
    out = join(folder.path, "out.json");
  });
  afterEach(() => folder.remove());

  const renew = (held: unknown, renewal: RenewalSource, other: Partial<Question> = {}, chain: ChainType = "qbft") => {
    const trust = folder.write("trust.json", bundleOf(chain));
    return ask(folder.write("held.json", held), { trust, out, renewal, ...other });
  };
  const written = (): Certificate => parseCertificate(parseJson(readFileSync(out, "utf8")));

  function expectOlder(found: Finding, former: number): void {
    expect(found.verification.verdict).to.include({ code: "stale", cause: "OLDER_BLOCK" });
    expect(found.verification.checks.at(-1)?.params).to.deep.equal({ block: 91, former });
    expect(found.exitCode).to.equal(3);
    expect(remarkCodes(found)).to.include.members(["NOT_RENEWED", "NOT_WRITTEN"]);
    expect(remarkCodes(found)).not.to.include.members(["RENEWED"]).and.not.include.members(["DECISION_AT_GATEWAY"]);
    expect(existsSync(out)).to.equal(false);
  }

  const sources: readonly [string, Source, ChainType][] = [
    ["a gateway", byGateway, "qbft"],
    ["a gateway of a development chain", byGateway, "development"],
    ["a node", byNode, "clique"],
  ];
  for (const [name, source, consensus] of sources) {
    for (const isRemembering of [false, true]) {
      const how = isRemembering ? "with a memory that has not met the file" : "without a memory";
      it(`is not taken from ${name}, ${how}: neither its status nor its block`, async () => {
        const older = certificate({ ...inForce, ...at(91), consensus });
        await source(older, async (renewal) => {
          for (const [index, status] of [ended, inForce].entries()) {
            const memory = isRemembering ? join(folder.path, `memory-${index}`) : null;
            const held = certificate({ ...status, ...at(120), consensus });
            expectOlder(await renew(held, renewal, { memory }, consensus), 120);
          }
        });
      });
    }

    it(`is none where ${name} proves the block of the file, or a later one`, async () => {
      for (const number of [120, 121]) {
        const newer = certificate({ ...ended, ...at(number), consensus });
        await source(newer, async (renewal) => {
          const found = await renew(
            certificate({ ...ended, ...at(120), consensus }),
            renewal,
            { force: true },
            consensus,
          );
          expect([found.exitCode, ...remarkCodes(found)]).to.deep.equal([0, "RENEWED", "WRITTEN"]);
          expect(written().proof).to.deep.equal(newer.proof);
        });
      }
    });
  }

  it("is not taken where what the file shows is hidden besides", async () => {
    await byGateway(certificate({ ...inForce, ...at(91) }), async (renewal) => {
      const held = certificate({ ...repaired(), ...at(120) });
      expectOlder(await renew(held, renewal, { hide: ["decisionDocNo"] }), 120);
    });
  });

  it("is said to be one, in both languages", async () => {
    await byGateway(certificate({ ...inForce, ...at(91) }), async (renewal) => {
      const found = await renew(certificate({ ...repaired(), ...at(120) }), renewal);
      const [zh, en] = [say(found, ["zh-CN"]), say(found, ["en"])];
      expect(zh)
        .to.match(/^已过时：取得的证明.*还旧/)
        .and.to.include("原证书没有改动");
      expect(en)
        .to.match(/^Out of date: .*older than the block of the one that it was to renew/)
        .and.to.include("was not taken");
      expect(en).to.include("of block 91; the one that it was to renew is of block 120");
    });
  });

  it("is remembered to be one: the file counts as met, whatever came of its renewal", async () => {
    const memory = join(folder.path, "memory");
    await byGateway(certificate({ ...inForce, ...at(91) }), async (renewal) => {
      await renew(certificate({ ...repaired(), ...at(120) }), renewal, { memory });
    });
    const later = folder.write("later.json", certificate({ ...inForce, ...at(121) }));
    expect((await ask(later, { memory })).verification.verdict.cause).to.equal("OLDER_STATUS");
  });
});

describe("a renewal of a file that contradicts what was met", () => {
  it("is not asked for: the two blocks are kept and told, whether or not anybody would answer", async () => {
    const folder = newFolder();
    const own = { trust: folder.write("trust.json", bundleOf()), memory: join(folder.path, "memory") };
    try {
      await ask(folder.write("met.json", certificate(at(120))), own);
      const twin = certificate({ block: { number: 120, parentHash: new Uint8Array(32).fill(9) } });
      const out = join(folder.path, "out.json");
      const renewal: RenewalSource = { from: "gateway", url: "http://127.0.0.1:1" };
      const found = await ask(folder.write("twin.json", twin), { ...own, renewal, out });
      expect([found.exitCode, found.verification.verdict.cause]).to.deep.equal([2, "CONFLICTING_HEADERS"]);
      expect(remarkCodes(found)).to.deep.equal(["CONFLICT_KEPT", "NOT_WRITTEN"]);
    } finally {
      folder.remove();
    }
  });
});

describe("a renewal that contradicts the file", () => {
  it("is not taken: another block of its height, or a later one with an older status", async () => {
    const folder = newFolder();
    const trust = folder.write("trust.json", bundleOf());
    const out = join(folder.path, "out.json");
    const file = folder.write("held.json", certificate({ ...repaired(), ...at(120) }));
    try {
      for (const [block, cause, exitCode] of [
        [{ number: 120, parentHash: new Uint8Array(32).fill(9) }, "CONFLICTING_HEADERS", 2],
        [{ number: 121 }, "OLDER_STATUS", 3],
      ] as const) {
        await byGateway(certificate({ ...inForce, block }), async (renewal) => {
          const found = await ask(file, { trust, out, renewal });
          expect(found.verification.verdict.cause).to.equal(cause);
          expect(found.exitCode).to.equal(exitCode);
          expect(remarkCodes(found)).to.deep.equal(["NOT_RENEWED", "NOT_WRITTEN"]);
        });
      }
    } finally {
      folder.remove();
    }
  });
});

describe("a file whose own proof does not count", () => {
  const old = { number: 90, timestamp: Date.UTC(2026, 0, 1) / 1000 };
  const swapped = `0x${"0".repeat(62)}01`;
  const files: readonly [string, ChainType, Certificate, string, Partial<Question>][] = [
    ["is of former validators", "after-a-change", certificate(), "FORMER_VALIDATORS", {}],
    ["is stale", "qbft", certificate({ block: old }), "TOO_OLD", { maxAgeSeconds: 86_400 }],
    [
      "was altered, whatever block it names",
      "qbft",
      withAt(certificate(at(500)), "/proof/slots/0/status/value", () => swapped),
      "altered",
      {},
    ],
  ];
  for (const [name, chain, held, why, other] of files) {
    it(`is renewed all the same: one that ${name}`, async () => {
      const folder = newFolder();
      const trust = folder.write("trust.json", bundleOf(chain));
      const file = folder.write("held.json", held);
      const out = join(folder.path, "out.json");
      const before = await ask(file, { trust, ...other });
      expect([before.verification.verdict.code, before.verification.verdict.cause]).to.include(why);
      const newer = certificate({ consensus: chain, block: { number: 95 } });
      await byGateway(newer, async (renewal) => {
        const found = await ask(file, { trust, out, renewal, ...other });
        expect([found.exitCode, ...remarkCodes(found)]).to.deep.equal([0, "RENEWED", "WRITTEN"]);
      }).finally(() => {
        folder.remove();
      });
    });
  }
});
