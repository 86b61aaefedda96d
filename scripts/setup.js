// Plain JavaScript for Node 20 or later: it runs before anything is installed. It installs the dependencies under the Node that
// the project pins, then builds. A stamp, written last, says that all is there; a run that was cut short starts again.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stampFile = join(root, "node_modules", ".hufu-installed");
const lock = readFileSync(join(root, "package-lock.json"));
const nodeVersion = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).dependencies.node;
const stamp = `${createHash("sha256").update(lock).digest("hex")} node ${nodeVersion} ${process.platform} ${process.arch}\n`;

function fail(sentence) {
  console.error(`\n${sentence}`);
  process.exit(1);
}

function run(title, command, args) {
  const begun = Date.now();
  console.error(`[setup] ${title} ...`);
  const env = { ...process.env, HARDHAT_DISABLE_TELEMETRY_PROMPT: "true", npm_config_update_notifier: "false" };
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], env });
  if (error) fail(`${title}: "${command}" could not be started (${error.message}). Install npm and Node 20 or later.`);
  if (status !== 0)
    fail(`${title} failed (exit code ${status}). The lines above say why; run the same command again to go on.`);
  console.error(`[setup] ${title}: done in ${((Date.now() - begun) / 1000).toFixed(0)} s`);
}

if (!existsSync(stampFile) || readFileSync(stampFile, "utf8") !== stamp) {
  const install = "npm ci --include=dev --include=optional --no-audit --no-fund";
  run(`installing the dependencies and Node ${nodeVersion}`, "npx", ["-y", "-p", `node@${nodeVersion}`, "-c", install]);
  try {
    writeFileSync(stampFile, stamp);
  } catch (error) {
    fail(`Cannot write ${stampFile}: ${error.message}`);
  }
}

const node = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");
// As npm does it: what the build starts finds this Node too, also where somebody runs this file without npm.
const env = { ...process.env, PATH: [dirname(node), process.env["PATH"] ?? ""].join(delimiter) };
const options = { cwd: root, stdio: ["ignore", 2, 2], env };
const { status, error } = spawnSync(node, [join(root, "scripts", "build.ts")], options);
if (error)
  fail(`Node ${nodeVersion} could not be started: ${error.message}. Delete node_modules and run the command again.`);
process.exit(status ?? 1);
