import type { Hex } from "../bytes.ts";

/** The first topic of each event: keccak256 of its signature. A test computes them again. */
export const topics = {
  Anchored: "0x7be55073e091ba3a5b7edbc6ac34fd770498c23b15e05973d95773809619e4ef",
  StatusSet: "0x8e27e83af3151cc1735b5f529a40ceae22e4d377c03308cb45ac116d560d9b0c",
  AgencyEnrolled: "0x496b45a42a3f9848fcee27ac3b8170e5853a38ac6e64a732e9078d7a3013e1b6",
  AgencyRenamed: "0x73057016b7b6a02ae4a83ed86cc7042325a69fa30eaa47d8d6ca7c2ab00b6e60",
  KindsSet: "0x2dffd0542d7e77ab2dc42d060d7103970d88fd140b3962f0e2c64d148c62bd66",
  SignerSet: "0x443826a2fab416fb625813ce165c8ea6b54d2dbe0ad93de4901e8f217f0dd932",
  SuspensionSet: "0x43e588f7d5b55a5a936c96a2b4550109d12a6fc3f15b49f38101a826a8de62ab",
  OversightSet: "0xae16d79984e3b2ac85c3b8eb13acd436946f602314143ef327f83b8285b3a208",
} as const satisfies Record<string, Hex>;

/** The events of both contracts, as the interfaces declare them. */
export const signatures = {
  Anchored: "Anchored(bytes18,uint8,bytes32,uint32,uint64,bytes,bytes32[])",
  StatusSet: "StatusSet(bytes32,bytes18,bytes18,uint8,bytes32,uint16,uint8,bytes32,bytes)",
  AgencyEnrolled: "AgencyEnrolled(bytes18,string)",
  AgencyRenamed: "AgencyRenamed(bytes18,string)",
  KindsSet: "KindsSet(bytes18,uint256)",
  SignerSet: "SignerSet(bytes18,bytes,uint40,uint40)",
  SuspensionSet: "SuspensionSet(bytes18,bool)",
  OversightSet: "OversightSet(bytes18,bytes18,uint8)",
} as const satisfies Record<keyof typeof topics, string>;
