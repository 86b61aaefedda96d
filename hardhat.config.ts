import { createRequire } from "node:module";
import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { defineConfig } from "hardhat/config";

const require = createRequire(import.meta.url);

/** The compiler comes from npm, so that a build needs nothing but the package registry. `london` runs on every chain that we support. */
const solidity = {
  version: "0.8.37",
  path: require.resolve("solc/soljson.js"),
  settings: { evmVersion: "london", viaIR: true, optimizer: { enabled: true, runs: 1_000_000 } },
};

/** At a desk a test tries little, in CI much. */
const thorough = Boolean(process.env["CI"]);

export default defineConfig({
  plugins: [toolbox],
  solidity,
  paths: {
    sources: "contracts",
    tests: { mocha: "test/contracts", solidity: "test/contracts" },
    artifacts: "build/artifacts",
    cache: "build/cache",
  },
  typechain: { outDir: "build/types", alwaysGenerateOverloads: false, dontOverrideCompile: false },
  networks: { default: { type: "edr-simulated", hardfork: "shanghai", chainId: 31_337 } },
  test: {
    solidity: {
      fuzz: { runs: thorough ? 10_000 : 100 },
      invariant: { runs: thorough ? 256 : 32, depth: thorough ? 64 : 32 },
    },
  },
});
