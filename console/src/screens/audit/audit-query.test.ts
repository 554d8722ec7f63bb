import { describe, expect, it } from 'vitest';
import { queryOf } from './audit-query.ts';

describe('what the audit is asked', () => {
  it('each report is asked only what it takes', () => {
    const search = {
      class: 'security',
      actor: ' user:1 ',
      action: 'key.*',
      from: '2026-11-20T10:00:00Z',
      tab: 'x',
    };
    expect(queryOf('entries', search)).toEqual({
      class: 'security',
      actor: 'user:1',
      action: 'key.*',
      from: '2026-11-20T10:00:00.000Z',
    });
    expect(queryOf('access', search)).toEqual({
      actor: 'user:1',
      from: '2026-11-20T10:00:00.000Z',
    });
    expect(queryOf('sign-ins', search)).toEqual({ from: '2026-11-20T10:00:00.000Z' });
  });

  it('what is no class and no time is left out', () => {
    expect(queryOf('entries', { class: 'secret', from: 'soon', to: '' })).toEqual({});
  });
});
