/** Customers through the server: phones as written, look-up by any identifier, duplicates and merges, files, segments. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../core/audit.ts';
import { ADMIN_KEY, httpFixture, type HttpFixture } from '../../http/fixture.ts';

let http: HttpFixture;
const recorded: AuditEntry[] = [];

const post = (path: string, body: unknown, key = ADMIN_KEY) =>
  http.json(path, { method: 'POST', body, key });
const get = (path: string, key = ADMIN_KEY) => http.json(path, { key });
const register = async (body: object, key = ADMIN_KEY): Promise<string> => {
  const answer = await post('/v1/customers', body, key);
  expect([answer.status, answer.body]).toMatchObject([201, {}]);
  return answer.body.id;
};
const found = async (query: string, wait = ''): Promise<string[]> => {
  const { body } = await get(`/v1/customers?${query}${wait === '' ? '' : `&wait=${wait}`}`);
  return body.items.map(({ id }: { id: string }) => id);
};
const cursorOf = async (id: string): Promise<string> =>
  (await post(`/v1/customers/${id}/tag`, { tags: ['seen'] })).body.cursor;

beforeAll(async () => {
  const audit = {
    note: () => undefined,
    record: (entry: AuditEntry) => {
      recorded.push(entry);
      return Promise.resolve();
    },
  };
  http = await httpFixture({ audit });
});
afterAll(() => http.close());

describe('phones', () => {
  test('become E.164, with the country code in them or the country beside them', async () => {
    const written = await register({ name: 'A', phone: '+48 601 000-001' });
    const local = await register({ name: 'B', phone: '(11) 98765-0002', country: 'BR' });
    expect((await get(`/v1/customers/${written}`)).body.phone).toBe('+48601000001');
    expect((await get(`/v1/customers/${local}`)).body.phone).toBe('+5511987650002');
    const added = { kind: 'phone', value: '601 000 003', country: 'PL' };
    await post(`/v1/customers/${local}/add-identifier`, added);
    expect((await get(`/v1/customers/${local}`)).body.identifiers).toMatchObject([
      { kind: 'phone', value: '+5511987650002' },
      { kind: 'phone', value: '+48601000003' },
    ]);
  });

  test.each([
    [{ phone: '601000001' }, '/phone', 'country code'],
    [{ phone: '12', country: 'PL' }, '/phone', 'no phone number'],
    [{ phone: '601000001', country: 'XX' }, '/country', 'ISO 3166'],
    [{ phone: 'call me' }, '/phone', 'country code'],
  ])('C11: %o is refused by name', async (given, at, message) => {
    const { status, body } = await post('/v1/customers', { name: 'A', ...given });
    expect([status, body.code]).toEqual([400, 'INPUT_INVALID']);
    expect(body.errors[0].at).toBe(at);
    expect(body.errors[0].message).toContain(message);
  });

  test('what is no member of the command stays refused', async () => {
    const { status } = await post('/v1/customers', { name: 'A', status: 'archived' });
    expect(status).toBe(400);
  });
});

describe('looking up', () => {
  test('C10: a customer is found by each of their identifiers, and by none that was removed', async () => {
    const id = await register({ name: 'Ewa', phone: '+48601000010', email: 'Ewa@Example.com' });
    await post(`/v1/customers/${id}/add-identifier`, { kind: 'phone', value: '+48601000011' });
    const telegram = { kind: 'messenger', channel: 'telegram', value: '4711' };
    const { body } = await post(`/v1/customers/${id}/add-identifier`, telegram);
    expect(await found('phone=%2B48601000010', body.cursor)).toEqual([id]);
    expect(await found('phone=+48601000011')).toEqual([id]);
    expect(await found('email=ewa@example.COM')).toEqual([id]);
    expect(await found('messenger=telegram:4711')).toEqual([id]);
    expect(await found('messenger=signal:4711')).toEqual([]);
    expect(await found('phone=%2B48601000011&email=ewa@example.com&status=active')).toEqual([id]);
    expect(await found('phone=%2B48601000011&status=archived')).toEqual([]);
    const gone = await post(`/v1/customers/${id}/remove-identifier`, { identifierId: 'phone' });
    expect(await found('phone=%2B48601000010', gone.body.cursor)).toEqual([]);
    expect((await get(`/v1/customers/${id}`)).body.phone).toBe('+48601000011');
  });

  test('another tenant finds nobody by it', async () => {
    const key = await http.tenant('customers-elsewhere');
    await register({ name: 'Ida', phone: '+48601000012' });
    const { body } = await get('/v1/customers?phone=%2B48601000012', key);
    expect(body.items).toEqual([]);
  });
});

describe('duplicates and merges', () => {
  test('are found with the reason, merged, found by either phone, and taken back', async () => {
    const key = await http.tenant('customers-merges');
    const ask = (path: string, body: unknown) => post(path, body, key);
    const one = await register({ name: 'Jan', phone: '+48601000020' }, key);
    const other = await register({ name: 'J. Kowalski', phone: '+48601000021' }, key);
    const { body: added } = await ask(`/v1/customers/${other}/add-identifier`, {
      kind: 'phone',
      value: '+48601000020',
    });
    const listed = await get(`/v1/customers/duplicates?wait=${added.cursor}`, key);
    expect(listed.body).toMatchObject({
      items: [{ reason: 'phone', value: '+48601000020', count: 2 }],
      more: false,
    });
    const ids = listed.body.items[0].customers.map(({ id }: { id: string }) => id);
    expect(ids.sort()).toEqual([one, other].sort());

    const merged = await ask(`/v1/customers/${one}/merge`, { otherId: other });
    expect(merged.status).toBe(200);
    const wait = merged.body.cursor;
    expect((await get(`/v1/customers/duplicates?wait=${wait}`, key)).body.items).toEqual([]);
    const byPhone = await get(`/v1/customers?phone=%2B48601000021&wait=${wait}`, key);
    expect(byPhone.body.items).toMatchObject([{ id: one, status: 'active' }]);
    expect((await get(`/v1/customers/${other}`, key)).body).toMatchObject({
      status: 'merged',
      mergedInto: one,
      name: 'J. Kowalski',
    });
    const refused = await ask(`/v1/customers/${other}/tag`, { tags: ['x'] });
    expect([refused.status, refused.body.code, refused.body.survivorId]).toEqual([
      409,
      'CUSTOMER_MERGED',
      one,
    ]);

    await ask(`/v1/customers/${one}/tag`, { tags: ['regular'] });
    const back = await ask(`/v1/customers/${one}/unmerge`, { otherId: other });
    expect(back.body).toMatchObject({ laterEvents: 1 });
    expect((await get(`/v1/customers/${one}/merges`, key)).body).toMatchObject({
      mergedInto: null,
      merges: [],
      undone: [{ otherId: other, laterEvents: [{ type: 'CustomerTagged' }], more: false }],
    });
    expect((await get(`/v1/customers/${other}`, key)).body).toMatchObject({
      status: 'active',
      mergedInto: null,
      tags: [],
    });
  });

  test('an unknown id and one of another tenant cannot be merged, and are told alike', async () => {
    const key = await http.tenant('customers-foreign');
    const foreign = await register({ name: 'Foreign' }, key);
    const id = await register({ name: 'Here' });
    const [first, second] = [
      await post(`/v1/customers/${id}/merge`, { otherId: foreign }),
      await post(`/v1/customers/${id}/merge`, { otherId: 'nobody' }),
    ];
    expect([first.status, first.body.code]).toEqual([409, 'OTHER_CUSTOMER_UNKNOWN']);
    const told = ({ body }: typeof first) => ({
      ...body,
      otherId: '',
      details: {},
      traceId: '',
    });
    expect(told(first)).toEqual(told(second));
  });
});

describe('files', () => {
  test('C12: of 10,000 rows one is bad: 9,999 are imported and the line is told; again, nothing changes', async () => {
    const key = await http.tenant('customers-file');
    const rows = Array.from({ length: 10_000 }, (_, index) =>
      index === 6_999 ? 'Nobody,0123\r\n' : `Guest ${index},+48${500_000_000 + index}\r\n`,
    );
    const csv = `name,phone\r\n${rows.join('')}`;
    const first = await post('/v1/customers/imports', { csv }, key);
    expect(first.body).toMatchObject({ rows: 10_000, created: 9_999, rejected: 1 });
    expect(first.body.rejections).toMatchObject([{ line: 7_001, row: 6_999 }]);
    expect(first.body.rejections[0].detail).toContain('country code');
    const some = `name,phone\r\n${rows.slice(0, 200).join('')}`;
    const again = await post('/v1/customers/imports', { csv: some }, key);
    expect(again.body).toMatchObject({ created: 0, changed: 0, unchanged: 200, rejected: 0 });
    const { body } = await get(`/v1/customers?phone=%2B48500000042&wait=${first.body.cursor}`, key);
    expect(body.items).toMatchObject([{ name: 'Guest 42' }]);
    expect(JSON.stringify(body.items[0].id)).not.toContain('500000042');
  });

  test('a file in parts has the lines and the repeated rows of the whole file, and no doubles', async () => {
    const key = await http.tenant('customers-parts');
    const rows = Array.from(
      { length: 25 },
      (_, index) => `"Guest\n${index}",+48${600_000_100 + index}`,
    );
    rows[20] = `Again,+48${600_000_103}`;
    rows[23] = 'Nobody,0123';
    const csv = `name,phone\n${rows.join('\n')}\n`;
    const part = (from: number) => post('/v1/customers/imports', { csv, from, most: 10 }, key);
    const first = (await part(0)).body;
    expect(first).toMatchObject({ rows: 25, created: 10, rejected: 0, next: 10 });
    // Whoever does not hear the answer sends the part again.
    expect((await part(0)).body).toMatchObject({ created: 0, unchanged: 10, next: 10 });
    expect((await part(10)).body).toMatchObject({ created: 10, next: 20 });
    const last = (await part(20)).body;
    expect(last).toMatchObject({ rows: 25, created: 3, rejected: 2, next: null });
    expect(last.rejections).toMatchObject([
      {
        line: 42,
        row: 20,
        code: 'INPUT_INVALID',
        errors: [{ at: '', code: 'ROW_AGAIN', params: { line: 8 } }],
      },
      { line: 47, row: 23, errors: [{ at: 'phone', code: 'COUNTRY_CODE_MISSING' }] },
    ]);
    expect((await part(25)).body).toMatchObject({ created: 0, rejected: 0, next: null });
  });

  test('a row completes whoever has its phone, and only a row with an id changes a name', async () => {
    const key = await http.tenant('customers-complete');
    const id = await register({ name: 'Olga', phone: '+48601000030' }, key);
    const csv = 'name,phone,email\nOlga Nowak,601 000 030,olga@example.com\n';
    const { body } = await post('/v1/customers/imports', { csv, country: 'PL' }, key);
    expect(body).toMatchObject({ created: 0, changed: 1, rejected: 0 });
    const read = async () => (await get(`/v1/customers/${id}`, key)).body;
    expect(await read()).toMatchObject({ name: 'Olga', email: 'olga@example.com' });
    await post('/v1/customers/imports', { csv: `id,name\n${id},Olga Nowak\n` }, key);
    expect(await read()).toMatchObject({ name: 'Olga Nowak', email: 'olga@example.com' });
  });

  test.each([
    ['nobody to know it by', 'name,phone\nX,\n', 'no id, phone or e-mail', 'ONE_NEEDED'],
    [
      'the same customer twice',
      'name,phone\nX,+48601000031\nY,+48601000031\n',
      'of line 2 again',
      'ROW_AGAIN',
    ],
    ['no name', 'phone\n+48601000032\n', 'has no name', 'REQUIRED'],
    ['an e-mail that is none', 'name,email\nX,nope\n', 'cannot be used', 'WRONG_FORMAT'],
    ['a cell too many', 'name,phone\nX,+48601000033,y\n', 'has 3 cells', 'ROW_CELLS'],
  ])('a row with %s is told, with a code for words', async (...[, csv, detail, code]) => {
    const key = await http.tenant(`customers-bad-${detail.length}`);
    const { body } = await post('/v1/customers/imports', { csv }, key);
    expect(body.rejected).toBe(1);
    expect(body.rejections[0].detail).toContain(detail);
    expect(body.rejections[0].errors).toMatchObject([{ code }]);
  });

  test('C13: the export waits for its audit entry, runs no formula and reads back as it was', async () => {
    const key = await http.tenant('customers-export');
    const name = '=HYPERLINK("http://evil.example")';
    const id = await register({ name, phone: '+48601000040' }, key);
    const { cursor } = (await post(`/v1/customers/${id}/tag`, { tags: ['a'] }, key)).body;
    recorded.length = 0;
    const answer = await http.call(`/v1/customers/export.csv?wait=${cursor}`, { key });
    const csv = await answer.text();
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(csv.split('\r\n')[1]).toMatch(/^[^,]+,"'=HYPERLINK.*,'\+48601000040,/);
    expect(recorded).toMatchObject([{ class: 'audit', action: 'customers.exported' }]);
    const { body } = await post('/v1/customers/imports', { csv }, key);
    expect(body).toMatchObject({ rows: 1, unchanged: 1 });
    const reading = await http.key(key, ['customers:read']);
    const refused = await http.call('/v1/customers/export.csv', { key: reading.key });
    expect(refused.status).toBe(403);
  });
});

describe('segments', () => {
  test('have the customers that match now', async () => {
    const key = await http.tenant('customers-segments');
    const ids = [];
    for (const language of ['pl', 'pl', 'en'])
      ids.push(await register({ name: language, language }, key));
    for (const id of ids.slice(1)) await post(`/v1/customers/${id}/tag`, { tags: ['wine'] }, key);
    const consent = { channel: 'email', wording: 'Yes.', source: 'form', version: '1' };
    const given = await post(`/v1/customers/${ids[2]}/give-consent`, consent, key);
    const filter = { tagsAll: ['wine'], languages: ['pl'] };
    const saved = await post('/v1/customers/segments', { name: 'Polish wine', filter }, key);
    const members = async () => {
      const path = `/v1/customers/segments/${saved.body.id}/members?wait=${given.body.cursor}`;
      return (await get(path, key)).body.items.map(({ id }: { id: string }) => id);
    };
    expect(await members()).toEqual([ids[1]]);
    const wider = { tagsAll: ['wine'], consents: ['email'] };
    await post(`/v1/customers/segments/${saved.body.id}/change`, { filter: wider }, key);
    expect(await members()).toEqual([ids[2]]);
    await post(`/v1/customers/segments/${saved.body.id}/remove`, {}, key);
    const gone = await get(`/v1/customers/segments/${saved.body.id}/members`, key);
    expect(gone.status).toBe(404);
  });
});

test('a phone that was added and preferred is the one loyalty finds the member by', async () => {
  const id = await register({ name: 'Leo', phone: '+48601000050' });
  await post('/v1/loyalty/members', { customerId: id });
  const phone = { kind: 'phone', value: '+48601000051' };
  await post(`/v1/customers/${id}/add-identifier`, phone);
  const { identifiers } = (await get(`/v1/customers/${id}`)).body;
  const identifierId = identifiers[1].id;
  await post(`/v1/customers/${id}/prefer-identifier`, { identifierId });
  const wait = await cursorOf(id);
  const path = '/v1/loyalty/members?phone=%2B48601000051';
  expect((await get(`${path}&wait=${wait}`)).body.items).toMatchObject([{ customerId: id }]);
});
