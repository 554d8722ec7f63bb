import { describe, test } from 'vitest';
import { openMemorySubject } from './model/memory-subject.ts';
import { openPostgresSubject } from './model/postgres-subject.ts';
import { checkHistories } from './model/property.ts';

const FILE = 'src/log/log.model.test.ts';
/** Every history on PostgreSQL has a database of its own, which costs about a quarter of a second. */
const POSTGRES = { runs: 8, stepsMax: 25, file: FILE };

/** Two buckets, so that some tenants of the histories share one and some do not. */
const LONG_WINDOW = { bucketCount: 2, dedupeWindowSeconds: 3_600, dedupeKeysMax: 0 };
const SHORT_WINDOW = { bucketCount: 2, dedupeWindowSeconds: 2, dedupeKeysMax: 0 };
/** One bucket, because which keys are the newest of several buckets is not seen from outside. */
const BUDGET = { bucketCount: 1, dedupeWindowSeconds: 0, dedupeKeysMax: 4 };
const WINDOW_AND_BUDGET = { ...BUDGET, dedupeWindowSeconds: 2 };

describe('random histories', () => {
  test.each([
    ['with a long window', LONG_WINDOW],
    ['with a window of two seconds', SHORT_WINDOW],
    ['with a budget of four keys', BUDGET],
    ['with a window and a budget', WINDOW_AND_BUDGET],
  ])('the memory log does what the model allows %s', async (_, limits) => {
    const open = async () => openMemorySubject(limits);
    await checkHistories({ limits, open, runs: 100, stepsMax: 40, file: FILE });
  });

  test.each([
    ['with a long window', LONG_WINDOW],
    ['with a budget of four keys', BUDGET],
  ])('the PostgreSQL log does what the model allows %s', async (_, limits) => {
    await checkHistories({ ...POSTGRES, limits, open: () => openPostgresSubject(limits) });
  });
});
