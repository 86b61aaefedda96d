import { expect } from "chai";

import { baseAddressFault, nodeAddressFault, shownAddress } from "../../server/web-address.ts";

describe("an address that an operator names", () => {
  it("is http or https, and has no user's name or password", () => {
    for (const good of ["http://127.0.0.1:8545", "https://node.example/rpc", "https://node.example/?apikey=k"])
      expect(nodeAddressFault(good), good).to.equal(null);
    for (const bad of ["", "node.example", "ftp://node.example", "http://", "ws://node.example"])
      expect(nodeAddressFault(bad), bad).to.equal("must be an http or https address");
    for (const bad of ["http://me@node.example", "https://:s3cret@node.example", "https://me:s3cret@node.example/?k=1"])
      expect(nodeAddressFault(bad), bad)
        .to.match(/without a user's name or password.*proxy/)
        .and.not.match(/s3cret/);
  });

  it("ends with its path where paths are added to it", () => {
    expect(baseAddressFault("https://gateway.example/hufu")).to.equal(null);
    for (const bad of ["https://gateway.example/?a=b", "https://gateway.example/#a"])
      expect(baseAddressFault(bad), bad).to.match(/without \? and #/);
    expect(baseAddressFault("https://me:s3cret@gateway.example"))
      .to.match(/without a user's name or password/)
      .and.not.match(/s3cret|node|proxy/);
  });

  it("is shown without what follows its question mark, which may be a key", () => {
    expect(shownAddress("https://node.example/rpc?apikey=s3cret&x=?y#z")).to.equal("https://node.example/rpc?…");
    for (const plain of ["http://127.0.0.1:8545", "what?.json"]) expect(shownAddress(plain)).to.equal(plain);
  });
});
