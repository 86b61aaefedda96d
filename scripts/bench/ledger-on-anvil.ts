import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keccak256, toUtf8Bytes, Wallet } from "ethers";
import { to0x, type Hex } from "../../core/bytes.ts";
import { createKeccak } from "../../core/ledger/keccak.ts";
import { orderBatch } from "../../core/ledger/merkle.ts";
import type { TrustBundle } from "../../core/trust/bundle.ts";
import { findAnvil } from "../../server/chain/anvil-binary.ts";
import { startAnvil } from "../../server/chain/anvil-process.ts";
import { addressesOf, contractOrder, loadContracts, type ContractName } from "../../server/chain/ledger-contracts.ts";
import { hexData } from "../../server/chain/quantity.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import { readTrust } from "../../server/chain/trust.ts";

const chainId = 424_242;
const genesisTime = 1_790_000_000;
const farFuture = 2n ** 40n - 1n;

export interface StatusOrder {
  readonly actor: string;
  readonly agency: string;
  readonly kind: number;
  readonly digest: string;
  readonly root: string;
  readonly proof: readonly string[];
  /** the version that it has now */
  readonly version: number;
  /** the effect's code on the chain */
  readonly effect: number;
  readonly basis: string;
}

/** A chain of its own with the project's contracts on it, for benches and tests. */
export interface LedgerOnAnvil {
  readonly url: string;
  readonly rpc: Rpc;
  /** made before any agency was enrolled */
  readonly trust: TrustBundle;
  /** Orders a call of a contract by the deployer, who is its admin. Nothing happens before {@link mine}. */
  order(contract: ContractName, method: string, values: readonly unknown[]): Promise<void>;
  /** Enrols an agency whose signer is derived from its code. */
  enrol(agency: string, name: string, kinds: bigint): Promise<void>;
  /** Orders the anchoring of these digests, 32 bytes each; answers its root. */
  anchor(agency: string, kind: number, digests: Uint8Array): Promise<Hex>;
  setStatus(change: StatusOrder): Promise<void>;
  /** Makes one block of what was ordered. Throws if any of it failed. */
  mine(): Promise<void>;
  end(): Promise<void>;
}

/** Starts anvil in a temporary folder and deploys the contracts. */
export async function startLedgerOnAnvil(): Promise<LedgerOnAnvil> {
  const folder = await mkdtemp(join(tmpdir(), "hufu-ledger-"));
  const binary = findAnvil(process.env["PATH"] ?? "");
  const limits = { memoryLimit: 4_000_000_000, readyTimeoutMs: 30_000 };
  const anvil = await startAnvil({ binary, folder, chainId, genesisTime, state: null, port: 0, ...limits });
  const deployer = new Wallet(keccak256(toUtf8Bytes("deployer")));
  const contracts = loadContracts();
  const addresses = addressesOf(hexData(deployer.address, "an address", 20));
  const keccak = await createKeccak();
  const signers = new Map<string, Wallet>();
  let nonce = 0;
  let sent: string[] = [];

  async function send(to: string | null, data: string): Promise<void> {
    const fees = { type: 0, gasPrice: 2_000_000_000n, gasLimit: 100_000_000n };
    const raw = await deployer.signTransaction({ ...fees, to, data, nonce: nonce++, chainId });
    sent.push(hexData(await anvil.rpc.call("eth_sendRawTransaction", raw), "a transaction", 32));
  }
  async function mine(): Promise<void> {
    await anvil.rpc.call("evm_mine");
    const receipts = await anvil.rpc.batch(
      sent.map((hash) => ({ method: "eth_getTransactionReceipt", params: [hash] })),
    );
    const good = receipts.filter((receipt) => receipt.ok && JSON.stringify(receipt.result).includes('"status":"0x1"'));
    if (good.length !== sent.length)
      throw new Error(`${sent.length - good.length} of ${sent.length} transactions failed`);
    sent = [];
  }
  function order(contract: ContractName, method: string, values: readonly unknown[]): Promise<void> {
    return send(addresses[contract], contracts[contract].interface.encodeFunctionData(method, values));
  }
  function signerOf(agency: string): Wallet {
    const signer = signers.get(agency) ?? new Wallet(keccak256(toUtf8Bytes(agency)));
    signers.set(agency, signer);
    return signer;
  }
  const domain = { name: "Hufu RecordLedger", version: "1", chainId, verifyingContract: addresses.ledger };

  async function anchor(agency: string, kind: number, digests: Uint8Array): Promise<Hex> {
    const batch = orderBatch(agency, kind, digests, keccak);
    const count = digests.length / 32;
    const root = to0x(batch.root);
    const signer = signerOf(agency);
    const value = { agency: code(agency), kind, root, count, deadline: farFuture };
    const signature = await signer.signTypedData(domain, anchorTypes, value);
    const words = Array.from({ length: count }, (_, index) =>
      to0x(batch.digests.subarray(32 * index, 32 * index + 32)),
    );
    await order("ledger", "anchor", [code(agency), kind, words, farFuture, signer.address, signature]);
    return root;
  }

  async function setStatus(change: StatusOrder): Promise<void> {
    const { actor, agency, kind, digest, root, proof, version, effect, basis } = change;
    const leaf = keccak256(`${code(agency)}${kind.toString(16).padStart(2, "0")}${digest}`);
    const items = [{ leaf, version, effect, basis: `0x${basis}` }];
    const signer = signerOf(actor);
    const signature = await signer.signTypedData(domain, statusTypes, {
      actor: code(actor),
      items,
      deadline: farFuture,
    });
    const item = [code(agency), kind, `0x${digest}`, root, proof, version, effect, `0x${basis}`];
    await order("ledger", "setStatus", [code(actor), [item], farFuture, signer.address, signature]);
  }

  await anvil.rpc.call("anvil_setBalance", deployer.address, "0x52b7d2dcc80cd2e4000000");
  for (const name of contractOrder) {
    const values = {
      accessManager: [deployer.address],
      agencies: [addresses.accessManager],
      ledger: [addresses.agencies],
    };
    const wanted: readonly unknown[] = name === "p256Verifier" ? [] : values[name];
    await send(null, contracts[name].bytecode + contracts[name].interface.encodeDeploy(wanted).slice(2));
  }
  await mine();
  return {
    url: `http://127.0.0.1:${anvil.port}`,
    rpc: anvil.rpc,
    trust: await readTrust({
      ...{ rpc: anvil.rpc, keccak, addresses, config: null },
      facts: {
        ...{ chainId, deploymentBlock: 1, transitions: [], checkpoints: [] },
        consensus: { type: "development", sealer: hexData(signerOf("sealer").address, "an address", 20) },
        publishers: [{ name: "a test", role: "gateway", validator: null, url: null }],
      },
    }),
    order,
    async enrol(agency, name, kinds) {
      await order("agencies", "enrol", [code(agency), name, kinds]);
      await order("agencies", "setSigner", [code(agency), signerOf(agency).address, 0, farFuture]);
    },
    anchor,
    setStatus,
    mine,
    async end() {
      await anvil.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function code(agency: string): Hex {
  return to0x(toUtf8Bytes(agency));
}

const anchorTypes = {
  Anchor: [
    { name: "agency", type: "bytes18" },
    { name: "kind", type: "uint8" },
    { name: "root", type: "bytes32" },
    { name: "count", type: "uint32" },
    { name: "deadline", type: "uint64" },
  ],
};

const statusTypes = {
  SetStatus: [
    { name: "actor", type: "bytes18" },
    { name: "items", type: "StatusItem[]" },
    { name: "deadline", type: "uint64" },
  ],
  StatusItem: [
    { name: "leaf", type: "bytes32" },
    { name: "version", type: "uint16" },
    { name: "effect", type: "uint8" },
    { name: "basis", type: "bytes32" },
  ],
};
