import { expect } from "chai";
import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { startGateway } from "../../../scripts/demo/gateway.ts";
import { newFolder, verifyCommand, type Folder } from "./command.ts";

const market = "11440310XX0001011N";
const examples = join(import.meta.dirname, "../../../docs/examples");
const example = (name: string): unknown => JSON.parse(readFileSync(join(examples, name), "utf8"));

describe("a certificate whose gateway is gone", function () {
  this.timeout(120_000);
  let folder: Folder;
  before(() => (folder = newFolder()));
  after(() => folder.remove());

  it("is verified by the file and the trust bundle alone, with the status that it was given", async () => {
    const data = join(folder.path, "data");
    const gateway = await startGateway(data, { HUFU_BATCH_WINDOW_MS: "100" });
    const files = { before: "", after: "" };
    try {
      const posted = await gateway.call("POST", "/v1/records", {
        agency: market,
        body: example("credit-penalty.json"),
        wait: 30,
      });
      const at = `/v1/records/${String(posted.body["digest"])}`;
      const take = async (name: string): Promise<string> =>
        folder.write(name, (await gateway.call("GET", `${at}/certificate`)).body);
      files.before = await take("before.json");
      const repair = { agency: market, body: example("credit-repair.json"), wait: 30 };
      await gateway.call("POST", `${at}/status`, repair);
      files.after = await take("after.json");
      folder.write("trust.json", (await gateway.call("GET", "/v1/trust")).body);
    } finally {
      await gateway.stop();
    }
    renameSync(data, join(folder.path, "moved"));

    const memory = ["--memory", join(folder.path, "memory"), "--json"];
    const first = await verifyCommand([files.before, "--trust", join(folder.path, "trust.json"), ...memory]);
    expect(first.code, first.err).to.equal(0);
    expect(JSON.parse(first.out).verdict.code).to.equal("in-force");
    const second = await verifyCommand([files.after, ...memory]);
    expect(second.code, second.err).to.equal(0);
    expect(JSON.parse(second.out).verdict).to.deep.include({ code: "ended", reason: "REPAIR_GRANTED" });
    const again = await verifyCommand([files.before, ...memory]);
    expect(again.code).to.equal(3);
  });
});
