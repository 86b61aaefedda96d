// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title What one writes first: a struct of four slots for each record
contract NaiveNotary {
    struct Record {
        address author;
        bytes32 agency;
        bytes32 basis;
        uint256 time;
    }

    mapping(bytes32 digest => Record) public records;

    error AlreadyNotarised(bytes32 digest);
    event Notarised(bytes32 indexed digest, address indexed author, uint256 time);

    function notarise(bytes32 agency, bytes32 basis, bytes32[] calldata digests) external {
        for (uint256 i = 0; i < digests.length; i++) {
            if (records[digests[i]].time != 0) revert AlreadyNotarised(digests[i]);
            records[digests[i]] = Record(msg.sender, agency, basis, block.timestamp);
            emit Notarised(digests[i], msg.sender, block.timestamp);
        }
    }
}
