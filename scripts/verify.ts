import { homedir } from "node:os";
import { HufuError } from "../core/error.ts";
import { documentOf, errorDocument } from "./verify/document.ts";
import { plain } from "./verify/plain.ts";
import { exitCodes, ordinaryMemory, readQuestion } from "./verify/question.ts";
import { run } from "./verify/run.ts";
import { say } from "./verify/say.ts";

const question = readQuestion(process.argv.slice(2), ordinaryMemory(process.env["XDG_STATE_HOME"], homedir()));
const print = (document: object): void => console.log(JSON.stringify(document, null, 2));

try {
  const finding = await run(question, new Date().toISOString());
  if (question.json) print(documentOf(finding));
  else console.log(say(finding, question.languages));
  process.exitCode = finding.exitCode;
} catch (error) {
  // Even our own mistake is no verdict: the exit code 1, which Node would give it, says that a certificate is not genuine.
  process.exitCode = exitCodes.couldNotCheck;
  if (!(error instanceof HufuError)) console.error(error);
  else {
    if (question.json) print(errorDocument(error, exitCodes.couldNotCheck));
    console.error(plain(error.message));
  }
}
