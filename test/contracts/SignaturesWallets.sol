// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title An ERC-1271 wallet that accepts what its owner signed by answering the one hash that it was told
contract HashWallet {
    bytes32 private immutable _accepted;

    constructor(bytes32 accepted) {
        _accepted = accepted;
    }

    function isValidSignature(bytes32 hash, bytes calldata) external view returns (bytes4) {
        return hash == _accepted ? this.isValidSignature.selector : bytes4(0xffffffff);
    }
}

/// @title A contract that answers every call with the bytes that it was told, or reverts with them
contract Parrot {
    bytes private _answer;
    bool private immutable _reverts;

    constructor(bytes memory answer, bool reverts) {
        (_answer, _reverts) = (answer, reverts);
    }

    fallback(bytes calldata) external returns (bytes memory) {
        bytes memory answer = _answer;
        if (_reverts) {
            assembly ("memory-safe") {
                revert(add(answer, 0x20), mload(answer))
            }
        }
        return answer;
    }
}
