import { afterAll, beforeAll, expect, test } from 'vitest';
import { Failure, type ErrorCode } from '../core/errors.ts';
import { demoFixture, type DemoFixture } from '../demo/demo.fixture.ts';
import type { CommandRequest, Pipeline } from '../pipeline/pipeline.ts';
import { giveCommand, newNonce, visitorOf } from './give-command.ts';

let held: DemoFixture;
beforeAll(async () => {
  held = await demoFixture(Date.parse('2026-11-22T06:20:00Z'));
});
afterAll(() => held.close());

const request: Omit<CommandRequest, 'idempotencyKey'> = {
  principal: visitorOf('demo', 'quiz', ['leads:write']),
  category: 'leads',
  command: 'CaptureLead',
  id: null,
  input: { contact: { email: 'ana@example.com' }, source: 'quiz' },
};

/** The pipeline, whose first answer is lost on the way after the command was done. */
function losing(code: ErrorCode): { readonly calls: () => number; handle: Pipeline['handle'] } {
  let calls = 0;
  return {
    calls: () => calls,
    async handle(asked) {
      calls += 1;
      const answer = await held.pipeline.handle(asked);
      if (calls === 1) throw new Failure(code, 'The answer was lost.');
      return answer;
    },
  };
}

test.each(['OUTCOME_UNKNOWN', 'UNAVAILABLE'] as const)(
  'a form whose answer was lost as %s is done once and answered',
  async (code) => {
    const before = await held.head();
    const pipeline = losing(code);
    const answer = await giveCommand(pipeline, { ...request, idempotencyKey: newNonce() });
    expect(answer).toMatchObject({ status: 'done' });
    expect(pipeline.calls()).toBe(2);
    expect((await held.head()) - before).toBe(1n);
  },
);

test('without a key nothing is given again, and what would be refused again is not asked again', async () => {
  const unknown = losing('OUTCOME_UNKNOWN');
  await expect(giveCommand(unknown, request)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
  const forbidden = losing('FORBIDDEN');
  const keyed = { ...request, idempotencyKey: newNonce() };
  await expect(giveCommand(forbidden, keyed)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect([unknown.calls(), forbidden.calls()]).toEqual([1, 1]);
});
