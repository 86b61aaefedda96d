import { expect } from "chai";
import { computeAddress, SigningKey } from "ethers";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

import { hexToBytes } from "../../../../core/bytes.ts";
import { parseQbftExtra } from "../../../../core/proofs/qbft-extra.ts";
import { addressOf, besuFiles } from "../../../../scripts/network/besu-files.ts";
import { runBesu } from "../../../../scripts/network/besu.ts";
import { composeIn, folder, genesisFile, names, read, settingsOf } from "./files.ts";

const accounts = [`0x${"7".repeat(40)}`] as const;

function enodesIn(where: string): { publicKey: string; host: string; port: string }[] {
  const enodes = z.array(z.string()).parse(JSON.parse(read(where, "static-nodes.json")));
  return enodes.map((enode) => {
    const { username, hostname, port, protocol } = new URL(enode);
    expect(protocol).to.equal("enode:");
    return { publicKey: username, host: hostname, port };
  });
}

/** What is mounted where, [file of the folder or volume, path in the container]. */
function mountsOf(name: string, where = folder): [string, string][] {
  const { volumes } = composeIn(where).services[name]!;
  return volumes.map((volume): [string, string] => {
    const [from = "", to = ""] = volume.split(":");
    return [from, to];
  });
}

describe("the files for Besu", () => {
  it("list the validators in extraData whose public keys are among the peers", () => {
    const genesis = genesisFile.parse(JSON.parse(read(folder, "genesis.json")));
    const { validators, vote, round, seals } = parseQbftExtra(hexToBytes(genesis.extraData));
    expect({ vote, round, seals }).to.deep.equal({ vote: null, round: 0, seals: [] });
    expect(validators).to.deep.equal(enodesIn(folder).map(addressOf).sort());
    expect(validators).to.have.length(4);
  });

  it("are those that the command makes for these validators", () => {
    const { config } = genesisFile.parse(JSON.parse(read(folder, "genesis.json")));
    const validators = enodesIn(folder);
    const files = besuFiles({ chainId: config.chainId, validators, accounts: [] });
    for (const [name, text] of Object.entries(files)) expect(read(folder, name), name).to.equal(text);
  });

  it("take nothing for a transaction, let nobody in who is not listed, and look for nobody", () => {
    for (const name of names) {
      const settings = Object.fromEntries(settingsOf(name));
      expect(settings).to.include({
        "min-gas-price": 0,
        "discovery-enabled": false,
        "permissions-nodes-config-file-enabled": true,
        "permissions-accounts-config-file-enabled": true,
      });
      expect(settings["host-allowlist"]).to.deep.equal(["localhost", "127.0.0.1", name]);
    }
  });

  it("differ from one validator to the next in its name and host alone", () => {
    const own = ["identity", "p2p-host", "host-allowlist"];
    const common = (name: string): [string, unknown][] => [...settingsOf(name)].filter(([key]) => !own.includes(key));
    for (const [index, name] of names.entries()) {
      expect(common(name)).to.deep.equal(common("validator-1"));
      expect(settingsOf(name).get("identity")).to.equal(name);
      expect(settingsOf(name).get("p2p-host")).to.equal(enodesIn(folder)[index]?.host);
    }
  });

  it("fit together in the compose file: hosts, ports, mounted files", () => {
    const { services, volumes } = composeIn(folder);
    expect(Object.keys(services)).to.deep.equal(names);
    const published = names.flatMap((name) => services[name]!.ports);
    expect(new Set(published).size).to.equal(published.length);
    for (const name of names) {
      const { image, networks, ports } = services[name]!;
      const settings = settingsOf(name);
      expect(image).to.equal(services["validator-1"]?.image);
      expect(networks["validators"]?.ipv4_address).to.equal(settings.get("p2p-host"));
      expect(ports.map((port) => port.split(":")[2])).to.deep.equal(
        ["rpc-http-port", "metrics-port"].map((option) => String(settings.get(option))),
      );
      for (const port of ports) expect(port).to.match(/^127\.0\.0\.1:/);
      const mounts = mountsOf(name);
      for (const [from] of mounts.filter(([file]) => file !== `./${name}/key`)) {
        if (from.startsWith("./")) expect(existsSync(join(folder, from)), from).to.equal(true);
        else expect(volumes).to.have.property(from);
      }
      const paths = [...settings].filter(([, value]) => typeof value === "string" && value.startsWith("/"));
      for (const [option, path] of paths)
        expect(
          mounts.map(([, to]) => to),
          option,
        ).to.include(path);
      expect(services[name]!.command).to.deep.equal(["--config-file=/etc/besu/config.toml"]);
      expect(mounts).to.deep.include([`./${name}.toml`, "/etc/besu/config.toml"]);
    }
  });

  it("have no keys", () => {
    for (const name of names) expect(existsSync(join(folder, name))).to.equal(false);
  });
});

describe("a network of Besu to try", () => {
  let trial: string;
  before(() => {
    trial = join(mkdtempSync(join(tmpdir(), "hufu-besu-")), "trial");
    runBesu({ address: [], chainId: 1, trial: { folder: trial, gateway: () => ({ data: "/data", accounts }) } });
  });
  after(() => rmSync(join(trial, ".."), { recursive: true }));

  it("has all that its compose file mounts, and keys of the validators that its genesis file lists", () => {
    const keys = names.map((name) => new SigningKey(read(join(trial, name), "key")));
    for (const name of names)
      for (const [from] of mountsOf(name, trial))
        if (from.startsWith("./")) expect(statSync(join(trial, from)).isFile(), from).to.equal(true);
    expect(enodesIn(trial).map(({ publicKey }) => `0x04${publicKey}`)).to.deep.equal(keys.map((key) => key.publicKey));
    const { extraData } = genesisFile.parse(JSON.parse(read(trial, "genesis.json")));
    const addresses = keys.map((key) => computeAddress(key).toLowerCase()).sort();
    expect(parseQbftExtra(hexToBytes(extraData)).validators).to.deep.equal(addresses);
    for (const [index, name] of names.entries())
      expect(settingsOf(name, trial).get("p2p-host")).to.equal(enodesIn(trial)[index]?.host);
    expect(statSync(trial).mode & 0o077).to.equal(0);
  });

  it("lets the validators in, and takes the transactions of the accounts that were named", () => {
    const permissions = settingsOf("permissions_config", trial);
    expect(permissions.get("nodes-allowlist")).to.deep.equal(JSON.parse(read(trial, "static-nodes.json")));
    expect(permissions.get("accounts-allowlist")).to.deep.equal(accounts);
  });

  it("is not made over another one, and no gateway's keystore for it", () => {
    const gateway = (): never => expect.fail("the gateway was asked for");
    expect(() => runBesu({ address: [], chainId: 1, trial: { folder: trial, gateway } }))
      .to.throw()
      .with.property("code", "INVALID_REQUEST");
  });
});
