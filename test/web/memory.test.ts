import { expect } from "chai";
import { createMemory } from "../../web/browser/memory.ts";
import { storageWith } from "./storage.ts";

const refusing = (): Storage => {
  throw new DOMException("not here", "SecurityError");
};

describe("memory of the browser", () => {
  it("keeps what is JSON, until it is forgotten", () => {
    const storage = storageWith();
    const memory = createMemory(() => storage);
    expect(memory.read("a")).to.equal(undefined);
    expect(memory.write("a", { b: [1] })).to.equal(true);
    expect(createMemory(() => storage).read("a")).to.deep.equal({ b: [1] });
    memory.forget("a");
    expect(memory.read("a")).to.equal(undefined);
  });

  it("has nothing where somebody wrote what is no JSON", () => {
    const storage = storageWith();
    storage.setItem("a", "{");
    expect(createMemory(() => storage).read("a")).to.equal(undefined);
  });

  it("says that it kept nothing where there is no room, and where there is no storage", () => {
    expect(createMemory(() => storageWith(3)).write("a", "long")).to.equal(false);
    const memory = createMemory(refusing);
    expect(memory.write("a", 1)).to.equal(false);
    expect(memory.read("a")).to.equal(undefined);
    expect(() => memory.forget("a")).not.to.throw();
  });
});
