/**
 * From an empty house to the first sale, over HTTP and nothing else:
 *
 *   npx node examples/first-sale/first-sale.ts http://127.0.0.1:8080 YOUR_API_KEY
 */

type Json = Readonly<Record<string, unknown>>;

const [url = 'http://127.0.0.1:8080', apiKey = ''] = process.argv.slice(2);

async function call(method: 'GET' | 'POST', path: string, body?: Json): Promise<Json> {
  const response = await fetch(new URL(path, url), {
    method,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // safe because every answer of these addresses is a JSON object
  const answer = (await response.json()) as Json;
  if (!response.ok) throw new Error(`${method} ${path}: ${String(answer['detail'])}`);
  return answer;
}

const post = (path: string, body: Json): Promise<Json> => call('POST', path, body);
const idOf = (answer: Json): string => String(answer['id']);

// The house: a country brings currency, taxes and language; all of it can be changed.
const house = { name: 'Le Comptoir', country: 'PL', timeZone: 'Europe/Warsaw', currency: 'PLN' };
const locationId = idOf(await post('/v1/business/locations', house));
const location = `/v1/business/locations/${locationId}`;
await post(`${location}/set-area`, { areaId: 'room', name: 'Room' });
const table = { tableId: 't1', areaId: 'room', name: '1', seats: 4, joinableWith: [] };
await post(`${location}/set-table`, table);
const kitchen = { name: 'Kitchen', slowAfterSeconds: 600, lateAfterSeconds: 1200 };
await post(`${location}/set-station`, { stationId: 'kitchen', ...kitchen });

// The menu. Prices are whole minor units: 18.50 PLN.
const soup = { name: { en: 'Soup' }, categoryId: null, price: 1850, taxClass: 'food' };
const productId = idOf(await post('/v1/catalog/products', { ...soup, stationId: 'kitchen' }));

// A guest in the loyalty club, found by phone from now on.
const customerId = idOf(await post('/v1/customers', { name: 'Ana', phone: '+48601234567' }));
await post('/v1/loyalty/members', { customerId });

// Two soups at table 1. `expectedPrice` is what the guest saw: another price is refused, not charged.
const line = { productId, quantity: 2, modifiers: [], expectedPrice: 1850 };
const placed = { locationId, channel: 'eat-in', tableId: 't1', customerId, lines: [line] };
const orderId = idOf(await post('/v1/orders', placed));

// 50.00 in cash, 3.00 of it a tip. A payment counts once under its id, however often it is sent.
const payment = { id: 'payment-1', kind: 'cash', amount: 5000, tip: 300 };
const paid = await post(`/v1/orders/${orderId}/pay`, payment);
const again = await post(`/v1/orders/${orderId}/pay`, payment);

// A table for two next week.
const day = new Date(Date.now() + 7 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
const contact = { name: 'Jan', phone: '+48601234568' };
const startsAt = `${day}T19:00:00`;
const booked = await post('/v1/reservations', { locationId, startsAt, partySize: 2, contact });

// What is computed from all that. `wait` makes a list include what a command just did.
const list = await call(
  'GET',
  `/v1/orders?locationId=${locationId}&wait=${String(paid['cursor'])}`,
);
process.stdout.write(
  `${JSON.stringify({
    change: paid['change'],
    versionAfterPaying: paid['version'],
    versionAfterPayingAgain: again['version'],
    orders: list['items'],
    booking: { status: booked['status'], tableIds: booked['tableIds'] },
  })}\n`,
);
