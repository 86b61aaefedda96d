// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title The leaves of a batch and the tree over them
/// @dev The only assembly in the project, for what `docs/gas.md` shows it buys. Fuzzed against plain Solidity and against two
/// implementations in TypeScript.
library MerkleTree {
    /// @dev keccak256(agency ‖ kind ‖ digest), 51 bytes packed.
    function leafOf(bytes18 agency, uint8 kind, bytes32 digest) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(agency, kind, digest));
    }

    /// @dev The root over the leaves of `digests`, and how many of these leaves, from the first, are in strictly ascending order.
    /// The root means nothing unless all are, and there is at least one.
    function rootOf(
        bytes18 agency,
        uint8 kind,
        bytes32[] calldata digests
    ) internal pure returns (bytes32 root, uint256 ascending) {
        assembly ("memory-safe") {
            // The queue begins at the free memory pointer and is given back: nothing is allocated.
            let queue := mload(0x40)
            let tail := queue
            // Bytes 0 to 50 of the scratch space hold the leaf's preimage. The high bits of each value are the compiler's to clean.
            mstore(0x00, or(shl(112, shr(112, agency)), shl(104, and(kind, 0xff))))
            let previous := 0
            let end := add(digests.offset, shl(5, digests.length))
            for {
                let digest := digests.offset
            } lt(digest, end) {
                digest := add(digest, 0x20)
            } {
                mstore(0x13, calldataload(digest))
                let leaf := keccak256(0x00, 0x33)
                if iszero(gt(leaf, previous)) {
                    break
                }
                mstore(tail, leaf)
                tail := add(tail, 0x20)
                previous := leaf
            }
            ascending := shr(5, sub(tail, queue))

            // The two oldest nodes out, the smaller one first into the hash; their parent in; n leaves have n - 1 parents.
            for {
                end := add(tail, sub(sub(tail, queue), 0x20))
            } lt(tail, end) {} {
                let left := mload(queue)
                let right := mload(add(queue, 0x20))
                let place := shl(5, gt(left, right))
                mstore(place, left)
                mstore(xor(place, 0x20), right)
                mstore(tail, keccak256(0x00, 0x40))
                tail := add(tail, 0x20)
                queue := add(queue, 0x40)
            }
            root := mload(queue)
        }
    }
}
