/** What the crash proof sends: every event is a pure function of seed, tenant and number, so nothing must be kept. */
import { createHash } from 'node:crypto';
import { randomOf } from '../random.ts';
import type { SentEvent } from './ledger.ts';

export interface WorkloadEvent {
  readonly seed: string;
  readonly tenant: string;
  readonly event: SentEvent;
}

const TYPES = ['shop.order.placed', 'shop.order.paid', 'shop.table.seated', 'shop.stock.counted'];
/** Data of 20 to 600 bytes: around the 300 of a real order line, with spread so that batches differ in size. */
const NOTE = { low: 0, high: 560 };
const MENU = [
  'izze',
  'chips and guacamole',
  'steak bowl',
  'canned soda',
  'barbacoa burrito',
  'side of chips',
];

export function idOf(tenant: string, number: number): string {
  return `${tenant}-${number}`;
}

/** The CloudEvent as sent. An `invalid` one has no source, which CloudEvents 1.0 requires. */
export function cloudEventOf({ seed, tenant, event }: WorkloadEvent): Record<string, unknown> {
  const { number, variant } = event;
  const random = randomOf(`${seed}/${tenant}/${number}/${variant === 'other' ? 'other' : 'true'}`);
  const noteLength = random.between(NOTE);
  let note = '';
  while (note.length < noteLength)
    note += `${MENU[random.between({ low: 0, high: MENU.length - 1 })] ?? ''} é€🍋 `;
  return {
    specversion: '1.0',
    id: idOf(tenant, number),
    ...(variant === 'invalid' ? {} : { source: `/shop/${tenant}` }),
    type: TYPES[random.between({ low: 0, high: TYPES.length - 1 })],
    ...(random.chance(0.7) ? { subject: `table/${random.between({ low: 1, high: 40 })}` } : {}),
    ...(random.chance(0.7) ? { time: '2026-05-04T18:30:00.25Z' } : {}),
    ...(random.chance(0.5)
      ? { sequence: String(number), priority: `p${random.between({ low: 0, high: 9 })}` }
      : {}),
    datacontenttype: 'application/json',
    data: { number, amount: random.between({ low: 100, high: 99_999 }), note },
  };
}

/** Names a server may add; they are no part of what was sent. */
const ADDED = new Set([
  'recordedtime',
  'position',
  'bucket',
  'stream',
  'streamversion',
  'tenant',
  'tenantid',
]);

/** Hash of what an event says, whatever the order of its attributes and whoever added the rest. */
export function contentHash(event: Readonly<Record<string, unknown>>): string {
  const kept = Object.entries(event).filter(([name]) => !ADDED.has(name));
  return createHash('sha256')
    .update(canonical(Object.fromEntries(kept)))
    .digest('base64url')
    .slice(0, 16);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
