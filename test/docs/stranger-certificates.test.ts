import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, type JsonObject } from "./stranger/json.ts";
import { readSchema } from "./stranger/schema.ts";
import { verdictOn, type Verdict } from "./stranger/verdict.ts";

const folder = join(import.meta.dirname, "../vectors/certificates");
const read = (name: string): JsonObject => parse(readFileSync(join(folder, `${name}.json`), "utf8")) as JsonObject; // as: the vectors' page says what they hold

for (const sort of ["valid", "invalid"])
  for (const file of readdirSync(join(folder, sort)))
    it(file, () => {
      const v = read(`${sort}/${file.slice(0, -5)}`);
      const e: any = v["expected"];
      const r = verdictOn({ certificate: v["certificate"]!, trust: v["trust"] === null ? null : read(`trust/${v["trust"]}`), now: Date.parse(String(v["now"]))/1000 || 0, maxAge: Number(v["maxAgeSeconds"] ?? Infinity), schemaOf: (kind, version) => { try { const s = readSchema(kind); return s.version === version ? s : undefined } catch { return undefined } } });
      const failed = Object.entries(e.checks).filter(([,x]) => /INVALID|ERROR/.test(String(x))).map(x=>x.join(":"));
      console.log(r.verdict === e.verdict || (r.verdict==="genuine") === (sort === "valid") ? "" : "!!!", e.verdict, e.cause ?? "", failed.join(), "||", r.verdict, r.because.join(), r.effect, r.asOf?.blockNumber, r.isSigned);
    });
