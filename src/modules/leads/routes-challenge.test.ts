import { expect, test } from 'vitest';
import {
  CHALLENGE_MINUTES,
  createChallenges,
  difficultyFor,
  DIFFICULTY_BITS_MAX,
  newSessionId,
  newToken,
  zeroBitsOf,
} from './routes-challenge.ts';
import { solved } from './solve.fixture.ts';

const PLACE = { tenant: 'acme', quizId: 'guests' };
let nowMs = Date.parse('2026-11-21T09:30:00.000Z');
const clock = { nowMs: () => nowMs, nowMicros: () => BigInt(nowMs) * 1000n };
const create = (fill = 7) =>
  // safe because of a clock nothing else is asked
  createChallenges({ secret: new Uint8Array(32).fill(fill), clock: clock as never });

test('Q6: a solved challenge opens its session, of its quiz and tenant and server alone', async () => {
  const challenges = create();
  const proof = solved(await challenges.issue(PLACE, 'a'));
  const sessionId = await challenges.open(PLACE, proof);
  expect(proof.challenge.startsWith(`${sessionId}.10.`)).toBe(true);
  expect(await challenges.open({ ...PLACE, tenant: 'evil' }, proof)).toBeNull();
  expect(await challenges.open({ ...PLACE, quizId: 'other' }, proof)).toBeNull();
  expect(await create(8).open(PLACE, proof)).toBeNull();
});

test('Q6: what is not solved, made easier or too late opens nothing', async () => {
  const challenges = create();
  const { text, difficulty } = await challenges.issue(PLACE, 'a');
  const proof = solved({ text, difficulty });
  let wrong = proof.number + 1;
  while (zeroBitsOf(`${text}:${wrong}`) >= difficulty) wrong += 1;
  expect(await challenges.open(PLACE, { challenge: text, number: wrong })).toBeNull();
  const easier = text.replace('.10.', '.0.');
  expect(await challenges.open(PLACE, { challenge: easier, number: 0 })).toBeNull();
  nowMs += CHALLENGE_MINUTES * 60_000 + 1;
  expect(await challenges.open(PLACE, proof)).toBeNull();
});

test('Q8: the more an address asks, the harder it gets; others do not feel it', async () => {
  const challenges = create();
  const bits: number[] = [];
  for (let index = 0; index < 81; index += 1)
    bits.push((await challenges.issue(PLACE, 'busy')).difficulty);
  expect([bits[0], bits[39], bits[80]]).toEqual([10, 11, 12]);
  expect((await challenges.issue(PLACE, 'quiet')).difficulty).toBe(10);
  expect(difficultyFor(1e12)).toBe(DIFFICULTY_BITS_MAX);
});

test('tokens have 128 bits; ids follow the time', () => {
  expect(newToken()).toMatch(/^[A-Za-z0-9_-]{22}$/);
  expect(newSessionId(1) < newSessionId(2)).toBe(true);
  expect(newSessionId(nowMs)).toMatch(/^[0-9a-f]{32}$/);
});
