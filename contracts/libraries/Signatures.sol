// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IERC7913SignatureVerifier} from "@openzeppelin/contracts/interfaces/IERC7913.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title Signatures of ERC-7913 signers
/// @dev Tries the key before it looks for code: that saves the look, and a key that delegated to code by EIP-7702 still counts.
library Signatures {
    /// @dev Whether `signature` is by `signer` over `hash`. Never reverts for what a signer answers.
    function isValid(bytes calldata signer, bytes32 hash, bytes calldata signature) internal view returns (bool) {
        if (signer.length < 20) return false;
        address account = address(bytes20(signer));
        if (signer.length > 20) {
            bytes calldata key = signer[20:];
            bytes memory question = abi.encodeCall(IERC7913SignatureVerifier.verify, (key, hash, signature));
            return _confirms(account, question, IERC7913SignatureVerifier.verify.selector);
        }
        (address recovered, ECDSA.RecoverError fault, ) = ECDSA.tryRecoverCalldata(hash, signature);
        if (fault == ECDSA.RecoverError.NoError && recovered == account) return true;
        bytes memory call = abi.encodeCall(IERC1271.isValidSignature, (hash, signature));
        return _confirms(account, call, IERC1271.isValidSignature.selector);
    }

    /// @dev Whether `account` answers with exactly `magic`. It must have code: the identity precompile would echo the question, which
    /// begins with the magic value.
    function _confirms(address account, bytes memory question, bytes4 magic) private view returns (bool) {
        if (account.code.length == 0) return false;
        (bool success, bytes memory answer) = account.staticcall(question);
        return success && answer.length >= 32 && bytes32(answer) == bytes32(magic);
    }
}
