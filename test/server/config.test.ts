import { resolve } from "node:path";
import { expect } from "chai";

import { HufuError } from "../../core/error.ts";
import { parseConfig } from "../../server/config.ts";

describe("parseConfig", () => {
  it("knows what to do without a single variable", () => {
    expect(parseConfig({ PATH: "/bin", HUFU_HOST: "" })).to.deep.equal({
      data: resolve("data"),
      host: "127.0.0.1",
      port: 3000,
      publicUrl: null,
      batchWindowMs: 1000,
      batchSize: 500,
      backlog: 100_000,
      logLevel: "info",
      keystorePassword: null,
      attemptSeconds: 120,
      agencies: resolve("server/agencies.sample.json"),
      rpc: [],
      genesis: null,
      gasPrice: null,
      confirmations: null,
    });
  });

  it("takes every variable", () => {
    const config = parseConfig({
      HUFU_DATA: "/var/lib/hufu",
      HUFU_HOST: "::1",
      PORT: "0",
      HUFU_PUBLIC_URL: "https://hufu.example/",
      HUFU_BATCH_WINDOW_MS: "0",
      HUFU_BATCH_SIZE: "1",
      HUFU_BACKLOG: "7",
      HUFU_LOG_LEVEL: "silent",
      HUFU_KEYSTORE_PASSWORD: "long enough",
      HUFU_ATTEMPT_SECONDS: "60",
      HUFU_AGENCIES: "district/agencies.json",
      HUFU_RPC: "http://127.0.0.1:8545, https://node.example/rpc",
      HUFU_GENESIS: "genesis.json",
      HUFU_GAS_PRICE: "0",
      HUFU_CONFIRMATIONS: "3",
    });
    expect(config).to.include({ data: "/var/lib/hufu", host: "::1", port: 0, publicUrl: "https://hufu.example" });
    expect(config).to.include({ batchWindowMs: 0, batchSize: 1, backlog: 7, logLevel: "silent" });
    expect(config).to.include({ keystorePassword: "long enough", attemptSeconds: 60 });
    expect(config.agencies).to.equal(resolve("district/agencies.json"));
    expect(config.rpc).to.deep.equal(["http://127.0.0.1:8545", "https://node.example/rpc"]);
    expect(config).to.include({ genesis: resolve("genesis.json"), gasPrice: 0n, confirmations: 3 });
  });

  it("is frozen", () => {
    expect(Object.isFrozen(parseConfig({}))).to.equal(true);
  });

  it("takes no batch that an ordinary node would refuse for ever", () => {
    expect(parseConfig({ HUFU_BATCH_SIZE: "2000" }).batchSize).to.equal(2000);
    expect(() => parseConfig({ HUFU_BATCH_SIZE: "2001" })).to.throw("HUFU_BATCH_SIZE must be 2000 or less");
  });

  it("takes a node's address with a key, and says of one with a password what to do instead", () => {
    const keyed = "https://node.example/rpc?apikey=k";
    expect(parseConfig({ HUFU_RPC: keyed }).rpc).to.deep.equal([keyed]);
    expect(() => parseConfig({ HUFU_RPC: "http://me@node.example" })).to.throw(/HUFU_RPC.0 .*proxy/);
    expect(() => parseConfig({ HUFU_PUBLIC_URL: "https://me:s3cret@x" })).to.throw(/HUFU_PUBLIC_URL .*without/);
  });

  it("names every fault at once and repeats no value", () => {
    let caught: unknown;
    try {
      parseConfig({
        PORT: "65536",
        HUFU_BATCH_SIZE: "1.5",
        HUFU_LOG_LEVEL: "loud",
        HUFU_KEYSTORE_PASSWORD: "s3cret",
        HUFU_PUBLIC_URL: "ftp://x",
        HUFU_RPC: "http://127.0.0.1:8545,https://me:s3cret@node.example",
        HUFU_GAS_PRICE: "1 gwei",
        HUFU_CONFIRMATIONS: "-1",
      });
    } catch (error) {
      caught = error;
    }
    if (!(caught instanceof HufuError)) throw new Error("it did not refuse");
    expect(caught.code).to.equal("INVALID_CONFIGURATION");
    const named = ["PORT", "HUFU_BATCH_SIZE", "HUFU_LOG_LEVEL", "HUFU_KEYSTORE_PASSWORD", "HUFU_PUBLIC_URL"];
    for (const name of [...named, "HUFU_RPC.1", "HUFU_GAS_PRICE", "HUFU_CONFIRMATIONS"])
      expect(caught.message).to.include(name);
    expect(caught.message).not.to.include("s3cret");
  });
});
