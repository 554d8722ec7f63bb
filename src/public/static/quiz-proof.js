/**
 * The proof of work that a session needs: a number n with which SHA-256 of `{text}:{n}` begins with `difficulty` zero
 * bits. Runs as a worker, so that the page stays awake; the browser's own digest is not used, since it is there on secure
 * origins only and a promise for each hash costs more than the hash. FIPS 180-4.
 */

const K = constants();

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
function constants() {
  const words = new Uint32Array(64);
  let found = 0;
  for (let candidate = 2; found < 64; candidate += 1) {
    let isPrime = true;
    for (let factor = 2; factor * factor <= candidate; factor += 1)
      if (candidate % factor === 0) isPrime = false;
    if (!isPrime) continue;
    words[found] = Math.floor((Math.cbrt(candidate) % 1) * 2 ** 32);
    found += 1;
  }
  return words;
}

const START = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];
const schedule = new Uint32Array(64);

/** One block of 64 bytes, read at `offset` of a DataView, into the eight words of `state`. */
function mix(state, view, offset) {
  for (let index = 0; index < 16; index += 1) schedule[index] = view.getUint32(offset + index * 4);
  for (let index = 16; index < 64; index += 1) {
    const a = schedule[index - 15];
    const b = schedule[index - 2];
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
    schedule[index] = (schedule[index - 16] + s0 + schedule[index - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let index = 0; index < 64; index += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[index] + schedule[index]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = (state[index] + word) | 0;
  });
}

/** The eight words of the digest of a text of ASCII characters. */
export function sha256(text) {
  const bytes = new TextEncoder().encode(text);
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const padded = new Uint8Array(length);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(length - 4, bytes.length * 8);
  const state = [...START];
  for (let offset = 0; offset < length; offset += 64) mix(state, view, offset);
  return state;
}

export function zeroBits(words) {
  let bits = 0;
  for (const word of words) {
    bits += Math.clz32(word);
    if (word !== 0) break;
  }
  return bits;
}

/** The first number from `from` on that proves it, among `count`; null where there is none. */
export function search({ text, difficulty }, from, count) {
  for (let number = from; number < from + count; number += 1)
    if (zeroBits(sha256(`${text}:${number}`)) >= difficulty) return number;
  return null;
}

const STEP = 2000;

if (typeof WorkerGlobalScope !== 'undefined' && globalThis instanceof WorkerGlobalScope)
  globalThis.onmessage = ({ data }) => {
    for (let from = 0; ; from += STEP) {
      const number = search(data, from, STEP);
      if (number === null) continue;
      globalThis.postMessage(number);
      return;
    }
  };
