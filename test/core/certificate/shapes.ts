import fc from "fast-check";

/** Pointers of everything in a JSON value but the value itself. */
export function pointersIn(value: unknown, at = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const pointer = `${at}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    return [pointer, ...pointersIn(inner, pointer)];
  });
}

/** A copy with another value at a pointer; without it where `value` is undefined. */
export function withShape(whole: object, pointer: string, value: unknown): unknown {
  const copy: unknown = structuredClone(whole);
  const names = pointer.split("/").slice(1);
  const parent = names.slice(0, -1).reduce<unknown>((inner, name) => Reflect.get(Object(inner), name), copy);
  const last = names.at(-1)!;
  if (value === undefined && Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (value === undefined) Reflect.deleteProperty(Object(parent), last);
  else Reflect.set(Object(parent), last, value);
  return copy;
}

/** What may stand in a wrong place: any JSON, and near misses of what belongs there. */
export const anyShape: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    ...["0x", "0x0", "0x00", "0x01", "AA==", "AB==", "AAA=", "AAB=", "A===", "", "qbft", "gateway"],
  ),
  fc.constantFrom<unknown>(0, 1, -1, 1.5, 65, 2239, 2240, 65_535, 65_536, 2 ** 32, 2 ** 53 - 1, 2 ** 53),
  fc.stringMatching(/^0x[0-9a-f]{40}$|^0x[0-9a-fA-F]{64}$|^[0-9a-f]{64}$|^[0-9A-Z]{18}$/),
);
