import { describe, expect, it } from 'vitest';
import type { AccessRules, Approval, Principal, Scope } from '../access/principal.ts';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { causationOf } from '../core/record-event.ts';
import { commandDigest } from './command-digest.ts';
import type { PipelineDependencies } from './create-pipeline.ts';
import { done, openPipeline, TENANT } from './fixture.ts';
import type { Pipeline } from './pipeline.ts';
import { shopModule, type SaleState } from './shop.fixture.ts';

const FREE: AccessRules = { locations: null, ownShiftOnly: false, amounts: {} };

function user(
  name: string,
  scopes: readonly Scope[],
  more: Partial<Pick<Principal, 'rules' | 'approval'>> = {},
): Principal {
  return {
    keyId: `user:${name}`,
    tenant: TENANT,
    scopes: new Set(scopes),
    user: { userId: name, sessionId: 's', deviceId: null, roles: [] },
    ...more,
  };
}

const key = (...scopes: readonly Scope[]): Principal => ({
  keyId: 'key-1',
  tenant: TENANT,
  scopes: new Set(scopes),
});

/** Approvals that may each be used once. */
function approvals(...ids: readonly string[]) {
  const open = new Set(ids);
  return { useApproval: async (id: string) => open.delete(id) };
}

function shop(over: Partial<PipelineDependencies> = {}) {
  const log = createMemoryLog();
  return { log, pipeline: openPipeline({ log, reader: log, modules: [shopModule], ...over }) };
}

async function saleAt(pipeline: Pipeline, locationId?: string, by = key('shop:write')) {
  const input = {
    product: 'air',
    expected: 0,
    ...(locationId === undefined ? {} : { locationId }),
  };
  const request = { principal: by, category: 'shop.sales', command: 'Sell', id: null, input };
  return done(await pipeline.handle(request)).id;
}

const refundOf = (principal: Principal, id: string, amount: number) => ({
  principal,
  category: 'shop.sales',
  command: 'Refund',
  id,
  input: { amount },
});

function approvalOf(id: string, amount: number, more: Partial<Approval> = {}): Approval {
  const digest = commandDigest({
    tenant: TENANT,
    category: 'shop.sales',
    command: 'Refund',
    id,
    input: { amount },
  });
  const scopes = new Set<Scope>(['shop:refund']);
  return { approvalId: 'a-1', approver: 'user:mia', digest, scopes, rules: FREE, ...more };
}

describe('the permission of a command', () => {
  it('or the write of its module opens it, and nothing else', async () => {
    const { pipeline } = shop();
    const id = await saleAt(pipeline);
    for (const scope of ['shop:refund', 'shop:write'] as const)
      expect(await pipeline.handle(refundOf(key(scope), id, 1))).toMatchObject({ status: 'done' });
    for (const scope of ['shop:prices', 'shop:read', 'orders:refund'] as const)
      await expect(pipeline.handle(refundOf(key(scope), id, 1))).rejects.toMatchObject({
        code: 'FORBIDDEN',
        extra: { scope: 'shop:refund' },
      });
  });

  it('a signed-in user without it is asked for an approval where there can be one', async () => {
    const { pipeline } = shop();
    const id = await saleAt(pipeline);
    const bo = user('bo', []);
    await expect(pipeline.handle(refundOf(bo, id, 1))).rejects.toMatchObject({
      code: 'APPROVAL_REQUIRED',
      extra: { permission: 'shop:refund', digest: approvalOf(id, 1).digest },
    });
    const close = { principal: bo, category: 'shop.sales', command: 'CloseSale', id, input: {} };
    await expect(pipeline.handle(close)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const wrong = { ...refundOf(bo, id, 1), input: { amount: -1 } };
    await expect(pipeline.handle(wrong)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});

describe('an approval', () => {
  it('lets exactly its command pass, once, and both names are in the event', async () => {
    const { log, pipeline } = shop(approvals('a-1'));
    const id = await saleAt(pipeline);
    const bo = user('bo', [], { approval: approvalOf(id, 5) });
    expect(await pipeline.handle(refundOf(bo, id, 5))).toMatchObject({ status: 'done' });
    const events = await log.readStream(TENANT, `shop.sales/${id}`, { fromVersion: 2n, limit: 9 });
    expect(events.map(causationOf)).toMatchObject([{ actor: 'user:bo', approver: 'user:mia' }]);
    expect(JSON.parse(Buffer.from(events[0]!.data).toString())).toMatchObject({
      approver: 'user:mia',
    });
    await expect(pipeline.handle(refundOf(bo, id, 5))).rejects.toMatchObject({
      code: 'APPROVAL_REQUIRED',
    });
  });

  it('for another amount, stream or tenant, or by somebody who may not, is none', async () => {
    const { pipeline } = shop(approvals('a-1'));
    const id = await saleAt(pipeline);
    const other = await saleAt(pipeline);
    const right = approvalOf(id, 5);
    const wrong: readonly Approval[] = [
      approvalOf(id, 6),
      approvalOf(other, 5),
      { ...right, digest: right.digest.toUpperCase() },
      { ...right, scopes: new Set(['shop:read', 'orders:write']) },
      { ...right, rules: { ...FREE, amounts: { 'shop:refund': 4 } } },
    ];
    for (const approval of wrong)
      await expect(
        pipeline.handle(refundOf(user('bo', [], { approval }), id, 5)),
      ).rejects.toMatchObject({ code: 'APPROVAL_REQUIRED' });
    const state = (await pipeline.load(TENANT, 'shop.sales', id)).state as SaleState;
    expect(state.refunded).toBe(0);
    const bo = user('bo', [], { approval: right });
    expect(await pipeline.handle(refundOf(bo, id, 5))).toMatchObject({ status: 'done' });
  });

  it('that is nowhere kept opens nothing', async () => {
    const { pipeline } = shop();
    const id = await saleAt(pipeline);
    const bo = user('bo', [], { approval: approvalOf(id, 5) });
    await expect(pipeline.handle(refundOf(bo, id, 5))).rejects.toMatchObject({
      code: 'APPROVAL_REQUIRED',
    });
  });

  it('that two use at once serves one; what was decided behind the other is decided again', async () => {
    const { pipeline } = shop(approvals('a-1'));
    const id = await saleAt(pipeline);
    const bo = user('bo', [], { approval: approvalOf(id, 5) });
    const answers = await Promise.allSettled([
      pipeline.handle(refundOf(bo, id, 5)),
      pipeline.handle(refundOf(bo, id, 5)),
      pipeline.handle(refundOf(key('shop:refund'), id, 100)),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const { state, version } = await pipeline.load(TENANT, 'shop.sales', id);
    expect([(state as SaleState).refunded, version]).toEqual([105, 3n]);
  });

  it('a repeat under the same key gets the first answer although the approval is used up', async () => {
    const { pipeline } = shop(approvals('a-1'));
    const id = await saleAt(pipeline);
    const bo = user('bo', [], { approval: approvalOf(id, 5) });
    const idempotencyKey = 'k';
    const first = await pipeline.handle({ ...refundOf(bo, id, 5), idempotencyKey });
    const again = { ...refundOf(user('bo', []), id, 5), idempotencyKey };
    const repeat = await pipeline.handle(again);
    const { approver, ...kept } = done(first);
    expect(approver).toBe('user:mia');
    expect(repeat).toEqual({ ...kept, replayed: true });
  });

  it('that another process used for the same request a moment ago gives the answer of that one', async () => {
    const log = createMemoryLog();
    const { pipeline: other } = shop({ log, reader: log, ...approvals('a-1') });
    const id = await saleAt(other);
    const bo = user('bo', [], { approval: approvalOf(id, 5) });
    const request = { ...refundOf(bo, id, 5), idempotencyKey: 'k' };
    const { pipeline } = shop({
      log,
      reader: log,
      useApproval: async () => {
        await other.handle(request);
        return false;
      },
    });
    expect(await pipeline.handle(request)).toMatchObject({ status: 'done', replayed: true });
    const further = { ...request, idempotencyKey: 'k2' };
    await expect(pipeline.handle(further)).rejects.toMatchObject({ code: 'APPROVAL_REQUIRED' });
  });
});

describe('rules of a role', () => {
  const staff = (rules: Partial<AccessRules>, approval?: Approval) =>
    user('bo', ['shop:refund', 'shop:write'], {
      rules: { ...FREE, ...rules },
      ...(approval === undefined ? {} : { approval }),
    });

  it('a foreign location is forbidden, whoever approves; what has none is not', async () => {
    const { pipeline } = shop(approvals('a-1'));
    const rules = { locations: ['north'] };
    const north = await saleAt(pipeline, 'north', staff(rules));
    const south = await saleAt(pipeline, 'south');
    const nowhere = await saleAt(pipeline);
    for (const id of [north, nowhere])
      expect(await pipeline.handle(refundOf(staff(rules), id, 5))).toMatchObject({ version: 2n });
    for (const approval of [undefined, approvalOf(south, 5)])
      await expect(
        pipeline.handle(refundOf(staff(rules, approval), south, 5)),
      ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(saleAt(pipeline, 'south', staff(rules))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('an amount above the limit needs an approval, and passes with one', async () => {
    const { log, pipeline } = shop(approvals('a-1'));
    const id = await saleAt(pipeline);
    const rules = { amounts: { 'shop:refund': 10 } };
    expect(await pipeline.handle(refundOf(staff(rules), id, 10))).toMatchObject({ status: 'done' });
    await expect(pipeline.handle(refundOf(staff(rules), id, 11))).rejects.toMatchObject({
      code: 'APPROVAL_REQUIRED',
    });
    const approved = staff(rules, approvalOf(id, 11));
    expect(await pipeline.handle(refundOf(approved, id, 11))).toMatchObject({ status: 'done' });
    const events = await log.readStream(TENANT, `shop.sales/${id}`, { fromVersion: 2n, limit: 9 });
    expect(events.map((event) => causationOf(event).approver)).toEqual([null, 'user:mia']);
  });

  it("somebody else's shift needs an approval", async () => {
    const { pipeline } = shop();
    const own = await saleAt(pipeline, undefined, staff({}));
    const foreign = await saleAt(pipeline, undefined, user('mia', ['shop:write']));
    const bo = staff({ ownShiftOnly: true });
    expect(await pipeline.handle(refundOf(bo, own, 1))).toMatchObject({ status: 'done' });
    await expect(pipeline.handle(refundOf(bo, foreign, 1))).rejects.toMatchObject({
      code: 'APPROVAL_REQUIRED',
    });
  });
});

describe('the digest', () => {
  it('is the same for equal inputs in any order of members, and another for anything else', () => {
    const asked = {
      tenant: 't',
      category: 'c',
      command: 'X',
      id: '1' as string | null,
      input: { a: 1, b: 2 } as object,
    };
    const digest = commandDigest(asked);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(commandDigest({ ...asked, input: { b: 2, a: 1 } })).toBe(digest);
    for (const other of [{ tenant: 'u' }, { id: null }, { command: 'Y' }, { input: { a: 1 } }])
      expect(commandDigest({ ...asked, ...other })).not.toBe(digest);
  });
});
