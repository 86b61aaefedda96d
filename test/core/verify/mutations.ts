import fc from "fast-check";
import { toJsonValue, type JsonValue } from "../../../core/json/parse.ts";
import { pointersIn } from "../certificate/shapes.ts";

export interface Mutation {
  /** for whoever has to find out which it was */
  readonly what: string;
  /** changes a certificate as JSON in its place */
  apply(whole: JsonValue): void;
}

type Change = Mutation["apply"];

/** What holds a pointer's value, and its name there. Nothing where an earlier mutation took it away. */
function placeOf(whole: JsonValue, pointer: string): { holder: object; name: string; value: unknown } | undefined {
  const names = pointer.split("/").slice(1);
  const holder = names
    .slice(0, -1)
    .reduce<unknown>((inner, name) => (inner instanceof Object ? Reflect.get(inner, name) : undefined), whole);
  const name = names.at(-1)!;
  return holder instanceof Object ? { holder, name, value: Reflect.get(holder, name) } : undefined;
}

/** Another character of the same alphabet somewhere in a string; another number for a number. */
function replaced(pointer: string, at: number, by: number): Change {
  return (whole) => {
    const place = placeOf(whole, pointer);
    if (place === undefined) return;
    const { holder, name, value } = place;
    if (typeof value === "number") Reflect.set(holder, name, by % 2 === 0 ? value + 1 : by);
    if (typeof value !== "string" || value === "") return;
    const alphabet = /^(0x)?[0-9a-f]*$/.test(value) ? "0123456789abcdef" : "ABCDwxyz0189+/= 证";
    const position = at % value.length;
    Reflect.set(holder, name, value.slice(0, position) + alphabet[by % alphabet.length]! + value.slice(position + 1));
  };
}

/** An item of a list dropped, doubled, or moved to another place. */
function relisted(pointer: string, how: "drop" | "double" | "move", to: number): Change {
  return (whole) => {
    const list = placeOf(whole, pointer)?.holder;
    if (!Array.isArray(list)) return;
    const index = Number(pointer.split("/").at(-1));
    const [item] = how === "double" ? [structuredClone(list[index]) as unknown] : (list.splice(index, 1) as unknown[]);
    if (how !== "drop" && item !== undefined) list.splice(to % (list.length + 1), 0, item);
  };
}

/** What stands at two pointers in each other's place. */
function swapped(one: string, other: string): Change {
  return (whole) => {
    const [a, b] = [placeOf(whole, one), placeOf(whole, other)];
    if (a === undefined || b === undefined || one.startsWith(other) || other.startsWith(one)) return;
    Reflect.set(a.holder, a.name, b.value);
    Reflect.set(b.holder, b.name, a.value);
  };
}

/** What another honest certificate has in this place. */
function grafted(pointer: string, donor: JsonValue): Change {
  return (whole) => {
    const [to, from] = [placeOf(whole, pointer), placeOf(donor, pointer)];
    if (to !== undefined && from?.value !== undefined) Reflect.set(to.holder, to.name, structuredClone(from.value));
  };
}

const shapeOf = (pointer: string): string => pointer.replaceAll(/\d+/g, "*");

/** One mutation of a certificate; parts of the donors may come into it. */
export function mutationOf(certificate: object, donors: readonly object[]): fc.Arbitrary<Mutation> {
  const pointers = pointersIn(certificate);
  const pointer = fc.constantFrom(...pointers);
  const item = fc.constantFrom(...pointers.filter((one) => /\/\d+$/.test(one)));
  const ofShape = Map.groupBy(pointers, shapeOf);
  const twins = fc
    .constantFrom(...[...ofShape.values()].filter((same) => same.length > 1))
    .chain((same) => fc.tuple(fc.constantFrom(...same), fc.constantFrom(...same)));
  const named = (what: string, apply: Change): Mutation => ({ what, apply });
  const donor = fc.nat({ max: donors.length - 1 });
  const given = donors.map(toJsonValue);
  const from = (index: number, part: string): Change => grafted(part, given[index]!);
  return fc.oneof(
    fc
      .tuple(pointer, fc.nat(), fc.nat())
      .map(([at, position, by]) => named(`${at} changed`, replaced(at, position, by))),
    fc
      .tuple(item, fc.constantFrom("drop", "double", "move"), fc.nat())
      .map(([at, how, to]) => named(`${how} ${at}`, relisted(at, how, to))),
    twins.map(([one, other]) => named(`${one} and ${other} swapped`, swapped(one, other))),
    fc.tuple(pointer, donor).map(([at, index]) => named(`${at} of ${index}`, from(index, at))),
    // Whole parts in concert: links and the proof that goes with them.
    donor.map((index) => {
      const parts = ["/links", "/proof", "/record/batch"].map((part) => from(index, part));
      return named(`proof of ${index}`, (whole) => {
        for (const part of parts) part(whole);
      });
    }),
    // A link and what is proven of it.
    fc.nat({ max: 3 }).map((index) =>
      named(`without link ${index}`, (whole) => {
        relisted(`/links/${index}`, "drop", 0)(whole);
        relisted(`/proof/slots/${index + 1}`, "drop", 0)(whole);
      }),
    ),
  );
}
