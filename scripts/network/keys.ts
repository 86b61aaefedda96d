import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { encryptKeystoreJsonSync, Wallet } from "ethers";
import { bytesToHex, type Hex } from "../../core/bytes.ts";
import { replaceFile } from "../../server/chain/replace-file.ts";
import type { ValidatorFiles } from "./geth-settings.ts";

/** Its password lies beside the key: a slow derivation would protect nothing. */
const SCRYPT_N = 4096;

/**
 * Makes the two keys of a validator, the one that signs blocks and the one that it is known by among peers, and writes them where geth looks
 * for them, for their owner alone.
 */
export function createKeys(files: ValidatorFiles): { address: Hex; nodeId: string } {
  const signer = newWallet();
  const peer = newWallet();
  const password = bytesToHex(randomBytes(32));
  const keystore = join(files.data, "keystore");
  mkdirSync(keystore, { recursive: true, mode: 0o700 });
  const encrypted = encryptKeystoreJsonSync(signer, password, { scrypt: { N: SCRYPT_N, r: 8, p: 1 } });
  replaceFile(join(keystore, "signer.json"), encrypted);
  replaceFile(files.password, `${password}\n`);
  replaceFile(files.nodeKey, peer.privateKey.slice(2));
  // An uncompressed point: 04, then the 64 bytes that enode addresses name.
  return { address: lowerCase(signer.address), nodeId: peer.signingKey.publicKey.slice(4) };
}

function newWallet(): Wallet {
  return new Wallet(`0x${bytesToHex(randomBytes(32))}`);
}

function lowerCase(address: string): Hex {
  return `0x${address.slice(2).toLowerCase()}`;
}
