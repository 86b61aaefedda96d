import { expect } from "chai";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { HufuError } from "../../../core/error.ts";
import { ensureApiKeys } from "../../../server/desk/api-keys.ts";
import { saveAgency } from "../../../server/store/agencies.ts";
import { createKeyring } from "../../../server/store/keys.ts";
import { openStore, type Store } from "../../../server/store/open.ts";
import { agencies, credit, market } from "../anchoring/desk.ts";
import { withFolder } from "../store/folder.ts";

interface Bench {
  store: Store;
  file: string;
  /** `given`: the store to write to, if not the bench's own */
  ensure(given?: Store): Promise<string>;
  keys(): Record<string, string>;
}

function withDesk(work: (bench: Bench) => Promise<void>): Promise<void> {
  return withFolder(async (data) => {
    const store = await openStore(data);
    for (const agency of agencies) await store.write((tx) => saveAgency(tx, { ...agency, signer: new Uint8Array(20) }));
    const file = join(data, "agency-keys.json");
    const deps = { data, agencies, clock: () => 0, random: randomBytes };
    await work({
      ...{ store, file },
      ensure: (given = store) => ensureApiKeys({ ...deps, store: given }),
      keys: () => JSON.parse(readFileSync(file, "utf8")),
    }).finally(() => store.close());
  });
}

async function owners(store: Store, keys: Record<string, string>): Promise<(string | undefined)[]> {
  const keyring = createKeyring(store, () => 0);
  return Promise.all(Object.values(keys).map(async (key) => (await keyring.find(key))?.agency));
}

describe("the desk's API keys", () => {
  it("are one for each agency, in a file for its owner alone, and in the store as hashes", () =>
    withDesk(async ({ store, file, ensure, keys }) => {
      expect(await ensure()).to.equal(file);
      expect(statSync(file).mode & 0o777).to.equal(0o600);
      expect(Object.keys(keys())).to.deep.equal([market, credit]);
      expect(await owners(store, keys())).to.deep.equal([market, credit]);
      const rows = await store.db.selectFrom("api_keys").selectAll().execute();
      for (const key of Object.values(keys())) expect(JSON.stringify(rows)).not.to.include(key);
    }));

  it("stay as they are at every later start, and are not made again when the file was moved away", () =>
    withDesk(async ({ file, ensure, keys }) => {
      await ensure();
      const first = keys();
      await ensure();
      expect(keys()).to.deep.equal(first);
      rmSync(file);
      await ensure();
      expect(existsSync(file)).to.equal(false);
    }));

  for (const done of [false, true]) {
    it(`work after a crash between file and store, when the store's write ${done ? "was done" : "was not"}`, () =>
      withDesk(async ({ store, ensure, keys }) => {
        const breaking: Store = {
          ...store,
          write: async (job) => {
            if (done) await store.write(job);
            throw new HufuError("STORE_FAILED", "cut");
          },
        };
        const error: unknown = await ensure(breaking).catch((error: unknown) => error);
        expect(error).to.be.instanceOf(HufuError).with.property("code", "STORE_FAILED");
        const written = keys();
        await ensure();
        expect(keys()).to.deep.equal(written);
        expect(await owners(store, written)).to.deep.equal([market, credit]);
      }));
  }

  it("are never written over in a file that cannot be read, and never quoted", () =>
    withDesk(async ({ file, ensure }) => {
      for (const text of ['{"a": "hufu_secret', '{"a": "hufu_secret"}']) {
        writeFileSync(file, text);
        const error: unknown = await ensure().catch((error: unknown) => error);
        expect(error).to.be.instanceOf(HufuError).with.property("code", "INVALID_CONFIGURATION");
        expect(error instanceof Error && `${error.message}${String(error.cause)}`).not.to.include("secret");
        expect(readFileSync(file, "utf8")).to.equal(text);
      }
    }));
});
