/** The contracts as the gateway deploys them, with three agencies; every test starts from a snapshot of it. */
import { type TypedDataDomain, Wallet } from "ethers";
import { network } from "hardhat";
import type { IRecordLedger } from "../../build/types/RecordLedger.ts";
import {
  anchorMessage,
  anchorTypes,
  type Batch,
  batchOf,
  codeBytes,
  type Domain,
  leafOf,
  proofOf,
  statusTypes,
} from "./hashes.ts";

export const connection = await network.create();
export const { ethers, networkHelpers } = connection;
export const { time } = networkHelpers;

/** What `make` made, from a snapshot: each test has its own. */
export function loadFixture<T>(make: () => Promise<T>): Promise<T> {
  return networkHelpers.loadFixture(make);
}

export const REGISTRAR = 1n;
export const FOREVER = 2n ** 40n - 1n;
export const Effect = { NONE: 0, IN_FORCE: 1, ANNOTATED: 2, ENDED: 3, SUPERSEDED: 4, WITHDRAWN: 5 } as const;
export const kindsBits = (...kinds: number[]): bigint => kinds.reduce((bits, kind) => bits | (1n << BigInt(kind)), 0n);
export const bit = (effect: number): number => 1 << effect;

/** Two offices and a court that oversees the first for WITHDRAWN and ANNOTATED. */
export const office = codeBytes("11440310000000001A");
export const bureau = codeBytes("11440310000000002B");
export const court = codeBytes("11440310000000003C");

export const officeKey = new Wallet(`0x${"11".repeat(32)}`);
export const bureauKey = new Wallet(`0x${"22".repeat(32)}`);
export const courtKey = new Wallet(`0x${"33".repeat(32)}`);
export const strangerKey = new Wallet(`0x${"44".repeat(32)}`);

export const registrarFunctions = [
  "enrol",
  "rename",
  "setKinds",
  "setSigner",
  "setSuspension",
  "setOversight",
] as const;

/** Deploys in the gateway's order: Access, Agencies, RecordLedger, P256Verifier; the deployer keeps every right. */
export async function deploy() {
  const [deployer, admin, registrar, relayer, stranger] = await ethers.getSigners();
  if (!deployer || !admin || !registrar || !relayer || !stranger) throw new Error("five accounts are needed");
  const access = await ethers.deployContract("Access", [deployer.address]);
  const agencies = await ethers.deployContract("Agencies", [await access.getAddress()]);
  const ledger = await ethers.deployContract("RecordLedger", [await agencies.getAddress()]);
  const p256 = await ethers.deployContract("P256Verifier");
  const { chainId } = await ethers.provider.getNetwork();
  const domain: Domain = {
    name: "Hufu RecordLedger",
    version: "1",
    chainId,
    verifyingContract: await ledger.getAddress(),
  };
  return { deployer, admin, registrar, relayer, stranger, access, agencies, ledger, p256, domain };
}

export async function fixture() {
  const deployed = await deploy();
  const { access, agencies, registrar } = deployed;
  const selectors = registrarFunctions.map((name) => agencies.interface.getFunction(name).selector);
  await access.setTargetFunctionRole(await agencies.getAddress(), selectors, REGISTRAR);
  await access.grantRole(REGISTRAR, registrar.address, 0);
  const register = agencies.connect(registrar);
  for (const [agency, name, key] of [
    [office, "坪山区住房和建设局", officeKey],
    [bureau, "坪山区市场监督管理局", bureauKey],
    [court, "坪山区人民法院", courtKey],
  ] as const) {
    await register.enrol(agency, name, kindsBits(1, 4));
    await register.setSigner(agency, key.address, 0, FOREVER);
  }
  await register.setOversight(court, office, bit(Effect.ANNOTATED) | bit(Effect.WITHDRAWN));
  return { ...deployed, register };
}

export type Fixture = Awaited<ReturnType<typeof fixture>>;

export async function inOneHour(): Promise<number> {
  return (await networkHelpers.time.latest()) + 3600;
}

export interface AnchorOptions {
  readonly key?: Wallet;
  readonly deadline?: number;
  readonly domain?: TypedDataDomain;
  readonly signer?: string;
  readonly signature?: string;
}

/** The arguments of `anchor`, signed. Options replace what is signed, or by whom. */
export async function anchorArguments(
  hufu: Fixture,
  batch: Batch,
  options: AnchorOptions = {},
): Promise<[string, number, string[], number, string, string]> {
  const key = options.key ?? officeKey;
  const deadline = options.deadline ?? (await inOneHour());
  const message = anchorMessage(batch, deadline);
  const signature = options.signature ?? (await key.signTypedData(options.domain ?? hufu.domain, anchorTypes, message));
  const signer = options.signer ?? key.address;
  return [batch.agency, batch.kind, [...batch.digests], deadline, signer, signature];
}

/** Anchors `digests` of the office, through the relayer. */
export async function anchor(hufu: Fixture, batch: Batch, options: AnchorOptions = {}) {
  return hufu.ledger.connect(hufu.relayer).anchor(...(await anchorArguments(hufu, batch, options)));
}

export interface ChangeInput {
  readonly version?: number;
  readonly effect?: number;
  readonly basis?: string;
}

export const someBasis = `0x${"ba".repeat(32)}`;

/** A change of the record at `index` of `batch`. */
export function changeOf(batch: Batch, index: number, input: ChangeInput = {}): IRecordLedger.StatusChangeStruct {
  return {
    agency: batch.agency,
    kind: batch.kind,
    digest: batch.digests[index] ?? "",
    root: batch.root,
    proof: proofOf(batch.leaves, index),
    version: input.version ?? 0,
    effect: input.effect ?? Effect.ANNOTATED,
    basis: input.basis ?? someBasis,
  };
}

export interface StatusOptions extends AnchorOptions {
  readonly actor?: string;
}

/** The arguments of `setStatus`, signed for `actor` (the office unless told). */
export async function statusArguments(
  hufu: Fixture,
  changes: IRecordLedger.StatusChangeStruct[],
  options: StatusOptions = {},
): Promise<[string, IRecordLedger.StatusChangeStruct[], number, string, string]> {
  const key = options.key ?? officeKey;
  const actor = options.actor ?? office;
  const deadline = options.deadline ?? (await inOneHour());
  const items = changes.map(({ agency, kind, digest, version, effect, basis }) => ({
    leaf: leafOf(String(agency), Number(kind), String(digest)),
    version,
    effect,
    basis,
  }));
  const message = { actor, items, deadline };
  const signature = options.signature ?? (await key.signTypedData(options.domain ?? hufu.domain, statusTypes, message));
  return [actor, changes, deadline, options.signer ?? key.address, signature];
}

export async function setStatus(
  hufu: Fixture,
  changes: IRecordLedger.StatusChangeStruct[],
  options: StatusOptions = {},
) {
  return hufu.ledger.connect(hufu.relayer).setStatus(...(await statusArguments(hufu, changes, options)));
}

/** A batch of the office, kind 1. */
export function officeBatch(digests: readonly string[]): Batch {
  return batchOf(office, 1, digests);
}
