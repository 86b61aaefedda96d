// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {MerkleTree} from "contracts/libraries/MerkleTree.sol";

/// @title The tree of a batch in assembly and in plain Solidity: the same answer at two prices
contract TreeCost {
    bytes32 private _last = bytes32(uint256(1));

    function inAssembly(bytes18 agency, uint8 kind, bytes32[] calldata digests) external {
        (_last, ) = MerkleTree.rootOf(agency, kind, digests);
    }

    function inPlainSolidity(bytes18 agency, uint8 kind, bytes32[] calldata digests) external {
        uint256 count = digests.length;
        bytes32[] memory queue = new bytes32[](2 * count - 1);
        bytes32 previous;
        unchecked {
            for (uint256 i = 0; i < count; ++i) {
                bytes32 leaf = keccak256(abi.encodePacked(agency, kind, digests[i]));
                require(leaf > previous);
                queue[i] = previous = leaf;
            }
            uint256 head = 0;
            for (uint256 tail = count; tail < queue.length; ++tail) {
                queue[tail] = Hashes.commutativeKeccak256(queue[head], queue[head + 1]);
                head += 2;
            }
        }
        _last = queue[queue.length - 1];
    }

    function last() external view returns (bytes32) {
        return _last;
    }
}
