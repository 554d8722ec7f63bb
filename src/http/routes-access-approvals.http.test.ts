/** Devices, PINs and step-up, with a module whose one command has to be approved. */
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineAggregate } from '../core/aggregate.ts';
import type { AuditEntry } from '../core/audit.ts';
import { defineCommand, type CommandFor } from '../core/command-type.ts';
import { accepted } from '../core/decision.ts';
import { defineEvent, type EventOf } from '../core/event-type.ts';
import { defineModule } from '../core/module.ts';
import { defineReadModel } from '../core/read-model.ts';
import type { Recorded } from '../core/recorded-event.ts';
import { BUILT_IN_ROLES } from '../access/roles/built-in-roles.ts';
import { commandDigest } from '../pipeline/command-digest.ts';
import { httpFixture, type HttpFixture } from './fixture.ts';
import { browser, owner, PASSWORD, person, type Browser } from './people.fixture.ts';

const input = Type.Object({ amount: Type.Integer() }, { additionalProperties: false });
const drawn = defineEvent({
  name: 'TillDrawn',
  wireName: 'comptoir.vault.till-drawn',
  data: Type.Object({ amount: Type.Integer(), approver: Type.Union([Type.String(), Type.Null()]) }),
});
const draw = defineCommand({
  name: 'DrawTill',
  summary: 'Takes money out',
  input,
  examples: [{ amount: 1 }],
  permission: 'draw',
  approvable: true,
});
const list = defineReadModel<Recorded<EventOf<typeof drawn>>, { readonly amount: number }>({
  name: 'vault.draws',
  version: 1,
  columns: { amount: 'integer' },
  on: [drawn],
  keys: (recorded) => [recorded.id],
  project: (_row, recorded) => ({ amount: recorded.data.amount }),
  personal: 'none',
  list: { filters: {}, order: [{ column: 'amount' }] },
});
const vault = defineModule({
  name: 'vault',
  title: 'Vault',
  summary: 'Money that is taken out',
  aggregates: [
    {
      aggregate: defineAggregate<object, CommandFor<typeof draw>, EventOf<typeof drawn>>({
        category: 'vault',
        stateVersion: 1,
        events: [drawn],
        commands: [draw],
        refusals: {},
        initialState: {},
        decide: (_state, command) =>
          accepted([
            {
              type: 'TillDrawn',
              data: { amount: command.input.amount, approver: command.approver },
            },
          ]),
        evolve: (state) => state,
      }),
      singular: 'draw',
      list,
    },
  ],
});

let http: HttpFixture;
let boss: Browser;
let staff: Browser & { readonly id: string };
let manager: Browser & { readonly id: string };
let deviceKey: string;
const entries: AuditEntry[] = [];
const tenant = 'house';

beforeAll(async () => {
  const note = (entry: AuditEntry) => void entries.push(entry);
  http = await httpFixture({
    businessModules: [vault],
    audit: { note, record: async (entry) => note(entry) },
  });
  boss = await owner(http, tenant);
  const role = { name: 'Lead', permissions: ['vault:draw', 'vault:read', 'events:read'] };
  await boss.json('/v1/access/roles/lead', { method: 'PUT', body: role });
  staff = await person(http, boss, {
    tenant,
    email: 'staff@house.example',
    roles: [{ role: 'staff' }],
  });
  manager = await person(http, boss, {
    tenant,
    email: 'lead@house.example',
    roles: [{ role: 'lead' }],
  });
  for (const [who, pin] of [
    [staff, '1379'],
    [manager, '8642'],
  ] as const)
    await who.json('/v1/access/me/pin', { method: 'PUT', body: { password: PASSWORD, pin } });
  const body = { name: 'Till 1', locationId: 'main' };
  deviceKey = (await boss.json('/v1/access/devices', { method: 'POST', body })).body.key;
});
afterAll(() => http.close());

const command = (who: Browser, amount: number, headers: Record<string, string> = {}) =>
  who.json('/v1/vault', { method: 'POST', body: { amount }, headers });
const ask = async (who: Browser, amount: number) => {
  const refused = await command(who, amount);
  expect([refused.status, refused.body.code]).toEqual([403, 'APPROVAL_REQUIRED']);
  const { permission, digest } = refused.body;
  const body = {
    permission,
    digest,
    category: 'vault',
    command: 'DrawTill',
    id: null,
    input: { amount },
  };
  return (await who.json('/v1/access/approvals', { method: 'POST', body })).body.id as string;
};
const approve = (who: Browser, id: string, by: ByPin = {}) => {
  const { key, ...body } = by;
  const headers: Record<string, string> = key === undefined ? {} : { 'x-device-key': key };
  return who.json(`/v1/access/approvals/${id}/approve`, { method: 'POST', body, headers });
};
interface ByPin {
  readonly userId?: string;
  readonly pin?: string;
  readonly key?: string;
}

describe('step-up', () => {
  it('a command is done once after somebody who may approved it, and both names are kept', async () => {
    const id = await ask(staff, 500);
    const { items } = (await manager.json('/v1/access/approvals')).body;
    expect(items).toMatchObject([
      { id, requestedByName: 'staff', command: { command: 'DrawTill', input: { amount: 500 } } },
    ]);
    expect((await approve(manager, id)).body.status).toBe('approved');
    // Only this command, only with this input, only by who asked.
    expect((await command(staff, 501, { approval: id })).body.code).toBe('APPROVAL_REQUIRED');
    const done = await command(staff, 500, { approval: id });
    expect(done.status).toBe(201);
    expect((await command(staff, 500, { approval: id })).body.code).toBe('APPROVAL_REQUIRED');
    const { events } = (await boss.json('/v1/events?type=comptoir.vault.*')).body;
    expect(events).toHaveLength(1);
    expect(events[0].data).toEqual({ amount: 500, approver: `user:${manager.id}` });
    expect(entries.find(({ action }) => action === 'approval.approved')).toMatchObject({
      actor: `user:${staff.id}`,
      approver: `user:${manager.id}`,
    });
  });

  it('nobody approves their own, nor without the permission, nor twice', async () => {
    const id = await ask(staff, 7);
    expect((await approve(staff, id)).body.code).toBe('FORBIDDEN');
    const cook = await person(http, boss, {
      tenant,
      email: 'cook@house.example',
      roles: [{ role: 'kitchen' }],
    });
    expect((await approve(cook, id)).body.code).toBe('FORBIDDEN');
    expect((await cook.json(`/v1/access/approvals/${id}`)).body.code).toBe('NOT_FOUND');
    expect((await cook.json('/v1/access/approvals')).body.items).toEqual([]);
    const refused = await manager.json(`/v1/access/approvals/${id}/refuse`, {
      method: 'POST',
      body: {},
    });
    expect(refused.body.status).toBe('refused');
    expect((await approve(manager, id)).body.code).toBe('APPROVAL_SETTLED');
    expect((await command(staff, 7, { approval: id })).body.code).toBe('APPROVAL_REQUIRED');
  });

  it('names nobody in the audit trail who did not approve what was done', async () => {
    const id = await ask(staff, 3);
    await approve(manager, id);
    entries.length = 0;
    expect((await command(boss, 4, { approval: id })).status).toBe(201);
    const asked = { category: 'vault', command: 'DrawTill', id: null, input: { amount: 5 } };
    const body = {
      ...asked,
      permission: 'vault:draw',
      digest: commandDigest({ tenant, ...asked }),
    };
    const own = (await manager.json('/v1/access/approvals', { method: 'POST', body })).body.id;
    await approve(boss, own);
    // For another command, then for this one, which needs no approval and so does not use it.
    expect((await command(manager, 999, { approval: own })).status).toBe(201);
    expect((await command(manager, 5, { approval: own })).status).toBe(201);
    expect((await command(staff, 3, { approval: id })).status).toBe(201);
    const done = entries.filter(({ action }) => action === 'command.done');
    expect(done.map(({ approver }) => approver)).toEqual([
      undefined,
      undefined,
      undefined,
      `user:${manager.id}`,
    ]);
  });

  it('what the approver is shown is what the digest was made from', async () => {
    const { body: refused } = await command(staff, 9000);
    const { permission, digest } = refused;
    const body = {
      permission,
      digest,
      category: 'vault',
      command: 'DrawTill',
      id: null,
      input: { amount: 1 },
    };
    const asked = await staff.json('/v1/access/approvals', { method: 'POST', body });
    expect([asked.status, asked.body.errors[0].at]).toEqual([400, '/digest']);
  });

  it('is over after its time, and when the approver lost the permission', async () => {
    const late = await ask(staff, 11);
    await approve(manager, late);
    await http.database.query({
      text: 'update access_approvals set expires_at = now() where id = $1',
      values: [late],
    });
    expect((await command(staff, 11, { approval: late })).body.code).toBe('APPROVAL_REQUIRED');
    const lost = await ask(staff, 12);
    await approve(manager, lost);
    await boss.json(`/v1/access/users/${manager.id}`, { method: 'PUT', body: { roles: [] } });
    expect((await command(staff, 12, { approval: lost })).body.code).toBe('APPROVAL_REQUIRED');
    await boss.json(`/v1/access/users/${manager.id}`, {
      method: 'PUT',
      body: { roles: [{ role: 'lead' }] },
    });
    expect((await command(staff, 12, { approval: lost })).status).toBe(201);
  });

  it('is given on the device at once with the PIN of a manager, who is not switched to', async () => {
    const id = await ask(staff, 21);
    const byPin = { userId: manager.id, pin: '8642' };
    expect((await approve(staff, id, byPin)).status).toBe(401);
    const key = deviceKey;
    expect((await approve(staff, id, { ...byPin, pin: '1111', key })).status).toBe(401);
    expect((await approve(staff, id, { ...byPin, key })).body.status).toBe('approved');
    expect((await command(staff, 21, { approval: id })).status).toBe(201);
    expect((await staff.json('/v1/session')).body.user.id).toBe(staff.id);
  });
});

describe('a device', () => {
  const device = () => ({ 'x-device-key': deviceKey });
  const switchTo = (till: Browser, userId: string, pin: string) =>
    till.json('/v1/session/pin', { method: 'POST', body: { userId, pin }, headers: device() });

  it('shows who may switch in, and people switch by PIN; the one before is signed out', async () => {
    const { body } = await http.json('/v1/session/device', { key: null, headers: device() });
    expect(body).toMatchObject({ tenant, name: 'Till 1', locationId: 'main' });
    expect(body.people).toEqual([
      { id: manager.id, name: 'lead' },
      { id: staff.id, name: 'staff' },
    ]);
    const till = browser(http);
    expect((await switchTo(till, staff.id, '1379')).body.deviceId).toBe(body.id);
    const first = `comptoir=${till.cookies.get('comptoir')}`;
    expect((await switchTo(till, manager.id, '8642')).body.user.id).toBe(manager.id);
    expect((await till.json('/v1/session', { headers: device() })).status).toBe(200);
    const old = await http.json('/v1/session', {
      key: null,
      headers: { cookie: first, ...device() },
    });
    expect(old.status).toBe(401);
  });

  it('a session that a PIN opened is worth nothing off the device', async () => {
    const till = browser(http);
    await switchTo(till, staff.id, '1379');
    expect((await till.json('/v1/session', { headers: device() })).status).toBe(200);
    const other = (
      await boss.json('/v1/access/devices', { method: 'POST', body: { name: 'Till 2' } })
    ).body;
    for (const headers of [{}, { 'x-device-key': other.key }, { 'x-device-key': '' }])
      expect((await till.json('/v1/session', { headers })).status).toBe(401);
  });

  it('that is revoked ends what is open on it', async () => {
    const { key, device: view } = (
      await boss.json('/v1/access/devices', { method: 'POST', body: { name: 'Gone' } })
    ).body;
    const till = browser(http);
    const headers = { 'x-device-key': key };
    const body = { userId: staff.id, pin: '1379' };
    expect((await till.json('/v1/session/pin', { method: 'POST', body, headers })).status).toBe(
      200,
    );
    expect((await boss.json(`/v1/access/devices/${view.id}`, { method: 'DELETE' })).status).toBe(
      204,
    );
    expect((await till.json('/v1/session', { headers })).status).toBe(401);
    expect((await till.json('/v1/session/pin', { method: 'POST', body, headers })).status).toBe(
      401,
    );
  });

  it('of one house takes nobody of another', async () => {
    const theirs = await owner(http, 'other-house');
    const stranger = await person(http, theirs, {
      tenant: 'other-house',
      email: 's@house.example',
      roles: [],
    });
    await stranger.json('/v1/access/me/pin', {
      method: 'PUT',
      body: { password: PASSWORD, pin: '7531' },
    });
    expect((await switchTo(browser(http), stranger.id, '7531')).status).toBe(401);
  });

  it.each(['0000', '1234', '4321', '1212', '777777', '123456'])('%s is no PIN', async (pin) => {
    const answer = await boss.json('/v1/access/me/pin', {
      method: 'PUT',
      body: { password: PASSWORD, pin },
    });
    expect([answer.status, answer.body.errors[0].at]).toEqual([400, '/pin']);
  });

  it('the built-in roles are those that the issue of a house names', () => {
    expect(BUILT_IN_ROLES.map(({ id }) => id)).toEqual([
      'owner',
      'manager',
      'staff',
      'kitchen',
      'marketing',
      'auditor',
      'engineer',
    ]);
  });
});
