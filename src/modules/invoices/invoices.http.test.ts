/** Invoices from the sale to the paper, over HTTP. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  documentFixture,
  type DocumentFixture,
  type Json,
} from '../../documents/service.fixture.ts';
import { textOfPages } from '../../documents/worker/pdfium.ts';

let it: DocumentFixture;
let locationId: string;
let productId: string;
/** Of the clocks on the wall: papers are numbered by the year of their location. */
const YEAR = Temporal.Now.zonedDateTimeISO('Europe/Warsaw').year;

const post = (path: string, body: unknown = {}, key?: string): Promise<Json> =>
  it.json(path, { method: 'POST', body, ...(key === undefined ? {} : { key }) });

async function created(path: string, body: unknown): Promise<string> {
  const answer = await post(path, body);
  expect([path, answer.status, answer.body]).toMatchObject([path, 201, {}]);
  return answer.body.id;
}

beforeAll(async () => {
  it = await documentFixture({ modules: true });
  locationId = await created('/v1/business/locations', {
    name: 'Rynek',
    timeZone: 'Europe/Warsaw',
    country: 'PL',
    languages: ['pl', 'en'],
  });
  productId = await created('/v1/catalog/products', {
    name: { pl: 'Żurek', en: 'Sour soup' },
    price: 1080,
    taxClass: 'food',
    allergens: [],
  });
});
afterAll(() => it.close());

async function sold(quantity = 1, payments = [{ kind: 'cash', amount: 100_000 }]): Promise<string> {
  const lines = [{ productId, quantity, modifiers: [], expectedPrice: 1080 }];
  return created('/v1/orders', { locationId, channel: 'eat-in', lines, payments });
}

const BUYER = {
  name: 'Łódzka Ćma (x\\) sp. z o.o.',
  taxId: '526-104-08-28',
  address: { lines: ['Piotrkowska 1'], postalCode: '90-001', city: 'Łódź', country: 'PL' },
};

async function printed(path: string): Promise<string> {
  const accepted = await post(path);
  expect([path, accepted.status]).toEqual([path, 202]);
  const job = await it.ended(accepted.body.id);
  expect(job).toMatchObject({ operation: 'print', status: 'done' });
  const bytes = Buffer.from(await (await it.fetched(job.resultId)).arrayBuffer());
  return (await textOfPages(bytes, () => undefined)).join('\n').replaceAll('\u00a0', ' ');
}

describe('an invoice', () => {
  test('needs to know who sells', async () => {
    const answer = await post('/v1/invoices', { orderId: await sold() });
    expect([answer.status, answer.body.code]).toEqual([409, 'INVOICE_SELLER_MISSING']);
    await created('/v1/business/profiles', {
      legalName: 'Pod Wawelem sp. z o.o.',
      country: 'PL',
      taxId: '526-104-08-28',
      address: { lines: ['Rynek 1'], postalCode: '31-042', city: 'Kraków', country: 'PL' },
    });
  });

  test('I1: numbers have no gap, also when many are issued at once and some refused', async () => {
    const orders = await Promise.all(Array.from({ length: 8 }, () => sold()));
    const asked = [...orders, ...orders.slice(0, 3), 'unknown'];
    const answers = await Promise.all(
      asked.map((orderId) => post('/v1/invoices', { orderId, series: 'GAP' })),
    );
    const numbers = answers.flatMap(({ body }) => (body.number as string) ?? []);
    expect(new Set(numbers)).toEqual(
      new Set(Array.from({ length: 8 }, (_, index) => `GAP-${YEAR}-00000${index + 1}`)),
    );
    expect(numbers).toHaveLength(8);
    const refused = answers.filter(({ status }) => status !== 201).map(({ body }) => body.code);
    expect(refused.filter((code) => code === 'INVOICE_EXISTS')).toHaveLength(3);
    expect(refused.filter((code) => code === 'INVOICE_ORDER_UNKNOWN')).toHaveLength(1);
  });

  test('is printed with its buyer, its taxes and its number, in three languages', async () => {
    const orderId = await sold(2);
    const issued = await post('/v1/invoices', { orderId, buyer: BUYER, series: 'FV' });
    expect([issued.status, issued.body]).toMatchObject([
      201,
      { id: orderId, number: `FV-${YEAR}-000001`, keptUntil: `${YEAR + 5}-12-31` },
    ]);
    const polish = await printed(`/v1/invoices/${orderId}/pdf`);
    for (const words of [
      `Faktura FV-${YEAR}-000001`,
      'Nabywca',
      BUYER.name,
      'Pod Wawelem',
      'Żurek',
      '8 %',
      '20,00',
      '1,60',
      '21,60 zł',
    ])
      expect(polish).toContain(words);
    expect(await printed(`/v1/invoices/${orderId}/pdf?language=pt`)).toContain('Comprador');
    expect(await printed(`/v1/invoices/${orderId}/pdf?language=en`)).toContain('Buyer');
    expect((await post(`/v1/invoices/${orderId}/pdf?language=xx`)).status).toBe(400);
  });

  test('I2: an open order has none, and a closed one has one', async () => {
    const lines = [{ productId, quantity: 1, modifiers: [], expectedPrice: 1080 }];
    const open = await created('/v1/orders', { locationId, channel: 'eat-in', lines });
    expect((await post('/v1/invoices', { orderId: open })).body.code).toBe(
      'INVOICE_ORDER_NOT_CLOSED',
    );
    const orderId = await sold();
    expect((await post('/v1/invoices', { orderId })).status).toBe(201);
    const again = await post('/v1/invoices', { orderId });
    expect([again.body.code, again.body.details]).toEqual([
      'INVOICE_EXISTS',
      { invoiceId: orderId },
    ]);
  });

  test('what is not an input is refused', async () => {
    const orderId = await sold();
    for (const more of [{ number: 1 }, { gross: 1 }, { buyer: { name: 'x', id: '1' } }])
      expect((await post('/v1/invoices', { orderId, ...more })).status).toBe(400);
  });
});

describe('a credit note', () => {
  test('I3: credits what was given back, once, with numbers of its own', async () => {
    const orderId = await sold(2);
    await post('/v1/invoices', { orderId, buyer: BUYER });
    const early = await post('/v1/invoices/credit-notes', { invoiceId: orderId, reason: 'cold' });
    expect(early.body.code).toBe('CREDIT_NOTE_EMPTY');
    await post(`/v1/orders/${orderId}/refund`, { amount: 540, reason: 'cold', kind: 'cash' });
    const note = await post('/v1/invoices/credit-notes', { invoiceId: orderId, reason: 'cold' });
    expect([note.status, note.body]).toMatchObject([
      201,
      { number: `CN-${YEAR}-000001`, gross: 540 },
    ]);
    const twice = await post('/v1/invoices/credit-notes', { invoiceId: orderId, reason: 'cold' });
    expect(twice.body.code).toBe('CREDIT_NOTE_EMPTY');
    const paper = await printed(`/v1/invoices/credit-notes/${note.body.id}/pdf`);
    for (const words of ['Faktura korygująca', `INV-${YEAR}-`, BUYER.name, '-5,40', 'cold'])
      expect(paper).toContain(words);
    const { body } = await it.json(`/v1/invoices/${orderId}`);
    expect(body).toMatchObject({ status: 'issued', credited: 540, gross: 2160 });
  });

  test('of the whole makes room for another invoice, under the next number', async () => {
    const orderId = await sold();
    const first = await post('/v1/invoices', { orderId, series: 'RE' });
    const body = { invoiceId: orderId, reason: 'wrong buyer', whole: true };
    const [one, other] = await Promise.all([
      post('/v1/invoices/credit-notes', body),
      post('/v1/invoices/credit-notes', body),
    ]);
    expect(new Set([one.status, other.status])).toEqual(new Set([201, 409]));
    const second = await post('/v1/invoices', { orderId, series: 'RE', buyer: BUYER });
    expect([first.body.number, second.body.number, second.body.id]).toEqual([
      `RE-${YEAR}-000001`,
      `RE-${YEAR}-000002`,
      `${orderId}.2`,
    ]);
    const wrong = await post('/v1/invoices/credit-notes', {
      ...body,
      invoiceId: `${orderId}.2`,
      series: 'RE',
    });
    expect(wrong.body.code).toBe('SERIES_OTHER_KIND');
  });
});

test('a series goes on from numbers of another system, and never once it has begun', async () => {
  const body = { series: 'OLD', year: YEAR, kind: 'invoice', next: 418 };
  expect((await post('/v1/invoices/series', body)).status).toBe(201);
  const issued = await post('/v1/invoices', { orderId: await sold(), series: 'OLD' });
  expect(issued.body.number).toBe(`OLD-${YEAR}-000418`);
  expect((await post('/v1/invoices/series', body)).body.code).toBe('SERIES_BEGUN');
});

test('I4: a print that fails costs no number, and the invoice can be printed again', async () => {
  const orderId = await sold();
  const issued = await post('/v1/invoices', { orderId, series: 'ONE' });
  const accepted = await post(`/v1/invoices/${orderId}/pdf`);
  await post(`/v1/documents/jobs/${accepted.body.id}/cancel`);
  const text = await printed(`/v1/invoices/${orderId}/pdf`);
  expect(text).toContain(issued.body.number);
  const next = await post('/v1/invoices', { orderId: await sold(), series: 'ONE' });
  expect(next.body.number).toBe(`ONE-${YEAR}-000002`);
});

test('I5: the buyer is sealed under a key of the invoice, which erasing the customer does not touch', async () => {
  const customerId = await created('/v1/customers', { name: 'Ana Souza' });
  const lines = [{ productId, quantity: 1, modifiers: [], expectedPrice: 1080 }];
  const payments = [{ kind: 'card', amount: 1080 }];
  const sale = { locationId, channel: 'eat-in', lines, payments, customerId };
  const orderId = await created('/v1/orders', sale);
  await post('/v1/invoices', { orderId, buyer: { name: 'canary-buyer' } });
  const { personal } = it.modules!;
  const stored = await it.log.readStream('default', `invoices/${orderId}`, {
    fromVersion: 1n,
    limit: 10,
  });
  const keys = stored.flatMap((event) => [...personal.personsOf(event)]);
  expect(keys).toEqual([personal.referenceOf('default', `kept-by-law.invoice.${orderId}`)]);
  expect(stored.map(({ data }) => Buffer.from(data).toString()).join()).not.toContain('canary');
  const early = await post(`/v1/invoices/${orderId}/end-keeping`);
  expect([early.status, early.body.code]).toEqual([409, 'INVOICE_STILL_KEPT']);
});

test('I6: of another tenant, invoices and their papers are as unknown ones', async () => {
  const orderId = await sold();
  await post('/v1/invoices', { orderId });
  const key = await it.tenant('other');
  for (const path of [
    `/v1/invoices/${orderId}/pdf`,
    `/v1/invoices/credit-notes/${orderId}/pdf`,
    `/v1/orders/${orderId}/receipt/pdf`,
  ])
    expect((await post(path, {}, key)).status).toBe(404);
  expect((await it.json(`/v1/invoices/${orderId}`, { key })).status).toBe(404);
  expect((await post('/v1/invoices', { orderId }, key)).body.code).toBe('INVOICE_ORDER_UNKNOWN');
});

test('a receipt is a strip of paper that says it is no fiscal document', async () => {
  const text = await printed(`/v1/orders/${await sold(3)}/receipt/pdf`);
  for (const words of ['Zamówienie', '3 x Żurek', '32.40 PLN', 'Gotówka', 'Dokument niefiskalny'])
    expect(text).toContain(words);
});

test('a paper carries the logo of the business, and is printed without one that cannot be had', async () => {
  const orderId = await sold(1);
  const path = `/v1/orders/${orderId}/receipt/pdf`;
  const bytesOf = async (): Promise<Buffer> => {
    const job = await it.ended((await post(path)).body.id);
    expect(job).toMatchObject({ operation: 'print', status: 'done' });
    return Buffer.from(await (await it.fetched(job.resultId)).arrayBuffer());
  };
  const chosen = (logoId: string | null) =>
    post('/v1/business/profiles/main/change', { logoId }).then(({ status }) => status);
  const picture = {
    create: { width: 90, height: 60, channels: 3, background: '#0f4c3a' },
  } as const;
  const jpeg = await sharp(picture).jpeg().toBuffer();
  await pictured('sign', jpeg);
  // What no file is behind any more, and what is no picture.
  await pictured('lost', jpeg, 'a'.repeat(64));
  await pictured('broken', Buffer.from('no picture at all'));

  expect((await bytesOf()).includes('/DCTDecode')).toBe(false);
  expect(await chosen('sign')).toBe(200);
  expect((await bytesOf()).includes(jpeg)).toBe(true);
  for (const id of ['lost', 'broken', 'nowhere']) {
    expect(await chosen(id)).toBe(200);
    const bytes = await bytesOf();
    expect([id, bytes.includes('/DCTDecode')]).toEqual([id, false]);
    expect((await textOfPages(bytes, () => undefined)).join()).toContain('Żurek');
  }
  expect(await chosen(null)).toBe(200);
});

/** A picture of the gallery as its route leaves it, with one file. */
async function pictured(id: string, bytes: Uint8Array, key?: string): Promise<void> {
  const tenant = 'default';
  const holder = `catalog.images/${id}`;
  const owner = { kind: 'tenant' } as const;
  const kept = await it.blobs.put({ tenant, owner, holder, content: [bytes], bytesMax: 1e6 });
  const size = { type: 'image/jpeg', width: 90, height: 60 } as const;
  const answer = await it.modules!.pipeline.handle({
    principal: { keyId: 'a test', tenant, scopes: new Set(['catalog:write'] as const) },
    category: 'catalog.images',
    command: 'UploadImage',
    id,
    input: { ...size, variants: [{ ...size, ...kept, key: key ?? kept.key }] },
  });
  expect(answer.status).toBe('done');
}
