import { describe, expect, it } from 'vitest';
import { DataKind, type StoredEvent } from '../core/event.ts';
import { bodyOf, messageIdOf, PAYLOAD_BYTES_MAX } from './message.ts';

const event: StoredEvent = {
  tenant: 'acme',
  bucket: 3,
  position: 42n,
  recordedAtMicros: 1_795_253_400_000_000n,
  id: 'e1',
  source: '/till',
  type: 'com.example.sold',
  subject: null,
  time: null,
  dataContentType: 'application/json',
  dataSchema: null,
  extensionsJson: null,
  dataKind: DataKind.json,
  data: Buffer.from('{"amount":12345678901234567890}'),
  decided: false,
  stream: null,
  streamVersion: 0n,
};

describe('messageIdOf', () => {
  it('is the same for the same event and endpoint, and another for any other', () => {
    const id = messageIdOf('w1', event);
    // Stored deliveries and receivers depend on it.
    expect(id).toBe('msg_de29d2b0e18f0f71752b2bc068abe111');
    expect(messageIdOf('w1', { ...event })).toBe(id);
    const others: readonly (readonly [string, Partial<StoredEvent>])[] = [
      ['w2', {}],
      ['w1', { position: 43n }],
      ['w1', { bucket: 4 }],
      ['w1', { tenant: 'other' }],
      ['w1', { id: 'e2' }],
      ['w1', { source: '/other' }],
    ];
    const ids = others.map(([endpoint, change]) => messageIdOf(endpoint, { ...event, ...change }));
    expect(new Set([id, ...ids]).size).toBe(7);
  });
});

describe('bodyOf', () => {
  it('keeps data as it was sent, to the last digit', () => {
    const text = Buffer.from(bodyOf(event)).toString();
    expect(text).toContain('"data":{"amount":12345678901234567890}}');
    expect(JSON.parse(text)).not.toHaveProperty('tenant');
  });

  it('is whole up to the limit, a notice above', () => {
    const head = bodyOf({ ...event, data: Buffer.from('""') }).length - 2;
    const whole = (bytes: number) =>
      Buffer.from(bodyOf({ ...event, data: Buffer.from(`"${'x'.repeat(bytes - 2)}"`) })).toString();
    expect(JSON.parse(whole(PAYLOAD_BYTES_MAX - head))).toHaveProperty('data');
    const notice: unknown = JSON.parse(whole(PAYLOAD_BYTES_MAX - head + 1));
    expect(notice).not.toHaveProperty('data');
    expect(notice).toMatchObject({ id: 'e1', dataref: '/v1/events?id=e1&source=%2Ftill' });
  });

  it('never sends sealed data', () => {
    expect(() => bodyOf({ ...event, dataKind: DataKind.sealed })).toThrow('not revealed');
  });
});
