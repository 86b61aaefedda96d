// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {P256Verifier} from "../../contracts/P256Verifier.sol";
import {Signatures} from "../../contracts/libraries/Signatures.sol";
import {HashWallet, Parrot} from "./SignaturesWallets.sol";
import {vm} from "./Vm.sol";

/// @title Keys, ERC-1271 wallets and ERC-7913 verifiers, well and ill behaved
contract SignaturesTest {
    bytes4 private constant ERC1271_MAGIC = 0x1626ba7e;
    bytes4 private constant ERC7913_MAGIC = 0x024ad318;

    function isValid(bytes calldata signer, bytes32 hash, bytes calldata signature) external view returns (bool) {
        return Signatures.isValid(signer, hash, signature);
    }

    function testFuzz_keySigns(uint256 seed, bytes32 hash) external view {
        uint256 key = _key(seed);
        require(this.isValid(abi.encodePacked(vm.addr(key)), hash, _signed(key, hash)), "its own signature");
    }

    function testFuzz_keyDoesNotSignWhatItDidNot(uint256 seed, bytes32 hash, bytes32 other) external view {
        uint256 key = _key(seed);
        bytes memory signer = abi.encodePacked(vm.addr(key));
        if (hash != other) require(!this.isValid(signer, other, _signed(key, hash)), "another hash");
        require(!this.isValid(signer, hash, _signed(key + 1, hash)), "another key");
    }

    function testFuzz_noKeyAcceptsNoise(address account, bytes32 hash, bytes calldata signature) external view {
        require(!this.isValid(abi.encodePacked(account), hash, signature), "noise");
        require(!this.isValid(abi.encodePacked(address(0)), hash, signature), "noise for nobody");
    }

    function testFuzz_shortSignerIsNobody(bytes19 signer, bytes32 hash, bytes calldata signature) external view {
        require(!this.isValid(abi.encodePacked(signer), hash, signature), "19 bytes");
        require(!this.isValid("", hash, signature), "0 bytes");
    }

    function testFuzz_walletAnswersForItself(bytes32 hash, bytes32 other, bytes calldata signature) external {
        vm.assume(hash != other);
        bytes memory signer = abi.encodePacked(address(new HashWallet(hash)));
        require(this.isValid(signer, hash, signature), "the wallet accepts");
        require(!this.isValid(signer, other, signature), "the wallet refuses");
    }

    /// @dev A key that delegated to code by EIP-7702 has code at its address.
    function testFuzz_keyCountsThoughItHasCode(uint256 seed, bytes32 hash) external {
        uint256 key = _key(seed);
        address account = vm.addr(key);
        vm.etch(account, address(new Parrot("", true)).code);
        require(this.isValid(abi.encodePacked(account), hash, _signed(key, hash)), "its own signature");
        require(!this.isValid(abi.encodePacked(account), hash, _signed(key + 1, hash)), "another key");
    }

    function test_onlyTheWholeMagicWordCounts() external {
        bytes32 hash = keccak256("record");
        bytes[4] memory wrong = [
            bytes(""),
            abi.encodePacked(ERC1271_MAGIC),
            abi.encode(bytes32(ERC1271_MAGIC) | bytes32(uint256(1))),
            abi.encode(true)
        ];
        for (uint256 i = 0; i < wrong.length; ++i) {
            require(!this.isValid(abi.encodePacked(address(new Parrot(wrong[i], false))), hash, ""), "not the magic");
        }
        Parrot good = new Parrot(abi.encode(ERC1271_MAGIC), false);
        require(this.isValid(abi.encodePacked(address(good)), hash, ""), "the magic");
        Parrot reverting = new Parrot(abi.encode(ERC1271_MAGIC), true);
        require(!this.isValid(abi.encodePacked(address(reverting)), hash, ""), "a revert is no answer");
    }

    function testFuzz_verifierIsAskedForLongSigners(
        bytes calldata key,
        bytes32 hash,
        bytes calldata signature
    ) external {
        if (key.length == 0) return;
        Parrot good = new Parrot(abi.encode(ERC7913_MAGIC), false);
        Parrot bad = new Parrot(abi.encode(bytes4(0xffffffff)), false);
        require(this.isValid(bytes.concat(bytes20(address(good)), key), hash, signature), "the verifier accepts");
        require(!this.isValid(bytes.concat(bytes20(address(bad)), key), hash, signature), "the verifier refuses");
    }

    /// @dev The identity precompile echoes the question, whose first word is the magic value and 28 zero bytes.
    function testFuzz_precompilesVerifyNothing(uint8 precompile, bytes32 key, bytes32 hash) external view {
        address verifier = address(uint160(uint256(precompile) % 17));
        require(!this.isValid(abi.encodePacked(verifier, key), hash, ""), "an echo");
        require(!this.isValid(abi.encodePacked(verifier), hash, ""), "an echo");
    }

    function testFuzz_p256RefusesNoise(bytes32 x, bytes32 y, bytes32 hash, bytes calldata signature) external {
        bytes memory signer = abi.encodePacked(address(new P256Verifier()), x, y);
        require(!this.isValid(signer, hash, signature), "noise");
    }

    function _key(uint256 seed) private pure returns (uint256) {
        return (seed % (type(uint256).max >> 8)) + 1;
    }

    function _signed(uint256 key, bytes32 hash) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, hash);
        return abi.encodePacked(r, s, v);
    }
}
