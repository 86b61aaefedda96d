import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { encryptKeystoreJsonSync, HDNodeWallet, Wallet, type BaseWallet } from "ethers";

import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { replaceFile } from "./replace-file.ts";

/** An account that signs transactions. `address` in lower case. */
export interface Account {
  readonly address: Hex;
  readonly wallet: BaseWallet;
}

/** Every key of a folder; all derive from one phrase (BIP-39, BIP-44). */
export interface Accounts {
  /** deploys the contracts and hands them over */
  readonly deployer: Account;
  /** enrols agencies */
  readonly registrar: Account;
  /** may name another registrar */
  readonly admin: Account;
  /** carry signed batches to the chain; what they carry they cannot change */
  readonly relayers: readonly Account[];
  /** seals the blocks of the embedded chain, which has no validators; it pays for nothing */
  readonly sealer: Account;
  /** The key that signs for an agency: the same each time, whatever other agencies there are. */
  signerOf(agency: string): Account;
}

/**
 * The addresses that send transactions, by what they do: a chain that admits only listed accounts has to list all of them. Institutions are told them:
 * they are no secrets.
 */
export function payersByRole({ deployer, registrar, admin, relayers }: Accounts) {
  return {
    deployer: [deployer.address],
    registrar: [registrar.address],
    admin: [admin.address],
    relayers: relayers.map(({ address }) => address),
  };
}

/** The addresses that pay for transactions, on a chain that asks a price. */
export function payersOf(accounts: Accounts): Hex[] {
  return Object.values(payersByRole(accounts)).flat();
}

export interface KeystoreOptions {
  /** the data folder */
  readonly data: string;
  /** null: the one in `keystore-password`, which is drawn when there is none */
  readonly password: string | null;
  readonly relayers?: number;
  /** scrypt's N; less only where a key protects nothing */
  readonly scryptN?: number;
}

const RELAYERS = 4;
const SCRYPT_N = 2 ** 17;

/** Opens the encrypted keystore of a data folder, or creates it. Throws KEYSTORE_UNREADABLE. */
export function openAccounts(options: KeystoreOptions): Accounts {
  const file = join(options.data, "keystore.json");
  const password = options.password ?? ownPassword(options.data, existsSync(file));
  if (!existsSync(file)) createKeystore(file, password, options.scryptN ?? SCRYPT_N);
  const root = readKeystore(file, password);
  const derive = (path: string): Account => {
    const wallet = root.derivePath(path);
    return { address: lowerCase(wallet.address), wallet: new Wallet(wallet.privateKey) };
  };
  const signers = new Map<string, Account>();
  return {
    deployer: derive("44'/60'/0'/0/0"),
    registrar: derive("44'/60'/0'/0/1"),
    admin: derive("44'/60'/0'/0/2"),
    relayers: Array.from({ length: options.relayers ?? RELAYERS }, (_, index) => derive(`44'/60'/1'/0/${index}`)),
    sealer: derive("44'/60'/3'/0/0"),
    signerOf(agency) {
      const known = signers.get(agency) ?? derive(signerPath(agency));
      signers.set(agency, known);
      return known;
    },
  };
}

/** 62 bits of a hash as two indices: no list of agencies has to be kept, and no two share a key. */
function signerPath(agency: string): string {
  const hash = createHash("sha256").update(`hufu.signer.v1\n${agency}`).digest();
  return `44'/60'/2'/${hash.readUInt32BE(0) >>> 1}/${hash.readUInt32BE(4) >>> 1}`;
}

function ownPassword(data: string, needed: boolean): string {
  const file = join(data, "keystore-password");
  if (!existsSync(file)) {
    if (needed)
      throw new HufuError(
        "KEYSTORE_UNREADABLE",
        `The keystore in ${data} needs its password: set HUFU_KEYSTORE_PASSWORD, or put ${file} back.`,
      );
    replaceFile(file, `${randomBytes(32).toString("hex")}\n`);
  }
  return readFileSync(file, "utf8").trim();
}

function createKeystore(file: string, password: string, scryptN: number): void {
  const { address, privateKey, mnemonic } = HDNodeWallet.createRandom("", "m");
  if (mnemonic === null) throw new HufuError("INVARIANT", "a random wallet came without a phrase");
  const account = { address, privateKey, mnemonic: { path: "m", locale: "en", entropy: mnemonic.entropy } };
  replaceFile(file, `${encryptKeystoreJsonSync(account, password, { scrypt: { N: scryptN, r: 8, p: 1 } })}\n`);
}

function readKeystore(file: string, password: string): HDNodeWallet {
  try {
    const wallet = Wallet.fromEncryptedJsonSync(readFileSync(file, "utf8"), password);
    if (wallet instanceof HDNodeWallet) return wallet;
  } catch (cause) {
    throw new HufuError("KEYSTORE_UNREADABLE", `${file} cannot be opened with this password.`, { cause });
  }
  throw new HufuError(
    "KEYSTORE_UNREADABLE",
    `${file} holds a single key; Hufu needs the phrase that all its keys derive from.`,
  );
}

function lowerCase(address: string): Hex {
  return `0x${address.slice(2).toLowerCase()}`;
}
