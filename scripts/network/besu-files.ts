import { computeAddress } from "ethers";
import type { Hex } from "../../core/bytes.ts";
import { genesisText } from "./besu-genesis.ts";

/** A validator as the others have to know it. */
export interface BesuValidator {
  /** 64 bytes in hexadecimal digits, without 0x: what `besu public-key export` prints */
  readonly publicKey: string;
  /** the IP address under which the others reach it, and from which it calls them: Besu compares addresses */
  readonly host: string;
}

export interface BesuFilesInput {
  readonly chainId: number;
  readonly validators: readonly BesuValidator[];
  /** whose transactions validators take: deployer, registrar, admin and relayers of each gateway */
  readonly accounts: readonly Hex[];
}

const PEER_PORT = 30_303;

/** The files that are the same at every institution, by name. */
export function besuFiles({ chainId, validators, accounts }: BesuFilesInput): Readonly<Record<string, string>> {
  const enodes = validators.map(({ publicKey, host }) => `enode://${publicKey}@${host}:${PEER_PORT}`);
  return {
    "genesis.json": genesisText({ chainId, validators: validators.map(addressOf) }),
    "static-nodes.json": `${JSON.stringify(enodes, null, 2)}\n`,
    "permissions_config.toml": `${permissionsHead}${list("nodes-allowlist", enodes)}\n${accountsHead}${list("accounts-allowlist", accounts)}`,
  };
}

/** Under which a validator seals blocks. */
export function addressOf({ publicKey }: Pick<BesuValidator, "publicKey">): Hex {
  return `0x${computeAddress(`0x04${publicKey}`).slice(2).toLowerCase()}`;
}

const permissionsHead = "# Who may connect: the validators, and the nodes of institutions that only read.\n";
const accountsHead = `# Whose transactions are taken: deployer, registrar, admin and relayers of each gateway. Nobody's while the list is empty. A validator asks
# its own list when it proposes a block, so all have to have the same.
`;

/** Besu's own file of settings knows no other form of lists. */
function list(name: string, items: readonly string[]): string {
  const lines = items.map((item) => `\n  "${item}",`).join("");
  return `${name}=[${lines === "" ? "" : `${lines.slice(0, -1)}\n`}]\n`;
}
