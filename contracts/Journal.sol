// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IJournal} from "./interfaces/IJournal.sol";

/// @title The journal: {IJournal} has what it promises
/// @dev Comes first in a contract's list of bases, so that the head is in slot 0. It is never zero, so no change pays for a new slot.
abstract contract Journal is IJournal {
    bytes32 private _head = keccak256(abi.encode(keccak256("hufu.journal.v1"), block.chainid, address(this)));

    /// @inheritdoc IJournal
    function journalHead() external view returns (bytes32) {
        return _head;
    }

    /// @dev To be called once for each event, in the order of the events.
    function _extendJournal(bytes32 entry) internal {
        _head = keccak256(abi.encode(_head, entry));
    }
}
