// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IJournal} from "./IJournal.sol";

/// @title Agencies, their signers and their rights
/// @notice An agency is its unified social credit code (统一社会信用代码), 18 ASCII characters. A signer is ERC-7913 bytes: 20 bytes
/// are an address (ECDSA, or ERC-1271 where it has code), more are a verifier contract and a key. All writing functions are
/// for the registrar alone, through the AccessManager.
/// @dev A right counts in the block that uses it. Taking one away never reaches back.
interface IAgencies is IJournal {
    /// @notice `agency` was enrolled under `name`.
    event AgencyEnrolled(bytes18 indexed agency, string name);
    /// @notice `agency` is called `name` from now on.
    event AgencyRenamed(bytes18 indexed agency, string name);
    /// @notice `agency` may write the kinds whose bits are set in `kinds` (bit k stands for kind k), and no others.
    event KindsSet(bytes18 indexed agency, uint256 kinds);
    /// @notice `signer` signs for `agency` in blocks from `validFrom` to `validUntil`, both included (seconds of Unix time).
    event SignerSet(bytes18 indexed agency, bytes signer, uint40 validFrom, uint40 validUntil);
    /// @notice `agency` was suspended (nothing that it signs counts) or reinstated.
    event SuspensionSet(bytes18 indexed agency, bool suspended);
    /// @notice `overseer` may set the effects whose bits are set in `effects` (bit e stands for effect e) on records of `agency`.
    event OversightSet(bytes18 indexed overseer, bytes18 indexed agency, uint8 effects);

    /// @notice `agency` holds a character outside 0-9 and A-Z.
    error AgenciesMalformedCode(bytes18 agency);
    /// @notice `agency` is enrolled already.
    error AgenciesAlreadyEnrolled(bytes18 agency);
    /// @notice `agency` is not enrolled.
    error AgenciesNotEnrolled(bytes18 agency);
    /// @notice A name must have 1 to 600 bytes of UTF-8; this one has `length`.
    error AgenciesNameLength(uint256 length);
    /// @notice `kinds` sets a bit above 255 or bit 0.
    error AgenciesInvalidKinds(uint256 kinds);
    /// @notice A signer has 20 bytes, or more than 20 and at most 1,024; this one has `length`.
    error AgenciesSignerLength(uint256 length);
    /// @notice `validFrom` is after `validUntil`.
    error AgenciesInvalidPeriod(uint40 validFrom, uint40 validUntil);
    /// @notice Oversight names its effects one by one: `effects` is not a set of IN_FORCE, ANNOTATED, ENDED and WITHDRAWN.
    error AgenciesInvalidEffects(uint8 effects);
    /// @notice An agency needs no oversight over itself.
    error AgenciesSelfOversight(bytes18 agency);

    /// @notice Enrols `agency` under `name`, with the right to write `kinds`. Emits {AgencyEnrolled} and {KindsSet}.
    function enrol(bytes18 agency, string calldata name, uint256 kinds) external;

    /// @notice Changes the name of `agency`. Emits {AgencyRenamed}.
    function rename(bytes18 agency, string calldata name) external;

    /// @notice Replaces the set of kinds that `agency` may write. Emits {KindsSet}.
    function setKinds(bytes18 agency, uint256 kinds) external;

    /// @notice Sets the period in which `signer` signs for `agency`; ends one by setting `validUntil` to a past second. Emits {SignerSet}.
    function setSigner(bytes18 agency, bytes calldata signer, uint40 validFrom, uint40 validUntil) external;

    /// @notice Suspends or reinstates `agency`. Emits {SuspensionSet}.
    function setSuspension(bytes18 agency, bool suspended) external;

    /// @notice Replaces the effects that `overseer` may set on records of `agency`; 0 ends it. Emits {OversightSet}.
    function setOversight(bytes18 overseer, bytes18 agency, uint8 effects) external;

    /// @notice The name of `agency`, empty if it is not enrolled.
    function nameOf(bytes18 agency) external view returns (string memory);

    /// @notice The kinds that `agency` may write, whether it is suspended, whether it is enrolled.
    function rightsOf(bytes18 agency) external view returns (uint256 kinds, bool suspended, bool enrolled);

    /// @notice The period in which `signer` signs for `agency`; (0, 0) if never set.
    function signerPeriod(
        bytes18 agency,
        bytes calldata signer
    ) external view returns (uint40 validFrom, uint40 validUntil);

    /// @notice The effects that `overseer` may set on records of `agency`.
    function oversightOf(bytes18 overseer, bytes18 agency) external view returns (uint8 effects);

    /// @notice Whether `signer` may anchor records of `kind` for `agency` in this block.
    function mayAnchor(bytes18 agency, uint8 kind, bytes calldata signer) external view returns (bool);

    /// @notice Whether `signer` signs for `agency` in this block, and `agency` is not suspended.
    function maySign(bytes18 agency, bytes calldata signer) external view returns (bool);
}
