import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';

// safe because the test asks for nothing else of the script
const script = (await import('../static/quiz-proof.js' as string)) as {
  sha256(text: string): readonly number[];
  zeroBits(words: readonly number[]): number;
  search(of: { text: string; difficulty: number }, from: number, count: number): number | null;
};

const hex = (text: string) => createHash('sha256').update(text).digest('hex');

test('hashes as FIPS 180-4 does, for every length around the edges of a block', () => {
  for (let length = 0; length < 200; length += 1) {
    const text = randomBytes(length).toString('hex').slice(0, length);
    const words = script.sha256(text).map((word) => (word >>> 0).toString(16).padStart(8, '0'));
    expect(words.join('')).toBe(hex(text));
  }
});

test('finds the first number whose hash begins with ten zero bits', () => {
  const challenge = { text: 'abc.10.123.x', difficulty: 10 };
  const number = script.search(challenge, 0, 1_000_000);
  const isProof = (each: number) => /^00[0-3]/.test(hex(`${challenge.text}:${each}`));
  expect(number === null ? false : isProof(number)).toBe(true);
  for (let before = 0; before < (number ?? 0); before += 1) expect(isProof(before)).toBe(false);
  expect(script.search({ ...challenge, difficulty: 60 }, 0, 10)).toBeNull();
});

test('counts the zero bits at the beginning', () => {
  expect(script.zeroBits([0, 1])).toBe(63);
  expect(script.zeroBits([-1])).toBe(0);
});
