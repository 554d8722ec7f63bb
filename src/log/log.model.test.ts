import { describe, test } from 'vitest';
import { openMemorySubject } from './model/memory-subject.ts';
import { openPostgresSubject } from './model/postgres-subject.ts';
import { checkHistories } from './model/property.ts';

const FILE = 'src/log/log.model.test.ts';
/** Two buckets, so that some tenants of the histories share one and some do not. */
const BUCKETS = { bucketCount: 2 };
/** Every history on PostgreSQL has a database of its own, which costs about a quarter of a second. */
const POSTGRES = { runs: 12, stepsMax: 25, file: FILE };

describe('random histories', () => {
  test.each([
    ['with a long window', { dedupeWindowSeconds: 3_600, dedupeKeysMax: 1_000 }],
    ['with a window of two seconds', { dedupeWindowSeconds: 2, dedupeKeysMax: 0 }],
    ['with a budget of four keys', { dedupeWindowSeconds: 0, dedupeKeysMax: 4 }],
    ['with a window and a budget', { dedupeWindowSeconds: 2, dedupeKeysMax: 4 }],
  ])('the memory log does what the model allows %s', async (_, promise) => {
    const limits = { ...BUCKETS, ...promise };
    const open = async () => openMemorySubject(limits);
    await checkHistories({ limits, open, runs: 150, stepsMax: 40, file: FILE });
  });

  test.each([
    ['with a long window', { dedupeWindowSeconds: 3_600, dedupeKeysMax: 1_000 }],
    ['with a budget of four keys', { dedupeWindowSeconds: 0, dedupeKeysMax: 4 }],
  ])('the PostgreSQL log does what the model allows %s', async (_, promise) => {
    const limits = { ...BUCKETS, ...promise };
    await checkHistories({ ...POSTGRES, limits, open: () => openPostgresSubject(limits) });
  });
});
