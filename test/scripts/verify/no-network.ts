import { Socket as DatagramSocket } from "node:dgram";
import { Socket } from "node:net";

/**
 * Preloaded into a verifier that is to ask nobody: at the first attempt to reach a network the process ends, with an exit code that no verifier
 * has.
 */
function refuse(): never {
  process.exit(97);
}

Socket.prototype.connect = refuse;
DatagramSocket.prototype.send = refuse;
DatagramSocket.prototype.bind = refuse;
