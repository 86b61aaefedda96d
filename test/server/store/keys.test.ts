import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

import { saveAgency } from "../../../server/store/agencies.ts";
import { createKeyring, issueKey, revokeKey } from "../../../server/store/keys.ts";
import { openStore, type Store } from "../../../server/store/open.ts";
import { market } from "../samples.ts";
import { withFolder } from "./folder.ts";

async function withStore(work: (store: Store, folder: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const store = await openStore(folder);
    const agency = {
      uscc: market,
      name: "an agency",
      kinds: 2,
      oversight: { "12440310XX0001089K": 6 },
      signer: new Uint8Array(20),
    };
    await store.write((tx) => saveAgency(tx, agency));
    await work(store, folder);
    await store.close();
  });
}

const terms = { agency: market, scopes: ["records:write"], createdAt: 0, expiresAt: 5 } as const;

describe("keyring", () => {
  it("finds an agency by its key, and nothing by another", () =>
    withStore(async (store) => {
      const key = await store.write((tx) => issueKey(tx, { ...terms, random: randomBytes(32) }));
      const keyring = createKeyring(store, () => 0);
      const caller = await keyring.find(key);
      expect(caller).to.deep.include({ agency: market, name: "an agency", kinds: 2, expiresAt: 5 });
      expect(caller?.oversight).to.deep.equal({ "12440310XX0001089K": 6 });
      expect([...(caller?.scopes ?? [])]).to.deep.equal(["records:write"]);
      expect(await keyring.find(`${key}x`)).to.equal(null);
      expect(await keyring.find("")).to.equal(null);
    }));

  it("keeps no key on the disk", () =>
    withStore(async (store, folder) => {
      const key = await store.write((tx) => issueKey(tx, { ...terms, random: randomBytes(32) }));
      for (const file of ["hufu.db", "hufu.db-wal"])
        expect(readFileSync(join(folder, file)).includes(key)).to.equal(false);
    }));

  it("forgets a revoked key within a second, and never remembers one that is not there", () =>
    withStore(async (store) => {
      let now = 0;
      const keyring = createKeyring(store, () => now);
      const random = randomBytes(32);
      const guess = `hufu_${random.toString("base64url")}`;
      expect(await keyring.find(guess)).to.equal(null);
      const key = await store.write((tx) => issueKey(tx, { ...terms, random }));
      expect(key).to.equal(guess);
      expect(await keyring.find(key)).not.to.equal(null);
      expect(await store.write((tx) => revokeKey(tx, key))).to.equal(true);
      expect(await store.write((tx) => revokeKey(tx, key))).to.equal(false);
      now = 1_000;
      expect(await keyring.find(key)).to.equal(null);
    }));

  it("knows what has become of an agency within a second", () =>
    withStore(async (store) => {
      let now = 0;
      const keyring = createKeyring(store, () => now);
      const key = await store.write((tx) => issueKey(tx, { ...terms, random: randomBytes(32) }));
      await keyring.find(key);
      const changed = { uscc: market, name: "renamed", kinds: 4, oversight: {}, signer: new Uint8Array(20) };
      await store.write((tx) => saveAgency(tx, changed));
      now = 1_000;
      expect(await keyring.find(key)).to.include({ name: "renamed", kinds: 4 });
    }));
});
