/** Checks of what follows events: read models fold them into rows, policies answer them with commands. */
import type { EventMoment } from '../../src/core/aggregate.ts';
import type { DecidedEvent } from '../../src/core/decision.ts';
import { wireType, type PersonalMarks } from '../../src/core/event-type.ts';
import type { BusinessModule } from '../../src/core/module.ts';
import type { CommandReaction, Policy, Reaction } from '../../src/core/policy.ts';
import type { ColumnType, ReadModel, Row } from '../../src/core/read-model.ts';
import type { RecordedEvent } from '../../src/core/recorded-event.ts';
import { fault, frozen, isPlainJson, pointed, withPointers } from './plain-json.ts';

/** Validates a value under a schema; throws a fault that names `where`. */
export type Validate = (where: string, schema: object, value: unknown) => void;

export interface Happened {
  readonly event: DecidedEvent;
  readonly moment: EventMoment;
  readonly category: string;
  readonly id: string;
  readonly eventId: string;
}

/** What is read back of an event once the key of its person was destroyed. */
export function erasedOf(event: DecidedEvent, marks: PersonalMarks | null): DecidedEvent {
  if (marks === null) return event;
  const fields = marks.fields.filter((field) => pointed(event.data, field) !== undefined);
  return { type: event.type, data: withPointers(event.data, fields, null) };
}

/** The event as the runners of read models and policies hand it over. */
export function recordedOf(happened: Happened, position: number): RecordedEvent {
  const { event, moment, category, id, eventId } = happened;
  return frozen({
    ...event,
    tenant: 'acme',
    bucket: 0,
    position: BigInt(position),
    recordedAtMicros: BigInt(Date.parse(moment.at)) * 1000n,
    at: moment.at,
    eventId,
    decided: true,
    category,
    id,
    version: moment.version,
    causation: {
      commandId: 'c',
      command: null,
      causationId: null,
      correlationId: 'c',
      actor: 'key-1',
      approver: null,
      hops: 0,
    },
  });
}

/** Folds what happened into rows, frozen, once as it was and once as if every person were erased. */
export function checkReadModel(model: ReadModel, happened: readonly Happened[]): void {
  const personal = model.on.filter((type) => type.personal !== null);
  if (model.personal === 'none' && personal.length > 0)
    throw fault(model.name, `says nothing of persons but reads ${personal[0]?.name}`);
  for (const erased of [false, true]) foldRows(model, happened, erased);
}

function foldRows(model: ReadModel, happened: readonly Happened[], erased: boolean): void {
  const rows = new Map<string, Row>();
  for (const [index, each] of happened.entries()) {
    const type = model.on.find(({ name }) => name === each.event.type);
    if (type === undefined) continue;
    const event = erased ? erasedOf(each.event, type.personal) : each.event;
    const recorded = recordedOf({ ...each, event }, index + 1);
    const keys = model.keys(recorded);
    if (new Set(keys).size !== keys.length)
      throw fault(model.name, `${type.name} names a key twice`);
    const begins = model.begins?.(recorded) ?? false;
    for (const key of keys) {
      if (begins && rows.has(key))
        throw fault(model.name, `says that ${type.name} begins a row that is there`);
      const row = model.project(rows.get(key) ?? null, recorded, key);
      if (row === null) rows.delete(key);
      else rows.set(key, checkRow(model, row));
    }
  }
}

function checkRow(model: ReadModel, row: Row): Row {
  for (const [column, value] of Object.entries(row)) {
    const type = model.columns[column];
    if (type === undefined) throw fault(model.name, `the column ${column} is not declared`);
    if (value !== null && !IS_OF[type](value))
      throw fault(model.name, `the column ${column} holds what is no ${type}`);
  }
  return frozen(row);
}

const isTime = (value: unknown): boolean =>
  typeof value === 'string' &&
  /T.*(?:Z|[+-]\d\d:\d\d)$/.test(value) &&
  !Number.isNaN(Date.parse(value));

const IS_OF: Readonly<Record<ColumnType, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31,
  bigint: (value) => Number.isSafeInteger(value),
  'double precision': (value) => Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  timestamptz: isTime,
  date: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value),
  jsonb: isPlainJson,
};

/** Feeds a policy; every command it answers with must exist and be valid. */
export function checkPolicy(
  policy: Policy,
  happened: readonly Happened[],
  world: { readonly all: readonly BusinessModule[]; readonly validate: Validate },
): void {
  const states = new Map<string, unknown>();
  for (const [index, each] of happened.entries()) {
    const type = policy.on.find(({ name }) => name === each.event.type);
    if (type === undefined) continue;
    for (const event of [each.event, erasedOf(each.event, type.personal)]) {
      const recorded = recordedOf({ ...each, event }, index + 1);
      const key = policy.keyOf?.(recorded) ?? '';
      const before = frozen(states.get(key) ?? policy.initialState);
      const state = policy.evolve === undefined ? undefined : policy.evolve(before, recorded);
      states.set(key, frozen(state));
      const reactions = policy.react(recorded, state);
      if (JSON.stringify(policy.react(recorded, state)) !== JSON.stringify(reactions))
        throw fault(policy.name, `answers ${wireType(type)} differently the second time`);
      for (const reaction of reactions) checkReaction(policy, reaction, world);
    }
  }
}

function checkReaction(
  { name }: Policy,
  reaction: Reaction,
  world: { readonly all: readonly BusinessModule[]; readonly validate: Validate },
): void {
  if (reaction.kind === 'cancel') return;
  if (reaction.kind === 'timer' && !isTime(reaction.at))
    throw fault(name, `the timer ${reaction.timer} is set to no time`);
  const asked: CommandReaction = reaction.kind === 'timer' ? reaction.command : reaction;
  const command = world.all
    .flatMap(({ aggregates }) => aggregates)
    .find(({ aggregate }) => aggregate.category === asked.category)
    ?.aggregate.commands.find((each) => each.name === asked.command);
  if (command === undefined)
    throw fault(name, `there is no command ${asked.command} of ${asked.category}`);
  world.validate(`${asked.command} of ${name}`, command.input, asked.input);
}
