import { describe, expect, it } from 'vitest';
import { AnswerFrame } from './answer-frame.ts';

const answer = (body: string, more = ''): Buffer =>
  Buffer.from(
    `HTTP/1.1 200 OK\r\n${more}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );

describe('the end of an answer', () => {
  it('is found wherever the answer is cut', () => {
    const bytes = answer('{"a":"ü"}');
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const frame = new AnswerFrame();
      expect(frame.take(bytes.subarray(0, cut))).toBe('more');
      expect(frame.take(bytes.subarray(cut))).toBe('whole');
    }
  });

  it('is found in one answer after another', () => {
    const frame = new AnswerFrame();
    for (const body of ['', 'a', 'longer', ''])
      expect([body, frame.take(answer(body))]).toEqual([body, 'whole']);
  });

  it('is not looked for without a length', () => {
    const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
    expect(new AnswerFrame().take(Buffer.from(chunked))).toBe('unframed');
  });

  it('says whether it is that of the connection', () => {
    const frame = new AnswerFrame();
    frame.take(answer('a', 'Connection: keep-alive\r\n'));
    expect(frame.closes).toBe(false);
    frame.take(answer('a', 'Connection: close\r\n'));
    expect(frame.closes).toBe(true);
  });
});
