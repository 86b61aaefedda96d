// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {ERC7913P256Verifier} from "@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913P256Verifier.sol";

/// @title Verifies the signatures of P-256 keys, as security modules and smart cards hold them
/// @notice A signer is this contract's address ‖ x ‖ y (20 + 32 + 32 bytes); a signature is r ‖ s (32 + 32 bytes), s in the lower
/// half of the curve's order, over the EIP-712 hash itself.
contract P256Verifier is ERC7913P256Verifier {}
