/**
 * Random histories for a log: what several writers do to few tenants, keys and streams, so that they often meet.
 * Plain data, so that fast-check can print and shrink a history.
 */
import fc from 'fast-check';
import type { AppendFaultKind } from './subject.ts';

export const WRITERS = 3;
export const TENANTS = 4;
const IDS = 8;
/** Command ids, and keys of answers. */
const MARKS = 3;
const SOURCES = ['/shop', '/bar'] as const;
/** Data of received events: the first two are one content in two spellings, the third is another content. */
export const DATA_VARIANTS = ['{"v":1}', '{ "v": 1 }', '{"v":1.0}'] as const;
const STREAMS = ['orders/1', 'orders/2', 'tables/1'] as const;
const TYPES = ['order.placed', 'order.paid', 'menu'] as const;

export interface ReceivedEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** Index into DATA_VARIANTS. */
  readonly variant: number;
}

export interface ReceivedOperation {
  readonly operation: 'received';
  readonly writer: number;
  readonly tenant: number;
  readonly events: readonly ReceivedEvent[];
}

export interface DecidedOperation {
  readonly operation: 'decided';
  readonly writer: number;
  readonly tenant: number;
  readonly streams: readonly {
    readonly stream: string;
    /** Expected version relative to the one that the stream has before the step. */
    readonly offset: number;
    readonly events: number;
  }[];
  /** Number of the command's id and of its answer's key. */
  readonly command: number | null;
  readonly key: number | null;
}

/** The answer to a command without events. */
export interface RecordOperation {
  readonly operation: 'record';
  readonly writer: number;
  readonly tenant: number;
  readonly key: number;
}

export type Operation = ReceivedOperation | DecidedOperation | RecordOperation;

export interface Fault {
  readonly writer: number;
  readonly kind: AppendFaultKind;
  /** Appends in a row that fail this way. */
  readonly times: number;
}

export type Filters = Partial<
  Readonly<{ exactType: string; typePrefix: string; id: string; source: string; stream: string }>
> & { readonly window?: readonly [number, number] | undefined };

export type Step =
  /** Operations at the same time; `faults` strike during them. */
  | {
      readonly step: 'append';
      readonly operations: readonly Operation[];
      readonly faults: readonly Fault[];
    }
  /** `after` and the bounds of `window` are thousandths of what the bucket holds. */
  | {
      readonly step: 'find';
      readonly writer: number;
      readonly tenant: number;
      readonly filters: Filters;
      /** Where it begins; against the order of position when newest first. */
      readonly after: number;
      readonly limit: number;
      readonly isNewestFirst: boolean;
    }
  | {
      readonly step: 'read';
      readonly writer: number;
      readonly tenant: number;
      readonly after: number;
    }
  | {
      readonly step: 'stream';
      readonly writer: number;
      readonly tenant: number;
      readonly stream: string;
    }
  /** Many appends of one event in a row: rows enough for compaction to merge. */
  | { readonly step: 'burst'; readonly writer: number; readonly tenant: number }
  | { readonly step: 'restart'; readonly writer: number }
  | { readonly step: 'advance'; readonly ms: number }
  | { readonly step: 'maintain' };

const writer = fc.nat({ max: WRITERS - 1 });
const tenant = fc.nat({ max: TENANTS - 1 });
const thousandths = fc.nat({ max: 1_000 });
const stream = fc.constantFrom(...STREAMS);
const id = fc.nat({ max: IDS - 1 }).map((n) => `id-${n}`);
const source = fc.constantFrom(...SOURCES);
const type = fc.constantFrom(...TYPES);

/** Of a few command ids or keys, so that they repeat; often none. */
const mark = fc.option(fc.nat({ max: MARKS - 1 }), { nil: null, freq: 3 });

const receivedEvent: fc.Arbitrary<ReceivedEvent> = fc.record({
  id,
  source,
  // One type most of the time, otherwise nearly every repeat would be a conflict.
  type: fc.oneof(
    { weight: 5, arbitrary: fc.constant<string>(TYPES[0]) },
    { weight: 1, arbitrary: type },
  ),
  variant: fc.nat({ max: DATA_VARIANTS.length - 1 }),
});

const received: fc.Arbitrary<ReceivedOperation> = fc.record({
  operation: fc.constant('received' as const),
  writer,
  tenant,
  events: fc.array(receivedEvent, { minLength: 1, maxLength: 6 }),
});

const decided: fc.Arbitrary<DecidedOperation> = fc.record({
  operation: fc.constant('decided' as const),
  writer,
  tenant,
  streams: fc.uniqueArray(
    fc.record({ stream, offset: fc.constantFrom(0, 0, 0, 0, -1, 1), events: fc.nat({ max: 3 }) }),
    { selector: (one) => one.stream, minLength: 1, maxLength: STREAMS.length },
  ),
  command: mark,
  key: mark,
});

const record: fc.Arbitrary<RecordOperation> = fc.record({
  operation: fc.constant('record' as const),
  writer,
  tenant,
  key: fc.nat({ max: MARKS - 1 }),
});

const fault: fc.Arbitrary<Fault> = fc.record({
  writer,
  kind: fc.constantFrom<AppendFaultKind>(
    'not-sent',
    'refused',
    'lost-before',
    'lost-after',
    'stopped-before',
    'stopped-after',
  ),
  times: fc.integer({ min: 1, max: 2 }),
});

const append: fc.Arbitrary<Step> = fc.record({
  step: fc.constant('append' as const),
  operations: fc.array(
    fc.oneof(
      { weight: 4, arbitrary: received },
      { weight: 3, arbitrary: decided },
      { weight: 1, arbitrary: record },
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
  faults: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fault, { minLength: 1, maxLength: 2 }) },
  ),
});

const filterValues = {
  exactType: type,
  typePrefix: fc.constantFrom('order.', 'order', 'comptoir.', 'x'),
  id,
  source,
  stream,
  window: fc.tuple(thousandths, thousandths),
};

/** Mostly none or one filter: many at once seldom match anything. */
const filters: fc.Arbitrary<Filters> = fc.oneof(
  fc.constant({}),
  fc.record({ exactType: type }),
  fc.record({ typePrefix: filterValues.typePrefix }),
  fc.record({ id }),
  fc.record({ source }),
  fc.record({ stream }),
  fc.record({ window: filterValues.window }),
  fc.record(filterValues, { requiredKeys: [] }),
);

const find: fc.Arbitrary<Step> = fc.record({
  step: fc.constant('find' as const),
  writer,
  tenant,
  filters,
  after: fc.oneof(fc.constant(0), thousandths),
  limit: fc.constantFrom(1, 2, 5, 100),
  isNewestFirst: fc.boolean(),
});

/** One step of a history. */
export const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: append },
  { weight: 2, arbitrary: find },
  {
    weight: 1,
    arbitrary: fc.record({
      step: fc.constant('read' as const),
      writer,
      tenant,
      after: thousandths,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ step: fc.constant('stream' as const), writer, tenant, stream }),
  },
  { weight: 1, arbitrary: fc.record({ step: fc.constant('burst' as const), writer, tenant }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant('restart' as const), writer }) },
  {
    weight: 1,
    arbitrary: fc.record({
      step: fc.constant('advance' as const),
      ms: fc.constantFrom(-5_000, 1, 900, 1_500, 60_000),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ step: 'maintain' as const }) },
);
