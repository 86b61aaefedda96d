import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

import { composeIn, folder, genesisFile, institution, names, nodes, read, settingsOf } from "./files.ts";

const list = z.array(z.string()).nonempty();

/** The names that a version of Besu knows, read out of its source: where each list stands in it is under `source`. */
const known = z.strictObject({
  version: z.string(),
  source: z.looseObject({ repository: z.url(), commit: z.string() }),
  /** of its command line and of the file that --config-file reads, without the dashes */
  options: list,
  permissions: list,
  /** as Besu compares them, which is in lower case; only `alloc` has to be spelt so. `config` and `qbft` are the objects of these names. */
  genesis: z.strictObject({ file: list, config: list, qbft: list }),
  rpcGroups: list,
  /** of the groups that are used here */
  rpcMethods: list,
});

describe("the files for Besu, by the names that Besu has", () => {
  const [, version = ""] = composeIn(folder).services["validator-1"]!.image.split(":");
  const besu = known.parse(JSON.parse(readFileSync(join(import.meta.dirname, `besu-${version}.json`), "utf8")));
  const readme = read(folder, "README.md");
  const all = [
    ...names.map((name) => ({ name, settings: settingsOf(name) })),
    ...nodes.map((name) => ({ name, settings: settingsOf(name, institution) })),
  ];
  const groups = z.array(z.string()).parse(settingsOf("validator-1").get("rpc-http-api"));

  it("are for the version whose names are listed, on the page as well", () => {
    expect(besu.version).to.equal(version);
    const named = [...readme.matchAll(/\bBesu (\d[\d.]*\d)/g), ...readme.matchAll(/hyperledger\/besu:(\S+?)"/g)];
    expect(named).to.have.length(2);
    for (const [, other] of named) expect(other).to.equal(version);
  });

  it("name options that it has, or it would not start", () => {
    for (const { name, settings } of all) expect(besu.options, name).to.include.members([...settings.keys()]);
    const onPage = [...readme.matchAll(/`([a-z\d]+(?:-[a-z]+)+)`/g), ...readme.matchAll(/\$besu --([a-z-]+)=/g)];
    expect(onPage).not.to.have.length(0);
    for (const [, option] of onPage) expect(besu.options).to.include(option);
  });

  it("list nodes and accounts under its names", () => {
    expect([...settingsOf("permissions_config").keys()]).to.have.members(besu.permissions);
  });

  it("name rules of a chain that it reads: it passes over others in silence", () => {
    const genesis = genesisFile.parse(JSON.parse(read(folder, "genesis.json")));
    const namesIn = (object: object): string[] =>
      Object.keys(object).map((name) => (name === "alloc" ? name : name.toLowerCase()));
    expect(besu.genesis.file).to.include.members(namesIn(genesis));
    expect(besu.genesis.config).to.include.members(namesIn(genesis.config));
    expect(besu.genesis.qbft).to.include.members(namesIn(genesis.config.qbft));
  });

  it("open groups of JSON-RPC that it has, among them those of the methods on the page", () => {
    for (const { name, settings } of all)
      expect(besu.rpcGroups, name).to.include.members(z.array(z.string()).parse(settings.get("rpc-http-api")));
    const methods = [...readme.matchAll(/\b([a-z]+)_[a-z]+[A-Z]\w*/g)];
    expect(methods).not.to.have.length(0);
    for (const [method, group = ""] of methods) {
      expect(besu.rpcMethods).to.include(method);
      expect(groups).to.include(group.toUpperCase());
    }
  });
});
