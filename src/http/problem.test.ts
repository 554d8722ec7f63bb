import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_TABLE, Failure } from '../core/errors.ts';
import { DatabaseError } from '../platform/postgres/database.ts';
import { problemOf, rateLimited, sendProblem, statusOf, traceIdOf } from './problem.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';

describe('problem documents', () => {
  it('every code has a status of the contract', () => {
    for (const code of Object.keys(ERROR_TABLE)) {
      // safe because the keys of the table are the codes
      expect(statusOf(code as keyof typeof ERROR_TABLE)).toBeGreaterThanOrEqual(400);
    }
    expect(statusOf('CURSOR_EXPIRED')).toBe(410);
    expect(statusOf('STORAGE_FULL')).toBe(507);
  });

  it('a failure becomes type, title, status, code, detail, errors and its extra members', () => {
    const failure = new Failure('SCHEMA_VIOLATION', 'amount is not a number', {
      errors: [{ at: '/amount', message: 'must be a number', code: 'WRONG_TYPE' }],
      extra: { deadLetterId: 'd1', status: 1 },
    });
    expect(problemOf(failure, TRACE).problem).toEqual({
      type: '/docs/errors#SCHEMA_VIOLATION',
      title: ERROR_TABLE.SCHEMA_VIOLATION.sentence,
      status: 422,
      code: 'SCHEMA_VIOLATION',
      detail: 'amount is not a number',
      traceId: TRACE,
      errors: [{ at: '/amount', message: 'must be a number', code: 'WRONG_TYPE' }],
      deadLetterId: 'd1',
    });
  });

  it('an unknown error tells nothing of itself', () => {
    const { status, problem } = problemOf(new Error('password=hunter2'), TRACE);
    expect(status).toBe(500);
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });

  it('a lost database is UNAVAILABLE with Retry-After and a full disk STORAGE_FULL', () => {
    const lost = problemOf(new DatabaseError('not-sent', 'refused'), TRACE);
    expect([lost.problem.code, lost.headers['retry-after']]).toEqual(['UNAVAILABLE', '1']);
    const full = problemOf(new DatabaseError('server', 'disk', { sqlstate: '53100' }), TRACE);
    expect(full.status).toBe(507);
  });

  it('what the database refuses for a moment is UNAVAILABLE, what it always refuses INTERNAL', () => {
    for (const sqlstate of ['57014', '40001', '40P01', '25006', '57P01']) {
      const { status, headers } = problemOf(
        new DatabaseError('server', 'later', { sqlstate }),
        TRACE,
      );
      expect([sqlstate, status, headers['retry-after']]).toEqual([sqlstate, 503, '1']);
    }
    const broken = new DatabaseError('server', 'syntax', { sqlstate: '42601' });
    expect(problemOf(broken, TRACE).status).toBe(500);
  });

  it('RATE_LIMITED carries RateLimit, RateLimit-Policy and Retry-After', () => {
    const state = { policy: 'auth', quota: 10, windowSeconds: 60, remaining: 0, resetSeconds: 7 };
    expect(problemOf(rateLimited('slow down', state), TRACE).headers).toMatchObject({
      'retry-after': '7',
      ratelimit: '"auth";r=0;t=7',
      'ratelimit-policy': '"auth";q=10;w=60',
    });
  });
});

describe('trace ids', () => {
  it('come from a valid traceparent', () => {
    expect(traceIdOf(`00-${TRACE}-b7ad6b7169203331-01`)).toBe(TRACE);
  });

  it.each(['', 'x', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, `ff-${TRACE}-b7ad6b7169203331-01`])(
    'are random when traceparent is %j',
    (header) => {
      expect(traceIdOf(header)).toMatch(/^[0-9a-f]{32}$/);
      expect(traceIdOf(header)).not.toBe(traceIdOf(header));
    },
  );
});

describe('sendProblem', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer((_req, res) => sendProblem(res, new Failure('TOO_LARGE', 'no'), TRACE));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    // safe because a TCP server's address is an object
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  it('answers application/problem+json and closes when the body was not read', async () => {
    const answer = await fetch(url, { method: 'POST', body: 'x'.repeat(300_000) });
    expect(answer.status).toBe(413);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.headers.get('connection')).toBe('close');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await answer.json()).toMatchObject({ code: 'TOO_LARGE', traceId: TRACE });
  });
});
