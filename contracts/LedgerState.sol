// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IRecordLedger} from "./interfaces/IRecordLedger.sol";
import {Journal} from "./Journal.sol";

/// @title What a ledger holds: one packed slot for each root, one for each status
/// @dev Comes before any other base that has storage, so that the mappings are in slots 1 and 2.
abstract contract LedgerState is IRecordLedger, Journal {
    mapping(bytes32 root => uint256) private _batches;
    mapping(bytes32 leaf => uint256) private _statuses;

    /// @inheritdoc IRecordLedger
    function batchOf(bytes32 root) external view returns (bytes18 agency, uint8 kind, uint32 count, uint40 blockTime) {
        uint256 slot = _batches[root];
        return (bytes18(bytes32(slot)), uint8(slot >> 104), uint32(slot >> 72), uint40(slot >> 32));
    }

    /// @inheritdoc IRecordLedger
    function statusOf(
        bytes32 leaf
    ) external view returns (Effect effect, uint16 version, uint40 blockTime, bytes24 basisHash) {
        uint256 slot = _statuses[leaf];
        return (Effect(uint8(slot >> 248)), uint16(slot >> 232), uint40(slot >> 192), bytes24(uint192(slot)));
    }

    /// @dev Refuses a root that is there.
    function _storeBatch(bytes32 root, bytes18 agency, uint8 kind, uint32 count) internal {
        if (_batches[root] != 0) revert LedgerDuplicateRoot(root);
        _batches[root] = _batchKey(agency, kind) | (uint256(count) << 72) | (uint256(uint40(block.timestamp)) << 32);
    }

    /// @dev Whether `root` was anchored by `agency` for `kind`.
    function _isBatchOf(bytes32 root, bytes18 agency, uint8 kind) internal view returns (bool) {
        uint256 slot = _batches[root];
        return slot != 0 && slot >> 104 == _batchKey(agency, kind) >> 104;
    }

    /// @dev Refuses any version but the one that is there, and any change of a terminal status.
    function _storeStatus(bytes32 leaf, uint16 version, Effect effect, bytes32 basis) internal {
        uint256 slot = _statuses[leaf];
        Effect current = Effect(uint8(slot >> 248));
        if (uint16(slot >> 232) != version) revert LedgerVersionMismatch(leaf, version, uint16(slot >> 232));
        if (current == Effect.SUPERSEDED || current == Effect.WITHDRAWN) revert LedgerTerminalStatus(leaf, current);
        _statuses[leaf] =
            (uint256(effect) << 248) |
            (uint256(version + 1) << 232) |
            (uint256(uint40(block.timestamp)) << 192) |
            (uint256(keccak256(abi.encode(basis))) >> 64);
    }

    function _batchKey(bytes18 agency, uint8 kind) private pure returns (uint256) {
        return (uint256(uint144(agency)) << 112) | (uint256(kind) << 104);
    }
}
