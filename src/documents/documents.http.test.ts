import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deflated, documentOf } from '../../test/support/pdf/write-pdf.ts';
import { until } from '../../test/support/until.ts';
import { UPLOAD_BYTES_MAX } from './limits.ts';
import { ADMIN_KEY, documentFixture, type DocumentFixture } from './service.fixture.ts';

const HOUR_MS = 3600_000;
const PLAIN = documentOf({ pages: [{ text: 'canary-plain' }, { text: 'second' }] });
const ARMED = documentOf({ catalog: '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>' });
/** Half a second of work for a worker, so that there is time to disturb it. */
const HEAVY = documentOf({ pages: [{ content: deflated(Buffer.alloc(90 * 1024 * 1024)) }] });

let it: DocumentFixture;
beforeAll(async () => {
  it = await documentFixture();
});
afterAll(() => it.close());

test('a document goes all the way: taken in, judged, worked on, fetched', async () => {
  const id = await it.upload(PLAIN);
  expect(await it.judged(id)).toMatchObject({
    id,
    verdict: 'clean',
    reasons: [],
    removed: [],
    pages: 2,
    bytes: PLAIN.length,
    mediaType: 'application/pdf',
    expiresAt: null,
  });
  const text = await it.operated('text', [id]);
  expect(text).toMatchObject({ status: 'done', progress: 1 });
  expect(await (await it.fetched(text.resultId)).text()).toContain('canary-plain');
  const picture = await it.operated('thumbnail', [id], { width: 64 });
  const answer = await it.fetched(picture.resultId);
  expect(answer.headers.get('content-type')).toBe('image/png');
  const original = await it.fetched(id);
  expect(Buffer.from(await original.arrayBuffer()).equals(PLAIN)).toBe(true);
  expect(original.headers.get('content-disposition')).toBe(
    `attachment; filename="document-${id}.pdf"`,
  );
  expect(original.headers.get('x-content-type-options')).toBe('nosniff');
  expect(original.headers.get('content-security-policy')).toContain('sandbox');
  expect(await it.leftovers()).toEqual([]);
});

test('what was disarmed is served without what it did, and the upload is gone', async () => {
  const before = await it.blobs.usage('default');
  const id = await it.upload(ARMED);
  const view = await it.judged(id);
  expect(view).toMatchObject({ verdict: 'disarmed', status: 'judged' });
  expect(view.removed).toContainEqual({ code: 'JAVASCRIPT', count: 1 });
  const bytes = Buffer.from(await (await it.fetched(id)).arrayBuffer());
  expect(bytes.includes('JavaScript')).toBe(false);
  await until('the upload to be let go', async () => {
    return (await it.blobs.usage('default')) === before + bytes.length;
  });
});

test('several documents become one, one becomes several', async () => {
  const [first, second] = [await it.upload(PLAIN), await it.upload(documentOf({}))];
  await Promise.all([it.judged(first), it.judged(second)]);
  const merged = await it.operated('merge', [first, second]);
  expect((await it.json(`/v1/documents/${merged.resultId}`)).body).toMatchObject({ pages: 3 });
  const split = await it.operated('split', [merged.resultId], { parts: ['1', '2-3'] });
  expect(split.resultIds).toHaveLength(2);
  const failing = await it.operated('reorder', [first], { pages: '1,9' });
  expect(failing).toMatchObject({ status: 'failed', code: 'PAGES_INVALID', resultIds: [] });
});

test('a password is never at rest in clear, and opens what it locked', async () => {
  const id = await it.upload(PLAIN);
  await it.judged(id);
  const body = { operation: 'protect', inputs: [id], options: { password: 'canary-password' } };
  const { body: accepted } = await it.json('/v1/documents/jobs', { method: 'POST', body });
  const { rows } = await it.database.query<{ dump: string }>({
    text: `select coalesce(string_agg(j::text, ''), '') || (select string_agg(b::text, '') from jobs.job b) as dump
             from document_jobs j`,
  });
  expect(rows[0]?.dump ?? '').not.toContain('canary');
  const job = await until('the end', async () => {
    const now = (await it.json(`/v1/documents/jobs/${accepted.id}`)).body;
    return now.status === 'done' ? now : null;
  });
  const locked = Buffer.from(await (await it.fetched(job.resultId)).arrayBuffer());
  const again = await it.upload(locked);
  expect(await it.judged(again)).toMatchObject({ verdict: 'locked', pages: null });
  expect((await it.json(`/v1/documents/${again}/links`, { method: 'POST', body: {} })).status).toBe(
    404,
  );
  expect(await it.operated('unlock', [again], { password: 'x' })).toMatchObject({
    code: 'PASSWORD_WRONG',
  });
  const opened = await it.operated('unlock', [again], { password: 'canary-password' });
  expect((await it.json(`/v1/documents/${opened.resultId}`)).body).toMatchObject({
    verdict: 'clean',
  });
});

describe('bad input', () => {
  const post = (body: string | Uint8Array<ArrayBuffer>, type = 'application/pdf') =>
    it.call('/v1/documents', { method: 'POST', body, headers: { 'content-type': type } });

  test('of another type, or empty, is refused at the door', async () => {
    expect((await post('x', 'text/plain')).status).toBe(415);
    expect((await post('')).status).toBe(400);
    const options = { method: 'POST', headers: { 'content-type': 'application/pdf' } };
    expect((await it.call('/v1/documents', { ...options, key: null, body: 'x' })).status).toBe(401);
  });

  test('that is no PDF is refused, never served, and gone after a day', async () => {
    const id = await it.upload(Buffer.from('hello'));
    const view = await it.judged(id);
    expect(view).toMatchObject({ verdict: 'refused', reasons: [{ code: 'NOT_A_PDF' }] });
    const links = `/v1/documents/${id}/links`;
    expect((await it.json(links, { method: 'POST', body: {} })).status).toBe(404);
    const before = await it.blobs.usage('default');
    it.clock.aheadMs += 25 * HOUR_MS;
    await it.documents.sweep();
    expect(await it.blobs.usage('default')).toBeLessThan(before);
    expect((await it.json(`/v1/documents/${id}`)).body).toMatchObject({ verdict: 'refused' });
  });

  test('that is too large is refused, announced or not, and nothing of it is left', async () => {
    const before = await it.blobs.usage('default');
    const whole = Buffer.alloc(UPLOAD_BYTES_MAX + 1, 0x20);
    const announced = await post(whole).then(
      ({ status }) => status,
      () => 413,
    );
    expect(announced).toBe(413);
    expect(await it.blobs.usage('default')).toBe(before);
    await until('the draft to go', async () => (await it.leftovers()).length === 0);
  });

  test('that breaks off in the middle leaves nothing', async () => {
    const before = await it.blobs.usage('default');
    const headers = {
      'content-type': 'application/pdf',
      'content-length': '100000',
      authorization: `Bearer ${ADMIN_KEY}`,
    };
    const sending = request(`${it.url}/v1/documents`, { method: 'POST', headers });
    sending.on('error', () => undefined);
    sending.write(PLAIN.subarray(0, 300));
    await until('the draft', async () => (await it.leftovers()).length > 0);
    sending.destroy();
    await until('the draft to go', async () => (await it.leftovers()).length === 0);
    expect(await it.blobs.usage('default')).toBe(before);
  });

  test.each([
    ['an unknown operation', { operation: 'explode', inputs: ['x'], options: {} }],
    ['an option too many', { operation: 'rotate', inputs: ['ID'], options: { angle: 90, x: 1 } }],
    ['an angle between', { operation: 'rotate', inputs: ['ID'], options: { angle: 45 } }],
    ['one document for a merge', { operation: 'merge', inputs: ['ID'], options: {} }],
    [
      'an option of the command line',
      { operation: 'reorder', inputs: ['ID'], options: { pages: '1 --x' } },
    ],
    [
      'a document that is not locked',
      { operation: 'unlock', inputs: ['ID'], options: { password: 'x' } },
    ],
  ])('%s is refused', async (_what, body) => {
    const id = await it.upload(PLAIN);
    await it.judged(id);
    const inputs = body.inputs.map((input) => (input === 'ID' ? id : input));
    const answer = await it.json('/v1/documents/jobs', {
      method: 'POST',
      body: { ...body, inputs },
    });
    expect(answer.status).toBe(400);
  });
});

test('documents, jobs and links of another tenant are as if they were not there', async () => {
  const id = await it.upload(PLAIN);
  await it.judged(id);
  const job = await it.operated('info', [id]);
  const key = await it.tenant('other');
  for (const path of [
    `/v1/documents/${id}`,
    `/v1/documents/jobs/${job.id}`,
    `/v1/documents/${job.resultId}`,
  ]) {
    const foreign = await it.json(path, { key });
    const unknown = await it.json(path.replace(/[^/]+$/, crypto.randomUUID()), { key });
    expect(foreign.status).toBe(404);
    expect({ ...foreign.body, traceId: '' }).toEqual({ ...unknown.body, traceId: '' });
  }
  expect((await it.json('/v1/documents', { key })).body).toEqual({
    items: [],
    next: null,
    more: false,
  });
  const links = `/v1/documents/${id}/links`;
  expect((await it.json(links, { method: 'POST', body: {}, key })).status).toBe(404);
  const body = { operation: 'text', inputs: [id] };
  expect((await it.json('/v1/documents/jobs', { method: 'POST', body, key })).status).toBe(404);
  expect((await it.json(`/v1/documents/${id}`, { method: 'DELETE', key })).status).toBe(404);
});

test('a link that was altered, is late, or leads to nothing any more is worth nothing', async () => {
  const id = await it.upload(PLAIN);
  await it.judged(id);
  const { body: link } = await it.json(`/v1/documents/${id}/links`, { method: 'POST', body: {} });
  const status = async (url: string) => (await it.call(url, { key: null })).status;
  expect(await status(link.url)).toBe(200);
  const token: string = link.url.split('/').at(-1);
  for (const at of [0, 10, 50, token.length - 1]) {
    const other = token[at] === 'A' ? 'B' : 'A';
    const altered = `${token.slice(0, at)}${other}${token.slice(at + 1)}`;
    expect(await status(`/public/documents/${altered}`)).toBe(404);
  }
  const long = await it.json(`/v1/documents/${id}/links`, {
    method: 'POST',
    body: { seconds: 301 },
  });
  expect(long.status).toBe(400);
  it.clock.aheadMs += 301_000;
  expect(await status(link.url)).toBe(404);
  const { body: fresh } = await it.json(`/v1/documents/${id}/links`, { method: 'POST', body: {} });
  expect((await it.call(`/v1/documents/${id}`, { method: 'DELETE' })).status).toBe(204);
  expect(await status(fresh.url)).toBe(404);
});

test('a result is gone after its time, with its bytes', async () => {
  const id = await it.upload(PLAIN);
  await it.judged(id);
  const job = await it.operated('rotate', [id], { angle: 90 });
  const used = await it.blobs.usage('default');
  it.clock.aheadMs += 25 * HOUR_MS;
  expect((await it.json(`/v1/documents/${job.resultId}`)).status).toBe(404);
  await it.documents.sweep();
  expect(await it.blobs.usage('default')).toBeLessThan(used);
  expect((await it.json(`/v1/documents/${id}`)).body).toMatchObject({ verdict: 'clean' });
  expect((await it.json(`/v1/documents/jobs/${job.id}`)).body).toMatchObject({ status: 'done' });
});

test('a job that is cancelled while it runs ends, and what it made is not kept', async () => {
  const id = await it.upload(HEAVY);
  expect(await it.judged(id)).toMatchObject({ verdict: 'clean' });
  const body = { operation: 'text', inputs: [id] };
  const { body: job } = await it.json('/v1/documents/jobs', { method: 'POST', body });
  await until('the job to run', () => it.workers.running > 0);
  const used = await it.blobs.usage('default');
  const cancelled = await it.json(`/v1/documents/jobs/${job.id}/cancel`, { method: 'POST' });
  expect(cancelled.body).toMatchObject({ status: 'cancelled', resultIds: [] });
  await until('the worker to be free', () => it.workers.running === 0);
  expect(await it.blobs.usage('default')).toBe(used);
  expect((await it.json(`/v1/documents/jobs/${job.id}`)).body.status).toBe('cancelled');
  expect(await it.leftovers()).toEqual([]);
});

test('a worker that is killed in the middle does not cost the document its verdict', async () => {
  const id = await it.upload(HEAVY);
  await until('the worker to run', () => it.workers.running > 0 && it.workers.pids.length > 0);
  process.kill(it.workers.pids[0]!, 'SIGKILL');
  expect(await it.judged(id)).toMatchObject({ verdict: 'clean' });
  expect(await it.leftovers()).toEqual([]);
});

test('what belongs to a person is destroyed with them, results included', async () => {
  const id = await it.upload(PLAIN, '?person=ana');
  await it.judged(id);
  const job = await it.operated('text', [id]);
  const reference = it.personal.referenceOf('default', 'ana');
  const person = { tenant: 'default', personId: 'ana', reference };
  const { body: link } = await it.json(`/v1/documents/${id}/links`, { method: 'POST', body: {} });
  await it.blobs.forget(person);
  expect(await it.documents.forget(person)).toEqual(['documents']);
  for (const gone of [id, job.resultId])
    expect((await it.json(`/v1/documents/${gone}`)).status).toBe(404);
  expect((await it.call(link.url, { key: null })).status).toBe(404);
});

test('documents are listed page after page, newest first', async () => {
  const ids = [await it.upload(PLAIN), await it.upload(PLAIN), await it.upload(PLAIN)];
  const first = (await it.json('/v1/documents?limit=2')).body;
  expect(first.items.map(({ id }: { id: string }) => id)).toEqual([ids[2], ids[1]]);
  expect(first.more).toBe(true);
  const second = (await it.json(`/v1/documents?limit=1&after=${first.next}`)).body;
  expect(second.items[0].id).toBe(ids[0]);
  for (const list of ['documents', 'documents/jobs']) {
    const { status, body } = await it.json(`/v1/${list}?after=x`);
    expect([list, status, body.code]).toEqual([list, 400, 'CURSOR_INVALID']);
  }
});

describe('the name of a file', () => {
  const NAMED = {
    'content-disposition': "attachment; filename=x.pdf; filename*=UTF-8''Karta%20da%C5%84.pdf",
  };

  test('is shown with the document, given back with its bytes, and never at rest in clear', async () => {
    const id = await it.upload(PLAIN, '', NAMED);
    expect(await it.judged(id)).toMatchObject({ name: 'Karta dań.pdf', madeBy: null });
    const { items } = (await it.json('/v1/documents?limit=1')).body;
    expect(items[0]).toMatchObject({ id, name: 'Karta dań.pdf' });
    const fetched = await it.fetched(id);
    expect(fetched.headers.get('content-disposition')).toBe(
      `attachment; filename="document-${id}.pdf"; filename*=UTF-8''Karta%20da%C5%84.pdf`,
    );
    const { rows } = await it.database.query({
      text: 'select * from documents where id = $1',
      values: [id],
    });
    expect(rows[0]).toMatchObject({ name: expect.any(Buffer) });
    expect(Buffer.from(rows[0]!['name'] as Buffer).includes('Karta')).toBe(false);
  });

  test('of a person is that of nobody else, and another document does not have it', async () => {
    const id = await it.upload(PLAIN, '?person=bea', NAMED);
    const unnamed = await it.upload(PLAIN, '?person=bea');
    expect((await it.json(`/v1/documents/${id}`)).body.name).toBe('Karta dań.pdf');
    expect((await it.json(`/v1/documents/${unnamed}`)).body.name).toBeNull();
  });

  test('that is not of its form is bad input, and nothing is taken in', async () => {
    const answer = await it.call('/v1/documents', {
      method: 'POST',
      body: new Uint8Array(PLAIN),
      headers: { 'content-type': 'application/pdf', 'content-disposition': 'filename="open' },
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'INPUT_INVALID' });
  });
});

test('operations are listed newest first, with what they worked on and what they made', async () => {
  const id = await it.upload(PLAIN);
  await it.judged(id);
  const text = await it.operated('text', [id]);
  const turned = await it.operated('rotate', [id], { angle: 90 });
  const first = (await it.json('/v1/documents/jobs?limit=1')).body;
  expect(first).toMatchObject({
    items: [{ id: turned.id, operation: 'rotate', inputs: [id], status: 'done' }],
    more: true,
  });
  const [job] = first.items;
  expect(Date.parse(job.endedAt)).toBeGreaterThanOrEqual(Date.parse(job.createdAt));
  expect((await it.json(`/v1/documents/${job.resultId}`)).body).toMatchObject({
    name: null,
    madeBy: job.id,
  });
  const second = (await it.json(`/v1/documents/jobs?limit=1&after=${first.next}`)).body;
  expect(second.items[0].id).toBe(text.id);
  const key = await it.tenant('jobs-of-nobody');
  expect((await it.json('/v1/documents/jobs', { key })).body).toMatchObject({ items: [] });
});
