/**
 * The demo tenant and what an outside system sent to it: a day of order lines of an invented bistro. Ids are stable, so
 * seeding twice stores nothing twice, and whatever a person did to the demo stays. fill-demo.ts makes the rest.
 */
import { createTenant } from '../access/tenants.ts';
import { Failure } from '../core/errors.ts';
import { jsonDraftOf, type EventDraft } from '../core/event.ts';
import type { EventLog } from '../log/log.ts';
import type { Database } from '../platform/postgres/database.ts';

export const DEMO_TENANT = 'demo';
const ORDERS = 80;
const LINES_PER_ORDER = 3;
/** The demo's day; event time is data, so it need not be today. */
const DAY = '2026-11-20';
const FIRST_HOUR = 12;

const MENU = [
  { item: 'Soup of the day', price: 650 },
  { item: 'Tarte flambée', price: 1180 },
  { item: 'Steak frites', price: 2150 },
  { item: 'Mushroom risotto', price: 1690 },
  { item: 'House lemonade', price: 420 },
  { item: 'Espresso', price: 260 },
  { item: 'Crème brûlée', price: 720 },
] as const;

/** Makes the demo tenant when it does not exist yet. Returns what to tell whoever started the server. */
export async function seedDemo(deps: { database: Database; log: EventLog }): Promise<string[]> {
  const { database, log } = deps;
  try {
    const { apiKey } = await createTenant(database, {
      id: DEMO_TENANT,
      bucket: log.bucketOf(DEMO_TENANT),
    });
    await log.appendReceived(DEMO_TENANT, demoEvents());
    return [
      `The tenant ${DEMO_TENANT} is an invented restaurant, filled in the background with three months of orders, guests ` +
        `and reservations. Its API key, shown this once: ${apiKey}`,
    ];
  } catch (error) {
    if (error instanceof Failure && error.code === 'TENANT_EXISTS') return [];
    throw error;
  }
}

function demoEvents(): EventDraft[] {
  return Array.from({ length: ORDERS * LINES_PER_ORDER }, (_, line) => {
    const order = Math.floor(line / LINES_PER_ORDER) + 1;
    const dish = MENU[(order * 5 + line * 3) % MENU.length] ?? MENU[0];
    const minute = (order * 7) % (9 * 60);
    const hour = String(FIRST_HOUR + Math.floor(minute / 60)).padStart(2, '0');
    const time = `${DAY}T${hour}:${String(minute % 60).padStart(2, '0')}:00Z`;
    return jsonDraftOf(
      {
        id: `line-${line + 1}`,
        source: '/demo/bistro',
        type: 'com.example.order.line',
        subject: `order/${order}`,
        time,
      },
      {
        order,
        table: (order % 14) + 1,
        item: dish.item,
        quantity: (line % 3) + 1,
        price: { amount: dish.price, currency: 'EUR' },
      },
    );
  });
}
