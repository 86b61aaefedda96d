import { InvalidArgumentError, type OutputConfiguration } from "commander";
import { baseAddressFault, nodeAddressFault } from "../server/web-address.ts";

/** The value of an option that names a node. Throws InvalidArgumentError. */
export function nodeAddress(text: string): string {
  return checked(text, nodeAddressFault);
}

/** The value of an option that names a gateway, or another address to which paths are added. Throws InvalidArgumentError. */
export function baseAddress(text: string): string {
  return checked(text, baseAddressFault).replace(/\/+$/, "");
}

function checked(text: string, faultOf: (text: string) => string | null): string {
  const fault = faultOf(text);
  if (fault !== null) throw new InvalidArgumentError(`It ${fault}.`);
  return text;
}

/** Commander repeats what it refuses; an address, well written or not, could hold a password. */
export const discreet: OutputConfiguration = {
  outputError: (text, write) =>
    write(text.replace(/ argument '.*' is invalid\./s, ":").replace(/(unknown option '[^'=]*)=.*'/s, "$1=…'")),
};
