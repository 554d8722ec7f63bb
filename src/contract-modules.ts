/**
 * Shapes of modules and of time travel over HTTP, shared as those of contract.ts are. Safe in a browser.
 */
import { Type, type Static } from 'typebox';

const Time = Type.String({ format: 'date-time', description: 'RFC 3339 with zone.' });
const Nullable = { type: ['string', 'null'] };
const Version = Type.Integer({ minimum: 1 });
const Text = Type.Unsafe<string | null>(Nullable);

const Schema = Type.Unsafe<object>({ type: 'object', description: 'JSON Schema 2020-12.' });

/** What one kind of thing of a module can do, and how it is listed. */
export const AggregateView = Type.Object({
  category: Type.String({ description: 'First part of the names of its streams.' }),
  singular: Type.String(),
  path: Type.String(),
  scopes: Type.Object({ read: Type.String(), write: Type.String() }),
  commands: Type.Array(
    Type.Object({
      name: Type.String(),
      word: Type.Unsafe<string | null>({
        ...Nullable,
        description: 'Null for the one that creates.',
      }),
      method: Type.Literal('POST'),
      path: Type.String({ description: 'With `{id}` for all but the one that creates.' }),
      summary: Type.String(),
      permission: Type.String({
        description: 'Scope it needs; `write` of the module includes it.',
      }),
      approvable: Type.Boolean({
        description: 'Whether a signed-in user without the permission may have it approved.',
      }),
      input: Schema,
      examples: Type.Array(Type.Unknown(), { description: 'Valid inputs.' }),
    }),
  ),
  list: Type.Object({
    name: Type.String({ description: 'The read model.' }),
    path: Type.String(),
    columns: Type.Array(Type.Object({ name: Type.String(), type: Type.String(), schema: Schema })),
    filters: Type.Array(Type.String()),
    order: Type.Array(Type.Object({ column: Type.String(), descending: Type.Boolean() })),
  }),
  money: Type.Array(Type.String(), {
    description:
      'Names of fields whose whole numbers are minor units; the currency stands beside them, at their location, or is ' +
      'that of the house.',
  }),
  events: Type.Array(
    Type.Object({
      name: Type.String(),
      type: Type.String({ description: 'CloudEvents type of the newest version.' }),
      version: Type.Integer({ minimum: 1 }),
      personal: Type.Array(Type.String(), { description: 'JSON Pointers of personal fields.' }),
    }),
  ),
  refusals: Type.Array(
    Type.Object({ code: Type.String(), sentence: Type.String(), remedy: Type.String() }),
  ),
});
export type AggregateView = Static<typeof AggregateView>;

export const ModuleView = Type.Object({
  name: Type.String(),
  title: Type.String(),
  summary: Type.String(),
  aggregates: Type.Array(AggregateView),
  policies: Type.Array(Type.Object({ name: Type.String(), on: Type.Array(Type.String()) })),
});
export type ModuleView = Static<typeof ModuleView>;

export const ModulesView = Type.Object({ items: Type.Array(ModuleView) });
export type ModulesView = Static<typeof ModulesView>;

export const FieldChangeView = Type.Object({
  at: Type.String({ description: 'JSON Pointer into the state.' }),
  before: Type.Optional(Type.Unknown({ description: 'Absent when the field was added.' })),
  after: Type.Optional(Type.Unknown({ description: 'Absent when the field was removed.' })),
});

/** One event of a stream and what it changed. */
export const HistoryEntryView = Type.Object({
  version: Version,
  eventId: Type.String(),
  type: Type.String({ description: 'Name of the event type.' }),
  at: Time,
  recordedAt: Time,
  actor: Type.Unsafe<string | null>({ ...Nullable, description: 'Id of a key, or `policy:NAME`.' }),
  commandId: Text,
  causationId: Text,
  correlationId: Text,
  changes: Type.Array(FieldChangeView),
});
export type HistoryEntryView = Static<typeof HistoryEntryView>;

export const HistoryPage = Type.Object({
  items: Type.Array(HistoryEntryView),
  next: Type.String({ description: 'Version to pass as `after`.' }),
  more: Type.Boolean(),
});
export type HistoryPage = Static<typeof HistoryPage>;

/** A stream's state at a moment. */
export const StateView = Type.Object({
  category: Type.String(),
  id: Type.String(),
  version: Version,
  at: Type.Unsafe<string | null>({ ...Nullable, description: 'Of its newest event then.' }),
  state: Type.Unknown(),
});
export type StateView = Static<typeof StateView>;

const MomentView = Type.Object({ version: Type.Integer({ minimum: 0 }), at: Text });
export const ChangesView = Type.Object({
  category: Type.String(),
  id: Type.String(),
  from: MomentView,
  to: MomentView,
  changes: Type.Array(FieldChangeView),
});
export type ChangesView = Static<typeof ChangesView>;

/** One event in a chain of causes: where it is and what led to it, without its data. */
export const ChainLink = Type.Object({
  id: Type.String(),
  type: Type.String(),
  source: Type.String(),
  stream: Text,
  streamversion: Type.Integer({ minimum: 0 }),
  position: Type.String(),
  recordedtime: Time,
  decided: Type.Boolean({ description: 'False for an event from outside.' }),
  commandId: Type.Unsafe<string | null>({ ...Nullable, description: 'The command it came of.' }),
  command: Type.Unsafe<string | null>({
    ...Nullable,
    description:
      'Its name, such as `orders.PlaceOrder`; null for what releases up to 0.4.0 recorded.',
  }),
  causationId: Type.Unsafe<string | null>({
    ...Nullable,
    description: 'The event that a policy answered with that command.',
  }),
  correlationId: Type.Unsafe<string | null>({
    ...Nullable,
    description: 'The first command of the chain.',
  }),
  actor: Text,
  hops: Type.Integer({ minimum: 0 }),
});
export type ChainLink = Static<typeof ChainLink>;

export const ChainView = Type.Object({
  event: ChainLink,
  causes: Type.Array(ChainLink, { description: 'Nearest first, up to the root.' }),
  rootFound: Type.Boolean({
    description: 'False when a cause is no longer held or the chain is longer than is followed.',
  }),
  effects: Type.Array(ChainLink, { description: 'Events that policies answered this one with.' }),
  next: Type.String({ description: 'Cursor to pass as `after` for further effects.' }),
  more: Type.Boolean({ description: 'Whether later events were not looked at yet.' }),
});
export type ChainView = Static<typeof ChainView>;
