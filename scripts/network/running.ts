import { isGeth } from "./geth-process.ts";
import { filesOf } from "./geth-settings.ts";
import { readState, type ValidatorState } from "./state.ts";

/** The validators whose processes are there. */
export function runningIn(folder: string): readonly ValidatorState[] {
  return readState(folder).validators.filter((validator) => isGeth(validator.pid, filesOf(folder, validator)));
}
