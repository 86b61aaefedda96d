// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Agencies} from "../../contracts/Agencies.sol";
import {RecordLedger} from "../../contracts/RecordLedger.sol";
import {IRecordLedger} from "../../contracts/interfaces/IRecordLedger.sol";
import {vm} from "./Vm.sol";

/// @title An authority that lets everybody do everything
contract AnybodyMay {
    function canCall(address, address, bytes4) external pure returns (bool immediate, uint32 delay) {
        return (true, 0);
    }
}

/// @title Three agencies that do everything in any order, right and wrong, beside a model that says what must come of it
/// @dev The model knows the rules in their plainest form. Where a contract does anything else, `divergence` says what.
contract LedgerHandler {
    struct Item {
        bytes18 agency;
        uint8 kind;
        bytes32 digest;
        bytes32 root;
        bytes32 sibling;
        IRecordLedger.Effect effect;
        uint16 version;
    }

    uint256 private constant AGENCIES = 3;
    uint64 private constant FOREVER = type(uint64).max;

    Agencies public register;
    RecordLedger public ledger;
    bytes32 private _domain;

    string public divergence;
    bytes32 public ledgerHead;
    uint256 public anchored;
    uint256 public changed;
    uint256 public refused;
    Item[] private _items;
    bytes[] private _done;
    mapping(uint256 who => bool) private _suspended;
    mapping(uint256 overseer => mapping(uint256 who => uint8)) private _oversight;

    constructor() {
        register = new Agencies(address(new AnybodyMay()));
        ledger = new RecordLedger(register);
        ledgerHead = ledger.journalHead();
        _domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Hufu RecordLedger"),
                keccak256("1"),
                block.chainid,
                address(ledger)
            )
        );
        for (uint256 who = 0; who < AGENCIES; ++who) {
            register.enrol(codeOf(who), "agency", 2 | 16);
            register.setSigner(codeOf(who), signerOf(who), 0, type(uint40).max);
        }
    }

    function itemCount() external view returns (uint256) {
        return _items.length;
    }

    function item(uint256 index) external view returns (Item memory) {
        return _items[index];
    }

    function codeOf(uint256 who) public pure returns (bytes18) {
        return bytes18(bytes.concat("11440310000000000", bytes1(uint8(65 + who))));
    }

    function signerOf(uint256 who) public pure returns (bytes memory) {
        return abi.encodePacked(vm.addr(who + 1));
    }

    function suspend(uint256 who, bool suspended) external {
        who %= AGENCIES;
        register.setSuspension(codeOf(who), suspended);
        _suspended[who] = suspended;
    }

    function oversee(uint256 overseer, uint256 who, uint8 effects) external {
        (overseer, who) = (overseer % AGENCIES, who % AGENCIES);
        bool allowed = overseer != who && effects & ~uint8(46) == 0;
        try register.setOversight(codeOf(overseer), codeOf(who), effects) {
            if (!allowed) divergence = "oversight that must not be";
            _oversight[overseer][who] = effects;
        } catch {
            if (allowed) divergence = "oversight refused";
        }
    }

    function wait(uint16 time) external {
        vm.warp(block.timestamp + time);
    }

    /// @dev Two records of `who`, signed by the key of `key`.
    function anchor(uint256 who, uint256 key, bool isDecision, bool backwards) external {
        (who, key) = (who % AGENCIES, key % AGENCIES);
        bytes18 agency = codeOf(who);
        uint8 kind = isDecision ? 4 : 1;
        bytes32[] memory digests = new bytes32[](2);
        (digests[0], digests[1]) = (
            keccak256(abi.encode("a", _items.length)),
            keccak256(abi.encode("b", _items.length))
        );
        bool ascends = _leaf(agency, kind, digests[0]) < _leaf(agency, kind, digests[1]);
        if (ascends == backwards) (digests[0], digests[1]) = (digests[1], digests[0]);
        (bytes32 first, bytes32 second) = (_leaf(agency, kind, digests[0]), _leaf(agency, kind, digests[1]));
        bytes32 root = first < second ? keccak256(bytes.concat(first, second)) : keccak256(bytes.concat(second, first));
        bytes32 message = keccak256(
            abi.encode(
                keccak256("Anchor(bytes18 agency,uint8 kind,bytes32 root,uint32 count,uint64 deadline)"),
                agency,
                kind,
                root,
                2,
                FOREVER
            )
        );
        bytes memory signature = _signed(key, message);
        bool allowed = !backwards && key == who && !_suspended[who];
        try ledger.anchor(agency, kind, digests, FOREVER, signerOf(key), signature) returns (bytes32 computed) {
            if (!allowed) divergence = "anchored what must not be";
            if (computed != root) divergence = "another root";
            ++anchored;
            _items.push(Item(agency, kind, digests[0], root, second, IRecordLedger.Effect.NONE, 0));
            _items.push(Item(agency, kind, digests[1], root, first, IRecordLedger.Effect.NONE, 0));
            _extend(
                abi.encode(
                    IRecordLedger.Anchored.selector,
                    block.timestamp,
                    agency,
                    kind,
                    root,
                    2,
                    FOREVER,
                    keccak256(signerOf(key))
                )
            );
        } catch {
            if (allowed) divergence = "anchoring refused";
            ++refused;
        }
    }

    /// @dev A change that `actor` signs with the key of `key`, expecting the present version, or with `stale` the one before or after.
    function setStatus(uint256 actor, uint256 key, uint256 which, uint8 effect, bytes32 basis, uint8 stale) external {
        if (_items.length == 0) return;
        (actor, key, which) = (
            actor % AGENCIES,
            stale % 8 < 6 ? actor % AGENCIES : key % AGENCIES,
            which % _items.length
        );
        Item storage its = _items[which];
        IRecordLedger.StatusChange[] memory changes = new IRecordLedger.StatusChange[](1);
        changes[0] = _change(its, IRecordLedger.Effect(effect % 6), basis);
        if (stale % 8 == 4) changes[0].version += 1;
        if (stale % 8 == 5 && its.version > 0) changes[0].version -= 1;

        bool allowed = key == actor && !_suspended[actor] && _mayChange(actor, its, changes[0]);
        bytes memory call = abi.encodeCall(
            IRecordLedger.setStatus,
            (codeOf(actor), changes, FOREVER, signerOf(key), _signed(key, _message(codeOf(actor), changes[0])))
        );
        (bool success, ) = address(ledger).call(call);
        if (success != allowed) divergence = success ? "a change that must not be" : "a change refused";
        if (!success) {
            ++refused;
            return;
        }
        ++changed;
        _done.push(call);
        (its.effect, its.version) = (changes[0].effect, its.version + 1);
        _extend(
            abi.encode(
                IRecordLedger.StatusSet.selector,
                block.timestamp,
                _leaf(its.agency, its.kind, its.digest),
                codeOf(actor),
                its.agency,
                its.kind,
                its.digest,
                its.version,
                its.effect,
                basis,
                keccak256(signerOf(key))
            )
        );
    }

    /// @dev Sends once more what was done before. The signature is good for ever; only the version stands against it.
    function replay(uint256 which) external {
        if (_done.length == 0) return;
        (bool success, ) = address(ledger).call(_done[which % _done.length]);
        if (success) divergence = "a replayed change";
    }

    function _mayChange(
        uint256 actor,
        Item storage its,
        IRecordLedger.StatusChange memory change
    ) private view returns (bool) {
        bool terminal = its.effect == IRecordLedger.Effect.SUPERSEDED || its.effect == IRecordLedger.Effect.WITHDRAWN;
        bool wellFormed = change.effect != IRecordLedger.Effect.NONE && change.basis != 0;
        if (terminal || !wellFormed || change.version != its.version) return false;
        for (uint256 who = 0; who < AGENCIES; ++who) {
            if (codeOf(who) != its.agency) continue;
            return who == actor || _oversight[actor][who] & (1 << uint8(change.effect)) != 0;
        }
        return false;
    }

    function _change(
        Item storage its,
        IRecordLedger.Effect effect,
        bytes32 basis
    ) private view returns (IRecordLedger.StatusChange memory) {
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = its.sibling;
        return
            IRecordLedger.StatusChange(its.agency, its.kind, its.digest, its.root, proof, its.version, effect, basis);
    }

    function _message(bytes18 actor, IRecordLedger.StatusChange memory change) private pure returns (bytes32) {
        string memory itemType = "StatusItem(bytes32 leaf,uint16 version,uint8 effect,bytes32 basis)";
        bytes32 leaf = _leaf(change.agency, change.kind, change.digest);
        bytes32 only = keccak256(
            abi.encode(keccak256(bytes(itemType)), leaf, change.version, change.effect, change.basis)
        );
        bytes32 typeHash = keccak256(
            bytes.concat("SetStatus(bytes18 actor,StatusItem[] items,uint64 deadline)", bytes(itemType))
        );
        return keccak256(abi.encode(typeHash, actor, keccak256(bytes.concat(only)), FOREVER));
    }

    function _extend(bytes memory entry) private {
        ledgerHead = keccak256(bytes.concat(ledgerHead, keccak256(entry)));
    }

    function _signed(uint256 who, bytes32 message) private view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(who + 1, keccak256(bytes.concat("\x19\x01", _domain, message)));
        return abi.encodePacked(r, s, v);
    }

    function _leaf(bytes18 agency, uint8 kind, bytes32 digest) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(agency, kind, digest));
    }
}
