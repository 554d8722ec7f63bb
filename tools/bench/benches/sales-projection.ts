import type { Database } from '../../../src/platform/postgres/database.ts';

/** The data of an event of the corpus, as far as the projection reads it. */
export interface Sale {
  readonly location: string;
  readonly lines: readonly {
    readonly product: string;
    readonly quantity: number;
    readonly price: number;
  }[];
  readonly total: { readonly amount: number };
}

/** What was sold where: quantity and amount per location and product, with the checkpoint beside it. */
export interface SalesProjection {
  /** Adds to the sums in memory. */
  add(sale: Sale): void;
  /** Writes the sums and the checkpoint in one transaction. */
  commit(position: bigint): Promise<void>;
  /** Empties table and checkpoint. */
  reset(): Promise<void>;
  /** Fails when the table does not hold what was read. */
  check(expected: { readonly events: number; readonly amount: number }): Promise<void>;
}

const CREATE = `create table bench_sales (
    location text not null, product text not null, quantity bigint not null, amount bigint not null,
    primary key (location, product));
  create table bench_checkpoint (one boolean primary key default true, position bigint not null);
  insert into bench_checkpoint (position) values (0)`;

const UPSERT = `insert into bench_sales as sales (location, product, quantity, amount)
  select location, product, quantity, amount
    from json_to_recordset($1) as row(location text, product text, quantity bigint, amount bigint)
  on conflict (location, product) do update
    set quantity = sales.quantity + excluded.quantity, amount = sales.amount + excluded.amount`;

interface Sum {
  readonly location: string;
  readonly product: string;
  quantity: number;
  amount: number;
}

export async function createSalesProjection(database: Database): Promise<SalesProjection> {
  await database.query({ text: CREATE });
  let sums = new Map<string, Sum>();
  let known = 0n;
  return {
    add({ location, lines }) {
      for (const { product, quantity, price } of lines) {
        const key = `${location}\n${product}`;
        const sum = sums.get(key) ?? { location, product, quantity: 0, amount: 0 };
        if (sum.quantity === 0) sums.set(key, sum);
        sum.quantity += quantity;
        sum.amount += quantity * price;
      }
    },
    async commit(position) {
      const rows = [...sums.values()];
      sums = new Map();
      await database.transaction(async (tx) => {
        await tx.query({ text: UPSERT, values: [JSON.stringify(rows)] });
        const moved = await tx.query({
          text: 'update bench_checkpoint set position = $1 where position = $2',
          values: [position, known],
        });
        if (moved.rowCount !== 1) throw new Error('The checkpoint was not where it was left.');
      });
      known = position;
    },
    async reset() {
      known = 0n;
      await database.query({ text: 'truncate bench_sales' });
      await database.query({ text: 'update bench_checkpoint set position = 0' });
    },
    async check({ events, amount }) {
      const { rows } = await database.query<{ amount: string; position: bigint }>({
        text: `select (select coalesce(sum(amount), 0)::text from bench_sales) as amount, position from bench_checkpoint`,
      });
      if (Number(rows[0]?.amount) !== amount || Number(rows[0]?.position) !== events)
        throw new Error(`The projection has ${rows[0]?.amount} at ${rows[0]?.position}.`);
    },
  };
}
