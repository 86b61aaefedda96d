const digestPattern = /^(?:0x)?([0-9a-f]{64})$/i;
const linkPattern = /\/r\/([0-9a-f]{64})(?:[/?#]|$)/i;

/**
 * What a citizen may type or paste for a record: its digest (upper or lower case, with spaces, with 0x) or its link
 * (`https://.../r/DIGEST`, with or without host). Answers the digest in lower case, or undefined. The link's host is of no
 * account: a digest is the same everywhere, and the question is always put to this ledger.
 */
export function parseReference(text: string): string | undefined {
  const compact = text.replace(/\s+/g, "");
  return (digestPattern.exec(compact) ?? linkPattern.exec(compact))?.[1]?.toLowerCase();
}

/** The page of a record. The only way in which the page makes a link out of data. */
export function recordPath(digest: string, language: "zh-CN" | "en"): string {
  const known = parseReference(digest);
  if (known === undefined) return "/";
  return `/r/${known}${language === "en" ? "?lang=en" : ""}`;
}
