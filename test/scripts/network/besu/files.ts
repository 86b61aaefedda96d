import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseYaml } from "yaml";
import { z } from "zod";

import { parseToml } from "./toml.ts";

export const folder = join(import.meta.dirname, "..", "..", "..", "..", "network", "besu");
/** What runs at one institution, in a folder of its own. */
export const institution = join(folder, "institution");
export const nodes = ["validator", "reader"];
export const names = [1, 2, 3, 4].map((number) => `validator-${number}`);

export const genesisFile = z.looseObject({
  extraData: z.string(),
  config: z.looseObject({ chainId: z.number(), qbft: z.looseObject({}) }),
});
const service = z.strictObject({
  image: z.string(),
  command: z.array(z.string()),
  restart: z.string(),
  stop_grace_period: z.string(),
  ports: z.array(z.string()),
  volumes: z.array(z.string()),
});
const hostOnTrial = {
  hostname: z.string(),
  networks: z.record(z.string(), z.strictObject({ ipv4_address: z.ipv4() })),
};
const composeFile = z.strictObject({
  name: z.string(),
  "x-validator": z.unknown(),
  services: z.record(z.string(), service.extend(hostOnTrial)),
  networks: z.record(z.string(), z.unknown()),
  volumes: z.record(z.string(), z.null()),
});
/** Of an institution: the addresses are its machines' own, and Docker makes none. */
const institutionFile = z.strictObject({
  name: z.string(),
  "x-node": z.unknown(),
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
});

export function read(where: string, name: string): string {
  return readFileSync(join(where, name), "utf8");
}

export function settingsOf(name: string, where = folder): Map<string, unknown> {
  return parseToml(read(where, `${name}.toml`));
}

export function composeIn(where: string): z.infer<typeof composeFile> {
  return composeFile.parse(parseYaml(read(where, "docker-compose.yml"), { merge: true }));
}

export function composeOfInstitution(): z.infer<typeof institutionFile> {
  return institutionFile.parse(parseYaml(read(institution, "docker-compose.yml"), { merge: true }));
}
