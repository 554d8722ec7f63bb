import { expect, test, type TestContext } from 'vitest';
import type { EventLog } from '../log.ts';
import {
  answerOf,
  decided,
  freshTenant,
  neighbours,
  readTenant,
  unitOn,
  versionsOf,
  type Subject,
} from './fixtures.ts';

/** Command ids, which stay with the first stream of their unit: L6, L11. */
export function commandIdsContract(subject: Subject): void {
  async function twoLogs({ skip }: TestContext): Promise<readonly [EventLog, EventLog]> {
    const { log, another } = subject();
    if (another === undefined) return skip('this log has one instance only');
    return [log, await another()];
  }

  test('a command id is known by the last event that its command has in the first stream', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const stream = (name: string, count: number) => ({
      stream: name,
      expectedVersion: 0n,
      events: Array.from({ length: count }, () => decided('done')),
    });
    const streams = [stream('s/1', 2), stream('s/2', 3)];
    await log.appendDecided({ tenant, streams, commandId: 'c-1' });
    const events = await readTenant(log, tenant);
    const place = { version: 2n, position: events[1]!.position };
    expect(await log.findCommand(tenant, 's/1', 'c-1')).toEqual(place);
    expect(await log.findCommand(tenant, 's/2', 'c-1')).toBeNull();
    expect(await log.findCommand(tenant, 's/1', 'c-2')).toBeNull();
    await log.appendDecided(unitOn(tenant, 's/1', { expectedVersion: 2n, commandId: 'c-2' }));
    for (const expectedVersion of [0n, 2n, 3n]) {
      const again = unitOn(tenant, 's/1', { expectedVersion, commandId: 'c-1' });
      expect(await log.appendDecided(again)).toEqual({ status: 'known', ...place });
    }
    expect(await readTenant(log, tenant)).toHaveLength(6);
  });

  test('the same id in another stream or of another tenant is another command', async () => {
    const { log } = subject();
    const [one, two] = neighbours(log, 2);
    for (const [tenant, stream] of [
      [one!, 's/1'],
      [one!, 's/2'],
      [two!, 's/1'],
    ] as const) {
      expect(await log.findCommand(tenant, stream, 'c')).toBeNull();
      const outcome = await log.appendDecided(unitOn(tenant, stream, { commandId: 'c' }));
      expect(versionsOf(outcome)).toEqual([1n]);
    }
    expect(await readTenant(log, one!)).toHaveLength(2);
    expect(await readTenant(log, two!)).toHaveLength(1);
  });

  test('a refused unit leaves its command id free, and so does one whose answer is recorded', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const append = (expectedVersion: bigint, commandId: string) =>
      log.appendDecided(
        unitOn(tenant, 's/1', { expectedVersion, commandId, answer: answerOf('k') }),
      );
    expect(await append(3n, 'c-1')).toMatchObject({ status: 'version-conflict', actual: 0n });
    expect(await log.findCommand(tenant, 's/1', 'c-1')).toBeNull();
    expect(versionsOf(await append(0n, 'c-1'))).toEqual([1n]);
    expect(await append(1n, 'c-2')).toMatchObject({ status: 'answered' });
    expect(await log.findCommand(tenant, 's/1', 'c-2')).toBeNull();
    const known = unitOn(tenant, 's/1', { commandId: 'c-1', answer: answerOf('other') });
    expect(await log.appendDecided(known)).toMatchObject({ status: 'known', version: 1n });
    expect(await log.findAnswer(tenant, answerOf('other').key)).toBeNull();
  });

  test('a command without events is known too', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    await log.appendDecided(unitOn(tenant, 's/1'));
    const { position } = await log.head(log.bucketOf(tenant));
    const nothing = { expectedVersion: 1n, events: [], commandId: 'c' };
    expect(versionsOf(await log.appendDecided(unitOn(tenant, 's/1', nothing)))).toEqual([1n]);
    const later = unitOn(tenant, 's/1', { expectedVersion: 1n, commandId: 'c' });
    expect(await log.appendDecided(later)).toEqual({ status: 'known', version: 1n, position });
    expect(await readTenant(log, tenant)).toHaveLength(1);
  });

  test('of units with one command id that wait together one is appended', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        log.appendDecided(unitOn(tenant, 's/1', { expectedVersion: BigInt(i), commandId: 'c' })),
      ),
    );
    const [event] = await readTenant(log, tenant);
    const known = { status: 'known', version: 1n, position: event!.position };
    expect(versionsOf(outcomes[0]!)).toEqual([1n]);
    expect(outcomes.slice(1)).toEqual(outcomes.slice(1).map(() => known));
    expect(await readTenant(log, tenant)).toHaveLength(1);
  });

  test('of instances that handle one command at once one appends it', async (context) => {
    const logs = await twoLogs(context);
    const tenant = freshTenant();
    for (let version = 0n; version < 6n; version += 1n) {
      const commandId = `c-${version}`;
      const outcomes = await Promise.all(
        Array.from({ length: 6 }, (_, i) =>
          logs[i % 2]!.appendDecided(
            unitOn(tenant, 's/1', { expectedVersion: version, commandId }),
          ),
        ),
      );
      expect(outcomes.filter(({ status }) => status === 'appended')).toHaveLength(1);
      expect(outcomes.filter(({ status }) => status === 'known')).toHaveLength(5);
    }
    expect(await readTenant(logs[0], tenant)).toHaveLength(6);
  });

  test('an id that is empty, too long or not text is refused', async () => {
    const { log } = subject();
    const tenant = freshTenant();
    for (const commandId of ['', 'x'.repeat(201), 'a\0b', '\ud800'])
      await expect(
        (async () => log.appendDecided(unitOn(tenant, 's/1', { commandId })))(),
      ).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect(await readTenant(log, tenant)).toEqual([]);
    const commandId = 'é'.repeat(200);
    expect(versionsOf(await log.appendDecided(unitOn(tenant, 's/1', { commandId })))).toEqual([1n]);
  });
}
