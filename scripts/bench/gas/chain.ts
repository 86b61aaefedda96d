import { randomBytes } from "node:crypto";
import { type BaseContract, ContractFactory, hexlify, type InterfaceAbi, NonceManager } from "ethers";
import { network } from "hardhat";

/** An EVM of its own with the rules of `hardfork`, one block a transaction. */
export async function startChain(hardfork: "shanghai" | "prague") {
  const connection = await network.create({
    override: { hardfork, blockGasLimit: 200_000_000, allowUnlimitedContractSize: true },
  });
  const [signer] = await connection.ethers.getSigners();
  if (!signer) throw new Error("the chain has no account");
  return { ethers: connection.ethers, signer: new NonceManager(signer) };
}

export type Chain = Awaited<ReturnType<typeof startChain>>;

export interface Artifact {
  readonly abi: InterfaceAbi;
  readonly bytecode: string;
}

export async function deploy(chain: Chain, artifact: Artifact, ...args: unknown[]): Promise<BaseContract> {
  const contract = await new ContractFactory(artifact.abi, artifact.bytecode, chain.signer).deploy(...args);
  await contract.waitForDeployment();
  return contract;
}

/** Gas of a whole transaction, as its receipt has it. Throws where it failed. */
export async function gasOf(contract: BaseContract, name: string, ...args: unknown[]): Promise<number> {
  const sent = await contract.getFunction(name).send(...args, { gasLimit: 150_000_000 });
  const receipt = await sent.wait();
  if (receipt?.status !== 1) throw new Error(`${name} failed`);
  return Number(receipt.gasUsed);
}

/** 32 random bytes each: what a digest costs as calldata. */
export function randomDigests(count: number): string[] {
  return Array.from({ length: count }, () => hexlify(randomBytes(32)));
}
