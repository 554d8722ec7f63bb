import { expect, test, type TestContext } from 'vitest';
import {
  ANSWER_BYTES_MAX,
  type AnswerRecord,
  type DecidedOutcome,
  type EventLog,
  type StoredAnswer,
} from '../log.ts';
import {
  answerOf,
  decided,
  freshTenant,
  neighbours,
  readTenant,
  received,
  unitOn,
  versionsOf,
  type Subject,
} from './fixtures.ts';

/** Whether two records hold the same bytes, whatever kind of array they come in. */
function expectRecord(stored: AnswerRecord | null | undefined, record: AnswerRecord): void {
  for (const part of ['key', 'request', 'body'] as const)
    expect(Buffer.compare(stored![part], record[part])).toBe(0);
}

function answeredWith(outcome: DecidedOutcome): StoredAnswer {
  if (outcome.status !== 'answered') throw new Error(`expected answered, got ${outcome.status}`);
  return outcome.answer;
}

/** Answers by key, with events and without: L6, L7, L11. */
export function answersContract(subject: Subject): void {
  async function twoLogs({ skip }: TestContext): Promise<readonly [EventLog, EventLog]> {
    const { log, another } = subject();
    if (another === undefined) return skip('this log has one instance only');
    return [log, await another()];
  }

  test('an answer is stored with its events and found by its key', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const answer = answerOf('a', { body: '{"status":201}' });
    expect(await log.findAnswer(tenant, answer.key)).toBeNull();
    const events = [decided('one'), decided('two')];
    await log.appendDecided(unitOn(tenant, 's/1', { events, answer }));
    const stored = await log.findAnswer(tenant, answer.key);
    expectRecord(stored, answer);
    const last = (await readTenant(log, tenant)).at(-1)!;
    expect(stored!.position).toBe(last.position);
    expect(stored!.recordedAtMicros).toBe(last.recordedAtMicros);
    expect(await log.findAnswer(tenant, answerOf('b').key)).toBeNull();
  });

  test('a recorded key stores nothing again and gives what is recorded, whatever the version', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const answer = answerOf('a', { body: 'first' });
    await log.appendDecided(unitOn(tenant, 's/1', { answer }));
    await log.appendDecided(unitOn(tenant, 's/1', { expectedVersion: 1n }));
    const again = answerOf('a', { request: 'another', body: 'second' });
    for (const expectedVersion of [0n, 1n, 2n]) {
      const unit = unitOn(tenant, 's/1', { expectedVersion, answer: again });
      const stored = answeredWith(await log.appendDecided(unit));
      expectRecord(stored, answer);
    }
    const elsewhere = unitOn(tenant, 's/2', { answer: again });
    expectRecord(answeredWith(await log.appendDecided(elsewhere)), answer);
    expect(await readTenant(log, tenant)).toHaveLength(2);
    expectRecord(await log.findAnswer(tenant, answer.key), answer);
  });

  test('a refused unit records no answer, and its key may be used later', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const answer = answerOf('a');
    const append = (expectedVersion: bigint) =>
      log.appendDecided(unitOn(tenant, 's/1', { expectedVersion, answer }));
    expect(await append(4n)).toMatchObject({ status: 'version-conflict', actual: 0n });
    expect(await log.findAnswer(tenant, answer.key)).toBeNull();
    expect(versionsOf(await append(0n))).toEqual([1n]);
    expectRecord(await log.findAnswer(tenant, answer.key), answer);
  });

  test('the answer to a command without events is recorded once, at the head', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    await log.appendReceived(tenant, [received('a')]);
    const first = answerOf('k', { body: 'refused' });
    const { recorded, answer } = await log.recordAnswer(tenant, first);
    expect(recorded).toBe(true);
    expectRecord(answer, first);
    expect(answer.position).toBe((await log.head(log.bucketOf(tenant))).position);
    const again = await log.recordAnswer(tenant, answerOf('k', { body: 'other' }));
    expect(again.recorded).toBe(false);
    expectRecord(again.answer, first);
    expect(again.answer.recordedAtMicros).toBe(answer.recordedAtMicros);
    const unit = unitOn(tenant, 's/1', { answer: answerOf('k', { body: 'third' }) });
    expectRecord(answeredWith(await log.appendDecided(unit)), first);
    expect(await readTenant(log, tenant)).toHaveLength(1);
  });

  test('an answer recorded with events is not recorded anew', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const answer = answerOf('k', { body: 'accepted' });
    await log.appendDecided(unitOn(tenant, 's/1', { answer }));
    const late = await log.recordAnswer(tenant, answerOf('k', { body: 'refused' }));
    expect(late.recorded).toBe(false);
    expectRecord(late.answer, answer);
  });

  test('a unit without events checks its version and records its answer', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const check = (key: string, expectedVersion: bigint) =>
      log.appendDecided(
        unitOn(tenant, 's/1', { expectedVersion, events: [], answer: answerOf(key) }),
      );
    expect(await check('a', 1n)).toMatchObject({ status: 'version-conflict', actual: 0n });
    expect(versionsOf(await check('a', 0n))).toEqual([0n]);
    expectRecord(answeredWith(await check('a', 0n)), answerOf('a'));
    expect(await readTenant(log, tenant)).toEqual([]);
  });

  test('the same key of another tenant in the same bucket is another key', async () => {
    const { log } = subject();
    const [one, two] = neighbours(log, 2);
    await log.appendDecided(unitOn(one!, 's/1', { answer: answerOf('k', { body: 'one' }) }));
    expect(await log.findAnswer(two!, answerOf('k').key)).toBeNull();
    const own = answerOf('k', { body: 'two' });
    expect(versionsOf(await log.appendDecided(unitOn(two!, 's/1', { answer: own })))).toEqual([1n]);
    expectRecord(await log.findAnswer(two!, own.key), own);
    expectRecord(await log.findAnswer(one!, own.key), answerOf('k', { body: 'one' }));
  });

  test('of units with one key that wait together the first wins and the others get its answer', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        log.appendDecided(unitOn(tenant, `s/${i}`, { answer: answerOf('k', { body: `${i}` }) })),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(
      outcomes.map((_, i) => (i === 0 ? 'appended' : 'answered')),
    );
    const [event] = await readTenant(log, tenant);
    for (const outcome of outcomes.slice(1)) {
      const stored = answeredWith(outcome);
      expectRecord(stored, answerOf('k', { body: '0' }));
      expect(stored.position).toBe(event!.position);
      expect(stored.recordedAtMicros).toBe(event!.recordedAtMicros);
    }
    expect(await readTenant(log, tenant)).toHaveLength(1);
  });

  test('units chained on one stream go together, and what follows a dropped one is a conflict', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const chain = (keys: readonly string[], from: bigint) =>
      Promise.all(
        keys.map((key, i) => {
          const expectedVersion = from + BigInt(i);
          return log.appendDecided(
            unitOn(tenant, 's/1', { expectedVersion, answer: answerOf(key) }),
          );
        }),
      );
    expect((await chain(['a', 'b', 'c', 'd'], 0n)).map(versionsOf)).toEqual([
      [1n],
      [2n],
      [3n],
      [4n],
    ]);
    const [five, answered, ...rest] = await chain(['e', 'b', 'f', 'g'], 4n);
    expect(versionsOf(five!)).toEqual([5n]);
    expectRecord(answeredWith(answered!), answerOf('b'));
    expect(rest).toEqual([
      { status: 'version-conflict', stream: 's/1', actual: 5n },
      { status: 'version-conflict', stream: 's/1', actual: 5n },
    ]);
    expect(await log.findAnswer(tenant, answerOf('f').key)).toBeNull();
    expect((await chain(['f', 'g'], 5n)).map(versionsOf)).toEqual([[6n], [7n]]);
  });

  test('hashes of another length and a body that is too long are refused', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const good = answerOf('k');
    const bad = [
      { ...good, key: good.key.subarray(1) },
      { ...good, request: new Uint8Array(0) },
      { ...good, body: new Uint8Array(ANSWER_BYTES_MAX + 1) },
    ];
    for (const answer of bad) {
      const refusal = { code: 'INPUT_INVALID' };
      await expect((async () => log.recordAnswer(tenant, answer))()).rejects.toMatchObject(refusal);
      const unit = unitOn(tenant, 's/1', { answer });
      await expect((async () => log.appendDecided(unit))()).rejects.toMatchObject(refusal);
    }
    expect(await readTenant(log, tenant)).toEqual([]);
    const largest = { ...good, body: new Uint8Array(ANSWER_BYTES_MAX).fill(7) };
    expect((await log.recordAnswer(tenant, largest)).recorded).toBe(true);
    expectRecord(await log.findAnswer(tenant, good.key), largest);
  });

  test('what one instance recorded the other finds and respects at once', async (context) => {
    const [one, two] = await twoLogs(context);
    const tenant = freshTenant();
    // Both know the bucket's head, which an answer without events does not move.
    await one.appendDecided(unitOn(tenant, 's/1'));
    await two.appendDecided(unitOn(tenant, 's/1', { expectedVersion: 1n }));
    const answer = answerOf('k', { body: 'recorded' });
    await one.recordAnswer(tenant, answer);
    expectRecord(await two.findAnswer(tenant, answer.key), answer);
    const unit = unitOn(tenant, 's/1', { expectedVersion: 2n, answer: answerOf('k') });
    expectRecord(answeredWith(await two.appendDecided(unit)), answer);
    expect(await readTenant(one, tenant)).toHaveLength(2);
  });

  test('of instances that use one key at once exactly one records its answer', async (context) => {
    const logs = await twoLogs(context);
    const tenant = freshTenant();
    for (let round = 0; round < 8; round += 1) {
      const key = `k-${round}`;
      const tries = Array.from({ length: 8 }, async (_, i) => {
        const log = logs[i % 2]!;
        const answer = answerOf(key, { body: `${i}` });
        if (i % 4 < 2) return (await log.recordAnswer(tenant, answer)).recorded;
        const unit = unitOn(tenant, `s/${round}-${i}`, { answer });
        return (await log.appendDecided(unit)).status === 'appended';
      });
      const won = await Promise.all(tries);
      expect(won.filter(Boolean)).toHaveLength(1);
      const stored = await logs[0].findAnswer(tenant, answerOf(key).key);
      expect(Buffer.from(stored!.body).toString()).toBe(`${won.indexOf(true)}`);
    }
    const streams = (await readTenant(logs[0], tenant)).map(({ stream }) => stream);
    expect(streams.length).toBeLessThanOrEqual(8);
  });
}
