import { relative } from "node:path";

export interface Ready {
  readonly url: string;
  readonly rpc: string;
  readonly keysFile: string;
  readonly trustFile: string;
  /** the folder in which the commands will be run */
  readonly cwd: string;
  /** whose key the example uses */
  readonly agency: string;
}

/** What a newcomer sees when the gateway is ready. The key itself is read by the shell, so that it stands in no output. */
export function readyBanner({ url, rpc, keysFile, trustFile, cwd, agency }: Ready): string {
  const here = (file: string): string => shorter(cwd, file);
  const key = `$(node -p 'JSON.parse(require("fs").readFileSync("${here(keysFile)}"))["${agency}"]')`;
  return `
虎符 Hufu is ready.

  page       ${url}/
  API keys   ${keysFile}

  notarise a record (run it here, in the project's folder):
    curl -X POST ${url}/v1/records -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" -d @docs/examples/credit-penalty.json

  replay the whole ledger:
    npm run audit -- --rpc ${rpc} --trust ${here(trustFile)} --gateway ${url}

  its chain is a development chain on this machine: good for a desk, a demo and tests
`;
}

/** The path from `cwd`, if the file lies below it. */
function shorter(cwd: string, file: string): string {
  const short = relative(cwd, file);
  return short.startsWith("..") ? file : short;
}
