import { expect, test } from 'vitest';
import { parseOptions, UsageError } from './options.ts';

test('a name alone takes the defaults', () => {
  expect(parseOptions(['ingest'])).toMatchObject({
    name: 'ingest',
    json: false,
    seconds: undefined,
    events: 10_000_000,
    rounds: 3,
    ids: 'v4',
  });
});

test('options may stand before or after the name', () => {
  expect(parseOptions(['--json', 'soak', '--seconds', '30'])).toMatchObject({
    name: 'soak',
    json: true,
    seconds: 30,
  });
});

test.each([
  [[]],
  [['nothing']],
  [['toString']],
  [['ingest', 'append']],
  [['ingest', '--seconds', '0']],
  [['ingest', '--seconds', 'ten']],
  [['ingest', '--ids', 'v1']],
  [['ingest', '--colour']],
])('%j is refused', (argv) => {
  expect(() => parseOptions(argv)).toThrow(UsageError);
});
