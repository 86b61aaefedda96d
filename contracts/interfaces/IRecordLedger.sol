// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IJournal} from "./IJournal.sol";
import {IAgencies} from "./IAgencies.sol";

/// @title The ledger of record digests and their statuses
/// @notice leaf = keccak256(agency ‖ kind ‖ digest), 18 + 1 + 32 = 51 bytes packed: no inner node (64 bytes) can pretend to be one, and
/// no other agency can anchor it first. Inner nodes are commutative keccak256 (the smaller child first), so OpenZeppelin's
/// `MerkleProof` and `SimpleMerkleTree` verify them. The tree over n leaves is the queue: take the two oldest nodes out, put
/// their parent in, until one is left. Leaves are strictly ascending, so a batch is a set with one order and one root.
interface IRecordLedger is IJournal {
    /// @notice What is true of a record from now on.
    /// NONE: never set, read as IN_FORCE. SUPERSEDED and WITHDRAWN are terminal.
    enum Effect {
        NONE,
        IN_FORCE,
        ANNOTATED,
        ENDED,
        SUPERSEDED,
        WITHDRAWN
    }

    /// @notice One change of status.
    struct StatusChange {
        bytes18 agency; // the agency whose record this is
        uint8 kind; // its kind
        bytes32 digest; // its digest
        bytes32 root; // a batch that holds it
        bytes32[] proof; // siblings from leaf to root
        uint16 version; // the version that it must have now; 0 if never set
        Effect effect; // what becomes true
        bytes32 basis; // digest of the status decision; for SUPERSEDED by an amendment, of the successor
    }

    /// @notice A batch was anchored: `count` digests, 32 bytes each, in ascending order of their leaves.
    event Anchored(
        bytes18 indexed agency,
        uint8 indexed kind,
        bytes32 indexed root,
        uint32 count,
        uint64 deadline,
        bytes signer,
        bytes32[] digests
    );
    /// @notice The status of the record `leaf` became `effect` in its `version`, set by `actor` on the ground of `basis`.
    event StatusSet(
        bytes32 indexed leaf,
        bytes18 indexed actor,
        bytes18 indexed agency,
        uint8 kind,
        bytes32 digest,
        uint16 version,
        Effect effect,
        bytes32 basis,
        bytes signer
    );

    /// @notice `deadline` passed before this block, whose time is `blockTime`.
    error LedgerDeadlinePassed(uint64 deadline, uint256 blockTime);
    /// @notice A batch holds at least one record, a change of statuses at least one change.
    error LedgerEmptyBatch();
    /// @notice The leaf at `index` is not greater than the one before it.
    error LedgerLeavesNotAscending(uint256 index);
    /// @notice `root` is anchored already.
    error LedgerDuplicateRoot(bytes32 root);
    /// @notice `signer` may not anchor records of `kind` for `agency` in this block; with `kind` 0, may not set a status for it.
    error LedgerUnauthorizedSigner(bytes18 agency, uint8 kind, bytes signer);
    /// @notice The signature is not by `signer` over what was sent.
    error LedgerInvalidSignature(bytes signer);
    /// @notice `root` was not anchored by `agency` for `kind`.
    error LedgerUnknownRoot(bytes32 root, bytes18 agency, uint8 kind);
    /// @notice `proof` does not lead from `leaf` to `root`.
    error LedgerInvalidProof(bytes32 leaf, bytes32 root);
    /// @notice The status of `leaf` has version `actual`, not `expected`.
    error LedgerVersionMismatch(bytes32 leaf, uint16 expected, uint16 actual);
    /// @notice The status of `leaf` is `effect`, which is terminal.
    error LedgerTerminalStatus(bytes32 leaf, Effect effect);
    /// @notice NONE cannot be set.
    error LedgerInvalidEffect(Effect effect);
    /// @notice A change of status needs a basis.
    error LedgerMissingBasis(bytes32 leaf);
    /// @notice `actor` has no right to set `effect` on records of `agency`.
    error LedgerUnauthorizedActor(bytes18 actor, bytes18 agency, Effect effect);

    /// @notice Anchors a batch of `agency`. `signature` is by `signer` over EIP-712 `Anchor(bytes18 agency,uint8 kind,bytes32
    /// root,uint32 count,uint64 deadline)`; anybody may relay it. Emits {Anchored}.
    /// @param digests in strictly ascending order of their leaves
    /// @param deadline last second of Unix time in which this counts
    /// @return root the Merkle root, which the contract computes itself
    function anchor(
        bytes18 agency,
        uint8 kind,
        bytes32[] calldata digests,
        uint64 deadline,
        bytes calldata signer,
        bytes calldata signature
    ) external returns (bytes32 root);

    /// @notice Changes the status of several records. `signature` is by `signer`, for `actor`, over EIP-712 `SetStatus(bytes18
    /// actor,StatusItem[] items,uint64 deadline)` with `StatusItem(bytes32 leaf,uint16 version,uint8 effect,bytes32 basis)`. All
    /// succeed or none does. Emits one {StatusSet} for each.
    function setStatus(
        bytes18 actor,
        StatusChange[] calldata changes,
        uint64 deadline,
        bytes calldata signer,
        bytes calldata signature
    ) external;

    /// @notice The register of agencies that this ledger asks.
    function agencies() external view returns (IAgencies);

    /// @notice The batch of `root`: all zero if there is none. One storage slot, in mapping slot 1:
    /// agency (144 bits) ‖ kind (8) ‖ count (32) ‖ blockTime (40) ‖ 32 zero bits, from the most significant bit.
    function batchOf(bytes32 root) external view returns (bytes18 agency, uint8 kind, uint32 count, uint40 blockTime);

    /// @notice The status of `leaf`: all zero if never set. One storage slot, in mapping slot 2:
    /// effect (8 bits) ‖ version (16) ‖ blockTime (40) ‖ the first 192 bits of keccak256(basis), from the most significant bit.
    function statusOf(
        bytes32 leaf
    ) external view returns (Effect effect, uint16 version, uint40 blockTime, bytes24 basisHash);
}
