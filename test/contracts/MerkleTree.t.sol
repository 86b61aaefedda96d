// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {MerkleTree} from "../../contracts/libraries/MerkleTree.sol";

/// @title The assembly against the plainest Solidity
contract MerkleTreeTest {
    function rootOf(
        bytes18 agency,
        uint8 kind,
        bytes32[] calldata digests
    ) external pure returns (bytes32 root, uint256 ascending, uint256 allocated) {
        uint256 before = _freeMemory();
        (root, ascending) = MerkleTree.rootOf(agency, kind, digests);
        allocated = _freeMemory() - before;
    }

    function testFuzz_rootIsThatOfThePlainQueue(bytes18 agency, uint8 kind, bytes32[] calldata seeds) external view {
        if (seeds.length == 0) return;
        bytes32[] memory digests = _inOrder(agency, kind, seeds);
        (bytes32 root, uint256 ascending, uint256 allocated) = this.rootOf(agency, kind, digests);
        require(ascending == digests.length, "a leaf is said not to ascend");
        require(root == _plainRoot(_leaves(agency, kind, digests)), "another root");
        require(allocated == 0, "memory was taken");
    }

    function testFuzz_ascendingCountsToTheFirstThatDoesNot(
        bytes18 agency,
        uint8 kind,
        bytes32[] calldata digests
    ) external view {
        (, uint256 ascending, ) = this.rootOf(agency, kind, digests);
        bytes32[] memory leaves = _leaves(agency, kind, digests);
        uint256 plain = leaves.length == 0 ? 0 : 1;
        while (plain < leaves.length && leaves[plain] > leaves[plain - 1]) ++plain;
        require(ascending == plain, "another count");
    }

    function testFuzz_repeatedDigestDoesNotAscend(bytes18 agency, uint8 kind, bytes32 digest) external view {
        bytes32[] memory twice = new bytes32[](2);
        (twice[0], twice[1]) = (digest, digest);
        (, uint256 ascending, ) = this.rootOf(agency, kind, twice);
        require(ascending == 1, "a record stands twice");
    }

    function testFuzz_leafIsPacked(bytes18 agency, uint8 kind, bytes32 digest) external view {
        bytes memory preimage = bytes.concat(agency, bytes1(kind), digest);
        require(preimage.length == 51, "51 bytes");
        require(MerkleTree.leafOf(agency, kind, digest) == keccak256(preimage), "another leaf");
        bytes32[] memory single = new bytes32[](1);
        single[0] = digest;
        (bytes32 root, , ) = this.rootOf(agency, kind, single);
        require(root == keccak256(preimage), "a single leaf is its root");
    }

    function testFuzz_dirtyHighBitsOfAgencyAndKindDoNotCount(uint256 dirt, bytes32 digest) external view {
        bytes32[] memory single = new bytes32[](1);
        single[0] = digest;
        (bytes32 root, ) = this.rootOfUnclean(dirt, single);
        require(root == keccak256(bytes.concat(bytes18(bytes32(dirt)), bytes1(uint8(dirt)), digest)), "dirt counts");
    }

    /// @dev Hands the library values whose unused bits are set.
    function rootOfUnclean(uint256 dirt, bytes32[] calldata digests) external pure returns (bytes32, uint256) {
        bytes18 agency;
        uint8 kind;
        assembly ("memory-safe") {
            agency := dirt
            kind := dirt
        }
        return MerkleTree.rootOf(agency, kind, digests);
    }

    function testFuzz_openZeppelinVerifiesPaths(bytes18 agency, bytes32 a, bytes32 b, bytes32 c) external view {
        bytes32[] memory seeds = new bytes32[](3);
        (seeds[0], seeds[1], seeds[2]) = (a, keccak256(abi.encode(a, b)), keccak256(abi.encode(a, b, c)));
        bytes32[] memory digests = _inOrder(agency, 1, seeds);
        bytes32[] memory leaves = _leaves(agency, 1, digests);
        (bytes32 root, , ) = this.rootOf(agency, 1, digests);
        // The queue over three: (0, 1) first, then 2 with their parent.
        bytes32[] memory proof = new bytes32[](2);
        (proof[0], proof[1]) = (leaves[1], leaves[2]);
        require(MerkleProof.verify(proof, root, leaves[0]), "leaf 0");
        bytes32[] memory short = new bytes32[](1);
        short[0] = _parent(leaves[0], leaves[1]);
        require(MerkleProof.verify(short, root, leaves[2]), "leaf 2");
    }

    function _leaves(bytes18 agency, uint8 kind, bytes32[] memory digests) private pure returns (bytes32[] memory out) {
        out = new bytes32[](digests.length);
        for (uint256 i = 0; i < digests.length; ++i) out[i] = keccak256(abi.encodePacked(agency, kind, digests[i]));
    }

    function _plainRoot(bytes32[] memory leaves) private pure returns (bytes32) {
        bytes32[] memory queue = new bytes32[](2 * leaves.length - 1);
        for (uint256 i = 0; i < leaves.length; ++i) queue[i] = leaves[i];
        uint256 head = 0;
        for (uint256 tail = leaves.length; tail < queue.length; ++tail) {
            queue[tail] = _parent(queue[head], queue[head + 1]);
            head += 2;
        }
        return queue[queue.length - 1];
    }

    function _parent(bytes32 a, bytes32 b) private pure returns (bytes32) {
        return a < b ? keccak256(bytes.concat(a, b)) : keccak256(bytes.concat(b, a));
    }

    /// @dev Distinct digests made of `seeds`, by insertion in the order of their leaves.
    function _inOrder(
        bytes18 agency,
        uint8 kind,
        bytes32[] memory seeds
    ) private pure returns (bytes32[] memory digests) {
        digests = new bytes32[](seeds.length);
        for (uint256 i = 0; i < seeds.length; ++i) {
            bytes32 digest = keccak256(abi.encode(i, seeds[i]));
            uint256 place = i;
            for (; place > 0 && _leaf(agency, kind, digests[place - 1]) > _leaf(agency, kind, digest); --place) {
                digests[place] = digests[place - 1];
            }
            digests[place] = digest;
        }
    }

    function _leaf(bytes18 agency, uint8 kind, bytes32 digest) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(agency, kind, digest));
    }

    function _freeMemory() private pure returns (uint256 pointer) {
        assembly ("memory-safe") {
            pointer := mload(0x40)
        }
    }
}
