import { expect } from "chai";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Certificate } from "../../../core/certificate/certificate.ts";
import { bundleOf } from "../../core/verify/chain.ts";
import { certificate } from "../../core/verify/sample.ts";
import { amended, annotated, repaired, withdrawn } from "../../core/verify/scenes.ts";
import { newFolder, verifyCommand, type Folder, type Ran } from "./command.ts";

const ages = { old: Date.UTC(2020, 0, 1) / 1000, new: Math.floor(Date.now() / 1000) };

/** The certificate with another fine in it. */
function forged(honest: Certificate): object {
  const text = JSON.stringify(honest);
  return JSON.parse(text.replace("罚款人民币1000元", "罚款人民币1元")) as object;
}

describe("npm run verify, with no network", function () {
  this.timeout(60_000);
  let folder: Folder;
  let trust: string;
  let genuine: string;

  before(() => {
    folder = newFolder();
    trust = folder.write("trust.json", bundleOf());
    genuine = folder.write("genuine.json", certificate());
  });
  after(() => folder.remove());

  const verify = (file: string, ...more: string[]): Promise<Ran> =>
    verifyCommand([file, "--trust", trust, "--no-memory", ...more]);

  it("exits with 0 for what is genuine, whatever became of it", async () => {
    const scenes = {
      "in-force": {},
      ended: repaired(),
      annotated: annotated(),
      withdrawn: withdrawn(),
      superseded: amended(2),
    };
    for (const [code, scene] of Object.entries(scenes)) {
      const { out, err, ...ran } = await verify(folder.write("scene.json", certificate(scene)), "--json");
      expect(ran.code, err).to.equal(0);
      expect(JSON.parse(out).verdict.code).to.equal(code);
    }
  });

  it("needs no right to use a network", async () => {
    const node = ["--permission", "--allow-fs-read=*"];
    const ran = await verifyCommand([genuine, "--trust", trust, "--no-memory"], { node });
    expect(ran.code, ran.err).to.equal(0);
    const renewal = ["--renew", "--gateway", "http://127.0.0.1:48999", "--out", join(folder.path, "never.json")];
    const refused = await verifyCommand([genuine, "--trust", trust, "--no-memory", ...renewal], { node });
    expect(refused.code).to.equal(2);
  });

  it("is seen by these tests to reach for the network where it is told to", async () => {
    const renewal = ["--renew", "--gateway", "http://127.0.0.1:48999", "--out", join(folder.path, "never.json")];
    expect((await verify(genuine, ...renewal)).code).to.equal(97);
  });

  it("exits with 1 for what was altered, and for what another ledger holds", async () => {
    const altered = await verify(folder.write("forged.json", forged(certificate())), "--json");
    expect(altered.code).to.equal(1);
    expect(JSON.parse(altered.out).verdict.code).to.equal("altered");
    const other = { ...certificate(), ledger: { ...certificate().ledger, chainId: 5 } };
    const unknown = await verify(folder.write("other.json", other), "--json");
    expect(unknown.code).to.equal(1);
    expect(JSON.parse(unknown.out).verdict.code).to.equal("unknown");
  });

  it("exits with 1 for what was altered also where there is no trust bundle", async () => {
    const file = folder.write("forged.json", forged(certificate()));
    expect((await verifyCommand([file, "--no-memory"])).code).to.equal(1);
  });

  it("exits with 2 where the trust bundle is missing, too old, or newer than the certificate's validators", async () => {
    const newer = folder.write("newer.json", bundleOf("after-a-change"));
    const later = certificate({ consensus: "after-a-change" });
    const earlier = certificate({ block: { number: 20 } });
    const cases: [string, string[]][] = [
      ["NO_TRUST_BUNDLE", [genuine, "--no-memory"]],
      ["BUNDLE_TOO_OLD", [folder.write("later.json", later), "--trust", trust, "--no-memory"]],
      ["FORMER_VALIDATORS", [folder.write("earlier.json", earlier), "--trust", newer, "--no-memory"]],
    ];
    for (const [cause, args] of cases) {
      const { code, out } = await verifyCommand([...args, "--json"]);
      expect(code, cause).to.equal(2);
      expect(JSON.parse(out).verdict).to.include({ code: "unreachable", cause });
    }
  });

  it("exits with 2, and one sentence, where a file cannot be read", async () => {
    const cases: [string, string][] = [
      ["INVALID_REQUEST", join(folder.path, "nothing.json")],
      ["INVALID_REQUEST", folder.path],
      ["INVALID_REQUEST", folder.write("large.json", " ".repeat(5 * 1024 * 1024))],
      ["MALFORMED_JSON", folder.write("cut.json", JSON.stringify(certificate()).slice(0, 500))],
      ["INVALID_CERTIFICATE", trust],
      ["INVALID_CERTIFICATE", folder.write("old.json", { format: "hufu-certificate", version: 0 })],
    ];
    for (const [expected, file] of cases) {
      const { code, out, err } = await verify(file, "--json");
      expect(code, file).to.equal(2);
      expect(JSON.parse(out).error.code, file).to.equal(expected);
      expect(err.trim().split("\n"), file).to.have.length(1);
    }
  });

  it("exits with 2 where the trust bundle cannot be relied on", async () => {
    const bundle = bundleOf();
    const renamed = { ...bundle, agencies: [] };
    for (const text of [
      "{",
      JSON.stringify(renamed),
      JSON.stringify(bundleOf("qbft", { consensus: { type: "clique", epoch: 1, period: 1 } })),
    ]) {
      const bad = folder.write("bad-trust.json", text);
      const { code, out } = await verifyCommand([genuine, "--trust", bad, "--no-memory"]);
      expect(code).to.equal(2);
      expect(out).to.equal("");
    }
  });

  it("exits with 2 where the memory folder cannot be used", async () => {
    const { code, err } = await verifyCommand([genuine, "--trust", trust, "--memory", trust]);
    expect(code).to.equal(2);
    expect(err).to.include("--no-memory");
  });

  it("exits with 2 for its own mistakes, which are no verdict", async () => {
    const broken = "data:text/javascript,Date.prototype.toISOString=()=>{throw new Error('broken')}";
    const { code, out } = await verifyCommand([genuine, "--trust", trust, "--no-memory"], {
      node: ["--import", broken],
    });
    expect(code).to.equal(2);
    expect(out).to.equal("");
  });

  it("exits with 2 for wrong usage, and asks for --help", async () => {
    const wrong = [
      [],
      [genuine, "--what"],
      [genuine, "--max-age", "30"],
      [genuine, "--max-age", "1.5d"],
      [genuine, "--lang", "fr"],
      [genuine, "--renew"],
      [genuine, "--renew", "--gateway", "http://a", "--rpc", "http://b"],
      [genuine, "--rpc", "http://a"],
      [genuine, "--renew", "--rpc", "ftp://a"],
      [genuine, "--out", "x.json"],
      [genuine, "--repin"],
      [genuine, "--hide", "a,,b"],
      ["-", "--hide", "remark"],
    ];
    const runs = await Promise.all(wrong.map((args) => verifyCommand(args)));
    for (const [index, { code, out, err }] of runs.entries()) {
      expect(code, wrong[index]?.join(" ")).to.equal(2);
      expect(out).to.equal("");
      expect(err).to.match(/^error: /);
    }
    const help = await verifyCommand(["--help"]);
    expect(help.code).to.equal(0);
    for (const code of ["0", "1", "2", "3"]) expect(help.out).to.match(new RegExp(`\\n  ${code}  \\w`));
  });

  it("exits with 3 for a proof that is older than is accepted, and with 0 for one that is not", async () => {
    const old = folder.write("aged.json", certificate({ block: { timestamp: ages.old } }));
    const fresh = folder.write("fresh.json", certificate({ block: { timestamp: ages.new } }));
    const stale = await verify(old, "--max-age", "30d", "--json");
    expect(stale.code).to.equal(3);
    expect(JSON.parse(stale.out).verdict).to.include({ code: "stale", cause: "TOO_OLD" });
    expect((await verify(old)).code).to.equal(0);
    for (const age of ["1d", "12h", "90m", "3600s"]) expect((await verify(fresh, "--max-age", age)).code).to.equal(0);
  });

  it("exits with 2 for a proof of a time that is still to come, asked for an age or not", async () => {
    const ahead = folder.write("ahead.json", certificate({ block: { timestamp: ages.new + 86_400 } }));
    for (const more of [[], ["--max-age", "30d"]]) {
      const ran = await verify(ahead, "--json", ...more);
      expect(ran.code).to.equal(2);
      expect(JSON.parse(ran.out).verdict).to.include({ code: "unreachable", cause: "IN_THE_FUTURE" });
    }
  });

  it("exits with 3 for an older status than was met before, and with 2 for another header of a height", async () => {
    const memory = join(folder.path, "memory");
    const own = ["--trust", trust, "--memory", memory, "--json"];
    const newest = folder.write("newest.json", certificate({ ...repaired(), block: { number: 95 } }));
    expect((await verifyCommand([newest, ...own])).code).to.equal(0);
    const older = await verifyCommand([genuine, ...own]);
    expect(older.code).to.equal(3);
    expect(JSON.parse(older.out).verdict).to.include({ code: "stale", cause: "OLDER_STATUS" });
    const other = certificate({ ...repaired(), block: { number: 95, parentHash: new Uint8Array(32).fill(9) } });
    const conflict = await verifyCommand([folder.write("conflict.json", other), ...own]);
    expect(conflict.code).to.equal(2);
    const { verdict, remarks } = JSON.parse(conflict.out);
    expect(verdict).to.include({ code: "unreachable", cause: "CONFLICTING_HEADERS" });
    expect(remarks[0].code).to.equal("CONFLICT_KEPT");
    expect(existsSync(remarks[0].params.file)).to.equal(true);
  });

  it("reads standard input, with a byte order mark or without", async () => {
    for (const mark of ["", "\ufeff"]) {
      const ran = await verifyCommand(["-", "--trust", trust, "--no-memory"], {
        input: mark + JSON.stringify(certificate()),
      });
      expect(ran.code, ran.err).to.equal(0);
    }
  });

  it("remembers in $XDG_STATE_HOME/hufu, which is its owner's alone", async () => {
    const env = { XDG_STATE_HOME: join(folder.path, "state") };
    expect((await verifyCommand([genuine, "--trust", trust], { env })).code).to.equal(0);
    expect((await verifyCommand([genuine], { env })).code).to.equal(0);
    expect(existsSync(join(env.XDG_STATE_HOME, "hufu", "trust.json"))).to.equal(true);
  });
});
