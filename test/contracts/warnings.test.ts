import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

const artifacts = join(import.meta.dirname, "..", "..", "build", "artifacts");

interface Artifact {
  readonly inputSourceName: string;
  readonly buildInfoId: string;
}

interface Warning {
  readonly errorCode?: string;
  readonly formattedMessage: string;
  readonly sourceLocation?: { readonly file: string };
}

interface BuildOutput {
  readonly output: { readonly errors?: readonly Warning[] };
}

/** A test may be larger than a contract that goes on a chain. */
const tooLarge = "5574";

function isOf(source: string, { errorCode, sourceLocation }: Warning): boolean {
  if (errorCode === tooLarge && source.endsWith(".t.sol")) return false;
  return (sourceLocation?.file ?? source) === source;
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(artifacts, file), "utf8"));
}

describe("The compiler", () => {
  it("warns of nothing, in contracts and in their tests", () => {
    const files = globSync("{contracts,test}/**/*.json", { cwd: artifacts });
    expect(files.length).to.be.greaterThan(5);
    for (const file of files) {
      // Both in Hardhat's documented form.
      const { inputSourceName, buildInfoId } = read(file) as Artifact;
      const { errors = [] } = (read(`build-info/${buildInfoId}.output.json`) as BuildOutput).output;
      const own = errors.filter((error) => isOf(inputSourceName, error));
      expect(own.map((error) => error.formattedMessage)).to.deep.equal([]);
    }
  });
});
