/**
 * Why a text cannot be the address of a node, as the end of a sentence that names who gave it; null: it can. What a node asks for may stand
 * behind its `?`, and then {@link shownAddress} hides it.
 */
export function nodeAddressFault(text: string): string | null {
  return faultOf(
    text,
    "which would stand in logs and process lists: let the node admit this machine, or ask through a proxy here that adds them",
  );
}

/** The same of a gateway, or of anything to which paths are added. */
export function baseAddressFault(text: string): string | null {
  return (
    faultOf(text, "which would stand in logs, links and process lists") ??
    (/[?#]/.test(text) ? "must be an address without ? and #" : null)
  );
}

/** `because`: what is said of a name or a password in it. */
function faultOf(text: string, because: string): string | null {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return "must be an http or https address";
  // Node's fetch refuses them as well, with an error that repeats them.
  if (url.username === "" && url.password === "") return null;
  return `must be an address without a user's name or password, ${because}`;
}

/** An address as it may be printed and logged: what follows its `?` may be a key. Any other text as it is. */
export function shownAddress(text: string): string {
  return /^https?:/i.test(text) ? text.replace(/\?.*/s, "?…") : text;
}
