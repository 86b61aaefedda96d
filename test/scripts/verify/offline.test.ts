import { expect } from "chai";
import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { startGateway } from "../../../scripts/demo/gateway.ts";
import { verifierPage } from "../../../scripts/verifier/page.ts";
import { describeInBrowser } from "../../web/browser/chromium.ts";
import { verdict } from "../../web/browser/files.ts";
import { openOffline } from "../../web/browser/offline-file.ts";
import { newFolder, verifyCommand, type Folder } from "./command.ts";

const market = "11440310XX0001011N";
const examples = join(import.meta.dirname, "../../../docs/examples");
const example = (name: string): unknown => JSON.parse(readFileSync(join(examples, name), "utf8"));

/** Files that a citizen took home. */
interface Taken {
  readonly before: string;
  readonly after: string;
  readonly trust: string;
}

/** From a gateway with its embedded chain: a certificate of a record, one after its repair, and the bundle. Then both are gone, and so is their folder. */
async function takenHome(folder: Folder): Promise<Taken> {
  const data = join(folder.path, "data");
  const gateway = await startGateway(data, { HUFU_BATCH_WINDOW_MS: "100" });
  try {
    const order = { agency: market, wait: 30 };
    const posted = await gateway.call("POST", "/v1/records", { ...order, body: example("credit-penalty.json") });
    const at = `/v1/records/${String(posted.body["digest"])}`;
    const take = async (name: string, path: string): Promise<string> =>
      folder.write(name, (await gateway.call("GET", path)).body);
    const before = await take("before.json", `${at}/certificate`);
    await gateway.call("POST", `${at}/status`, { ...order, body: example("credit-repair.json") });
    const after = await take("after.json", `${at}/certificate`);
    return { before, after, trust: await take("trust.json", "/v1/trust") };
  } finally {
    await gateway.stop();
    renameSync(data, join(folder.path, "moved"));
  }
}

describe("a certificate whose gateway is gone", function () {
  this.timeout(120_000);
  let folder: Folder;
  let taken: Taken;
  before(async () => {
    folder = newFolder();
    taken = await takenHome(folder);
  });
  after(() => folder.remove());

  it("is verified by the file and the trust bundle alone, with the status that it was given", async () => {
    const memory = ["--memory", join(folder.path, "memory"), "--json"];
    const first = await verifyCommand([taken.before, "--trust", taken.trust, ...memory]);
    expect(first.code, first.err).to.equal(0);
    expect(JSON.parse(first.out).verdict.code).to.equal("in-force");
    const second = await verifyCommand([taken.after, ...memory]);
    expect(second.code, second.err).to.equal(0);
    expect(JSON.parse(second.out).verdict).to.deep.include({ code: "ended", reason: "REPAIR_GRANTED" });
    const again = await verifyCommand([taken.before, ...memory]);
    expect(again.code).to.equal(3);
  });

  describeInBrowser("opened in the one-file verifier with the network off", (browser) => {
    it("is verified just so, by the clock of today", async () => {
      const file = await openOffline(browser(), folder.write("verifier.html", await verifierPage(null)), null);
      const { page } = file;
      const take = async (path: string, code: string): Promise<void> => {
        await page.setInputFiles("#file", path);
        await verdict(page, code).waitFor();
      };
      await take(taken.before, "unreachable");
      await page.setInputFiles("#file", taken.trust);
      await verdict(page, "in-force").waitFor();
      expect(await page.textContent(".facts")).to.include("开发链");
      await take(taken.after, "ended");
      expect(await page.textContent('[data-part="standings"]')).to.include("准予信用修复");
      await take(taken.before, "stale");
      await file.leave();
    });
  });
});
