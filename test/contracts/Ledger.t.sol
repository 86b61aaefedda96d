// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IRecordLedger} from "../../contracts/interfaces/IRecordLedger.sol";
import {LedgerHandler} from "./LedgerHandler.sol";

/// @title What stays true of a ledger whatever its agencies do
contract LedgerInvariants {
    LedgerHandler private _handler;

    function setUp() external {
        _handler = new LedgerHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    /// @dev No agency changes another's record without oversight for that effect; no status leaves a terminal state; none is replayed
    /// or reordered; nobody anchors for another; nothing that is allowed is refused.
    function invariant_nothingHappensThatTheRulesDoNotSay() external view {
        require(bytes(_handler.divergence()).length == 0, _handler.divergence());
    }

    function invariant_everyStatusIsTheModels() external view {
        IRecordLedger ledger = _handler.ledger();
        for (uint256 i = 0; i < _handler.itemCount(); ++i) {
            LedgerHandler.Item memory item = _handler.item(i);
            bytes32 leaf = keccak256(abi.encodePacked(item.agency, item.kind, item.digest));
            (IRecordLedger.Effect effect, uint16 version, , ) = ledger.statusOf(leaf);
            require(effect == item.effect && version == item.version, "another status");
        }
    }

    function invariant_everyBatchStaysItsAgencys() external view {
        IRecordLedger ledger = _handler.ledger();
        for (uint256 i = 0; i < _handler.itemCount(); ++i) {
            LedgerHandler.Item memory item = _handler.item(i);
            (bytes18 agency, uint8 kind, uint32 count, ) = ledger.batchOf(item.root);
            require(agency == item.agency && kind == item.kind && count == 2, "another batch");
        }
    }

    function invariant_theJournalIsTheModels() external view {
        require(_handler.ledger().journalHead() == _handler.ledgerHead(), "another head");
    }

    /// @dev That the handler does something: else the invariants above would hold of nothing.
    function test_theHandlerAnchorsAndChanges() external {
        _handler.anchor(0, 0, false, false);
        _handler.anchor(0, 1, false, false);
        _handler.anchor(0, 0, false, true);
        require(_handler.anchored() == 1 && _handler.refused() == 2, "one anchored, two refused");
        _handler.oversee(1, 0, 4);
        _handler.setStatus(1, 1, 0, 2, keccak256("basis"), 0);
        _handler.setStatus(0, 0, 0, 5, keccak256("basis"), 0);
        require(_handler.changed() == 2 && _handler.refused() == 2, "two changed");
        _handler.setStatus(0, 0, 0, 1, keccak256("basis"), 0);
        _handler.setStatus(1, 1, 1, 3, keccak256("basis"), 0);
        _handler.setStatus(0, 0, 1, 3, keccak256("basis"), 4);
        _handler.setStatus(0, 1, 1, 3, keccak256("basis"), 7);
        require(_handler.changed() == 2 && _handler.refused() == 6, "four refused");
        _handler.replay(0);
        require(bytes(_handler.divergence()).length == 0, _handler.divergence());
    }
}
