/** SM3 (GB/T 32905-2016, ISO/IEC 10118-3), in plain JavaScript: 32 bytes of hash of a message below 512 MiB. */
export function sm3(message: Uint8Array): Uint8Array {
  const blocks = padded(message);
  const state = Uint32Array.from(initial);
  const words = new Uint32Array(68);
  const view = new DataView(blocks.buffer);
  for (let offset = 0; offset < blocks.length; offset += 64) {
    expand(view, offset, words);
    compress(state, words);
  }
  const hash = new Uint8Array(32);
  const out = new DataView(hash.buffer);
  state.forEach((word, i) => out.setUint32(4 * i, word));
  return hash;
}

const initial = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];

/** The round constant T_j, already rotated left by j. */
const constants = Uint32Array.from({ length: 64 }, (_, j) => rotate(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32));

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** The message, a bit 1, zeros, and the length in bits as 64 bits. */
function padded(message: Uint8Array): Uint8Array {
  const blocks = new Uint8Array((((message.length + 8) >> 6) + 1) << 6);
  blocks.set(message);
  blocks[message.length] = 0x80;
  new DataView(blocks.buffer).setBigUint64(blocks.length - 8, BigInt(message.length) * 8n);
  return blocks;
}

function expand(view: DataView, offset: number, words: Uint32Array): void {
  for (let j = 0; j < 16; j++) words[j] = view.getUint32(offset + 4 * j);
  for (let j = 16; j < 68; j++) {
    const x = at(words, j - 16) ^ at(words, j - 9) ^ rotate(at(words, j - 3), 15);
    words[j] = x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(at(words, j - 13), 7) ^ at(words, j - 6);
  }
}

function compress(state: Uint32Array, words: Uint32Array): void {
  let [a, b, c, d] = [at(state, 0), at(state, 1), at(state, 2), at(state, 3)];
  let [e, f, g, h] = [at(state, 4), at(state, 5), at(state, 6), at(state, 7)];
  for (let j = 0; j < 64; j++) {
    const a12 = rotate(a, 12);
    const ss1 = rotate((a12 + e + at(constants, j)) | 0, 7);
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + (ss1 ^ a12) + (at(words, j) ^ at(words, j + 4))) | 0;
    const tt2 = (gg + h + ss1 + at(words, j)) | 0;
    [d, c, b, a] = [c, rotate(b, 9), a, tt1];
    [h, g, f, e] = [g, rotate(f, 19), e, tt2 ^ rotate(tt2, 9) ^ rotate(tt2, 17)];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = at(state, i) ^ word));
}

function at(words: Uint32Array, index: number): number {
  return words[index] as number; // as: every index used here is below the array's length
}
