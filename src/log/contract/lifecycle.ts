import { expect, test } from 'vitest';
import {
  answerOf,
  decided,
  freshTenant,
  positionOf,
  readTenant,
  received,
  statusesOf,
  unitOn,
  versionsOf,
  type LogUnderTest,
} from './fixtures.ts';

/** Restart and close: L1 as far as the port shows it. */
export function lifecycleContract(open: () => Promise<LogUnderTest>): void {
  test('events, keys, streams and the incarnation survive a restart', async ({ skip }) => {
    const subject = await open();
    try {
      const { log, restart } = subject;
      if (restart === undefined) return skip('this log cannot be restarted');
      const tenant = freshTenant();
      const [created] = await log.appendReceived(tenant, [received('a')]);
      const streams = [{ stream: 's/1', expectedVersion: 0n, events: [decided('x')] }];
      await log.appendDecided({ tenant, streams });
      const again = await restart();
      expect(again.incarnation).toBe(log.incarnation);
      expect((await readTenant(again, tenant)).map(({ stream }) => stream)).toEqual([null, 's/1']);
      expect(await again.appendReceived(tenant, [received('a')])).toEqual([
        { status: 'duplicate', position: positionOf(created) },
      ]);
      expect(await again.appendDecided({ tenant, streams })).toMatchObject({ actual: 1n });
      const next = [{ stream: 's/1', expectedVersion: 1n, events: [decided('y')] }];
      expect(versionsOf(await again.appendDecided({ tenant, streams: next }))).toEqual([2n]);
      const [later] = await again.appendReceived(tenant, [received('b')]);
      expect(positionOf(later) - positionOf(created)).toBe(3n);
    } finally {
      await subject.close();
    }
    return undefined;
  });

  test('answers and command ids survive a restart', async ({ skip }) => {
    const subject = await open();
    try {
      const { log, restart } = subject;
      if (restart === undefined) return skip('this log cannot be restarted');
      const tenant = freshTenant();
      const unit = unitOn(tenant, 's/1', { commandId: 'c', answer: answerOf('k') });
      await log.appendDecided(unit);
      await log.recordAnswer(tenant, answerOf('refused'));
      const again = await restart();
      expect(await again.appendDecided(unit)).toMatchObject({ status: 'answered' });
      const { answer: _, ...bare } = unit;
      expect(await again.appendDecided(bare)).toMatchObject({ status: 'known', version: 1n });
      expect((await again.recordAnswer(tenant, answerOf('refused'))).recorded).toBe(false);
      expect(await readTenant(again, tenant)).toHaveLength(1);
    } finally {
      await subject.close();
    }
    return undefined;
  });

  test('two logs opened apart have different incarnations', async () => {
    const [one, two] = [await open(), await open()];
    try {
      expect(one.log.incarnation).not.toBe(two.log.incarnation);
    } finally {
      await one.close();
      await two.close();
    }
  });

  test('closing waits for the appends under way and refuses later ones', async () => {
    const subject = await open();
    try {
      const { log } = subject;
      const tenant = freshTenant();
      const appends = Array.from({ length: 20 }, (_, i) =>
        log.appendReceived(tenant, [received(`a-${i}`)]),
      );
      const closed = log.close();
      expect((await Promise.all(appends)).flatMap(statusesOf)).toEqual(
        appends.map(() => 'created'),
      );
      await closed;
      const late = (async () => log.appendReceived(tenant, [received('late')]))();
      await expect(late).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      const streams = [{ stream: 's/1', expectedVersion: 0n, events: [decided('x')] }];
      const lateDecided = (async () => log.appendDecided({ tenant, streams }))();
      await expect(lateDecided).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await log.close();
    } finally {
      await subject.close();
    }
  });

  test('closing one instance leaves the other at work', async ({ skip }) => {
    const subject = await open();
    try {
      if (subject.another === undefined) return skip('this log has one instance only');
      const tenant = freshTenant();
      const other = await subject.another();
      await other.appendReceived(tenant, [received('a')]);
      await other.close();
      expect(statusesOf(await subject.log.appendReceived(tenant, [received('b')]))).toEqual([
        'created',
      ]);
      expect(await readTenant(subject.log, tenant)).toHaveLength(2);
    } finally {
      await subject.close();
    }
    return undefined;
  });
}
