import type { Request } from "express";

import { HufuError } from "../../core/error.ts";
import type { Caller, Keyring, Scope } from "../store/keys.ts";
import { noteKey } from "./observe.ts";

export interface Authentication {
  /** Who sends the request. Throws UNAUTHORIZED or KEY_EXPIRED if it shows no key that counts. */
  require(request: Request): Promise<Caller>;
  /** The same, and the key must have `scope`: else SCOPE_MISSING. */
  requireScope(request: Request, scope: Scope): Promise<Caller>;
  /** null for a request without a key: the public. A wrong key is refused like in `require`, for its owner expects more. */
  optional(request: Request): Promise<Caller | null>;
}

export interface AuthenticationDeps {
  keyring: Keyring;
  clock: () => number;
}

/** Bearer keys (RFC 6750), in the header only: an address is logged by every proxy on its way. */
export function createAuthentication({ keyring, clock }: AuthenticationDeps): Authentication {
  async function optional(request: Request): Promise<Caller | null> {
    const header = request.headers.authorization;
    if (header === undefined) return null;
    const key = /^Bearer +([A-Za-z0-9._~+/-]{1,256}=*)$/i.exec(header)?.[1];
    const caller = key === undefined ? null : await keyring.find(key);
    if (!caller) throw new HufuError("UNAUTHORIZED", "This key is not known: send Authorization: Bearer KEY.");
    if (caller.expiresAt !== null && caller.expiresAt <= clock())
      throw new HufuError("KEY_EXPIRED", "This key has expired: ask the operator for a new one.");
    noteKey(request, caller.keyId);
    return caller;
  }

  async function require(request: Request): Promise<Caller> {
    const caller = await optional(request);
    if (!caller) throw new HufuError("UNAUTHORIZED", "Writing needs an agency's key: send Authorization: Bearer KEY.");
    return caller;
  }

  return {
    optional,
    require,
    async requireScope(request, scope) {
      const caller = await require(request);
      if (!caller.scopes.has(scope)) throw new HufuError("SCOPE_MISSING", `This key lacks the scope ${scope}.`);
      return caller;
    },
  };
}
