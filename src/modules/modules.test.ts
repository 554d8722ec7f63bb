/** What every module holds, those of tomorrow included; and that each of these checks fails when it should. */
import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { checkModule, checkTogether } from '../../test/support/module-checks.ts';
import { defineAggregate, type Aggregate } from '../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../core/command-type.ts';
import { accepted, rejected } from '../core/decision.ts';
import { defineEvent, type EventOf } from '../core/event-type.ts';
import { defineModule, type BusinessModule } from '../core/module.ts';
import { defineReadModel, type ReadModel } from '../core/read-model.ts';
import type { Recorded } from '../core/recorded-event.ts';
import { MODULES } from './index.ts';

test.each(MODULES.map((module) => [module.name, module] as const))(
  '%s decides, folds, projects and reacts as every module must',
  (_name, module) => {
    checkModule(module, MODULES);
  },
);

test('no two modules use the same name, or one code with two meanings', () => {
  checkTogether(MODULES);
});

const counted = defineEvent({
  name: 'Counted',
  wireName: 'comptoir.count.counted',
  data: Type.Object({
    countId: Type.String(),
    by: Type.Integer({ minimum: 1 }),
    who: Type.Union([Type.String(), Type.Null()]),
  }),
  personal: { person: '/countId', fields: ['/who'] },
});
const count = defineCommand({
  name: 'Count',
  summary: 'Counts',
  input: Type.Object({ by: Type.Integer({ minimum: 1 }) }),
  examples: [{ by: 2 }],
});

type Counted = EventOf<typeof counted>;
interface State {
  readonly total: number;
  readonly names: readonly string[];
}

const AGGREGATE: Aggregate<State, CommandFor<typeof count>, Counted> = {
  category: 'counts',
  stateVersion: 1,
  events: [counted],
  commands: [count],
  refusals: { COUNT_FULL: { sentence: 'The count is full.', remedy: 'Begin another one.' } },
  initialState: { total: 0, names: [] },
  decide: (state, { input, id }) =>
    state.total > 8
      ? rejected('COUNT_FULL')
      : accepted([{ type: 'Counted', data: { countId: id, by: input.by, who: 'Ana' } }]),
  evolve: (state, { data }) => ({ ...state, total: state.total + data.by }),
};

interface CountRow {
  readonly total: number;
  readonly [column: string]: unknown;
}
const LIST = {
  name: 'counts.list',
  version: 1,
  columns: { total: 'integer' as const },
  on: [counted],
  keys: (event: Recorded<Counted>) => [event.id],
  project: (row: CountRow | null, event: Recorded<Counted>): CountRow | null => ({
    total: (row?.total ?? 0) + event.data.by,
  }),
  personal: { person: 'total', columns: [] },
  list: { filters: {}, order: [] },
};

interface Broken {
  readonly aggregate?: Partial<typeof AGGREGATE>;
  readonly list?: Partial<typeof LIST>;
  readonly model?: Partial<ReadModel>;
}

function counts({ aggregate, list, model }: Broken = {}): BusinessModule {
  const read = {
    ...defineReadModel<Recorded<Counted>, CountRow>({ ...LIST, ...list }),
    ...model,
  };
  return defineModule({
    name: 'counts',
    title: 'Counts',
    summary: 'Counts.',
    aggregates: [
      {
        aggregate: defineAggregate({ ...AGGREGATE, ...aggregate }),
        singular: 'count',
        list: read,
      },
    ],
  });
}

describe('the checks', () => {
  test('pass a module that is in order', () => {
    checkModule(counts());
  });

  test.each<[string, RegExp, Broken]>([
    [
      'an example that its schema refuses',
      /example 1 of Count: .*by/,
      { aggregate: { commands: [{ ...count, examples: [{ by: 0 }] }] } },
    ],
    ['a refusal that is not in the table', /COUNT_FULL is not in/, { aggregate: { refusals: {} } }],
    [
      'a refusal that is an error of the server',
      /NOT_FOUND is an error of the server/,
      { aggregate: { refusals: { NOT_FOUND: { sentence: 'a', remedy: 'b' } } } },
    ],
    [
      'an event that its schema refuses',
      /data of Counted/,
      {
        aggregate: {
          decide: (_state, { id }) =>
            accepted([{ type: 'Counted', data: { countId: id, by: 0, who: null } }]),
        },
      },
    ],
    [
      'a personal event that names nobody',
      /names no person/,
      {
        aggregate: {
          events: [{ ...counted, personal: { person: '/person', fields: ['/who'] } }],
        },
      },
    ],
    [
      'a schema that cannot hold an erased person',
      /of an erased person/,
      {
        aggregate: { events: [{ ...counted, personal: { person: '/countId', fields: ['/by'] } }] },
      },
    ],
    [
      'an evolve that changes its input',
      /object is not extensible|read only|Cannot add property|Cannot assign/,
      {
        aggregate: {
          evolve(state) {
            // safe because this is the bug
            (state.names as string[]).push('x');
            return state;
          },
        },
      },
    ],
    [
      'an evolve that is not total',
      /Cannot read|null/,
      {
        aggregate: {
          evolve: (state, { data }) => ({ ...state, names: [data.who!.toUpperCase()] }),
        },
      },
    ],
    [
      'a state that is not plain JSON',
      /not plain JSON/,
      { aggregate: { evolve: () => ({ total: Number.NaN, names: [] }) } },
    ],
    [
      'a decision that depends on chance',
      /differently the second time/,
      {
        aggregate: {
          decide: (_state, { id }) =>
            accepted([{ type: 'Counted', data: { countId: id, by: 1, who: `${Math.random()}` } }]),
        },
      },
    ],
    [
      'a read model that forgets persons',
      /says nothing of persons/,
      { model: { personal: 'none' } },
    ],
    [
      'a column that is not declared',
      /column sum is not declared/,
      { list: { project: () => ({ total: 1, sum: 2 }) } },
    ],
    [
      'a column of another type',
      /column total holds what is no integer/,
      { list: { project: () => ({ total: 1.5 }) } },
    ],
    ['a key that stands twice', /names a key twice/, { list: { keys: () => ['a', 'a'] } }],
  ])('find %s', (_what, message, broken) => {
    expect(() => {
      checkModule(counts(broken));
    }).toThrow(message);
  });

  test('find a policy that gives a command nobody has, or one that is not valid', () => {
    const policy = (command: string, input: object): BusinessModule => ({
      ...counts(),
      policies: [
        {
          name: 'counts.again',
          on: [counted],
          react: (event) => [{ kind: 'command', category: 'counts', command, id: event.id, input }],
        },
      ],
    });
    checkModule(policy('Count', { by: 1 }));
    expect(() => {
      checkModule(policy('Discount', { by: 1 }));
    }).toThrow(/no command Discount/);
    expect(() => {
      checkModule(policy('Count', { by: 0 }));
    }).toThrow(/Count of counts\.again/);
  });

  test('find two modules with one name, and a code with two meanings', () => {
    expect(() => {
      checkTogether([counts(), counts()]);
    }).toThrow(/counts stands twice/);
    const other = counts({
      aggregate: { refusals: { COUNT_FULL: { sentence: 'Another.', remedy: 'None.' } } },
    });
    expect(() => {
      checkTogether([{ ...counts(), aggregates: [...counts().aggregates, ...other.aggregates] }]);
    }).toThrow(/stands twice|two sentences/);
  });
});
