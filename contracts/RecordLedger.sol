// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {EIP712} from "@openzeppelin/contracts-v54/utils/cryptography/EIP712.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {IAgencies} from "./interfaces/IAgencies.sol";
import {IRecordLedger} from "./interfaces/IRecordLedger.sol";
import {LedgerState} from "./LedgerState.sol";
import {MerkleTree} from "./libraries/MerkleTree.sol";
import {Signatures} from "./libraries/Signatures.sol";

/// @title The ledger of records: {IRecordLedger} has what it promises
contract RecordLedger is LedgerState, EIP712 {
    bytes32 private constant ANCHOR_TYPE = keccak256(
        "Anchor(bytes18 agency,uint8 kind,bytes32 root,uint32 count,uint64 deadline)"
    );
    bytes32 private constant ITEM_TYPE = keccak256(
        "StatusItem(bytes32 leaf,uint16 version,uint8 effect,bytes32 basis)"
    );
    bytes32 private constant SET_STATUS_TYPE = keccak256(
        "SetStatus(bytes18 actor,StatusItem[] items,uint64 deadline)"
        "StatusItem(bytes32 leaf,uint16 version,uint8 effect,bytes32 basis)"
    );

    IAgencies private immutable _agencies;

    constructor(IAgencies register) EIP712("Hufu RecordLedger", "1") {
        _agencies = register;
    }

    modifier beforeDeadline(uint64 deadline) {
        if (block.timestamp > deadline) revert LedgerDeadlinePassed(deadline, block.timestamp);
        _;
    }

    /// @inheritdoc IRecordLedger
    function agencies() external view returns (IAgencies) {
        return _agencies;
    }

    /// @inheritdoc IRecordLedger
    function anchor(
        bytes18 agency,
        uint8 kind,
        bytes32[] calldata digests,
        uint64 deadline,
        bytes calldata signer,
        bytes calldata signature
    ) external beforeDeadline(deadline) returns (bytes32 root) {
        if (digests.length == 0) revert LedgerEmptyBatch();
        uint32 count = uint32(digests.length);
        uint256 ascending;
        (root, ascending) = MerkleTree.rootOf(agency, kind, digests);
        if (ascending != count) revert LedgerLeavesNotAscending(ascending);

        _storeBatch(root, agency, kind, count);
        if (!_agencies.mayAnchor(agency, kind, signer)) revert LedgerUnauthorizedSigner(agency, kind, signer);
        _checkSignature(keccak256(abi.encode(ANCHOR_TYPE, agency, kind, root, count, deadline)), signer, signature);

        emit Anchored(agency, kind, root, count, deadline, signer, digests);
        _extendJournal(
            keccak256(
                abi.encode(Anchored.selector, block.timestamp, agency, kind, root, count, deadline, keccak256(signer))
            )
        );
    }

    /// @inheritdoc IRecordLedger
    function setStatus(
        bytes18 actor,
        StatusChange[] calldata changes,
        uint64 deadline,
        bytes calldata signer,
        bytes calldata signature
    ) external beforeDeadline(deadline) {
        if (changes.length == 0) revert LedgerEmptyBatch();
        if (!_agencies.maySign(actor, signer)) revert LedgerUnauthorizedSigner(actor, 0, signer);
        (bytes32[] memory leaves, bytes32 items) = _hashChanges(changes);
        _checkSignature(keccak256(abi.encode(SET_STATUS_TYPE, actor, items, deadline)), signer, signature);
        for (uint256 i = 0; i < changes.length; ++i) {
            _applyChange(actor, leaves[i], changes[i], signer);
        }
    }

    function _hashChanges(
        StatusChange[] calldata changes
    ) private pure returns (bytes32[] memory leaves, bytes32 items) {
        leaves = new bytes32[](changes.length);
        bytes32[] memory hashes = new bytes32[](changes.length);
        for (uint256 i = 0; i < changes.length; ++i) {
            StatusChange calldata change = changes[i];
            leaves[i] = MerkleTree.leafOf(change.agency, change.kind, change.digest);
            hashes[i] = keccak256(abi.encode(ITEM_TYPE, leaves[i], change.version, change.effect, change.basis));
        }
        items = keccak256(abi.encodePacked(hashes));
    }

    function _applyChange(bytes18 actor, bytes32 leaf, StatusChange calldata change, bytes calldata signer) private {
        (bytes18 agency, uint8 kind, Effect effect) = (change.agency, change.kind, change.effect);
        if (effect == Effect.NONE) revert LedgerInvalidEffect(effect);
        if (change.basis == 0) revert LedgerMissingBasis(leaf);
        if (!_isBatchOf(change.root, agency, kind)) revert LedgerUnknownRoot(change.root, agency, kind);
        if (!MerkleProof.verifyCalldata(change.proof, change.root, leaf)) revert LedgerInvalidProof(leaf, change.root);
        if (actor != agency && _agencies.oversightOf(actor, agency) & (1 << uint8(effect)) == 0) {
            revert LedgerUnauthorizedActor(actor, agency, effect);
        }

        _storeStatus(leaf, change.version, effect, change.basis);
        uint16 version = change.version + 1;
        emit StatusSet(leaf, actor, agency, kind, change.digest, version, effect, change.basis, signer);
        _extendJournal(
            keccak256(
                abi.encode(
                    StatusSet.selector,
                    block.timestamp,
                    leaf,
                    actor,
                    agency,
                    kind,
                    change.digest,
                    version,
                    effect,
                    change.basis,
                    keccak256(signer)
                )
            )
        );
    }

    function _checkSignature(bytes32 structHash, bytes calldata signer, bytes calldata signature) private view {
        bool isValid = Signatures.isValid(signer, _hashTypedDataV4(structHash), signature);
        if (!isValid) revert LedgerInvalidSignature(signer);
    }
}
