/**
 * How the parties that sat at the tables when the demo was made go on: served as any is, they pay and leave within forty
 * minutes, since tickets that nobody bumps would be late for ever. Pure.
 */
import type { EveningStep } from './demo-steps.ts';
import { tableStep, type EveningPlan } from './evening-plan.ts';
import { FIRST_ORDER } from './open-orders.ts';

const MINUTE_MS = 60_000;

/** Minutes from the order on: before a ticket of its station is late. */
const SERVICE: readonly (readonly [minutes: number, command: string, input: object])[] = [
  [2, 'BumpLines', { stationId: 'bar' }],
  [3, 'ServeLines', { stationId: 'bar' }],
  [8, 'BumpLines', { stationId: 'kitchen' }],
  [9, 'ServeLines', {}],
  [10, 'FireLines', { course: 2 }],
  [19, 'BumpLines', { stationId: 'kitchen' }],
  [20, 'ServeLines', {}],
  [32, 'AskBill', {}],
];

/** Null for an order of anybody else. Whoever touches the order or the table takes it over. */
export function firstPartyPlan(orderId: string, placedMs: number): EveningPlan | null {
  if (!orderId.startsWith(FIRST_ORDER)) return null;
  const tableId = orderId.slice(FIRST_ORDER.length);
  const order = (minutes: number, command: string, input: object): EveningStep => ({
    category: 'orders',
    command,
    id: orderId,
    input,
    once: `${orderId}-${minutes}`,
    atMs: placedMs + minutes * MINUTE_MS,
  });
  const table = (minutes: number, state: string): EveningStep => ({
    ...tableStep(tableId, state),
    once: `${orderId}-${state}`,
    atMs: placedMs + minutes * MINUTE_MS,
  });
  const pay = order(35, 'PayOrder', { id: `${orderId}-pay`, kind: 'card' });
  return {
    id: orderId,
    yields: true,
    steps: [
      ...SERVICE.map(([minutes, command, input]) => order(minutes, command, input)),
      { ...pay, paysDue: true },
      table(36, 'dirty'),
      table(38, 'free'),
    ],
  };
}
