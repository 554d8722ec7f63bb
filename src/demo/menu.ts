/** The demo's menu as commands of the catalog: sections, choices, products, happy hour. */
import type { DemoStep } from './demo-steps.ts';
import { DEMO_DRINKS } from './menu-drinks.ts';
import { DEMO_FOOD } from './menu-food.ts';
import type { DemoProduct } from './menu-table.ts';

export const DEMO_PRODUCTS: readonly DemoProduct[] = [...DEMO_FOOD, ...DEMO_DRINKS];

interface DemoCategory {
  readonly id: string;
  readonly name: { readonly fr: string; readonly en: string; readonly pl: string };
  readonly taxClass: 'food' | 'soft-drink' | 'alcohol';
  readonly stationId: 'kitchen' | 'bar' | null;
}

const category = (
  id: string,
  [fr, en, pl]: readonly [fr: string, en: string, pl: string],
  is: Pick<DemoCategory, 'taxClass' | 'stationId'>,
): DemoCategory => ({ id, name: { fr, en, pl }, ...is });

const FROM_KITCHEN = { taxClass: 'food', stationId: 'kitchen' } as const;
const HANDED_OUT = { taxClass: 'food', stationId: null } as const;
const BAR_SOFT = { taxClass: 'soft-drink', stationId: 'bar' } as const;
const BAR_STRONG = { taxClass: 'alcohol', stationId: 'bar' } as const;

export const DEMO_CATEGORIES: readonly DemoCategory[] = [
  category('breakfast', ['Petit déjeuner', 'Breakfast', 'Śniadania'], HANDED_OUT),
  category('starters', ['Entrées', 'Starters', 'Przystawki'], FROM_KITCHEN),
  category('mains', ['Plats', 'Mains', 'Dania główne'], FROM_KITCHEN),
  category('sides', ['Accompagnements', 'Sides', 'Dodatki'], FROM_KITCHEN),
  category('desserts', ['Desserts', 'Desserts', 'Desery'], FROM_KITCHEN),
  category('hot-drinks', ['Boissons chaudes', 'Hot drinks', 'Napoje gorące'], BAR_SOFT),
  category('soft-drinks', ['Boissons fraîches', 'Cold drinks', 'Napoje zimne'], BAR_SOFT),
  category('beer', ['Bières', 'Beers', 'Piwa'], BAR_STRONG),
  category('wine', ['Vins', 'Wines', 'Wina'], BAR_STRONG),
  category('cocktails', ['Cocktails', 'Cocktails', 'Koktajle'], BAR_STRONG),
];

/** `id min-max: fr / en: option = fr / en +cents; ...` */
const GROUPS = [
  'doneness 1-1: Cuisson / Doneness: rare = bleu / rare; medium-rare = saignant / medium rare; medium = à point / medium; well-done = bien cuit / well done',
  'sauce 0-2: Sauce / Sauce: pepper = poivre / pepper +150; bearnaise = béarnaise / béarnaise +150; blue-cheese = roquefort / blue cheese +180',
  'side 1-2: Accompagnement / Side: fries = frites / chips; salad = salade / salad; vegetables = légumes / vegetables +100',
  'burger-extras 0-4: Suppléments / Extras: bacon = poitrine fumée / bacon +180; egg = œuf / egg +150; double = double steak / second patty +450; no-onions = sans oignons / no onions',
  'milk 0-1: Lait / Milk: whole = entier / whole; oat = avoine / oat +50; soy = soja / soy +50',
  'tea-kind 1-1: Thé / Kind: black = noir / black; green = vert / green; mint = menthe / mint; herbal = tisane / herbal',
  'scoops 2-3: Parfums / Flavours: lemon = citron / lemon; raspberry = framboise / raspberry; pear = poire / pear; mango = mangue / mango',
];

interface DemoGroup {
  readonly id: string;
  readonly min: number;
  readonly max: number;
  readonly name: { readonly fr: string; readonly en: string };
  readonly options: readonly {
    readonly optionId: string;
    readonly name: { readonly fr: string; readonly en: string };
    readonly price: number;
  }[];
}

export const DEMO_GROUPS: readonly DemoGroup[] = GROUPS.map((line) => {
  const [, id = '', min, max, fr = '', en = '', options = ''] =
    /^(\S+) (\d)-(\d): (.+?) \/ (.+?): (.+)$/.exec(line) ?? [];
  return { id, min: Number(min), max: Number(max), name: { fr, en }, options: optionsOf(options) };
});

function optionsOf(text: string): DemoGroup['options'] {
  return text.split('; ').map((option) => {
    const [, optionId = '', fr = '', en = '', price = '0'] =
      /^(\S+) = (.+?) \/ (.+?)(?: \+(\d+))?$/.exec(option) ?? [];
    return { optionId, name: { fr, en }, price: Number(price) };
  });
}

/** The category that is sold before noon only. */
export const MORNINGS = 'breakfast';
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** Hours of the clock, Monday to `lastWeekday`; what is taken off by category. */
export const HAPPY_HOUR = {
  from: 17,
  to: 19,
  lastWeekday: 5,
  channels: ['eat-in'],
  percent: new Map([
    ['cocktails', 25],
    ['beer', 20],
  ]),
};

function happyHourList() {
  const { from, to, lastWeekday, channels, percent } = HAPPY_HOUR;
  return {
    priceListId: 'happy-hour',
    name: { fr: 'Happy hour' },
    priority: 10,
    channels,
    windows: [{ days: EVERY_DAY.slice(0, lastWeekday), from: `${from}:00`, to: `${to}:00` }],
    rules: [...percent].map(([categoryId, off]) => ({
      kind: 'percent',
      categoryId,
      off: off * 1000,
    })),
  };
}

export function menuSteps(): readonly (readonly DemoStep[])[] {
  const sections = DEMO_CATEGORIES.map(({ id, name }, index): DemoStep => ({
    category: 'catalog.categories',
    command: 'AddCategory',
    id,
    input: { name, position: (index + 1) * 10 },
  }));
  const groups = DEMO_GROUPS.map(({ id, ...group }): DemoStep => ({
    category: 'catalog.groups',
    command: 'AddGroup',
    id,
    input: group,
  }));
  const happyHour: DemoStep = {
    category: 'catalog.price-lists',
    command: 'SetPriceList',
    id: 'main',
    input: happyHourList(),
    once: 'demo-happy-hour',
  };
  return [[...sections, ...groups], DEMO_PRODUCTS.map(productStep), [happyHour]];
}

function productStep(product: DemoProduct): DemoStep {
  const { id, categoryId, names, price, variants, groupIds, ingredients, allergens } = product;
  const of = DEMO_CATEGORIES.find((each) => each.id === categoryId);
  return {
    category: 'catalog.products',
    command: 'AddProduct',
    id,
    input: {
      name: names,
      categoryId,
      price,
      variants: variants.map((each) => ({ ...each, name: { fr: each.name } })),
      groupIds,
      taxClass: of?.taxClass ?? 'food',
      stationId: of?.stationId ?? null,
      ingredients,
      allergens,
      windows: categoryId === MORNINGS ? [{ days: EVERY_DAY, from: '08:00', to: '11:30' }] : [],
    },
  };
}
