import { expect, test } from 'vitest';
import { jsonDraftOf } from '../core/event.ts';
import type { LogReader } from '../log/log.ts';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { exportPerson, type ExportDependencies } from './export.ts';

const TENANT = 'shop';
const PERSON = 'person-1';

test('an event is told once although its batch was merged with earlier ones meanwhile', async () => {
  const log = createMemoryLog({ bucketCount: 1 });
  const drafts = ['1', '2', '3'].map((id) =>
    jsonDraftOf({ id, source: '/s', type: 't', subject: PERSON }, {}),
  );
  await log.appendReceived(TENANT, drafts);
  const nothing = async (): Promise<readonly never[]> => [];
  const readBatches: LogReader['readBatches'] = async (bucket, after, options) => {
    const [batch] = await log.readBatches(bucket, after, options);
    if (batch === undefined) return [];
    // As it was before the merge: of one event.
    return after === 0n ? [{ ...batch, lastPosition: 1n, count: 1 }] : [batch];
  };
  const deps: ExportDependencies = {
    log: { bucketOf: log.bucketOf, head: log.head, readBatches },
    personal: {
      referenceOf: (tenant, personId) => `${tenant} ${personId}`,
      personsOf: () => [],
      revealer: async () => (event) => event,
    },
    rows: nothing,
    related: nothing,
    letters: nothing,
  };
  const pieces: string[] = [];
  for await (const piece of exportPerson(deps, TENANT, PERSON))
    pieces.push(Buffer.from(piece).toString());
  expect(JSON.parse(pieces.join(''))).toMatchObject({
    events: [{ id: '1' }, { id: '2' }, { id: '3' }],
  });
});
