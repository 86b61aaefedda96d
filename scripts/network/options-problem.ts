import type { Action, Options } from "./options.ts";

/** Validators share this machine. */
const MOST = 16;
/** How many numbers an action takes, at least and at most. */
const numbersOf: Readonly<Record<Action, readonly [least: number, most: number]>> = {
  ...{ start: [0, MOST], stop: [0, MOST], kill: [1, MOST], cut: [1, MOST], remove: [1, 1] },
  ...{ status: [0, 0], heal: [0, 0], add: [0, 0] },
};

/** What does not go together on a command line whose parts can all be read; undefined: nothing. */
export function problemOf(options: Options): string | undefined {
  const { action, numbers, engine, validators, address, data, fund, out, baseFee } = options;
  if (engine === "besu") return besuProblem(options);
  if (address.length > 0 || out !== undefined) return "--address and --out go with --engine besu";
  if (validators !== undefined && validators > MOST) return `--validators is ${MOST} at most: they share this machine`;
  const [least, most] = numbersOf[action];
  if (numbers.length < least) return `${action} wants the number of a validator`;
  if (numbers.length > most) return most === 0 ? `${action} takes no number` : `${action} takes one number`;
  const isWhole = action === "start" && numbers.length === 0;
  const isNew = validators !== undefined || data !== undefined || fund.length > 0 || !baseFee;
  return isNew && !isWhole
    ? "--validators, --data, --fund and --no-base-fee go with the start of a whole network"
    : undefined;
}

function besuProblem(options: Options): string | undefined {
  const { action, numbers, validators = 4, address, folder, data, fund, out, baseFee } = options;
  if (action !== "start" || numbers.length > 0) return "with --engine besu nothing is started here: name no action";
  if (validators !== 4) return "with --engine besu a network to try has 4 validators";
  if (!baseFee) return "--no-base-fee goes with --engine geth: with Besu the base fee is 0";
  const isTrial = folder !== undefined;
  if (isTrial && address.length > 0) return "name --folder for a network to try, or --address for a genesis file";
  if (!isTrial && (data !== undefined || fund.length > 0)) return "--data and --fund go with --folder";
  return out !== undefined && address.length === 0 ? "--out goes with --address" : undefined;
}
