import { expect } from "chai";
import {
  deploy,
  ethers,
  FOREVER,
  kindsBits,
  loadFixture,
  time,
  office,
  officeKey,
  REGISTRAR,
  registrarFunctions,
} from "./fixture.ts";

const ADMIN = 0n;
const DELAY = 2 * 24 * 3600;

/** What the gateway does before it hands over: roles, sample enrolment by the deployer, then everything given away. */
async function handedOver() {
  const hufu = await deploy();
  const { access, agencies, deployer, admin, registrar } = hufu;
  const selectors = registrarFunctions.map((name) => agencies.interface.getFunction(name).selector);
  await access.setTargetFunctionRole(await agencies.getAddress(), selectors, REGISTRAR);
  await access.labelRole(REGISTRAR, "REGISTRAR");
  await access.grantRole(REGISTRAR, deployer.address, 0);
  await agencies.enrol(office, "坪山区住房和建设局", kindsBits(1, 4));
  await agencies.setSigner(office, officeKey.address, 0, FOREVER);
  await access.grantRole(REGISTRAR, registrar.address, DELAY);
  await access.grantRole(ADMIN, admin.address, 0);
  await access.renounceRole(REGISTRAR, deployer.address);
  await access.renounceRole(ADMIN, deployer.address);
  return hufu;
}

describe("Access", () => {
  it("leaves the deployer without any right", async () => {
    const { access, agencies, deployer } = await loadFixture(handedOver);
    for (const role of [ADMIN, REGISTRAR]) {
      expect((await access.hasRole(role, deployer.address)).isMember).to.equal(false);
    }
    await expect(agencies.enrol(office, "x", 2))
      .to.be.revertedWithCustomError(agencies, "AccessManagedUnauthorized")
      .withArgs(deployer.address);
    await expect(access.grantRole(REGISTRAR, deployer.address, 0))
      .to.be.revertedWithCustomError(access, "AccessManagerUnauthorizedAccount")
      .withArgs(deployer.address, ADMIN);
  });

  it("lets no stranger and not even the admin use a function of the registrar", async () => {
    const { agencies, admin, stranger } = await loadFixture(handedOver);
    for (const caller of [admin, stranger]) {
      const register = agencies.connect(caller);
      const calls = [
        () => register.enrol(office, "x", 2),
        () => register.rename(office, "x"),
        () => register.setKinds(office, 2),
        () => register.setSigner(office, officeKey.address, 0, 1),
        () => register.setSuspension(office, true),
        () => register.setOversight(office, office, 2),
      ];
      for (const call of calls) {
        await expect(call())
          .to.be.revertedWithCustomError(agencies, "AccessManagedUnauthorized")
          .withArgs(caller.address);
      }
    }
  });

  it("makes the registrar schedule, and wait", async () => {
    const { access, agencies, registrar } = await loadFixture(handedOver);
    const target = await agencies.getAddress();
    const call = agencies.interface.encodeFunctionData("setSuspension", [office, true]);
    const id = await access.hashOperation(registrar.address, target, call);
    const register = agencies.connect(registrar);
    await expect(register.setSuspension(office, true))
      .to.be.revertedWithCustomError(access, "AccessManagerNotScheduled")
      .withArgs(id);

    await access.connect(registrar).schedule(target, call, 0);
    const readyAt = (await time.latest()) + DELAY;
    await time.setNextBlockTimestamp(readyAt - 1);
    await expect(register.setSuspension(office, true))
      .to.be.revertedWithCustomError(access, "AccessManagerNotReady")
      .withArgs(id);
    await time.setNextBlockTimestamp(readyAt + 1);
    await expect(register.setSuspension(office, true)).to.emit(agencies, "SuspensionSet").withArgs(office, true);
    await expect(register.setSuspension(office, true)).to.be.revertedWithCustomError(
      access,
      "AccessManagerNotScheduled",
    );
  });

  it("lets the admin stop what the registrar scheduled", async () => {
    const { access, agencies, admin, registrar } = await loadFixture(handedOver);
    const target = await agencies.getAddress();
    const call = agencies.interface.encodeFunctionData("setKinds", [office, 2]);
    await access.connect(registrar).schedule(target, call, 0);
    await access.connect(admin).cancel(registrar.address, target, call);
    await time.increase(DELAY + 1);
    await expect(agencies.connect(registrar).setKinds(office, 2)).to.be.revertedWithCustomError(
      access,
      "AccessManagerNotScheduled",
    );
  });

  it("lets the admin replace the authority, and nobody else", async () => {
    const { access, agencies, admin, registrar } = await loadFixture(handedOver);
    const target = await agencies.getAddress();
    const next = await ethers.deployContract("Access", [admin.address]);
    await expect(access.connect(registrar).updateAuthority(target, await next.getAddress()))
      .to.be.revertedWithCustomError(access, "AccessManagerUnauthorizedAccount")
      .withArgs(registrar.address, ADMIN);
    await access.connect(admin).updateAuthority(target, await next.getAddress());
    expect(await agencies.authority()).to.equal(await next.getAddress());
  });
});
