import { expect } from "chai";
import {
  bit,
  bureau,
  court,
  Effect,
  ethers,
  fixture,
  FOREVER,
  kindsBits,
  loadFixture,
  time,
  office,
  officeKey,
  strangerKey,
} from "./fixture.ts";
import { codeBytes } from "./hashes.ts";

const nobody = codeBytes("11440310000000009X");

describe("Agencies.enrol and rename", () => {
  it("enrols: two events, name, rights", async () => {
    const { agencies, register } = await loadFixture(fixture);
    const enrolment = register.enrol(nobody, "深圳市坪山区土地整备事务中心", kindsBits(3, 255));
    await expect(enrolment).to.emit(agencies, "AgencyEnrolled").withArgs(nobody, "深圳市坪山区土地整备事务中心");
    await expect(enrolment).to.emit(agencies, "KindsSet").withArgs(nobody, kindsBits(3, 255));
    expect(await agencies.nameOf(nobody)).to.equal("深圳市坪山区土地整备事务中心");
    expect(await agencies.rightsOf(nobody)).to.deep.equal([kindsBits(3, 255), false, true]);
  });

  it("enrols an agency that may write nothing", async () => {
    const { agencies, register } = await loadFixture(fixture);
    await register.enrol(nobody, "x", 0);
    expect(await agencies.rightsOf(nobody)).to.deep.equal([0n, false, true]);
  });

  it("refuses to enrol twice", async () => {
    const { agencies, register } = await loadFixture(fixture);
    await expect(register.enrol(office, "x", 2))
      .to.be.revertedWithCustomError(agencies, "AgenciesAlreadyEnrolled")
      .withArgs(office);
  });

  it("refuses a code with a character outside 0-9 and A-Z, wherever it stands", async () => {
    const { agencies, register } = await loadFixture(fixture);
    const good = "0123456789ABCDEFGZ";
    await register.enrol(codeBytes(good), "x", 2);
    for (const [position, character] of [...["/", ":", "@", "[", "a", "\0"].entries(), [17, " "] as const]) {
      const code = codeBytes(good.slice(0, position) + character + good.slice(position + 1));
      await expect(register.enrol(code, "x", 2))
        .to.be.revertedWithCustomError(agencies, "AgenciesMalformedCode")
        .withArgs(code);
    }
  });

  it("renames: event, name", async () => {
    const { agencies, register } = await loadFixture(fixture);
    await expect(register.rename(office, "坪山区住建局"))
      .to.emit(agencies, "AgencyRenamed")
      .withArgs(office, "坪山区住建局");
    expect(await agencies.nameOf(office)).to.equal("坪山区住建局");
  });

  it("takes names of 1 to 600 bytes", async () => {
    const { agencies, register } = await loadFixture(fixture);
    await register.rename(office, "x");
    await register.rename(office, "坪".repeat(200));
    expect(await agencies.nameOf(office)).to.equal("坪".repeat(200));
    for (const name of ["", "x".repeat(601)]) {
      for (const call of [() => register.rename(office, name), () => register.enrol(nobody, name, 2)]) {
        await expect(call()).to.be.revertedWithCustomError(agencies, "AgenciesNameLength").withArgs(name.length);
      }
    }
  });
});

describe("Agencies.setKinds and setSuspension", () => {
  it("replaces the kinds: event, rights", async () => {
    const { agencies, register } = await loadFixture(fixture);
    await expect(register.setKinds(office, kindsBits(2)))
      .to.emit(agencies, "KindsSet")
      .withArgs(office, kindsBits(2));
    expect((await agencies.rightsOf(office)).kinds).to.equal(kindsBits(2));
    expect(await agencies.mayAnchor(office, 1, officeKey.address)).to.equal(false);
    expect(await agencies.mayAnchor(office, 2, officeKey.address)).to.equal(true);
  });

  it("refuses kind 0", async () => {
    const { agencies, register } = await loadFixture(fixture);
    for (const call of [() => register.setKinds(office, 3), () => register.enrol(nobody, "x", 3)]) {
      await expect(call()).to.be.revertedWithCustomError(agencies, "AgenciesInvalidKinds").withArgs(3);
    }
  });

  it("keeps kinds through a suspension, and a suspension through a change of kinds", async () => {
    const { agencies, register } = await loadFixture(fixture);
    await expect(register.setSuspension(office, true)).to.emit(agencies, "SuspensionSet").withArgs(office, true);
    expect(await agencies.rightsOf(office)).to.deep.equal([kindsBits(1, 4), true, true]);
    await register.setKinds(office, kindsBits(2));
    expect(await agencies.rightsOf(office)).to.deep.equal([kindsBits(2), true, true]);
    expect(await agencies.maySign(office, officeKey.address)).to.equal(false);
    expect(await agencies.mayAnchor(office, 2, officeKey.address)).to.equal(false);
    await expect(register.setSuspension(office, false)).to.emit(agencies, "SuspensionSet").withArgs(office, false);
    expect(await agencies.rightsOf(office)).to.deep.equal([kindsBits(2), false, true]);
    expect(await agencies.maySign(office, officeKey.address)).to.equal(true);
  });
});

describe("Agencies.setSigner", () => {
  it("sets a period: event, state", async () => {
    const { agencies, register } = await loadFixture(fixture);
    const signer = `0x${"ab".repeat(84)}`;
    await expect(register.setSigner(office, signer, 5, 2n ** 40n - 1n))
      .to.emit(agencies, "SignerSet")
      .withArgs(office, signer, 5, 2n ** 40n - 1n);
    expect(await agencies.signerPeriod(office, signer)).to.deep.equal([5n, 2n ** 40n - 1n]);
    expect(await agencies.signerPeriod(bureau, signer)).to.deep.equal([0n, 0n]);
  });

  it("ends one by a past second", async () => {
    const { agencies, register } = await loadFixture(fixture);
    await register.setSigner(office, officeKey.address, 0, (await time.latest()) - 1);
    expect(await agencies.maySign(office, officeKey.address)).to.equal(false);
    expect(await agencies.mayAnchor(office, 1, officeKey.address)).to.equal(false);
  });

  it("takes signers of 20 to 1,024 bytes", async () => {
    const { agencies, register } = await loadFixture(fixture);
    for (const length of [20, 21, 1024]) await register.setSigner(office, `0x${"01".repeat(length)}`, 0, FOREVER);
    for (const length of [0, 19, 1025]) {
      await expect(register.setSigner(office, `0x${"01".repeat(length)}`, 0, FOREVER))
        .to.be.revertedWithCustomError(agencies, "AgenciesSignerLength")
        .withArgs(length);
    }
  });

  it("refuses a period that ends before it begins", async () => {
    const { agencies, register } = await loadFixture(fixture);
    await register.setSigner(office, strangerKey.address, 7, 7);
    await expect(register.setSigner(office, strangerKey.address, 8, 7))
      .to.be.revertedWithCustomError(agencies, "AgenciesInvalidPeriod")
      .withArgs(8, 7);
  });
});

describe("Agencies.setOversight", () => {
  it("replaces the effects: event, state; one way only", async () => {
    const { agencies, register } = await loadFixture(fixture);
    const effects = bit(Effect.ENDED) | bit(Effect.IN_FORCE);
    await expect(register.setOversight(court, office, effects))
      .to.emit(agencies, "OversightSet")
      .withArgs(court, office, effects);
    expect(await agencies.oversightOf(court, office)).to.equal(effects);
    expect(await agencies.oversightOf(office, court)).to.equal(0);
    await register.setOversight(court, office, 0);
    expect(await agencies.oversightOf(court, office)).to.equal(0);
  });

  it("refuses every set with an effect that nobody oversees", async () => {
    const { agencies, register } = await loadFixture(fixture);
    const overseeable = 0b101110;
    for (let effects = 0; effects < 256; effects++) {
      const call = register.setOversight.staticCall(court, office, effects);
      if ((effects & ~overseeable) === 0) await call;
      else {
        await expect(call).to.be.revertedWithCustomError(agencies, "AgenciesInvalidEffects").withArgs(effects);
      }
    }
  });

  it("refuses oversight over oneself", async () => {
    const { agencies, register } = await loadFixture(fixture);
    await expect(register.setOversight(office, office, 2))
      .to.be.revertedWithCustomError(agencies, "AgenciesSelfOversight")
      .withArgs(office);
  });
});

describe("Agencies", () => {
  it("changes nothing of an agency that is not enrolled", async () => {
    const { agencies, register } = await loadFixture(fixture);
    const calls = [
      () => register.rename(nobody, "x"),
      () => register.setKinds(nobody, 2),
      () => register.setSigner(nobody, officeKey.address, 0, FOREVER),
      () => register.setSuspension(nobody, true),
      () => register.setOversight(nobody, office, 2),
      () => register.setOversight(office, nobody, 2),
    ];
    for (const call of calls) {
      await expect(call()).to.be.revertedWithCustomError(agencies, "AgenciesNotEnrolled").withArgs(nobody);
    }
    expect(await agencies.nameOf(nobody)).to.equal("");
    expect(await agencies.rightsOf(nobody)).to.deep.equal([0n, false, false]);
  });

  it("answers whether a signer may anchor with two reads of storage", async () => {
    const { agencies } = await loadFixture(fixture);
    const data = agencies.interface.encodeFunctionData("mayAnchor", [office, 1, officeKey.address]);
    const trace = await ethers.provider.send("debug_traceCall", [{ to: await agencies.getAddress(), data }, "latest"]);
    const reads = trace.structLogs.filter((step: { op: string }) => step.op === "SLOAD");
    expect(BigInt(trace.returnValue.startsWith("0x") ? trace.returnValue : `0x${trace.returnValue}`)).to.equal(1n);
    expect(reads).to.have.lengthOf(2);
  });
});
