import type { ImportEvent } from './events.ts';

export type ImportState =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'done';
      readonly locationId: string;
      readonly orderIds: readonly string[];
      readonly unchanged: number;
    };

export const initialState: ImportState = { status: 'unknown' };

export function evolve(_state: ImportState, { data }: ImportEvent): ImportState {
  const { locationId, orderIds, unchanged } = data;
  return { status: 'done', locationId, orderIds, unchanged };
}
