/** What the parts of a network work with. */
export interface NetworkContext {
  /** absolute: command lines of processes are compared with it */
  readonly folder: string;
  /** hears what takes long */
  readonly say: (line: string) => void;
}
