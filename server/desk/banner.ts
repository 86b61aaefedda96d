import { relative } from "node:path";

import { shownAddress } from "../web-address.ts";

export interface Ready {
  readonly url: string;
  readonly rpc: string;
  readonly keysFile: string;
  readonly trustFile: string;
  /** where `rpc` is written down whole */
  readonly gatewayFile: string;
  /** the folder in which the commands will be run */
  readonly cwd: string;
  /** whose key the example uses */
  readonly agency: string;
  /** whether the chain is the gateway's own */
  readonly isEmbedded: boolean;
}

/** What a newcomer sees when the gateway is ready. Keys are read by the shell, so that they stand in no output. */
export function readyBanner({ url, rpc, keysFile, trustFile, gatewayFile, cwd, agency, isEmbedded }: Ready): string {
  const here = (file: string): string => shorter(cwd, file);
  const key = `$(node -p 'JSON.parse(require("fs").readFileSync("${here(keysFile)}"))["${agency}"]')`;
  const shown = shownAddress(rpc);
  const node =
    shown === rpc ? rpc : `"$(node -p 'JSON.parse(require("fs").readFileSync("${here(gatewayFile)}")).rpc')"`;
  return `
虎符已就绪。Hufu is ready.

  页面 page       ${url}/
  密钥 API keys   ${keysFile}

  登记一份决定（在项目文件夹里运行） notarise a record (run it in the project's folder):
    curl -X POST ${url}/v1/records -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" -H "Prefer: wait=10" -d @docs/examples/credit-penalty.json

  重放整个账本 replay the whole ledger:
    npm run audit -- --rpc ${node} --trust ${here(trustFile)} --gateway ${url}

  ${isEmbedded ? ownChain : `链的节点 node of its chain  ${shown}`}
`;
}

const ownChain =
  "这是本机的开发链，供桌面试用、演示和测试。Its chain is a development chain on this machine: good for a desk, a demo and tests.";

/** The path from `cwd`, if the file lies below it. */
function shorter(cwd: string, file: string): string {
  const short = relative(cwd, file);
  return short.startsWith("..") ? file : short;
}
