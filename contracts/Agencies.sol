// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAgencies} from "./interfaces/IAgencies.sol";
import {Journal} from "./Journal.sol";

/// @title The register of agencies: {IAgencies} has what it promises
contract Agencies is IAgencies, Journal, AccessManaged {
    /// @dev Bit k: may write kind k. There is no kind 0: bit 0 says that the agency is suspended.
    mapping(bytes18 agency => uint256) private _rights;
    /// @dev validFrom (40 bits) ‖ validUntil (40 bits), keyed by the signer's keccak256.
    mapping(bytes18 agency => mapping(bytes32 signerHash => uint80)) private _periods;
    mapping(bytes18 overseer => mapping(bytes18 agency => uint8 effects)) private _oversight;
    /// @dev Empty: not enrolled.
    mapping(bytes18 agency => string) private _names;

    uint256 private constant SUSPENDED = 1;
    /// @dev IN_FORCE, ANNOTATED, ENDED, WITHDRAWN. Only an agency itself supersedes its records.
    uint8 private constant OVERSEEABLE_EFFECTS = (1 << 1) | (1 << 2) | (1 << 3) | (1 << 5);

    constructor(address authority) AccessManaged(authority) {}

    modifier whenEnrolled(bytes18 agency) {
        _checkEnrolled(agency);
        _;
    }

    /// @inheritdoc IAgencies
    function enrol(bytes18 agency, string calldata name, uint256 kinds) external restricted {
        _checkCode(agency);
        if (_isEnrolled(agency)) revert AgenciesAlreadyEnrolled(agency);
        _setName(agency, name);
        emit AgencyEnrolled(agency, name);
        _extendJournal(_hash(AgencyEnrolled.selector, agency, uint256(keccak256(bytes(name)))));
        _setKinds(agency, kinds);
    }

    /// @inheritdoc IAgencies
    function rename(bytes18 agency, string calldata name) external restricted whenEnrolled(agency) {
        _setName(agency, name);
        emit AgencyRenamed(agency, name);
        _extendJournal(_hash(AgencyRenamed.selector, agency, uint256(keccak256(bytes(name)))));
    }

    /// @inheritdoc IAgencies
    function setKinds(bytes18 agency, uint256 kinds) external restricted whenEnrolled(agency) {
        _setKinds(agency, kinds);
    }

    /// @inheritdoc IAgencies
    function setSigner(
        bytes18 agency,
        bytes calldata signer,
        uint40 validFrom,
        uint40 validUntil
    ) external restricted whenEnrolled(agency) {
        if (signer.length < 20 || signer.length > 1024) revert AgenciesSignerLength(signer.length);
        if (validFrom > validUntil) revert AgenciesInvalidPeriod(validFrom, validUntil);
        bytes32 signerHash = keccak256(signer);
        _periods[agency][signerHash] = (uint80(validFrom) << 40) | validUntil;
        emit SignerSet(agency, signer, validFrom, validUntil);
        _extendJournal(
            keccak256(abi.encode(SignerSet.selector, block.timestamp, agency, signerHash, validFrom, validUntil))
        );
    }

    /// @inheritdoc IAgencies
    function setSuspension(bytes18 agency, bool suspended) external restricted whenEnrolled(agency) {
        uint256 kinds = _rights[agency] & ~SUSPENDED;
        _rights[agency] = suspended ? kinds | SUSPENDED : kinds;
        emit SuspensionSet(agency, suspended);
        _extendJournal(_hash(SuspensionSet.selector, agency, suspended ? 1 : 0));
    }

    /// @inheritdoc IAgencies
    function setOversight(
        bytes18 overseer,
        bytes18 agency,
        uint8 effects
    ) external restricted whenEnrolled(overseer) whenEnrolled(agency) {
        if (overseer == agency) revert AgenciesSelfOversight(agency);
        if (effects & ~OVERSEEABLE_EFFECTS != 0) revert AgenciesInvalidEffects(effects);
        _oversight[overseer][agency] = effects;
        emit OversightSet(overseer, agency, effects);
        _extendJournal(keccak256(abi.encode(OversightSet.selector, block.timestamp, overseer, agency, effects)));
    }

    /// @inheritdoc IAgencies
    function nameOf(bytes18 agency) external view returns (string memory) {
        return _names[agency];
    }

    /// @inheritdoc IAgencies
    function rightsOf(bytes18 agency) external view returns (uint256 kinds, bool suspended, bool enrolled) {
        uint256 rights = _rights[agency];
        return (rights & ~SUSPENDED, rights & SUSPENDED != 0, _isEnrolled(agency));
    }

    /// @inheritdoc IAgencies
    function signerPeriod(bytes18 agency, bytes calldata signer) external view returns (uint40, uint40) {
        uint80 period = _periods[agency][keccak256(signer)];
        return (uint40(period >> 40), uint40(period));
    }

    /// @inheritdoc IAgencies
    function oversightOf(bytes18 overseer, bytes18 agency) external view returns (uint8) {
        return _oversight[overseer][agency];
    }

    /// @inheritdoc IAgencies
    function mayAnchor(bytes18 agency, uint8 kind, bytes calldata signer) external view returns (bool) {
        uint256 rights = _rights[agency];
        return rights & SUSPENDED == 0 && rights & (1 << kind) != 0 && _isSigner(agency, signer);
    }

    /// @inheritdoc IAgencies
    function maySign(bytes18 agency, bytes calldata signer) external view returns (bool) {
        return _rights[agency] & SUSPENDED == 0 && _isSigner(agency, signer);
    }

    function _isSigner(bytes18 agency, bytes calldata signer) private view returns (bool) {
        uint80 period = _periods[agency][keccak256(signer)];
        return uint40(period >> 40) <= block.timestamp && block.timestamp <= uint40(period);
    }

    function _setName(bytes18 agency, string calldata name) private {
        uint256 length = bytes(name).length;
        if (length == 0 || length > 600) revert AgenciesNameLength(length);
        _names[agency] = name;
    }

    function _setKinds(bytes18 agency, uint256 kinds) private {
        if (kinds & 1 != 0) revert AgenciesInvalidKinds(kinds);
        _rights[agency] = kinds | (_rights[agency] & SUSPENDED);
        emit KindsSet(agency, kinds);
        _extendJournal(_hash(KindsSet.selector, agency, kinds));
    }

    /// @dev The journal's entry of an event with an agency and one word.
    function _hash(bytes32 topic, bytes18 agency, uint256 word) private view returns (bytes32) {
        return keccak256(abi.encode(topic, block.timestamp, agency, word));
    }

    function _isEnrolled(bytes18 agency) private view returns (bool) {
        return bytes(_names[agency]).length != 0;
    }

    function _checkEnrolled(bytes18 agency) private view {
        if (!_isEnrolled(agency)) revert AgenciesNotEnrolled(agency);
    }

    function _checkCode(bytes18 agency) private pure {
        for (uint256 i = 0; i < 18; ++i) {
            bytes1 character = agency[i];
            bool isDigit = character >= "0" && character <= "9";
            if (!isDigit && (character < "A" || character > "Z")) revert AgenciesMalformedCode(agency);
        }
    }
}
