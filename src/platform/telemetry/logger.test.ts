import { expect, test } from 'vitest';
import { Failure } from '../../core/errors.ts';
import type { LogFields } from '../../core/logger.ts';
import { createLogger } from './logger.ts';

const CANARY = 'ada.canary@example.org';

function capture(level: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'debug') {
  const lines: string[] = [];
  return { lines, logger: createLogger({ level, write: (line) => lines.push(line) }) };
}

/** What a caller could pass in spite of the types. */
const unlisted = (fields: Record<string, unknown>): LogFields => fields as unknown as LogFields;

test('a line is JSON with time, level, message and the listed fields', () => {
  const { lines, logger } = capture();
  logger.info('batch appended', { bucket: 3, count: 100, durationMs: 1.5, route: '/v1/events' });
  const line: unknown = JSON.parse(lines[0]!);
  expect(line).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    message: 'batch appended',
    bucket: 3,
    count: 100,
    durationMs: 1.5,
    route: '/v1/events',
  });
  expect(lines[0]!.endsWith('\n')).toBe(true);
});

test('planted strings in fields that are not listed never appear', () => {
  const { lines, logger } = capture();
  const places = [
    'tenant',
    'subject',
    'data',
    'email',
    'phone',
    'body',
    'headers',
    'key',
    'authorization',
    'password',
    'customer',
    'event',
    'query',
    'parameters',
    'values',
    'row',
    'user',
    'msg',
    'err',
    'res',
  ];
  for (const place of places) {
    logger.info('planted', unlisted({ [place]: CANARY }));
    logger.error('planted', unlisted({ [place]: { nested: [CANARY] } }));
  }
  expect(lines).toHaveLength(places.length * 2);
  expect(lines.join('')).not.toContain('canary');
});

test('a listed field of another type is not written', () => {
  const { lines, logger } = capture();
  logger.info(
    'planted',
    unlisted({ bucket: CANARY, traceId: { a: CANARY }, url: CANARY, count: [CANARY] }),
  );
  expect(lines.join('')).not.toContain('canary');
});

test('an address is written without user, password and query', () => {
  const { lines, logger } = capture();
  logger.info('connected', {
    url: `postgres://u:${CANARY.replace('@', '%40')}@db:5432/log?sslcert=canary`,
  });
  expect(lines[0]).toContain('postgres://db:5432/log');
  expect(lines[0]).not.toContain('canary');
});

test('an error is written without what it carries or quotes', () => {
  const { lines, logger } = capture();
  const driver = Object.assign(new Error(`invalid input syntax for type bigint: "${CANARY}"`), {
    sqlstate: '22P02',
    parameters: [CANARY],
    detail: `Key (email)=(${CANARY}) already exists.`,
  });
  logger.error('failed', { error: driver });
  logger.error('failed', {
    error: new Failure('UNAVAILABLE', 'The database is gone.', { cause: driver }),
  });
  logger.error('failed', { error: parseErrorOf(`{"email": "${CANARY}", oops`) });
  logger.error('failed', { error: CANARY });
  expect(lines.join('')).not.toContain('canary');
  expect(lines[0]).toContain('"code":"22P02"');
  expect(lines[1]).toContain('The database is gone.');
  expect(lines[2]).toContain('SyntaxError');
  expect(lines[0]).toContain('logger.test.ts');
});

test('names of tables stay readable in errors about the statement itself', () => {
  const { lines, logger } = capture();
  logger.error('failed', {
    error: Object.assign(new Error('relation "log_batches" does not exist'), { sqlstate: '42P01' }),
  });
  expect(lines[0]).toContain('log_batches');
});

test('lines below the level are not written', () => {
  const { lines, logger } = capture('warn');
  logger.info('quiet');
  logger.warn('heard');
  expect(lines).toHaveLength(1);
  const silent = capture('silent');
  silent.logger.error('nothing');
  expect(silent.lines).toEqual([]);
});

function parseErrorOf(text: string): unknown {
  try {
    JSON.parse(text);
  } catch (error) {
    return error;
  }
  throw new Error('the text was valid');
}
