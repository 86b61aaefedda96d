/** Reads TOML without tables whose values are also JSON, which is all that Besu's files have. Throws for anything else. */
export function parseToml(text: string): Map<string, unknown> {
  const settings = new Map<string, unknown>();
  const bare = text.replaceAll(/^\s*#.*$/gm, "");
  const pattern = /^([\w-]+)\s*=\s*(\[[^\]]*\]|.+)$/gm;
  for (const [, name = "", value = ""] of bare.matchAll(pattern)) {
    if (settings.has(name)) throw new Error(`${name} stands there twice`);
    settings.set(name, JSON.parse(value));
  }
  const rest = bare.replaceAll(pattern, "").trim();
  if (rest !== "") throw new Error(`not read: ${rest}`);
  return settings;
}
