import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SigningKey, Wallet } from "ethers";

import { HufuError } from "../../../core/error.ts";
import { enodeOf, filesOf, gethArguments, gethConfig } from "../../../scripts/network/geth-settings.ts";
import { createKeys } from "../../../scripts/network/keys.ts";
import { openNetwork } from "../../../scripts/network/network.ts";
import { freePort } from "../../../scripts/network/ports.ts";
import {
  areLinked,
  hasNetwork,
  readState,
  updateValidators,
  validatorIn,
  writeState,
  type NetworkState,
  type ValidatorState,
} from "../../../scripts/network/state.ts";

function validator(number: number, changes: Partial<ValidatorState> = {}): ValidatorState {
  return {
    number,
    address: `0x${String(number).repeat(40)}`,
    nodeId: String(number).repeat(128),
    ports: { rpc: 1000 + number, peers: 2000 + number, engine: 3000 + number },
    pid: null,
    island: 0,
    ...changes,
  };
}

const state: NetworkState = {
  ...{ version: 1, engine: "geth", chainId: 1234, nextNumber: 5 },
  validators: [validator(1), validator(2), validator(3, { island: 1 }), validator(4, { island: 1 })],
};

describe("a network's folder", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "hufu-network-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("knows what was written, and changes only what it is told to", () => {
    expect(hasNetwork(folder)).to.equal(false);
    writeState(folder, state);
    expect(hasNetwork(folder)).to.equal(true);
    expect(readState(folder)).to.deep.equal(state);
    const changed = updateValidators(folder, ({ number }) => (number === 2 ? { pid: 77 } : {}));
    expect(changed.validators).to.deep.equal(state.validators.with(1, validator(2, { pid: 77 })));
    expect(readState(folder)).to.deep.equal(changed);
    expect(validatorIn(changed, 2).pid).to.equal(77);
    expect(() => validatorIn(changed, 9))
      .to.throw(HufuError)
      .with.property("code", "INVALID_REQUEST");
  });

  it("is refused where it holds no network, or one that this program did not write", () => {
    expect(() => openNetwork(folder))
      .to.throw(HufuError)
      .with.property("code", "INVALID_REQUEST");
    const texts = ["", "{}", JSON.stringify({ ...state, version: 2 }), JSON.stringify({ ...state, more: 1 })];
    for (const text of texts) {
      writeFileSync(join(folder, "network.json"), text);
      expect(() => readState(folder), text)
        .to.throw(HufuError)
        .with.property("code", "INVALID_REQUEST");
    }
  });

  it("has each validator's two keys, for their owner alone", async () => {
    const files = filesOf(folder, validator(1));
    const { address, nodeId } = createKeys(files);
    const keystore = join(files.data, "keystore", "signer.json");
    const password = readFileSync(files.password, "utf8").trim();
    const signer = await Wallet.fromEncryptedJson(readFileSync(keystore, "utf8"), password);
    expect(signer.address.toLowerCase()).to.equal(address);
    const peer = new SigningKey(`0x${readFileSync(files.nodeKey, "utf8")}`);
    expect(peer.publicKey).to.equal(`0x04${nodeId}`);
    expect(peer.privateKey).not.to.equal("privateKey" in signer ? signer.privateKey : "");
    for (const file of [keystore, files.password, files.nodeKey]) expect(statSync(file).mode & 0o077).to.equal(0);
  });

  it("gives every validator other keys", () => {
    const [one, other] = [1, 2].map((number) => createKeys(filesOf(folder, { number })));
    expect(one?.address).not.to.equal(other?.address);
    expect(one?.nodeId).not.to.equal(other?.nodeId);
  });
});

describe("a validator's settings", () => {
  const [one, two, three, four] = state.validators as [ValidatorState, ValidatorState, ValidatorState, ValidatorState]; // as: there are four

  it("name the earlier validators of its island as peers, and keep to the loopback interface", () => {
    expect([areLinked(one, two), areLinked(one, one), areLinked(two, three), areLinked(three, four)]).to.deep.equal([
      ...[true, false, false, true],
    ]);
    expect(gethConfig(two, state))
      .to.include(`"${enodeOf(one)}"`)
      .and.to.include(`"127.0.0.1:${two.ports.peers}"`);
    for (const stranger of [two, three, four]) expect(gethConfig(two, state)).not.to.include(stranger.nodeId);
    expect(gethConfig(four, state)).to.include(enodeOf(three)).and.not.to.include(one.nodeId);
    for (const each of state.validators) {
      const config = gethConfig(each, state);
      expect(config).to.include("NoDiscovery = true").and.to.include('NetRestrict = ["127.0.0.0/8"]');
      expect([...config.matchAll(/@([^:]+):/g)].every(([, host]) => host === "127.0.0.1")).to.equal(true);
    }
  });

  it("open every port on the loopback interface, and no inter-process socket", () => {
    const files = filesOf("/networks/a", one);
    const words = gethArguments(files, one, state);
    const valueOf = (name: string): string | undefined => words[words.indexOf(name) + 1];
    expect(valueOf("--http.addr")).to.equal("127.0.0.1");
    expect(valueOf("--authrpc.addr")).to.equal("127.0.0.1");
    expect([valueOf("--http.port"), valueOf("--authrpc.port")]).to.deep.equal(["1001", "3001"]);
    expect([valueOf("--networkid"), valueOf("--datadir")]).to.deep.equal(["1234", files.data]);
    expect(valueOf("--unlock")).to.equal(one.address);
    expect(words).to.include("--ipcdisable");
  });
});

describe("ports", () => {
  it("are the wanted one where it is free, and never one that somebody has or was given before", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port: taken } = server.address() as AddressInfo; // as: it listens on a port
    const other = await freePort(taken, new Set());
    expect(other).not.to.equal(taken);
    expect(await freePort(other, new Set())).to.equal(other);
    expect(await freePort(other, new Set([other]))).not.to.equal(other);
    await new Promise((resolve) => server.close(resolve));
  });
});
