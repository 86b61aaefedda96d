import { expect } from "chai";
import { HufuError } from "../../core/error.ts";
import { pageSource } from "../../server/http/page-source.ts";
import type { Lookup } from "../../server/record/lookup.ts";
import type { Verifications } from "../../server/record/verification.ts";
import { digest } from "../../web/examples/base.ts";

/** A lookup that has nothing and remembers how it was asked. */
function lookupThat(fails: HufuError): { readonly lookup: Lookup; readonly asked: unknown[] } {
  const asked: unknown[] = [];
  const refuse = (...question: unknown[]): Promise<never> => {
    asked.push(question);
    return Promise.reject(fails);
  };
  const search: Lookup["search"] = (...question) => {
    asked.push(question);
    return Promise.resolve({ records: [], next: null });
  };
  return { asked, lookup: { find: refuse, findRow: refuse, stateOf: refuse, search } };
}

const verifications: Verifications = {
  verify: (question) => Promise.reject(new HufuError("INVARIANT", JSON.stringify(question))),
};

async function failureOf(promise: unknown): Promise<unknown> {
  return Promise.resolve(promise).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("page source", () => {
  it("asks as the public, and has no record where the gateway has none", async () => {
    const { lookup, asked } = lookupThat(new HufuError("RECORD_NOT_FOUND", "none"));
    expect(await pageSource(lookup, verifications).byDigest(digest)).to.equal(undefined);
    expect(asked).to.deep.equal([[digest, null]]);
  });

  it("lets any other failure through", async () => {
    const broken = new HufuError("STORE_FAILED", "disk");
    const { lookup } = lookupThat(broken);
    expect(await failureOf(pageSource(lookup, verifications).byDigest(digest))).to.equal(broken);
  });

  it("searches a number as the public, within bounds", async () => {
    const { lookup, asked } = lookupThat(new HufuError("INVARIANT", ""));
    expect(await pageSource(lookup, verifications).byDocumentNumber("credit-penalty", "12号")).to.deep.equal([]);
    expect(asked).to.deep.equal([
      [{ kind: "credit-penalty", documentNumber: "12号" }, { after: null, limit: 100 }, null],
    ]);
  });

  it("verifies by digest", async () => {
    const { lookup } = lookupThat(new HufuError("INVARIANT", ""));
    expect(await failureOf(pageSource(lookup, verifications).verify(digest))).to.include({
      message: JSON.stringify({ digest }),
    });
  });
});
