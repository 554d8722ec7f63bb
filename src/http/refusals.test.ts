import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuditEntry } from '../core/audit.ts';
import { createRefusals, type Refusals } from './refusals.ts';

const MINUTE_MS = 60_000;
const KNOWN: AuditEntry = {
  tenant: 'cafe',
  class: 'security',
  action: 'request.refused',
  actor: 'k1',
  address: '192.0.2.1',
  route: 'GET /v1/keys',
  code: 'FORBIDDEN',
};

let noted: AuditEntry[];
let refusals: Refusals;

beforeEach(() => {
  vi.useFakeTimers();
  noted = [];
  refusals = createRefusals({ note: (entry) => void noted.push(entry), record: async () => {} });
});
afterEach(() => {
  refusals.close();
  vi.useRealTimers();
});

describe('refusals', () => {
  it('of nobody are one entry for each address and minute', () => {
    for (let count = 0; count < 500; count += 1) refusals.unidentified('192.0.2.1');
    refusals.unidentified('192.0.2.2');
    expect(noted).toEqual([]);
    vi.advanceTimersByTime(MINUTE_MS);
    expect(noted.map(({ tenant, address, count }) => [tenant, address, count])).toEqual([
      ['default', '192.0.2.1', 500],
      ['default', '192.0.2.2', 1],
    ]);
    vi.advanceTimersByTime(5 * MINUTE_MS);
    expect(noted).toHaveLength(2);
    refusals.unidentified('192.0.2.1');
    vi.advanceTimersByTime(MINUTE_MS);
    expect(noted).toHaveLength(3);
  });

  it('of somebody are told at once, and what follows within the minute as one count', () => {
    for (let count = 0; count < 300; count += 1) refusals.identified(KNOWN);
    refusals.identified({ ...KNOWN, actor: 'k2' });
    expect(noted).toEqual([KNOWN, { ...KNOWN, actor: 'k2' }]);
    vi.advanceTimersByTime(MINUTE_MS);
    expect(noted.slice(2)).toEqual([{ ...KNOWN, count: 299 }]);
  });

  it('beyond ten thousand addresses are counted together', () => {
    for (let count = 0; count < 10_003; count += 1) refusals.unidentified(`address-${count}`);
    vi.advanceTimersByTime(MINUTE_MS);
    expect(noted).toHaveLength(10_001);
    expect(noted.at(-1)).toMatchObject({ address: null, count: 3 });
  });

  it('are written when the server closes', () => {
    refusals.unidentified('192.0.2.1');
    refusals.close();
    expect(noted).toHaveLength(1);
  });
});
