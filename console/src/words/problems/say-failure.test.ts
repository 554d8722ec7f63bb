import { expect, test } from 'vitest';
import { CallFailed } from '../../../../src/client/call-failed.ts';
import { sayFailure } from './say-failure.ts';

const overloaded = new CallFailed({
  status: 503,
  traceId: 'a',
  body: { code: 'OVERLOADED', detail: 'Too much waits.' },
});

test('a failure is told in the language of the reader, not in that of the server', async () => {
  const said = await Promise.all(
    (['en', 'pl', 'pt'] as const).map((language) => sayFailure(overloaded, language)),
  );
  expect(new Set(said).size).toBe(3);
  expect(said.join()).not.toContain('Too much waits.');
});

test('a server that does not answer is told in words too', async () => {
  const away = new CallFailed({ status: 0, traceId: 'a' });
  expect(await sayFailure(away, 'pl')).not.toBe(await sayFailure(away, 'en'));
});

test('what has no code, or one of a newer server, is told as it came', async () => {
  const later = new CallFailed({
    status: 409,
    traceId: 'a',
    body: { code: 'OF_TOMORROW', detail: 'Not yet.' },
  });
  expect(await sayFailure(later, 'pl')).toContain('Not yet.');
  expect(await sayFailure(new TypeError('odd'), 'pl')).toBe('odd');
});
