import { expect } from "chai";
import { answer, record } from "../../web/examples/base.ts";
import { examples } from "../../web/examples/all.ts";
import { parseRecordList, parseRecordView, parseVerificationAnswer } from "../../web/parse-answers.ts";

const overJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("answers of the gateway", () => {
  it("are read as they were written: every record of the examples", () => {
    const records = examples.flatMap(({ found }) =>
      found.is === "result" && found.result.record ? [found.result.record] : [],
    );
    expect(records).not.to.have.length(0);
    for (const each of records) expect(parseRecordView(overJson(each))).to.deep.equal(each);
    expect(parseRecordList({ records: overJson(records) })).to.deep.equal(records);
  });

  it("are read as they were written: a verification", () => {
    expect(parseVerificationAnswer(overJson(answer))).to.deep.equal(answer);
  });

  it("may carry more than the page knows", () => {
    expect(parseRecordView({ ...record, links: {}, fieldOfTomorrow: 1 })).to.deep.equal(record);
  });

  it("may leave out what is null", () => {
    expect(parseVerificationAnswer({ ...answer, agency: undefined, asOf: undefined })).to.deep.equal({
      ...answer,
      agency: null,
      asOf: null,
    });
  });

  const refused: Readonly<Record<string, () => unknown>> = {
    "no object": () => parseVerificationAnswer("in-force"),
    "a list": () => parseRecordView([record]),
    null: () => parseVerificationAnswer(null),
    "a verdict of tomorrow": () => parseVerificationAnswer({ ...answer, verdict: "certainly" }),
    "a sentence in one language": () => parseVerificationAnswer({ ...answer, sentence: { en: "Genuine" } }),
    "an outcome that is none": () =>
      parseVerificationAnswer({ ...answer, checks: [{ ...answer.checks[0], outcome: "OK" }] }),
    "a block number with a fraction": () =>
      parseVerificationAnswer({ ...answer, asOf: { ...answer.asOf, blockNumber: 1.5 } }),
    "checks that are no list": () => parseVerificationAnswer({ ...answer, checks: {} }),
    "an effect that is none": () => parseRecordView({ ...record, status: { ...record.status, effect: "GONE" } }),
    "a state that is none": () => parseRecordView({ ...record, state: "lost" }),
    "content that is no object": () => parseRecordView({ ...record, content: "text" }),
    "a reason to hide that is none": () => parseRecordView({ ...record, contentHidden: "SECRET" }),
    "no list of records": () => parseRecordList([record]),
  };
  for (const [name, parse] of Object.entries(refused)) {
    it(`are refused: ${name}`, () => expect(parse).to.throw(TypeError));
  }
});
