import { request } from "node:http";

/**
 * Load of bulk posts, in a process of its own: argv is port, key, seconds, connections, lines; standard input is one line, with ten digits
 * after [<id>] where its number goes. Prints {"records","seconds"}. The numbers are written into the same bytes again and again: a
 * load generator that makes a new text for each record takes more of the machine than what it measures.
 */
const [port = "", key = "", seconds = "", connections = "", lines = ""] = process.argv.slice(2);
const MARK = "[<id>]";
const DIGITS = 10;

interface Body {
  bytes: Buffer;
  /** where the digits of each line begin */
  places: number[];
}

function bodyOf(line: string, count: number): Body {
  const bytes = Buffer.from(`${line.replace(MARK, "0".repeat(DIGITS))}\n`.repeat(count));
  const length = bytes.length / count;
  const offset = Buffer.from(line).indexOf(MARK);
  return { bytes, places: Array.from({ length: count }, (_, i) => i * length + offset) };
}

let last = 0;
function renumber({ bytes, places }: Body): void {
  for (const place of places) bytes.write(String(++last).padStart(DIGITS, "0"), place, "latin1");
}

/** Posts a body and counts the lines that were accepted. */
function post({ bytes }: Body): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${key}`,
      "content-type": "application/x-ndjson",
      "content-length": bytes.length,
    };
    const sent = request({ port, path: "/v1/record-batches", method: "POST", headers }, (response) => {
      let text = "";
      response.setEncoding("latin1").on("data", (piece: string) => (text += piece));
      response.on("end", () => resolve(text.split('"status":202').length - 1));
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(bytes);
  });
}

async function runConnection(line: string, until: number): Promise<number> {
  const body = bodyOf(line, Number(lines));
  let records = 0;
  while (performance.now() < until) {
    renumber(body);
    const accepted = await post(body);
    if (accepted !== Number(lines)) throw new Error(`${accepted} of ${lines} lines were accepted`);
    records += accepted;
  }
  return records;
}

let line = "";
for await (const piece of process.stdin) line += String(piece);
last = Number(process.hrtime.bigint() % 1_000_000_000n);
const begun = performance.now();
const runs = Array.from({ length: Number(connections) }, () => runConnection(line, begun + Number(seconds) * 1000));
const records = (await Promise.all(runs)).reduce((sum, count) => sum + count, 0);
console.log(JSON.stringify({ records, seconds: (performance.now() - begun) / 1000 }));
