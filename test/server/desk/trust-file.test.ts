import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { parseTrustText, publishTrust, type TrustBundle } from "../../../core/trust/bundle.ts";
import { makeTrust } from "../../../scripts/trust/make.ts";
import type { SetupStep } from "../../../server/chain/setup-step.ts";
import { readTrust } from "../../../server/chain/trust.ts";
import { openTrust } from "../../../server/desk/trust-file.ts";
import { openStore, type Store } from "../../../server/store/open.ts";
import { addressesOf, fastTools } from "../../core/proofs/sealed-chain.ts";
import { founders, growingChain, newcomer, qbftBlocks } from "../../core/trust/qbft-blocks.ts";
import { contracts, qbftFacts } from "../../core/trust/sample.ts";
import { createQbftNode } from "../chain/qbft-node.ts";
import { withFolder } from "../store/folder.ts";

const blocks = qbftBlocks(growingChain);
const { genesis, consensus, chainId, transitions, ...facts } = qbftFacts(blocks);
const addresses = {
  accessManager: contracts.accessManager.address,
  agencies: contracts.agencies.address,
  ledger: contracts.ledger.address,
  p256Verifier: contracts.p256Verifier.address,
};
const [gateway] = facts.publishers;
const publisher = { name: "坪山示例审计局（虚构）", validator: founders[0]!.address, url: null };

/** What an institution makes at its own node of the bundle that the gateway published two blocks ago, as it writes it. */
async function institutions(): Promise<string> {
  const from = await readTrust({
    ...{ rpc: createQbftNode(blocks.slice(0, 12)), keccak, addresses, config: genesis.config },
    facts: { chainId, consensus, transitions, ...facts, publishers: [gateway!] },
  });
  const rpc = createQbftNode(blocks);
  const { bundle } = await makeTrust({ ...fastTools, rpc, from, publisher, config: null, tell: () => undefined });
  return `${JSON.stringify(bundle, null, 2)}\n`;
}

/** The bundle that a gateway serves which finds `text` in its folder, and the file as it is afterwards. */
async function served(text: string): Promise<{ bundle: TrustBundle; after: string }> {
  let found: { bundle: TrustBundle; after: string } | undefined;
  await withFolder(async (folder) => {
    const file = join(folder, "trust.json");
    writeFileSync(file, text);
    const store = await openStore(folder);
    await deploy(store);
    const chain = {
      ...{ rpc: createQbftNode(blocks), chainId, consensus, genesisHash: genesis.hash, genesisConfig: genesis.config },
      validators: () => ({ addresses: addressesOf([...founders, newcomer]).sort(), transitions }),
    };
    const bundle = await openTrust({ file, store, chain, keccak, addresses, now: () => 0 })();
    found = { bundle, after: readFileSync(file, "utf8") };
    await store.close();
  });
  return found!;
}

async function deploy(store: Store): Promise<void> {
  const probe = { address: contracts.ledger.address };
  const step: SetupStep = { step: "deploy ledger", phase: 1, from: "deployer", to: null, data: "0x", probe };
  const place = { block_number: facts.deploymentBlock, block_hash: new Uint8Array(32), block_time: 0 };
  const order = { type: "setup", payload: JSON.stringify(step), created_at: 0, state: "done", ...place } as const;
  await store.write((tx) => tx.insertInto("orders").values(order).execute());
}

describe("the trust bundle in a gateway's folder", () => {
  it("is served word for word where an institution made it, so that the words are those that it publishes", async () => {
    const theirs = await institutions();
    const { bundle, after } = await served(theirs);
    expect(after).to.equal(theirs);
    expect(bundle.fingerprint).to.deep.equal(parseTrustText(theirs).fingerprint);
    expect(bundle.publishers).to.deep.include({ ...publisher, role: "validator" });
  });

  it("gives way to the gateway's own where it does not say what the chain does, or proves nothing", async () => {
    const theirs = parseTrustText(await institutions());
    const [change] = theirs.transitions;
    const wrong: Partial<TrustBundle>[] = [
      { checkpoints: [{ ...theirs.checkpoints[0]!, blockHash: genesis.hash }] },
      { agencies: theirs.agencies.slice(1) },
      { transitions: [{ ...change!, votes: change!.votes.slice(1) }] },
    ];
    for (const part of wrong) {
      const { bundle, after } = await served(JSON.stringify(publishTrust({ ...theirs, ...part })));
      expect(bundle.publishers).to.deep.equal([{ ...gateway, name: "the ledger's gateway", url: null }]);
      expect(bundle.agencies).to.deep.equal(theirs.agencies);
      expect(parseTrustText(after)).to.deep.equal(bundle);
    }
  });
});
