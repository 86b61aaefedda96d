import { expect } from "chai";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { base64ToBytes } from "../../../core/base64.ts";
import { conflictOf } from "../../../core/proofs/conflict.ts";
import { parseHeader } from "../../../core/proofs/header.ts";
import type { HeaderConflict, SeenHeader } from "../../../core/verify/seen.ts";
import { say } from "../../../scripts/verify/say.ts";
import { parseSeenText, seenText } from "../../../scripts/verify/seen-file.ts";
import { fastTools } from "../../core/proofs/sealed-chain.ts";
import { bundleOf } from "../../core/verify/chain.ts";
import { certificate, trusted } from "../../core/verify/sample.ts";
import { repaired } from "../../core/verify/scenes.ts";
import { ask, newFolder, remarkCodes, verifyCommand, type Folder } from "./command.ts";

describe("what the verifier remembers", () => {
  let folder: Folder;
  let memory: string;
  let trust: string;

  beforeEach(async () => {
    folder = newFolder();
    memory = join(folder.path, "memory");
    trust = folder.write("trust.json", bundleOf());
    await ask(honest(90), { trust, memory });
  });
  afterEach(() => folder.remove());

  const honest = (number: number, scene = {}): string =>
    folder.write(`block-${number}.json`, certificate({ ...scene, block: { number } }));
  const seen = () => parseSeenText(readFileSync(join(memory, "seen.json"), "utf8"));
  const spoil = (name: string, text: string): string => folder.write(join("memory", name), text);
  const unreadable = (): string[] => readdirSync(memory).filter((name) => name.includes(".unreadable-"));

  it("is every header and the newest status of each record, in files of its owner's", async () => {
    await ask(honest(95, repaired()), { memory });
    expect(seen().headers.map(({ blockNumber }) => blockNumber)).to.deep.equal([90, 95]);
    expect(seen().statuses.map(({ version, blockNumber }) => [version, blockNumber])).to.deep.equal([
      [1, 95],
      [0, 95],
    ]);
    for (const name of readdirSync(memory).filter((file) => file !== "conflicts"))
      expect(statSync(join(memory, name)).mode & 0o777, name).to.equal(0o600);
    expect(statSync(memory).mode & 0o777).to.equal(0o700);
  });

  it("survives being written and read", async () => {
    await ask(honest(95, repaired()), { memory });
    expect(parseSeenText(seenText(seen()))).to.deep.equal(seen());
  });

  it("is nothing of a certificate that does not hold", async () => {
    const text = JSON.stringify(certificate({ block: { number: 99 } })).replace("罚款人民币1000元", "罚款人民币1元");
    expect((await ask(folder.write("forged.json", text), { memory })).exitCode).to.equal(1);
    expect(seen().headers.map(({ blockNumber }) => blockNumber)).to.deep.equal([90]);
  });

  it("keeps two headers of one height as evidence that anybody can check, once", async () => {
    const other = certificate({ block: { number: 90, parentHash: new Uint8Array(32).fill(9) } });
    const file = folder.write("other.json", other);
    for (const _ of [1, 2]) {
      const found = await ask(file, { memory });
      expect(found.exitCode).to.equal(2);
      expect(remarkCodes(found)).to.deep.equal(["CONFLICT_KEPT"]);
    }
    const [name = "", ...others] = readdirSync(join(memory, "conflicts"));
    expect(others).to.deep.equal([]);
    const { blocks } = JSON.parse(readFileSync(join(memory, "conflicts", name), "utf8")) as HeaderConflict; // as: just written
    const { bundle, state } = trusted();
    const sealed = ({ block }: SeenHeader) => ({
      header: parseHeader(base64ToBytes(block.header)),
      following: [],
      seal: null,
    });
    const rules = { ...fastTools, consensus: bundle.consensus, chainId: bundle.chainId, validators: state.validators };
    const conflict = conflictOf(sealed(blocks[0]), sealed(blocks[1]), rules);
    expect(conflict?.height).to.equal(90);
    expect(conflict?.signers).to.have.length(3);
    expect(seen().headers).to.have.length(1);
  });

  it("keeps two blocks of one height under Clique without calling it misconduct: one of them falls out", async () => {
    const own = { trust: folder.write("clique.json", bundleOf("clique")), memory: join(folder.path, "of-clique") };
    const at = (name: string, block: object) =>
      folder.write(name, certificate({ consensus: "clique", block: { number: 90, ...block } }));
    expect((await ask(at("one.json", {}), own)).exitCode).to.equal(0);
    const found = await ask(at("twin.json", { parentHash: new Uint8Array(32).fill(9) }), own);
    expect([found.exitCode, remarkCodes(found)]).to.deep.equal([2, ["CONFLICT_KEPT"]]);
    const [en, zh] = [say(found, ["en"]), say(found, ["zh-CN"])];
    expect(en).to.include("one of the two fell, or will fall, out of the chain").and.not.include("evidence");
    expect(zh).to.include("其中一个已经或将会退出链").and.not.include("证据");
    const [name = ""] = readdirSync(join(own.memory, "conflicts"));
    expect(JSON.parse(readFileSync(join(own.memory, "conflicts", name), "utf8")).consensus).to.equal("clique");
  });

  it("that was spoilt is said, set aside and not believed: what was met, and the pinned bundle", async () => {
    for (const text of ["", "{", '{"format":"hufu-seen","version":1,"headers":[],"statuses":[{}]}']) {
      spoil("seen.json", text);
      expect(remarkCodes(await ask(honest(91), { memory }))).to.deep.equal(["MEMORY_SET_ASIDE"]);
    }
    expect(seen().headers.map(({ blockNumber }) => blockNumber)).to.deep.equal([91]);
    spoil("trust.json", JSON.stringify({ ...bundleOf(), chainId: 5 }));
    const found = await ask(honest(92), { memory });
    expect(found.exitCode).to.equal(2);
    expect(remarkCodes(found)).to.deep.equal(["MEMORY_SET_ASIDE"]);
    expect(unreadable()).to.have.length(4);
    expect(remarkCodes(await ask(honest(92), { trust, memory }))).to.deep.equal(["PINNED"]);
  });

  it("is whole although several verifiers write it at once", async function () {
    this.timeout(60_000);
    const files = [91, 92, 93, 94].map((number) => honest(number));
    const runs = await Promise.all(files.map((file) => verifyCommand([file, "--trust", trust, "--memory", memory])));
    for (const { code, err } of runs) expect(code, err).to.equal(0);
    expect(
      seen()
        .headers.map(({ blockNumber }) => blockNumber)
        .toSorted(),
    ).to.deep.equal([90, 91, 92, 93, 94]);
  });
});
