import { kill } from "node:process";

/** Sends a signal to all processes of a group, 0 to none; whether there was one to send it to. `group`: the id of its first process, if it began. */
export function signalGroup(group: number | undefined, name: NodeJS.Signals | 0): boolean {
  if (group === undefined) return false;
  try {
    return kill(-group, name);
  } catch {
    return false; // nobody is left in it
  }
}
