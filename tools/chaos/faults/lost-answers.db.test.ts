import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { withLostAnswers, withoutBatchIds } from './database-faults.ts';
import { lostAnswers } from './lost-answers.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database?.drop());

describe('decided events over connections that break after the commit', () => {
  it('are acknowledged and stored once, because the log looks for its batch id', async () => {
    const verdict = await lostAnswers('db-test', {
      database: database.database,
      spoil: withLostAnswers,
    });
    expect(verdict).toMatchObject({ violations: [], acknowledged: 20, stored: 20 });
  });

  it('are refused though stored when the batch id is ignored, and the checker says so', async () => {
    const verdict = await lostAnswers('db-test', {
      database: database.database,
      spoil: withoutBatchIds,
    });
    expect(verdict.violations.map(({ rule }) => rule)).toEqual(
      Array<string>(20).fill('refused-but-stored'),
    );
  });
});
