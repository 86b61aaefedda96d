import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

const artifacts = join(import.meta.dirname, "..", "..", "build", "artifacts");

/** Parsed by the compiler's documented form. */
function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(artifacts, file), "utf8")) as T;
}

describe("The compiler", () => {
  it("warns of nothing, in contracts and in their tests", () => {
    const files = globSync("{contracts,test}/**/*.json", { cwd: artifacts });
    const builds = new Set(files.map((file) => read<{ buildInfoId: string }>(file).buildInfoId));
    expect(builds.size).to.be.greaterThan(0);
    for (const build of builds) {
      const { output } = read<{ output: { errors?: { formattedMessage: string }[] } }>(
        `build-info/${build}.output.json`,
      );
      expect(output.errors?.map((error) => error.formattedMessage) ?? []).to.deep.equal([]);
    }
  });
});
