import { trace } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';
import { createBatchTracer, noTracing } from './tracing.ts';

afterEach(() => trace.disable());

test('tracing that is off hands out one shared span that does nothing', async () => {
  const tracer = await createBatchTracer(false);
  expect(tracer).toBe(noTracing);
  const span = tracer.start('ingest', { events: 1, bytes: 2 });
  expect(span).toBe(tracer.start('ingest', { events: 3, bytes: 4 }));
  span.end({ created: 1, duplicates: 0, rejected: 0 });
  expect(span.traceId).toBeUndefined();
});

test('tracing that is on gives one span a batch to the SDK that is loaded', async () => {
  const ended: string[] = [];
  const attributes: Record<string, unknown> = {};
  const span = {
    spanContext: () => ({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 }),
    setAttributes: (more: object) => Object.assign(attributes, more),
    setStatus: (status: { message?: string }) => ended.push(`status ${status.message ?? ''}`),
    end: () => ended.push('end'),
  };
  const startSpan = (name: string, options: { attributes: object }) => {
    Object.assign(attributes, options.attributes, { name });
    return span;
  };
  trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan }) } as never);
  const tracer = await createBatchTracer(true);
  const started = tracer.start('ingest', { events: 100, bytes: 30_000 });
  started.end({ created: 98, duplicates: 1, rejected: 1, code: 'UNAVAILABLE' });
  expect(started.traceId).toBe('a'.repeat(32));
  expect(attributes).toMatchObject({
    name: 'ingest',
    'comptoir.events': 100,
    'comptoir.created': 98,
  });
  expect(ended).toEqual(['status UNAVAILABLE', 'end']);
});
