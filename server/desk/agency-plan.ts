import { readFileSync } from "node:fs";
import { z } from "zod";
import { HufuError } from "../../core/error.ts";
import { builtInKinds } from "../../core/kinds/registry.ts";
import { effectCode } from "../../core/ledger/effect.ts";
import { isUscc } from "../../core/record/identifiers.ts";

const uscc = z.string().refine(isUscc, "is not a unified social credit code (GB 32100-2015)");
const kindName = z.enum(builtInKinds.all().map((kind) => kind.kind));
const overseen = z.enum(["IN_FORCE", "ANNOTATED", "ENDED", "WITHDRAWN"]);
const planFile = z
  .strictObject({
    note: z.string().optional(),
    agencies: z
      .array(z.strictObject({ uscc, name: z.string().min(1).max(200), kinds: z.array(kindName).min(1) }))
      .min(1),
    oversight: z.array(z.strictObject({ overseer: uscc, over: z.array(uscc), effects: z.array(overseen).min(1) })),
  })
  .superRefine((plan, context) => {
    for (const { path, message } of contradictions(plan)) context.addIssue({ code: "custom", path, message });
  });

/** An agency as it shall stand on the chain. */
export interface AgencyPlan {
  readonly uscc: string;
  readonly name: string;
  /** bit k stands for kind k */
  readonly kinds: number;
  /** agency that is overseen -> bits of effects */
  readonly oversight: Readonly<Record<string, number>>;
}

interface Plan {
  agencies: readonly { uscc: string }[];
  oversight: readonly { overseer: string; over: readonly string[] }[];
}

/** What the contracts would refuse, so that no step of the setup waits for ever. */
function contradictions({ agencies, oversight }: Plan): { path: (string | number)[]; message: string }[] {
  const names = agencies.map(({ uscc }) => uscc);
  const twice = names.flatMap((name, at) =>
    names.indexOf(name) === at ? [] : [{ path: ["agencies", at, "uscc"], message: "is named twice" }],
  );
  const astray = oversight.flatMap(({ overseer, over }, at) => {
    const unknown = { path: ["oversight", at, "overseer"], message: "is not among the agencies" };
    const wrong = over.flatMap((agency, index) => {
      const path = ["oversight", at, "over", index];
      if (agency === overseer) return [{ path, message: "needs no oversight over itself" }];
      return names.includes(agency) ? [] : [{ path, message: "is not among the agencies" }];
    });
    return names.includes(overseer) ? wrong : [unknown, ...wrong];
  });
  return [...twice, ...astray];
}

/** Reads the file that names agencies, their kinds and their oversight. Throws INVALID_CONFIGURATION that names the file and each fault. */
export function readAgencyPlan(file: string): AgencyPlan[] {
  const parsed = planFile.safeParse(readJson(file));
  if (!parsed.success) throw new HufuError("INVALID_CONFIGURATION", `${file}: ${z.prettifyError(parsed.error)}`);
  const { agencies, oversight } = parsed.data;
  return agencies.map(({ uscc, name, kinds }) => ({
    uscc,
    name,
    kinds: kinds.reduce((bits, kind) => bits | (1 << (builtInKinds.byName(kind)?.id ?? 0)), 0),
    oversight: oversightOf(uscc, oversight),
  }));
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new HufuError("INVALID_CONFIGURATION", `HUFU_AGENCIES: ${file} cannot be read as JSON.`, { cause });
  }
}

function oversightOf(overseer: string, rows: z.infer<typeof planFile>["oversight"]): Record<string, number> {
  const bits: Record<string, number> = {};
  for (const row of rows.filter((row) => row.overseer === overseer)) {
    for (const agency of row.over) {
      bits[agency] = row.effects.reduce((sum, effect) => sum | (1 << effectCode(effect)), bits[agency] ?? 0);
    }
  }
  return bits;
}
