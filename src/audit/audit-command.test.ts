import { describe, expect, it } from 'vitest';
import type { AuditEntry, AuditTrail } from '../core/audit.ts';
import { auditCommand, type CommandCaller, type DoneCommand } from './audit-command.ts';

const CALLER: CommandCaller = {
  tenant: 'cafe',
  actor: 'user:1',
  address: '192.0.2.1',
  route: 'POST /v1/orders/{id}/refund',
};
const plain = { name: 'AddLine', permission: 'write', approvable: false, everyday: false };

function notedOf(done: Partial<DoneCommand>): AuditEntry[] {
  const noted: AuditEntry[] = [];
  const audit: AuditTrail = { note: (entry) => void noted.push(entry), record: async () => {} };
  const command = { type: plain, stream: 'orders/o1', version: 3, ...done };
  auditCommand(audit, CALLER, command);
  return noted;
}

describe('a command leaves an entry', () => {
  it('when it wants more than the common permission', () => {
    const type = { ...plain, name: 'RefundOrder', permission: 'refund', approvable: true };
    expect(notedOf({ type, input: { amount: 5 }, approver: 'user:2' })).toMatchObject([
      {
        class: 'audit',
        action: 'command.done',
        actor: 'user:1',
        approver: 'user:2',
        address: '192.0.2.1',
        subject: 'orders/o1',
        after: { command: 'RefundOrder', version: 3, input: { amount: 5 } },
      },
    ]);
  });

  it('about the person whose stream it is', () => {
    const type = { ...plain, permission: 'merge' };
    expect(notedOf({ type, person: 'p1' })).toMatchObject([{ subjects: ['p1'] }]);
  });

  it('when it was approved, whatever it is', () => {
    expect(notedOf({ approver: 'user:2' })).toHaveLength(1);
  });

  it('and otherwise none: its events say it all', () => {
    expect(notedOf({})).toEqual([]);
  });

  it('nor when it is everyday work, unless it was approved', () => {
    const type = { ...plain, name: 'PlaceOrder', permission: 'place', everyday: true };
    expect(notedOf({ type })).toEqual([]);
    expect(notedOf({ type, approver: 'user:2' })).toHaveLength(1);
  });
});
