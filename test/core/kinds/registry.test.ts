import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HufuError } from "../../../core/error.ts";
import { nobleHasher, type HashAlgorithm } from "../../../core/hash.ts";
import type { Field } from "../../../core/kinds/kind.ts";
import { builtInKinds, createKindRegistry, documentNumberField, schemaHash } from "../../../core/kinds/registry.ts";
import { readVector } from "../../vectors/read.ts";
import { kindNamed } from "../samples.ts";
import { secondHasher } from "../second-hash.ts";
import { secondCanonical } from "../second-canonical.ts";

const folder = join(import.meta.dirname, "../../../core/kinds");

interface SchemaCase {
  algorithm: HashAlgorithm;
  kind: string;
  schemaVersion: number;
  schemaHash: string;
}

describe("the built-in kinds", () => {
  it("are four, by id and by name", () => {
    const names = ["credit-penalty", "enforcement-action", "land-agreement", "status-decision"];
    expect(builtInKinds.all().map(({ kind }) => kind)).to.deep.equal(names);
    names.forEach((name, i) => {
      const kind = kindNamed(name);
      expect(kind.id).to.equal(i + 1);
      expect(builtInKinds.byId(i + 1)).to.equal(kind);
      expect(builtInKinds.byId(i + 1, 1)).to.equal(kind);
      expect(builtInKinds.byName(name, 1)).to.equal(kind);
      expect(builtInKinds.byName(name, 2)).to.equal(undefined);
    });
    expect(builtInKinds.byName("toString")).to.equal(undefined);
    expect(builtInKinds.byId(0)).to.equal(undefined);
  });

  it("are the schema files, whole", () => {
    const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
    expect(files).to.have.length(builtInKinds.all().length);
    for (const file of files) {
      const written = JSON.parse(readFileSync(join(folder, file), "utf8"));
      expect(builtInKinds.byName(file.slice(0, -".json".length))).to.deep.equal(written);
    }
  });

  it("have their number of fields", () => {
    expect(builtInKinds.all().map(({ fields }) => fields.length)).to.deep.equal([35, 19, 31, 10]);
  });

  it("name each value of an enumeration once", () => {
    const all = (fields: readonly Field[]): Field[] =>
      fields.flatMap((field) => [field, ...(field.type === "object[]" ? all(field.fields) : [])]);
    for (const field of builtInKinds.all().flatMap(({ fields }) => all(fields)))
      if ("values" in field) expect(new Set(field.values).size).to.equal(field.values.length);
  });

  it("say which field has the number on the paper", () => {
    expect(builtInKinds.all().map(documentNumberField)).to.deep.equal([
      "decisionDocNo",
      "caseNo",
      "agreementNo",
      "decisionDocNo",
    ]);
    expect(documentNumberField({ ...kindNamed("credit-penalty"), fields: [] })).to.equal(null);
  });
});

describe("a schema's hash", () => {
  const { cases } = readVector<{ cases: SchemaCase[] }>("valid", "record_schema-hash");
  for (const { algorithm, kind, schemaVersion, schemaHash: expected } of cases)
    it(`is the vector's, of ${kind} by ${algorithm}, also when computed a second way`, () => {
      const found = builtInKinds.byName(kind, schemaVersion)!;
      expect(schemaHash(found, nobleHasher(algorithm))).to.equal(expected);
      const file = JSON.parse(readFileSync(join(folder, `${kind}.json`), "utf8"));
      expect(secondHasher(algorithm).hash("hufu.schema.v1", secondCanonical(file))).to.equal(expected);
    });

  it("changes with every letter of the schema", () => {
    const kind = kindNamed("status-decision");
    const hasher = nobleHasher("sha-256");
    const [first, ...rest] = kind.fields;
    const changed = { ...kind, fields: [{ ...first!, note: `${first!.note ?? ""} ` }, ...rest] };
    expect(schemaHash(changed, hasher)).to.not.equal(schemaHash(kind, hasher));
    expect(schemaHash({ ...kind, fields: kind.fields.toReversed() }, hasher)).to.not.equal(schemaHash(kind, hasher));
  });
});

describe("a registry", () => {
  const kind = kindNamed("status-decision");

  it("knows old versions, and gives the newest where none is named", () => {
    const newer = { ...kind, version: 2 };
    const registry = createKindRegistry([kind, newer]);
    expect(registry.byName(kind.kind)).to.equal(newer);
    expect(registry.byName(kind.kind, 1)).to.equal(kind);
    expect(registry.byId(kind.id)).to.equal(newer);
    expect(registry.byId(kind.id, 1)).to.equal(kind);
    expect(registry.all()).to.deep.equal([newer]);
  });

  const clashes = {
    "the same version twice": { ...kind },
    "one id for two names": { ...kind, kind: "other" },
    "one name for two ids": { ...kind, id: 9 },
  };
  for (const [what, other] of Object.entries(clashes))
    it(`refuses ${what}`, () => {
      expect(() => createKindRegistry([kind, other]))
        .to.throw(HufuError)
        .with.property("code", "INVARIANT");
    });
});
