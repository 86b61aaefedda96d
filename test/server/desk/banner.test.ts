import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

import { readyBanner } from "../../../server/desk/banner.ts";
import { withFolder } from "../store/folder.ts";

const agency = "11440310XX0001011N";
const banner = (cwd: string, data: string, isEmbedded = true, rpc = "http://127.0.0.1:8545"): string =>
  readyBanner({
    ...{ url: "http://127.0.0.1:3000", rpc, cwd, agency, isEmbedded },
    ...{ keysFile: join(data, "agency-keys.json"), trustFile: join(data, "trust.json") },
    gatewayFile: join(data, "gateway.json"),
  });

describe("the banner", () => {
  it("names page, keys, how to notarise and how to replay", () => {
    const text = banner("/desk", "/desk/data");
    expect(text).to.include("http://127.0.0.1:3000/\n").and.to.include("/desk/data/agency-keys.json");
    expect(text).to.include("curl -X POST http://127.0.0.1:3000/v1/records");
    expect(text).to.include("--rpc http://127.0.0.1:8545 --trust data/trust.json --gateway http://127.0.0.1:3000");
  });

  it("says of its own chain alone that it is a development chain", () => {
    expect(banner("/desk", "/desk/data")).to.match(/development chain/);
    expect(banner("/desk", "/desk/data", false)).not.to.match(/development chain/);
  });

  it("names a folder elsewhere in full", () => {
    expect(banner("/desk", "/var/hufu")).to.include("--trust /var/hufu/trust.json");
  });

  it("has the shell read a node's address that may hold a key", () =>
    withFolder((data) => {
      const rpc = "https://node.example/rpc?apikey=s3cret&x=1";
      writeFileSync(join(data, "gateway.json"), JSON.stringify({ rpc }));
      const text = banner("/desk", data, false, rpc);
      expect(text).to.include("https://node.example/rpc?…").and.not.include("s3cret");
      const command = /--rpc (".*?") --trust/.exec(text)?.[1] ?? "";
      expect(execFileSync("bash", ["-c", `echo -n ${command}`], { encoding: "utf8" })).to.equal(rpc);
      return Promise.resolve();
    }));

  it("has the shell read the key, which it does not show", () =>
    withFolder((data) => {
      writeFileSync(join(data, "agency-keys.json"), JSON.stringify({ [agency]: "hufu_key" }));
      const text = banner("/desk", data);
      expect(text).not.to.include("hufu_key");
      const command = /Bearer (\$\(.*?\))"/.exec(text)?.[1] ?? "";
      expect(execFileSync("bash", ["-c", `echo -n ${command}`], { encoding: "utf8" })).to.equal("hufu_key");
      return Promise.resolve();
    }));
});
