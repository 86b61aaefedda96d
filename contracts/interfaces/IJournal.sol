// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title A contract that chains its own state changes
/// @notice `head` starts as `keccak256(abi.encode(keccak256("hufu.journal.v1"), chainId, address(this)))`. Each state change
/// emits one event and sets `head = keccak256(abi.encode(head, entry))`. An entry is `keccak256(abi.encode(topic0, blockTime,
/// ...arguments))`: `topic0` is the event's first topic, `blockTime` a uint256 in seconds, and the arguments stand in the
/// event's order, each as one ABI word, with these replaced by one word: `bytes` and `string` by their keccak256, and the
/// digests of `Anchored` left out, for its root commits to them. So one storage proof of `head` shows that a list of events
/// is complete and in order.
interface IJournal {
    /// @notice The head of the journal after the newest state change. It lies in storage slot 0.
    function journalHead() external view returns (bytes32);
}
