/** What must hold when much comes at once, twice, or when something breaks in the middle. */
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deflated, documentOf } from '../../test/support/pdf/write-pdf.ts';
import { until } from '../../test/support/until.ts';
import type { MetricRegistry } from '../core/metrics.ts';
import { documentFixture, type DocumentFixture } from './service.fixture.ts';

const PLAIN = documentOf({ pages: [{ text: 'one' }, { text: 'two' }] });
/** Some tenths of a second of work. */
const HEAVY = documentOf({ pages: [{ content: deflated(Buffer.alloc(40 * 1024 * 1024)) }] });
const QUOTA = 40_000_000;
const BURST = 200;

const measured: { readonly name: string; readonly labels: Readonly<Record<string, string>> }[] = [];
const noting =
  (name: string) =>
  (_value: number, labels: Readonly<Record<string, string>> = {}) =>
    void measured.push({ name, labels });
const metrics: MetricRegistry = {
  counter: ({ name }) => ({ add: noting(name) }),
  gauge: ({ name }) => ({ set: noting(name) }),
  histogram: ({ name }) => ({ observe: noting(name) }),
};

let it: DocumentFixture;
beforeAll(async () => {
  it = await documentFixture({ size: 2, metrics, tenantBytesMax: QUOTA });
});
afterAll(() => it.close());

const upload = (pdf: Uint8Array, headers: Readonly<Record<string, string>> = {}, key?: string) =>
  it.call('/v1/documents', {
    method: 'POST',
    body: new Uint8Array(pdf),
    headers: { 'content-type': 'application/pdf', ...headers },
    ...(key === undefined ? {} : { key }),
  });
const idOf = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { id: string }).id;

describe('an Idempotency-Key', () => {
  test('of an upload gives the first document again, whoever is faster', async () => {
    const before = await it.blobs.usage('default');
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => upload(PLAIN, { 'idempotency-key': 'same' })),
    );
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    const replays = answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true');
    expect(replays).toHaveLength(4);
    const ids = new Set(await Promise.all(answers.map(idOf)));
    expect(ids.size).toBe(1);
    await it.judged([...ids][0] ?? '');
    expect(await it.blobs.usage('default')).toBe(before + PLAIN.length);
    const other = await upload(documentOf({}), { 'idempotency-key': '"same"' });
    expect(other.status).toBe(422);
    expect(await it.leftovers()).toEqual([]);
  });

  test('of a job gives the first job again, and belongs to whoever sent it', async () => {
    const id = await idOf(await upload(PLAIN));
    await it.judged(id);
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'job-1' };
    const submit = (options: object) =>
      it.call('/v1/documents/jobs', {
        method: 'POST',
        headers,
        body: JSON.stringify({ operation: 'rotate', inputs: [id], options }),
      });
    const first = await idOf(await submit({ angle: 90 }));
    const again = await submit({ angle: 90 });
    expect([again.headers.get('idempotent-replayed'), await idOf(again)]).toEqual(['true', first]);
    expect((await submit({ angle: 180 })).status).toBe(422);
    const key = await it.tenant('keys');
    expect((await upload(PLAIN, { 'idempotency-key': 'job-1' }, key)).status).toBe(202);
    expect((await upload(PLAIN, { 'idempotency-key': '' })).status).toBe(400);
    expect((await it.ended(first)).status).toBe('done');
  });
});

test('of many uploads at once each is accepted or told when to come back, and none hangs', async () => {
  const key = await it.tenant('burst');
  const answers = await Promise.all(Array.from({ length: BURST }, () => upload(PLAIN, {}, key)));
  const accepted = answers.filter(({ status }) => status === 202);
  for (const answer of answers)
    if (answer.status !== 202)
      expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([503, true]);
  expect(accepted.length).toBeGreaterThan(0);
  const ids = await Promise.all(accepted.map(idOf));
  await until('every verdict', async () => {
    const { body } = await it.json('/v1/documents?limit=200', { key });
    return body.items.every(({ verdict }: { verdict: string | null }) => verdict === 'clean');
  });
  expect(new Set(ids).size).toBe(accepted.length);
  expect(await it.leftovers()).toEqual([]);
});

test('a tenant that has stored all it may is refused, another is not', async () => {
  const key = await it.tenant('full');
  const fill = Buffer.concat([documentOf({}), Buffer.alloc(QUOTA / 2, 0x20)]);
  expect((await upload(fill, {}, key)).status).toBe(202);
  const refused = await upload(fill, {}, key);
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
    507,
    'QUOTA_REACHED',
  ]);
  expect((await upload(PLAIN)).status).toBe(202);
});

test.each([0, 60, 250])(
  'a worker that is killed %i ms into its work costs no verdict, no result and no file',
  async (ms) => {
    const id = await idOf(await upload(HEAVY));
    await killOne(ms);
    expect(await it.judged(id)).toMatchObject({ verdict: 'clean' });
    const body = { operation: 'text', inputs: [id] };
    const { body: job } = await it.json('/v1/documents/jobs', { method: 'POST', body });
    await killOne(ms);
    expect(await it.ended(job.id)).toMatchObject({ status: 'done' });
    await until('the folders to go', async () => (await it.leftovers()).length === 0);
  },
);

async function killOne(ms: number): Promise<void> {
  await until('a worker to run', () => it.workers.running > 0 && it.workers.pids.length > 0);
  const moment = performance.now() + ms;
  await until('the moment', () => performance.now() >= moment);
  for (const pid of it.workers.pids) process.kill(pid, 'SIGKILL');
}

test('nothing that a document names is ever asked for', async () => {
  let connections = 0;
  const trap = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  // safe because it listens on a port
  const { port } = trap.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/x`;
  const actions = [
    `/A << /S /URI /URI (${url}) >>`,
    `/A << /S /SubmitForm /F << /FS /URL /F (${url}) >> >>`,
    `/A << /S /GoToR /F << /FS /URL /F (${url}) >> /D [0 /Fit] >>`,
    `/A << /S /Launch /F (${url}) >>`,
    `/A << /S /ImportData /F << /FS /URL /F (${url}) >> >>`,
  ];
  const annotations = actions.map(
    (action) => `<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] ${action} >>`,
  );
  const pdf = documentOf({
    catalog: `/OpenAction << /S /URI /URI (${url}) >> /AcroForm << /Fields [] /XFA 100 0 R >>`,
    pages: [{ entries: `/Annots [${annotations.join(' ')}]` }],
    extra: {
      100: deflated(`<!DOCTYPE x [<!ENTITY e SYSTEM "${url}">]><x:xdp>&e;</x:xdp>`),
      101: `<< /Type /Filespec /FS /URL /F (${url}) >>`,
    },
  });
  const id = await idOf(await upload(pdf));
  expect(await it.judged(id)).toMatchObject({ verdict: 'disarmed' });
  for (const operation of ['text', 'thumbnail', 'sanitise', 'info', 'rotate'])
    await it.operated(operation, [id], operation === 'rotate' ? { angle: 90 } : {});
  expect(connections).toBe(0);
  await new Promise((resolve) => trap.close(resolve));
});

test('a job that is cancelled while it waits never runs', async () => {
  const heavy = await idOf(await upload(HEAVY));
  await it.judged(heavy);
  const submit = async () => {
    const body = { operation: 'text', inputs: [heavy] };
    return (await it.json('/v1/documents/jobs', { method: 'POST', body })).body.id as string;
  };
  const ids = await Promise.all(Array.from({ length: 6 }, submit));
  const last = ids.at(-1) ?? '';
  const { body } = await it.json(`/v1/documents/jobs/${last}/cancel`, { method: 'POST' });
  expect(body.status).toBe('cancelled');
  for (const id of ids.slice(0, -1)) expect((await it.ended(id)).status).toBe('done');
  expect((await it.json(`/v1/documents/jobs/${last}`)).body).toMatchObject({ resultIds: [] });
});

test('what is measured has few labels, and none that tells whose document it was', () => {
  const names = new Set(measured.map(({ name }) => name));
  for (const name of ['verdicts_total', 'operations_total', 'work_seconds', 'open'])
    expect(names).toContain(`comptoir_documents_${name}`);
  const values = new Set(measured.flatMap(({ labels }) => Object.values(labels)));
  const known = ['clean', 'disarmed', 'locked', 'refused', 'verdict', 'operation'];
  for (const value of values) expect([...known, 'done', 'failed', 'cancelled']).toContain(value);
});
