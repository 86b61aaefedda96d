import { expect } from "chai";
import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCertificate } from "../../core/certificate/certificate.ts";
import { HufuError } from "../../core/error.ts";
import { parseTrustText } from "../../core/trust/bundle.ts";
import { isGenuine } from "../../core/verify/verdict.ts";
import { trustedOf, verify } from "../core/verify/sample.ts";
import { propertyRuns } from "../runs.ts";
import { isList, isObject, type Json } from "./stranger/json.ts";
import { schemaOf } from "./stranger/schema.ts";
import { verdictOn } from "./stranger/verdict.ts";

const folder = join(import.meta.dirname, "../vectors/certificates");
const textOf = (name: string): string => readFileSync(join(folder, name), "utf8");
const certificates = ["valid", "invalid"].flatMap((sort) =>
  readdirSync(join(folder, sort)).map((file) => {
    const { certificate, trust } = JSON.parse(textOf(`${sort}/${file}`)) as { certificate: Json; trust: string | null }; // as: the vectors' page says what they hold
    return { certificate, trust: trust ?? "qbft" };
  }),
);
const bundles = new Map(
  readdirSync(join(folder, "trust")).map((file) => {
    const text = textOf(`trust/${file}`);
    return [file.replace(".json", ""), { text: JSON.parse(text) as Json, trusted: trustedOf(parseTrustText(text)) }]; // as: it was read as JSON
  }),
);

type Place = readonly (string | number)[];

/** Every place in a value but its own. */
function placesIn(value: Json): Place[] {
  const children = isList(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : [];
  return children.flatMap(([key, child]) => [[key], ...placesIn(child).map((place) => [key, ...place])]);
}

function at(value: Json, place: Place): Json | undefined {
  return place.reduce<Json | undefined>((found, key) => {
    if (found === undefined || found === null || typeof found !== "object") return undefined;
    return Reflect.get(found, key) as Json | undefined; // as: a member of JSON is JSON
  }, value);
}

/** The value with another one at a place; undefined takes it out. */
function withAt(value: Json, [key, ...rest]: Place, put: (before: Json | undefined) => Json | undefined): Json {
  const before = at(value, [key!]);
  const after = rest.length === 0 ? put(before) : withAt(before ?? null, rest, put);
  if (isList(value)) return value.toSpliced(Number(key), 1, ...(after === undefined ? [] : [after]));
  const { [key!]: _, ...others } = Object(value) as Record<string, Json>; // as: JSON that is no list
  return after === undefined ? others : { ...others, [key!]: after };
}

/** Another value of the same sort: of a text one byte or one digit is another. */
function bent(value: Json | undefined, n: number): Json | undefined {
  if (typeof value === "number") return value + (n % 3) - 1;
  if (typeof value !== "string" || value === "") return value === null ? "0".repeat(64) : undefined;
  const isBase64 = value.length > 66 && !/^(?:0x)?[0-9a-f]+$/.test(value);
  if (!isBase64) return value.slice(0, n % value.length) + (n % 16).toString(16) + value.slice((n % value.length) + 1);
  const bytes = Buffer.from(value, "base64");
  bytes[n % bytes.length] = n % 251;
  return bytes.toString("base64");
}

const mutated = fc
  .record({
    own: fc.constantFrom(...certificates),
    other: fc.constantFrom(...certificates),
    how: fc.constantFrom("bent", "bent", "gone", "twice", "another's", "another's proof"),
    n: fc.nat(),
    trust: fc.option(fc.constantFrom(...bundles.keys()), { freq: 3 }),
  })
  .map(({ own, other, how, n, trust }) => {
    const { certificate } = own;
    const places = placesIn(certificate);
    const place = places[n % places.length]!;
    const around = at(certificate, place.slice(0, -1));
    const altered = {
      bent: () => withAt(certificate, place, (before) => bent(before, n)),
      gone: () => withAt(certificate, place, () => undefined),
      twice: () =>
        isList(around)
          ? withAt(certificate, place.slice(0, -1), () => [...around, around[n % around.length]!])
          : certificate,
      "another's": () => withAt(certificate, place, () => at(other.certificate, place)),
      "another's proof": () => withAt(certificate, ["proof"], () => at(other.certificate, ["proof"])),
    }[how]();
    return { certificate: altered, bundle: bundles.get(trust ?? own.trust)!, how, place: place.join("/") };
  });

/** The program's verdict, and what the stranger calls it. */
const verdicts: Readonly<Record<string, string>> = {
  altered: "altered",
  unknown: "not in this ledger",
  unreachable: "could not be checked",
};

function readable(verdict: () => string): string {
  try {
    return verdict();
  } catch (error) {
    if (error instanceof HufuError && error.code === "INVALID_CERTIFICATE") return "unreadable";
    if (error instanceof Error && error.message.startsWith("not a certificate")) return "unreadable";
    throw error;
  }
}

type Trust = typeof bundles extends ReadonlyMap<string, infer T> ? T : never;

/** The verdict of both, or how it stands. */
function agreed(certificate: Json, { text, trusted }: Trust): string {
  const byCore = (): string => {
    const { code } = verify(parseCertificate(certificate), { trusted }).verdict;
    return isGenuine(code) ? code.toUpperCase().replace("-", "_") : verdicts[code]!;
  };
  const byStranger = (): string => {
    const { verdict, says } = verdictOn({ certificate, trust: text, schemaOf });
    return says?.effect ?? verdict;
  };
  const [wanted, found] = [readable(byCore), readable(byStranger)];
  expect(found).to.equal(wanted);
  return found;
}

describe("a stranger and the core agree", function () {
  this.timeout(30_000 + 200 * propertyRuns);

  for (const name of ["with-a-checkpoint", "after-a-change"])
    it(`on frozen certificates under the bundle ${name}`, () => {
      const met = new Set(certificates.map(({ certificate }) => agreed(certificate, bundles.get(name)!)));
      expect(met).to.include("altered").and.to.include("not in this ledger");
    });

  it("on whatever is made of them", () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(mutated, ({ certificate, bundle }) => {
        met.add(agreed(certificate, bundle));
      }),
      { numRuns: propertyRuns },
    );
    expect(met).to.include("altered").and.to.include("unreadable");
  });
});
