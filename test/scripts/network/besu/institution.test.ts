import { expect } from "chai";
import { existsSync } from "node:fs";
import { isIPv4 } from "node:net";
import { join } from "node:path";
import { z } from "zod";

import { besuFiles } from "../../../../scripts/network/besu-files.ts";
import { composeIn, composeOfInstitution, folder, institution, nodes, read, settingsOf } from "./files.ts";

interface Published {
  /** on which addresses of the machine; undefined: on all */
  readonly host: string | undefined;
  /** of the machine, then of the container */
  readonly ports: readonly [string, string];
}

/** What is published of a node's ports, by the option of Besu's that opens them. */
function publishedOf(name: string): Record<string, Published> {
  const settings = settingsOf(name, institution);
  const { ports } = composeOfInstitution().services[name]!;
  const options = ["p2p-port", "rpc-http-port", "metrics-port"];
  const found = ports.map((port): [string, Published] => {
    const [container = "", outside = "", host] = port.split(":").reverse();
    const option = options.find((each) => String(settings.get(each)) === container);
    return [option ?? `nothing listens on ${container}`, { host, ports: [outside, container] }];
  });
  return Object.fromEntries(found);
}

/** By name, the settings in which two files differ. */
function differences(one: Map<string, unknown>, other: Map<string, unknown>): string[] {
  const all = new Set([...one.keys(), ...other.keys()]);
  return [...all].filter((key) => JSON.stringify(one.get(key)) !== JSON.stringify(other.get(key))).sort();
}

describe("the files for one institution", () => {
  const validator = settingsOf("validator", institution);
  const reader = settingsOf("reader", institution);
  const { services, volumes } = composeOfInstitution();

  it("have the other institutions reach the validator and the reader, each under the port that it tells its peers", () => {
    expect(Object.keys(services)).to.deep.equal(nodes);
    for (const name of nodes) {
      const published = publishedOf(name);
      expect(Object.keys(published).sort()).to.deep.equal(["metrics-port", "p2p-port", "rpc-http-port"]);
      for (const { ports } of Object.values(published)) expect(ports[0]).to.equal(ports[1]);
      expect(published["p2p-port"]?.host).to.equal(undefined);
      expect(published["metrics-port"]?.host).to.equal("127.0.0.1");
    }
    const enodes = z.array(z.url()).parse(JSON.parse(read(folder, "static-nodes.json")));
    for (const enode of enodes) expect(new URL(enode).port).to.equal(String(validator.get("p2p-port")));
  });

  it("keep the port on which one can vote for the machine itself, and open the reader's", () => {
    expect(publishedOf("validator")["rpc-http-port"]?.host).to.equal("127.0.0.1");
    expect(publishedOf("reader")["rpc-http-port"]?.host).to.equal(undefined);
    expect(validator.get("rpc-http-api")).to.include("QBFT");
    expect(reader.get("rpc-http-api")).to.deep.equal(["ETH", "NET", "WEB3"]);
  });

  it("can run on one machine: no port and no folder is used twice", () => {
    const ports = nodes.flatMap((name) => Object.values(publishedOf(name)).map((each) => each.ports[0]));
    expect(new Set(ports).size).to.equal(ports.length);
    const mounted = nodes.flatMap((name) => services[name]!.volumes.filter((volume) => !volume.startsWith("./")));
    expect(mounted.map((volume) => volume.split(":")[0])).to.have.members(Object.keys(volumes));
    expect(new Set(mounted).size).to.equal(nodes.length);
  });

  it("set the validator as those of the trial are set, and the reader as the validator, but for what is its own", () => {
    const own = ["host-allowlist", "identity", "p2p-host"];
    expect(differences(validator, settingsOf("validator-1"))).to.deep.equal(own);
    const ports = ["metrics-port", "p2p-port", "rpc-http-api", "rpc-http-port"];
    expect(differences(reader, validator)).to.deep.equal(["host-allowlist", "identity", ...ports]);
    expect(services["validator"]?.image).to.equal(composeIn(folder).services["validator-1"]?.image);
    expect(services["reader"]?.image).to.equal(services["validator"]?.image);
  });

  it("name an address, which nobody has, where the institution's own goes, and let the reader be asked by it", () => {
    const address = z.string().parse(validator.get("p2p-host"));
    expect(isIPv4(address)).to.equal(true);
    expect(address).to.match(/^192\.0\.2\./); // RFC 5737
    expect(validator.get("host-allowlist")).to.deep.equal(["localhost", "127.0.0.1"]);
    expect(reader.get("host-allowlist")).to.deep.equal(["localhost", "127.0.0.1", address]);
    for (const text of [...nodes.map((name) => read(institution, `${name}.toml`)), read(folder, "README.md")])
      expect(text).to.match(new RegExp(`place of \`?${address.replaceAll(".", "\\.")}`));
  });

  it("mount what stands beside them, what the ceremony makes, and a key of each one's own, where Besu looks for it", () => {
    const made = Object.keys(besuFiles({ chainId: 1, validators: [], accounts: [] }));
    for (const name of nodes) {
      const { command, volumes: mounts } = services[name]!;
      const at = new Map(mounts.map((mount) => mount.split(":").slice(0, 2).toReversed() as [string, string])); // as: two parts
      expect(command).to.deep.equal(["--config-file=/etc/besu/config.toml"]);
      expect(at.get("/etc/besu/config.toml")).to.equal(`./${name}.toml`);
      expect(at.get(String(settingsOf(name, institution).get("node-private-key-file")))).to.equal(`./${name}/key`);
      for (const [option, path] of settingsOf(name, institution))
        if (typeof path === "string" && path.startsWith("/")) expect([...at.keys()], option).to.include(path);
      const files = [...at.values()].filter((file) => file.startsWith("./")).map((file) => file.slice(2));
      const beside = files.filter((file) => !made.includes(file) && file !== `${name}/key`);
      for (const file of beside) expect(existsSync(join(institution, file)), file).to.equal(true);
      expect(files).to.include.members(made);
    }
  });
});
