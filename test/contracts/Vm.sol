// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title The cheatcodes that these tests use
interface Vm {
    function addr(uint256 privateKey) external pure returns (address);
    function assume(bool condition) external pure;
    function etch(address target, bytes calldata code) external;
    function expectRevert(bytes calldata revertData) external;
    function sign(uint256 privateKey, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function warp(uint256 timestamp) external;
    function chainId(uint256 newChainId) external;
}

Vm constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
