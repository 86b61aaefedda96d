import { expect } from "chai";
import { HufuError } from "../../../core/error.ts";
import { toJsonValue } from "../../../core/json/parse.ts";
import { parseKind } from "../../../core/kinds/parse.ts";

const text = { name: "title", zh: "标题", type: "string", required: true, visibility: "public", max: 10 };
const kind = { id: 9, kind: "notice", zh: "公告", version: 1, fields: [text] };
const withField = (change: object): unknown => ({ ...kind, fields: [{ ...text, ...change }] });

/** Without the named property. */
function less(name: string): unknown {
  return Object.fromEntries(Object.entries(kind).filter(([key]) => key !== name));
}

describe("a schema file", () => {
  it("is read as it stands", () => {
    expect(parseKind(toJsonValue(kind))).to.deep.equal(kind);
    const { max, ...rest } = text;
    expect(max).to.equal(10);
    const more = { unit: "元", code: "X", note: "n", visibilityForPersons: "masked" };
    const field = { ...rest, ...more, type: "decimal", precision: 18, scale: 2 };
    expect(parseKind(toJsonValue({ ...kind, fields: [field] })).fields).to.deep.equal([field]);
  });

  const wrong: Record<string, unknown> = {
    "no object": [],
    "without an id": less("id"),
    "without fields": less("fields"),
    "with no field": { ...kind, fields: [] },
    "with an id beyond a byte": { ...kind, id: 256 },
    "with the id 0": { ...kind, id: 0 },
    "with version 0": { ...kind, version: 0 },
    "with a name that is no address": { ...kind, kind: "Notice!" },
    "with a property that nobody knows": { ...kind, colour: "red" },
    "with the same field twice": { ...kind, fields: [text, text] },
    "with a field of an unknown type": withField({ type: "money" }),
    "with a field of the type constructor": withField({ type: "constructor" }),
    "with a visibility that nobody knows": withField({ visibility: "secret" }),
    "with a string without a maximum": withField({ max: null }),
    "with a property of another type": withField({ scale: 2 }),
    "with a name of another form": withField({ name: "file/0" }),
    "with names for other values": withField({ type: "enum", max: undefined, values: ["A", "B"], zhValues: ["甲"] }),
    "with an item that is wrong": withField({ type: "object[]", fields: [{ ...text, required: "yes" }] }),
  };
  for (const [what, value] of Object.entries(wrong))
    it(`${what} is refused`, () => {
      expect(() => parseKind(toJsonValue(JSON.parse(JSON.stringify(value)))))
        .to.throw(HufuError)
        .with.property("code", "INVARIANT");
    });
});
