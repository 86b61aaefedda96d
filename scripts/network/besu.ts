import { createHash, randomBytes, randomInt } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { Wallet } from "ethers";
import { bytesToHex, type Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { besuFiles, type BesuValidator } from "./besu-files.ts";
import { genesisText } from "./besu-genesis.ts";
import { shorter, startCommand } from "./start-command.ts";

const ownFolder = join(import.meta.dirname, "..", "..", "network", "besu");
/** Its docker-compose.yml names four. */
const ON_TRIAL = 4;
/** Of the network that its docker-compose.yml makes: the first validator's last part is 11. */
const hostOf = (index: number): string => `172.30.77.${11 + index}`;
/** Where it publishes their JSON-RPC. */
const rpcOf = (index: number): string => `http://127.0.0.1:${8545 + index}`;

/** A network to try, in a new folder. */
export interface Trial {
  readonly folder: string;
  /** The gateway that it is for. Asked once the folder is known to be free: a gateway's keystore may be made then. */
  readonly gateway: () => TrialGateway;
}

export interface TrialGateway {
  /** its data folder, absolute */
  readonly data: string;
  /** whose transactions the network takes */
  readonly accounts: readonly Hex[];
}

export interface BesuInput {
  /** addresses of validators: a genesis file is made for them */
  readonly address: readonly Hex[];
  readonly chainId: number;
  /** of the genesis file */
  readonly out?: string;
  readonly trial?: Trial;
}

/** What is printed: as JSON, and for people. */
export interface BesuOutcome {
  readonly document: object;
  readonly text: string;
}

/** Makes what was asked for, or says where everything is. Throws INVALID_REQUEST. */
export function runBesu(input: BesuInput): BesuOutcome {
  if (input.address.length > 0) return makeGenesis(input);
  if (input.trial !== undefined) return makeTrial(input.trial);
  const folder = relative(process.cwd(), ownFolder) || ".";
  const text = `Everything for a network of Besu validators is in ${folder}; ${join(folder, "README.md")} says how it is run.
To try it on this machine with Docker:
  npm run network -- --engine besu --folder besu-network
A genesis file for your validators, the same bytes for whoever names the same addresses:
  npm run network -- --engine besu --chain-id ID --address 0x… --address 0x… --out genesis.json`;
  return { document: { folder: ownFolder }, text };
}

function makeGenesis({ address: validators, chainId, out }: BesuInput): BesuOutcome {
  if (new Set(validators).size < validators.length)
    throw new HufuError("INVALID_REQUEST", "One address is named twice.");
  const text = genesisText({ chainId, validators });
  const sha256 = createHash("sha256").update(text).digest("hex");
  if (out === undefined) return { document: { sha256, genesis: text }, text: text.trimEnd() };
  writeFileSync(out, text);
  return { document: { sha256, file: out }, text: `${out} for ${validators.length} validators: SHA-256 ${sha256}` };
}

/** Copies the files of network/besu into a folder of its own, with keys that were drawn just now. */
function makeTrial({ folder: named, gateway }: Trial): BesuOutcome {
  const folder = resolve(named);
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new HufuError("INVALID_REQUEST", `${folder} is not empty: a network wants a folder of its own.`);
  const { data, accounts } = gateway();
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700); // also one that was there, and empty
  const validators = Array.from({ length: ON_TRIAL }, (_, index): BesuValidator => {
    const wallet = new Wallet(`0x${bytesToHex(randomBytes(32))}`);
    const name = `validator-${index + 1}`;
    mkdirSync(join(folder, name));
    // The container's user reads it, whoever that is: the folder around it keeps others out.
    writeFileSync(join(folder, name, "key"), wallet.privateKey, { mode: 0o644 });
    copyFileSync(join(ownFolder, `${name}.toml`), join(folder, `${name}.toml`));
    return { publicKey: wallet.signingKey.publicKey.slice(4), host: hostOf(index) };
  });
  copyFileSync(join(ownFolder, "docker-compose.yml"), join(folder, "docker-compose.yml"));
  const files = besuFiles({ chainId: randomInt(1_000_000, 2 ** 31), validators, accounts });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const rpc = validators.map((_, index) => rpcOf(index));
  const text = `Made in ${folder}. Start it, and the gateway whose transactions it takes:
  docker compose -f ${shorter(join(folder, "docker-compose.yml"))} up -d
  ${startCommand({ data, genesis: join(folder, "genesis.json"), rpc })}`;
  return { document: { folder, data, accounts }, text };
}
