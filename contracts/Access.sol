// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

/// @title Who may administer the register of agencies, and after which delay
/// @notice OpenZeppelin's AccessManager as it is.
contract Access is AccessManager {
    /// @param initialAdmin the deployer, who hands the role over and renounces it
    constructor(address initialAdmin) AccessManager(initialAdmin) {}
}
