import { describe, expect, test } from 'vitest';
import { moduleView } from '../../../../src/http/modules/descriptor.ts';
import { MODULES } from '../../../../src/modules/index.ts';
import { readGoldenEvent, readGoldenFiles } from '../../../../test/golden/golden.ts';
import { LANGUAGES } from '../define-words.ts';
import { findField, findValue, namesOf } from './lookup.ts';
import type { Dictionary } from './name.ts';
import { loadNames, NAMED_MODULES } from './parts.ts';
import { readable } from './readable.ts';

type View = ReturnType<typeof moduleView>;

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly patternProperties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

interface Place {
  readonly names: Dictionary | null;
  /** The field whose schema it is, and what holds it, the nearest first. */
  readonly field: string;
  readonly within: readonly string[];
}

/** Names of a schema that the dictionary lacks: fields and listed values, however deep. */
function lackingOf(schema: Node, place: Place): readonly string[] {
  const { names, field, within } = place;
  const holders = field === '' ? within : [field, ...within];
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [
    ...(isNamed(findField(names, name, holders))
      ? []
      : [`field ${[...holders].join(' < ')}: ${name}`]),
    ...lackingOf(inner, { names, field: name, within: holders }),
  ]);
  const listed = [...(schema.enum ?? []), schema.const].filter(
    (value) => typeof value === 'string',
  );
  const values = listed
    .filter((value) => !isValueNamed(value, place))
    .map((value) => `value ${field} (${within.join(' < ')}): ${value}`);
  const inner = [
    ...Object.values(schema.patternProperties ?? {}),
    ...(schema.items === undefined ? [] : [schema.items]),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
  ];
  return [...fields, ...values, ...inner.flatMap((each) => lackingOf(each, place))];
}

function isNamed(name: readonly string[] | null | undefined): boolean {
  return name?.length === LANGUAGES.length && name.every((text) => text.trim() !== '');
}

function isValueNamed(value: string, { names, field, within }: Place): boolean {
  if (findValue(names, { field, value, within }) !== undefined)
    return isNamed(findValue(names, { field, value, within }));
  return LANGUAGES.every(
    (language) => namesOf(names, language).value(field, value, within) !== undefined,
  );
}

/** Everything of a module's description that has no words in one of the languages. */
function lacking(view: View, names: Dictionary | null): readonly string[] {
  const own = [names?.title, names?.summary].every(isNamed) ? [] : [`module ${view.name}`];
  return [
    ...own,
    ...view.aggregates.flatMap((aggregate) => {
      const { category, commands, list, events } = aggregate;
      const called = names?.aggregates[category];
      const fields = new Set([...list.columns.map(({ name }) => name), ...list.filters]);
      return [
        ...(isNamed(called?.one) && isNamed(called?.many) ? [] : [`aggregate ${category}`]),
        ...commands.flatMap(({ name, input }) => [
          ...(isNamed(names?.commands[name]) ? [] : [`command ${name}`]),
          ...(names?.about[name]?.every((text) => text !== '') === true ? [] : [`about ${name}`]),
          ...lackingOf(input as Node, { names, field: '', within: [name, category] }),
        ]),
        ...[...fields]
          .filter((name) => !isNamed(findField(names, name, [category])))
          .map((name) => `column of ${category}: ${name}`),
        ...events
          .map(({ type }) => type.replace(/^comptoir\./, '').replace(/\.v\d+$/, ''))
          .filter((name) => !isNamed(names?.events[name]))
          .map((name) => `event ${name}`),
      ];
    }),
  ];
}

describe('every name that a screen made from a description shows has words in three languages', () => {
  test.each(MODULES.map((module) => [module.name, module] as const))('%s', async (name, module) => {
    expect(lacking(moduleView(module), await loadNames(name))).toEqual([]);
  });
});

/** Keys that are data: languages, ids of questions and variables, names of places. */
const KEYED_BY_DATA = new Set([
  'answers',
  'askedAt',
  'variables',
  'texts',
  'entries',
  'name',
  'alt',
]);
const LANGUAGE_KEY = /^[a-z]{2}(?:-[A-Z]{2})?$/;
/** What the page itself says of a thing. */
const OF_THE_PAGE = new Set(['id', 'version', 'at']);

/** Fields of a state, however deep, that have no words. */
function lackingIn(
  value: unknown,
  names: Dictionary,
  within: readonly string[],
): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each) => lackingIn(each, names, within));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const isData =
      LANGUAGE_KEY.test(key) || /[^A-Za-z]/.test(key) || KEYED_BY_DATA.has(within[0] ?? '');
    if (isData) return lackingIn(inner, names, within);
    return [
      ...(OF_THE_PAGE.has(key) || isNamed(findField(names, key, within))
        ? []
        : [`${within.join(' < ')}: ${key}`]),
      ...(key === 'status' &&
      typeof inner === 'string' &&
      !isValueNamed(inner, { names, field: key, within })
        ? [`${within.join(' < ')}: status ${inner}`]
        : []),
      ...lackingIn(inner, names, [key, ...within]),
    ];
  });
}

describe('the fields of what was decided in released versions have words too', () => {
  const files = readGoldenFiles();
  const newest = files
    .map(({ release }) => release)
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1);
  const goldens = files.filter(({ release }) => release === newest);
  test.each(goldens.map(({ golden }) => [golden.category, golden] as const))(
    '%s',
    async (category, { streams }) => {
      const aggregate = MODULES.flatMap((module) => module.aggregates).find(
        (each) => each.aggregate.category === category,
      )!.aggregate;
      const names = await loadNames(category.split('.')[0] ?? '');
      const states = streams.flatMap((events) => {
        let state: unknown = aggregate.initialState;
        return events.map((event, index) => {
          const moment = { at: event.time, version: index + 1 };
          state = aggregate.evolve(state, readGoldenEvent(aggregate, event), moment);
          return aggregate.view === undefined ? state : aggregate.view(state);
        });
      });
      expect([...new Set(lackingIn(states, names, [category]))]).toEqual([]);
    },
  );
});

test('the dictionaries are those of the modules, and name nothing that is not there', async () => {
  expect([...NAMED_MODULES].sort()).toEqual(MODULES.map(({ name }) => name).sort());
  for (const module of MODULES) {
    const view = moduleView(module);
    const names = await loadNames(module.name);
    // Those that no client gives stand in the audit trail all the same.
    const commands = module.aggregates.flatMap(({ aggregate }) =>
      aggregate.commands.map(({ name }) => name),
    );
    expect(Object.keys(names?.commands ?? {}).filter((each) => !commands.includes(each))).toEqual(
      [],
    );
    const categories = view.aggregates.map(({ category }) => category);
    expect(
      Object.keys(names?.aggregates ?? {}).filter((each) => !categories.includes(each)),
    ).toEqual([]);
  }
});

test('what a dictionary lacks is seen: a field, a value, a column, a command, an event, an aggregate', async () => {
  const [till] = MODULES.filter(({ name }) => name === 'business').map(moduleView);
  const planted = structuredClone(till!) as unknown as { aggregates: Record<string, unknown>[] };
  planted.aggregates.push({
    category: 'business.planted',
    commands: [
      {
        name: 'PlantThing',
        input: { properties: { plantedField: { items: { enum: ['plantedValue'] } } } },
      },
    ],
    list: { columns: [{ name: 'plantedColumn' }], filters: [] },
    events: [{ type: 'comptoir.planted.grown.v1' }],
  });
  expect(lacking(planted as unknown as View, await loadNames('business'))).toEqual([
    'aggregate business.planted',
    'command PlantThing',
    'about PlantThing',
    'field PlantThing < business.planted: plantedField',
    'value plantedField (PlantThing < business.planted): plantedValue',
    'column of business.planted: plantedColumn',
    'event planted.grown',
  ]);
});

describe('looking up', () => {
  test('the nearest place decides what a field is called', async () => {
    const names = namesOf(await loadNames('catalog'), 'pl');
    expect(names.field('amount', ['ingredients', 'AddRecipe'])).toBe('Ilość');
    expect(names.field('amount', ['AddRecipe'])).toBe('Kwota');
    expect(names.field('at', ['AddToAlbum'])).toBe('Miejsce w albumie');
  });

  test('what has no words is its identifier made readable, whatever it is called', () => {
    const names = namesOf(null, 'pt');
    expect(names.field('tableTurnTime')).toBe('Table turn time');
    expect(names.command('PolishGlass')).toBe('Polish glass');
    expect(names.field('constructor')).toBe('Constructor');
    expect(names.value('toString', 'constructor')).toBeUndefined();
    expect(readable('price-lists')).toBe('Price lists');
  });

  test('currencies, countries and languages are called what the world calls them', () => {
    expect(namesOf(null, 'pl').value('currency', 'PLN')).toBe('PLN · złoty polski');
    expect(namesOf(null, 'pt').value('country', 'PL')).toBe('Polônia');
    expect(namesOf(null, 'pl').value('language', 'pt-BR')).toBe('portugalski (Brazylia)');
    expect(namesOf(null, 'pl').value('country', 'nowhere')).toBeUndefined();
  });

  test('a module of somebody else has the names that mean the same everywhere', async () => {
    const names = namesOf(await loadNames('bicycles'), 'pl');
    expect([names.field('status'), names.value('status', 'active')]).toEqual(['Stan', 'aktywny']);
    expect([names.module(), names.command('RingBell')]).toEqual([undefined, 'Ring bell']);
  });

  test('a text that happens to be a value elsewhere stays a text', async () => {
    const names = namesOf(await loadNames('orders'), 'pl');
    expect(names.value('kind', 'cash')).toBe('gotówka');
    expect(names.value('note', 'cash')).toBeUndefined();
  });
});
