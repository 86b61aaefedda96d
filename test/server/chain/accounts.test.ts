import { expect } from "chai";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

import { HufuError } from "../../../core/error.ts";
import { openAccounts, type Accounts } from "../../../server/chain/accounts.ts";
import { withFolder } from "../store/folder.ts";

const agency = "11440310XX0001011N";
const open = (data: string, password: string | null = null): Accounts => openAccounts({ data, password, scryptN: 2 });
const addresses = (accounts: Accounts): string[] => [
  ...[accounts.deployer, accounts.registrar, accounts.admin, ...accounts.relayers].map(({ address }) => address),
  accounts.sealer.address,
  accounts.signerOf(agency).address,
];
function codeOf(work: () => unknown): string {
  try {
    work();
    return "no error";
  } catch (error) {
    return error instanceof HufuError ? error.code : String(error);
  }
}

describe("keystore", function () {
  this.timeout(10_000);

  it("gives the same keys each time, none twice, and others in another folder", () =>
    withFolder(async (folder) => {
      const first = addresses(open(folder));
      expect(addresses(open(folder))).to.deep.equal(first);
      expect(new Set(first).size).to.equal(first.length);
      await withFolder(async (other) => {
        expect(addresses(open(other)).filter((address) => first.includes(address))).to.deep.equal([]);
      });
    }));

  it("gives each agency its own key, whatever other agencies there are", () =>
    withFolder(async (folder) => {
      const usccs = Array.from({ length: 50 }, (_, index) => `${agency.slice(0, 16)}${String(index).padStart(2, "0")}`);
      const accounts = open(folder);
      expect(new Set(usccs.map((uscc) => accounts.signerOf(uscc).address)).size).to.equal(50);
      expect(open(folder).signerOf(usccs[49]!).address).to.equal(accounts.signerOf(usccs[49]!).address);
    }));

  it("is encrypted, and readable by its owner alone", () =>
    withFolder(async (folder) => {
      const { deployer } = open(folder);
      const text = readFileSync(join(folder, "keystore.json"), "utf8");
      expect(text).to.include('"ciphertext"').and.not.include(deployer.wallet.privateKey.slice(2));
      for (const name of ["keystore.json", "keystore-password"])
        expect(statSync(join(folder, name)).mode & 0o777).to.equal(0o600);
    }));

  it("writes no password down that it was given", () =>
    withFolder(async (folder) => {
      open(folder, "a long enough password");
      expect(existsSync(join(folder, "keystore-password"))).to.equal(false);
      expect(codeOf(() => open(folder, "another password"))).to.equal("KEYSTORE_UNREADABLE");
      expect(codeOf(() => open(folder))).to.equal("KEYSTORE_UNREADABLE");
    }));

  it("draws no new password over a keystore whose own is lost", () =>
    withFolder(async (folder) => {
      open(folder);
      rmSync(join(folder, "keystore-password"));
      expect(codeOf(() => open(folder))).to.equal("KEYSTORE_UNREADABLE");
      expect(existsSync(join(folder, "keystore-password"))).to.equal(false);
    }));
});
