import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { AbiCoder, type BaseContract, encodeBytes32String, ZeroAddress, ZeroHash } from "ethers";
import { type Artifact, type Chain, deploy, gasOf, randomDigests } from "./chain.ts";
import { compile } from "./compile.ts";

/** Gas of one transaction that notarises `count` new digests. */
export type Notarise = (count: number) => Promise<number>;

const packages = join(import.meta.dirname, "peers", "node_modules");
const require = createRequire(import.meta.url);

/** EAS as its authors compiled it, with a schema of one digest. */
export async function startEas(chain: Chain): Promise<{ timestamp: Notarise; attest: Notarise }> {
  const registry = await deploy(chain, easArtifact("SchemaRegistry"));
  const eas = await deploy(chain, easArtifact("EAS"), await registry.getAddress());
  const schemaOf = registry.getFunction("register");
  const schema = String(await schemaOf.staticCall("bytes32 digest", ZeroAddress, true));
  await gasOf(registry, "register", "bytes32 digest", ZeroAddress, true);
  const item = (digest: string): unknown => ({
    recipient: ZeroAddress,
    expirationTime: 0,
    revocable: true,
    refUID: ZeroHash,
    data: AbiCoder.defaultAbiCoder().encode(["bytes32"], [digest]),
    value: 0,
  });
  return {
    timestamp: (count) => oneOrMany(eas, count, ["timestamp", "multiTimestamp"], (digest) => digest),
    async attest(count) {
      const items = randomDigests(count).map(item);
      if (count === 1) return gasOf(eas, "attest", { schema, data: items[0] });
      return gasOf(eas, "multiAttest", [{ schema, data: items }]);
    },
  };
}

/** OpenAttestation's document store as its authors compiled it. */
export async function startDocumentStore(chain: Chain): Promise<{ issue: Notarise }> {
  const file = join(packages, "@govtechsg/document-store/dist/contracts/factories/contracts/DocumentStore__factory.js");
  // The package's own generated file: a class with both as static members.
  const { DocumentStore__factory: artifact } = require(file) as { DocumentStore__factory: Artifact };
  const store = await deploy(chain, artifact, "Bench", await chain.signer.getAddress());
  return { issue: (count) => oneOrMany(store, count, ["issue", "bulkIssue"], (digest) => digest) };
}

/** The contract beside this file, compiled as ours are. */
export async function startNaive(chain: Chain): Promise<{ notarise: Notarise }> {
  const notary = await deploy(chain, compile("NaiveNotary"));
  const agency = encodeBytes32String("11440310000000001A");
  const basis = randomDigests(1)[0];
  return { notarise: (count) => gasOf(notary, "notarise", agency, basis, randomDigests(count)) };
}

function oneOrMany(
  contract: BaseContract,
  count: number,
  [one, many]: readonly [string, string],
  item: (digest: string) => unknown,
): Promise<number> {
  const items = randomDigests(count).map(item);
  return count === 1 ? gasOf(contract, one, items[0]) : gasOf(contract, many, items);
}

function easArtifact(name: string): Artifact {
  const file = join(
    packages,
    `@ethereum-attestation-service/eas-contracts/artifacts/contracts/${name}.sol/${name}.json`,
  );
  // Hardhat's documented form of an artifact.
  return JSON.parse(readFileSync(file, "utf8")) as Artifact;
}
