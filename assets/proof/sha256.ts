// SHA-256 (FIPS 180-4) of short ASCII texts, in place and without garbage: crypto.subtle answers by promises, which is too slow
// for a million small messages.

function primes(): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < 64; n++) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
}
// The first 32 bits of the fractional part of the square and cube roots of the first primes.
const fraction = (x: number): number => ((x - Math.floor(x)) * 2 ** 32) | 0;
const start = Int32Array.from(primes().slice(0, 8), (p) => fraction(Math.sqrt(p)));
const rounds = Int32Array.from(primes(), (p) => fraction(Math.cbrt(p)));

const words = new Int32Array(64);

function compress(state: Int32Array, block: Uint8Array, at: number): void {
  for (let i = 0; i < 16; i++, at += 4) {
    words[i] = (block[at]! << 24) | (block[at + 1]! << 16) | (block[at + 2]! << 8) | block[at + 3]!;
  }
  for (let i = 16; i < 64; i++) {
    const x = words[i - 15]!;
    const y = words[i - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = (words[i - 16]! + s0 + words[i - 7]! + s1) | 0;
  }
  let a = state[0]!, b = state[1]!, c = state[2]!, d = state[3]!;
  let e = state[4]!, f = state[5]!, g = state[6]!, h = state[7]!;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + rounds[i]! + words[i]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0;
    d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  state[0]! += a; state[1]! += b; state[2]! += c; state[3]! += d;
  state[4]! += e; state[5]! += f; state[6]! += g; state[7]! += h;
}

const buffer = new Uint8Array(256);
const view = new DataView(buffer.buffer);

// Eight 32-bit words, the first bit on top of the first. `ascii`: at most 240 characters. The array is used again.
const result = new Int32Array(8);
export function sha256(ascii: string): Int32Array {
  const blocks = (ascii.length + 72) >> 6;
  const end = blocks * 64;
  for (let i = 0; i < ascii.length; i++) buffer[i] = ascii.charCodeAt(i);
  buffer[ascii.length] = 0x80;
  buffer.fill(0, ascii.length + 1, end);
  view.setUint32(end - 4, ascii.length * 8);
  result.set(start);
  for (let at = 0; at < end; at += 64) compress(result, buffer, at);
  return result;
}
