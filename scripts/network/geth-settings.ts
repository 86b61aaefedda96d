import { join } from "node:path";
import { BLOCK_GAS_LIMIT } from "./genesis.ts";
import { areLinked, folderOf, type NetworkState, type ValidatorState } from "./state.ts";

/** Where a peer is found. */
export function enodeOf({ nodeId, ports }: ValidatorState): string {
  return `enode://${nodeId}@127.0.0.1:${ports.peers}?discport=0`;
}

/** Whom it calls, as geth's own file of settings: a fixed list, the earlier ones of its island, and nobody beyond this machine. */
export function gethConfig(validator: ValidatorState, { validators }: NetworkState): string {
  const peers = validators
    .filter((other) => areLinked(validator, other) && other.number < validator.number)
    .map(enodeOf);
  return `[Node.P2P]
ListenAddr = "127.0.0.1:${validator.ports.peers}"
NoDiscovery = true
NetRestrict = ["127.0.0.0/8"]
StaticNodes = [${peers.map((peer) => `\n  "${peer}",`).join("")}
]
`;
}

export interface ValidatorFiles {
  readonly data: string;
  readonly config: string;
  readonly nodeKey: string;
  readonly password: string;
  readonly log: string;
}

export function filesOf(folder: string, validator: Pick<ValidatorState, "number">): ValidatorFiles {
  const data = folderOf(folder, validator);
  return {
    data,
    config: join(data, "config.toml"),
    nodeKey: join(data, "nodekey"),
    password: join(data, "password"),
    log: join(data, "geth.log"),
  };
}

/**
 * How each validator runs. Every state is kept on disk (archive): one that is killed finds its newest block again, where an ordinary node
 * would go back to a state that it had written, and on a chain whose validators are all killed at once the blocks since then were lost.
 */
export function gethArguments(files: ValidatorFiles, validator: ValidatorState, { chainId }: NetworkState): string[] {
  const { address, ports } = validator;
  return [
    ...["--config", files.config, "--datadir", files.data, "--networkid", String(chainId), "--verbosity", "2"],
    ...["--syncmode", "full", "--gcmode", "archive", "--state.scheme", "hash", "--snapshot=false", "--cache", "64"],
    ...["--nat", "none", "--nodekey", files.nodeKey, "--ipcdisable"],
    ...["--http", "--http.addr", "127.0.0.1", "--http.port", String(ports.rpc)],
    ...["--http.api", "eth,net,web3,clique,admin,miner,txpool,debug", "--rpc.txfeecap", "0", "--rpc.gascap", "0"],
    ...["--authrpc.addr", "127.0.0.1", "--authrpc.port", String(ports.engine)],
    ...["--miner.etherbase", address, "--miner.gaslimit", String(BLOCK_GAS_LIMIT)],
    ...["--unlock", address, "--password", files.password, "--allow-insecure-unlock"],
    ...priceArguments,
    ...poolArguments,
  ];
}

/** What it suggests to others. The least that can be said here is a tip of 1 wei: geth reads 0 as "as usual", which is a thousand million. */
const priceArguments = ["--miner.gasprice", "1", "--txpool.pricelimit", "1"];

/** A few relayers send all there is, so that what one account may have waiting is the pool's whole room. */
const poolArguments = [
  ...["--txpool.globalslots", "16384", "--txpool.accountslots", "4096"],
  ...["--txpool.globalqueue", "16384", "--txpool.accountqueue", "4096"],
];
