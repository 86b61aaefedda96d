import { existsSync } from "node:fs";
import { join } from "node:path";
import { HufuError } from "../../core/error.ts";
import { openAccounts, payersByRole, type Accounts } from "../../server/chain/accounts.ts";
import { found, type Finding, type Params } from "./finding.ts";

export interface KeysInput {
  readonly data: string;
  /** null: the one in the folder, if there is one */
  readonly password: string | null;
  /** whether the chain is the gateway's own: then its keys count nowhere else */
  readonly isDesk: boolean;
}

/** What lies about beside the keys, and whether they open; `accounts` null: they were not opened. */
export function examineKeys(input: KeysInput): { findings: Finding[]; accounts: Accounts | null } {
  const { data, isDesk } = input;
  const keystore = join(data, "keystore.json");
  if (!existsSync(keystore)) {
    return { findings: [found("folder", "KEYSTORE_MISSING", { file: keystore })], accounts: null };
  }
  const [password, agencyKeys] = ["keystore-password", "agency-keys.json"].map((name) => existsSync(join(data, name)));
  const { finding, accounts } = open(input, password === true);
  const findings = [
    finding,
    found("folder", password !== true ? "PASSWORD_APART" : isDesk ? "PASSWORD_OF_A_DESK" : "PASSWORD_BESIDE"),
    found("folder", agencyKeys !== true ? "AGENCY_KEYS_GONE" : isDesk ? "AGENCY_KEYS_OF_A_DESK" : "AGENCY_KEYS_LEFT"),
  ];
  return { findings, accounts };
}

function open({ data, password }: KeysInput, liesThere: boolean): { finding: Finding; accounts: Accounts | null } {
  if (password === null && !liesThere) return { finding: found("folder", "KEYSTORE_NOT_OPENED"), accounts: null };
  try {
    const accounts = openAccounts({ data, password });
    return { finding: found("folder", "KEYSTORE_OPENS", named(accounts)), accounts };
  } catch (error) {
    if (!(error instanceof HufuError) || error.code !== "KEYSTORE_UNREADABLE") throw error;
    return { finding: found("folder", "KEYSTORE_UNREADABLE", { why: error.message }), accounts: null };
  }
}

function named(accounts: Accounts): Params {
  return Object.fromEntries(
    Object.entries(payersByRole(accounts)).map(([role, addresses]) => [role, addresses.join(", ")]),
  );
}
