/** Rows of one (generation, bucket) in memory while a chunk is folded, and from chunk to chunk while a table fills. */
import type { Row } from '../core/read-model.ts';
import type { RowKey, RowWrite } from './projection-store.ts';

export interface HeldRow {
  readonly tenant: string;
  readonly key: string;
  /** Null: there is none. */
  row: Row | null;
  position: bigint;
  /** Changed since it was last written. */
  dirty: boolean;
  /** Whether the table has a row of this key. */
  stored: boolean;
}

export class RowSet {
  /** By tenant, then key: joining the two into one text would cost a string for each event. */
  readonly #tenants = new Map<string, Map<string, HeldRow>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(tenant: string, key: string): HeldRow | undefined {
    return this.#tenants.get(tenant)?.get(key);
  }

  /** The held row, or a new entry for one that does not exist. */
  take(tenant: string, key: string): HeldRow {
    let rows = this.#tenants.get(tenant);
    if (rows === undefined) this.#tenants.set(tenant, (rows = new Map()));
    let held = rows.get(key);
    if (held === undefined) {
      held = { tenant, key, row: null, position: 0n, dirty: false, stored: false };
      rows.set(key, held);
      this.#size += 1;
    }
    return held;
  }

  add(rows: readonly RowWrite[]): void {
    for (const { tenant, key, row, position } of rows) {
      const held = this.take(tenant, key);
      held.row = row;
      held.position = position;
      held.stored = row !== null;
    }
  }

  missing(keys: Iterable<RowKey>): RowKey[] {
    const found: RowKey[] = [];
    for (const key of keys) if (this.get(key.tenant, key.key) === undefined) found.push(key);
    return found;
  }

  clear(): void {
    this.#tenants.clear();
    this.#size = 0;
  }
}
