import { expect, test } from 'vitest';
import { noMetrics } from '../core/metrics.ts';
import { createAdmission } from './admission.ts';

test('nothing is admitted beyond the requests under way, and a released one makes room once', () => {
  const admission = createAdmission(noMetrics, { requestsMax: 1 });
  const ticket = admission.admit(10);
  expect(admission.admit(10)).toBeNull();
  ticket?.release();
  ticket?.release();
  expect(admission.admit(10)).not.toBeNull();
  expect(admission.admit(10)).toBeNull();
});

test('bytes that were not announced are refused in the middle', () => {
  const admission = createAdmission(noMetrics, { bytesMax: 100 });
  const ticket = admission.admit(60);
  expect(() => ticket?.grow(41)).toThrow('more events waiting');
  ticket?.grow(40);
  expect(admission.admit(1)).toBeNull();
  ticket?.release();
  expect(admission.admit(100)).not.toBeNull();
});

test('bodies that wait to be parsed count as their events will, and no longer', () => {
  const admission = createAdmission(noMetrics);
  const tickets = [1, 2].map(() => admission.admit(4_000_000));
  for (const ticket of tickets) ticket?.waits();
  expect(admission.admit(1)).toBeNull();
  tickets[0]?.parsed();
  tickets[1]?.release();
  expect(admission.admit(1)).not.toBeNull();
  // Once it counts no more, it is not taken off again.
  tickets[0]?.release();
  const [third, fourth] = [admission.admit(3_000_000), admission.admit(3_000_000)];
  third?.waits();
  expect(admission.admit(1)).not.toBeNull();
  fourth?.waits();
  expect(admission.admit(1)).toBeNull();
});

test('a hundred batches of orders that arrive together and wait to be parsed are taken', () => {
  const admission = createAdmission(noMetrics);
  for (let batch = 0; batch < 100; batch++) {
    const ticket = admission.admit(54_400);
    expect(ticket).not.toBeNull();
    ticket?.waits();
  }
});

test('events that wait in the log and bodies that wait before it count together', () => {
  let queued = 0;
  const admission = createAdmission(noMetrics, { queuedEvents: () => queued });
  admission.admit(3_000_000)?.waits();
  queued = 3_000;
  expect(admission.admit(1)).not.toBeNull();
  queued = 5_000;
  expect(admission.admit(1)).toBeNull();
});
