import { describe, expect, it } from 'vitest';
import type { Answer } from '../http-client.ts';
import { encode, readAnswer } from './encode.ts';

const answer = (status: number, body: unknown): Answer => ({
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const words = (outcomes: readonly { told: string }[]): string[] => outcomes.map(({ told }) => told);

describe('what an answer says about each event', () => {
  it('a single event: created and duplicate acknowledge its position', () => {
    expect(
      readAnswer('structured', answer(201, { status: 'created', position: '0012' }), 1),
    ).toEqual([{ told: 'created', position: 12 }]);
    expect(
      words(readAnswer('binary', answer(200, { status: 'duplicate', position: '3' }), 1)),
    ).toEqual(['duplicate']);
  });

  it('a batch: by index, and what is missing is unknown', () => {
    const results = [
      { index: 2, status: 'conflict' },
      { index: 0, status: 'created', position: '1' },
      { index: 1, status: 'rejected' },
    ];
    expect(words(readAnswer('batch', answer(200, { results }), 4))).toEqual([
      'created',
      'refused',
      'conflict',
      'unknown',
    ]);
  });

  it('a stream that was cut: the line without its end and all after it are unknown', () => {
    const body =
      '{"status":"created","position":"1"}\n{"status":"duplicate","position":"2"}\n{"status":"cre';
    expect(words(readAnswer('ndjson', answer(200, body), 4))).toEqual([
      'created',
      'duplicate',
      'unknown',
      'unknown',
    ]);
  });

  it('a refusal is certain only when it promises that nothing was stored', () => {
    const told = (status: number, code: string): string[] =>
      words(readAnswer('batch', answer(status, { code }), 1));
    expect([
      told(400, 'EVENT_INVALID'),
      told(503, 'OVERLOADED'),
      told(507, 'STORAGE_FULL'),
    ]).toEqual([['refused'], ['refused'], ['refused']]);
    expect([
      told(503, 'OUTCOME_UNKNOWN'),
      told(500, 'INTERNAL'),
      told(409, 'EVENT_CONFLICT'),
    ]).toEqual([['unknown'], ['unknown'], ['conflict']]);
    expect(words(readAnswer('batch', answer(502, '<html>'), 2))).toEqual(['unknown', 'unknown']);
  });
});

describe('the four ways to send', () => {
  const event = {
    id: '1',
    source: '/s',
    type: 't',
    datacontenttype: 'application/json',
    data: { a: 1 },
  };

  it('binary mode puts attributes into headers and data into the body', () => {
    expect(encode('binary', [event])).toEqual({
      headers: {
        'content-type': 'application/json',
        'ce-id': '1',
        'ce-source': '/s',
        'ce-type': 't',
      },
      body: '{"a":1}',
    });
  });

  it('a stream has one event a line', () => {
    expect(encode('ndjson', [event, event]).body.split('\n')).toHaveLength(3);
  });
});
