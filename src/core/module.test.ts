import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { defineAggregate } from './aggregate.ts';
import { defineCommand } from './command-type.ts';
import { accepted } from './decision.ts';
import { defineEvent } from './event-type.ts';
import { defineModule } from './module.ts';
import { defineReadModel } from './read-model.ts';

const made = defineEvent({
  name: 'ThingMade',
  wireName: 'comptoir.thing.made',
  data: Type.Object({}),
});
const make = defineCommand({
  name: 'MakeThing',
  summary: 'Makes a thing',
  input: Type.Object({}),
  examples: [{}],
});

function aggregate(category: string, commands = [make]) {
  return defineAggregate({
    category,
    stateVersion: 1,
    events: [made],
    commands,
    refusals: {},
    initialState: null,
    decide: () => accepted([]),
    evolve: (state: null) => state,
  });
}

function readModel(name: string, columns: Record<string, 'text'> = { title: 'text' }) {
  return defineReadModel({
    name,
    version: 1,
    columns,
    on: [made],
    keys: () => [],
    project: () => null,
    personal: 'none',
    list: { filters: {}, order: [] },
  });
}

describe('a module', () => {
  test('has its listed read models among its read models once', () => {
    const list = readModel('things.list');
    const module = defineModule({
      name: 'things',
      title: 'Things',
      summary: 'Things.',
      aggregates: [{ aggregate: aggregate('things'), singular: 'thing', list }],
      readModels: [list],
    });
    expect(module.readModels).toEqual([list]);
    expect(module.policies).toEqual([]);
  });

  test.each(['events', 'webhooks', 'Things', 'x'])('cannot be named %s', (name) => {
    expect(() => defineModule({ name, title: '', summary: '', aggregates: [] })).toThrow(name);
  });

  test('cannot hold the category of another', () => {
    expect(() =>
      defineModule({
        name: 'things',
        title: 'Things',
        summary: 'Things.',
        aggregates: [
          { aggregate: aggregate('orders'), singular: 'order', list: readModel('things.list') },
        ],
      }),
    ).toThrow('must be things or things.something');
  });
});

test('two commands that create are refused', () => {
  const other = { ...make, name: 'BuildThing' };
  // safe because only the name differs
  expect(() => aggregate('things', [make, other as typeof make])).toThrow('(creates) stands twice');
});

test.each(['key', 'bucket', 'Upper', 'a b'])('a column cannot be named %s', (column) => {
  expect(() => readModel('things.list', { [column]: 'text' })).toThrow(column);
});
