import { expect } from "chai";

import { to0x, type Hex } from "../../../core/bytes.ts";
import type { BlockHeader } from "../../../core/proofs/header.ts";
import { createKeystoreSigner } from "../../../server/anchoring/signer.ts";
import { createOutboxTurn, type OutboxTurn } from "../../../server/anchoring/outbox-turn.ts";
import { openAccounts } from "../../../server/chain/accounts.ts";
import { addressesOf as contractsOf, loadContracts } from "../../../server/chain/ledger-contracts.ts";
import { openStore } from "../../../server/store/open.ts";
import { addressesOf, fastTools, qbftValidators } from "../../core/proofs/sealed-chain.ts";
import { cliqueBlocks } from "../chain/clique-blocks.ts";
import { createQbftNode } from "../chain/qbft-node.ts";
import { answering } from "../../scripts/doctor/pretended.ts";
import { withFolder } from "../store/folder.ts";

const signers = qbftValidators(4);
const blocks = cliqueBlocks({ length: 9, sets: [{ since: 0, signers }], epoch: 100 });
const plainHash = (block: BlockHeader): Hex => to0x(fastTools.keccak.hash(block.raw));
const all = addressesOf(signers);

interface Scene {
  readonly turn: OutboxTurn;
  readonly alarms: string[];
  /** lines of the log, by their levels */
  readonly levels: string[];
  /** who may sign, as far as the gateway knows */
  setSigners(addresses: readonly Hex[] | null): void;
}

/** The turns of a gateway on a Clique chain, which has nothing to do but to look. */
function onClique(confirmations: number | null, work: (scene: Scene) => Promise<void>): Promise<void> {
  return withFolder(async (data) => {
    const store = await openStore(data);
    const accounts = openAccounts({ data, password: "a test's password", scryptN: 2 });
    const node = createQbftNode(blocks);
    node.knows.hashOf = plainHash;
    node.knows.logs = [];
    const { chainId } = node.knows;
    const addresses = contractsOf(accounts.deployer.address);
    const [alarms, levels]: [string[], string[]] = [[], []];
    let known: readonly Hex[] | null = all;
    const turn = createOutboxTurn({
      ...{ store, accounts, addresses, chainId, keccak: fastTools.keccak, contracts: loadContracts(), agencies: [] },
      ...{ rpc: answering(node, { eth_getTransactionCount: "0x0" }), genesisHash: plainHash(blocks[0]!) },
      ...{ consensus: { type: "clique", epoch: 100, period: 1 }, isEmbedded: false, savedBlock: () => null },
      validators: () => known && { addresses: known, transitions: [] },
      signer: createKeystoreSigner({ accountOf: (code) => accounts.signerOf(code), chainId, ledger: addresses.ledger }),
      config: { batchWindowMs: 20, batchSize: 50, attemptSeconds: 120, confirmations },
      ...{ log: (level) => levels.push(level), hooks: { alarm: (code) => alarms.push(code) }, now: Date.now },
      settled: () => Promise.resolve(),
    });
    try {
      await work({ turn, alarms, levels, setSigners: (addresses) => (known = addresses) });
    } finally {
      await store.close();
    }
  });
}

describe("more confirmations than a Clique chain has signers", () => {
  it("are an alarm, once for as long as it lasts, and are not taken for fewer", () =>
    onClique(5, async ({ turn, alarms, levels, setSigners }) => {
      for (let times = 0; times < 3; times++) expect((await turn()).shortage).to.deep.equal({ wanted: 5, of: 4 });
      expect([alarms, levels]).to.deep.equal([["TOO_FEW_SIGNERS"], ["error"]]);
      setSigners(null);
      expect((await turn()).shortage).to.deep.equal({ wanted: 5, of: 4 });
      expect(alarms).to.have.length(1);
    }));

  it("begin when a validator is voted out, and end when another is voted in", () =>
    onClique(4, async ({ turn, alarms, levels, setSigners }) => {
      expect((await turn()).shortage).to.equal(null);
      for (const [addresses, shortage] of [
        [all.slice(1), { wanted: 4, of: 3 }],
        [all, null],
        [all.slice(1), { wanted: 4, of: 3 }],
      ] as const) {
        setSigners(addresses);
        expect((await turn()).shortage).to.deep.equal(shortage);
      }
      expect(alarms).to.deep.equal(["TOO_FEW_SIGNERS", "TOO_FEW_SIGNERS"]);
      expect(levels).to.deep.equal(["error", "info", "error"]);
    }));

  it("are none where nobody set any", () =>
    onClique(null, async ({ turn, alarms }) => {
      expect((await turn()).shortage).to.equal(null);
      expect(alarms).to.deep.equal([]);
    }));
});
