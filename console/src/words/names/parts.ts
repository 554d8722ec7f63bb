/** The dictionaries by module: each is a part of the bundle of its own, read when something of the module is shown. */
import type { Dictionary, ModuleNames } from './name.ts';

type Load = () => Promise<ModuleNames>;

const LOADS: Readonly<Record<string, Load>> = {
  business: () => import('./business.ts').then(({ names }) => names),
  catalog: () => import('./catalog.ts').then(({ names }) => names),
  customers: () => import('./customers.ts').then(({ names }) => names),
  orders: () => import('./orders.ts').then(({ names }) => names),
  reports: () => import('./readings.ts').then(({ reports }) => reports),
  loyalty: () => import('./loyalty.ts').then(({ names }) => names),
  reservations: () => import('./reservations.ts').then(({ names }) => names),
  guests: () => import('./readings.ts').then(({ guests }) => guests),
  leads: () => import('./leads.ts').then(({ names }) => names),
  invoices: () => import('./invoices.ts').then(({ names }) => names),
  messages: () => import('./messages.ts').then(({ names }) => names),
};

/** Modules that the console brings a dictionary for. */
export const NAMED_MODULES: readonly string[] = Object.keys(LOADS);

/** Of a module that is not shipped, the names that mean the same everywhere. Rejects when a part cannot be read. */
export async function loadNames(module: string): Promise<Dictionary> {
  const load = Object.hasOwn(LOADS, module) ? LOADS[module] : undefined;
  const [own, shared] = await Promise.all([load?.() ?? UNNAMED, import('./shared.ts')]);
  const { SHARED_FIELDS, SHARED_HINTS, SHARED_VALUES } = shared;
  const listed = new Set([...Object.keys(SHARED_VALUES), ...Object.keys(own.values)]);
  return {
    ...own,
    choices: own.values,
    fields: { ...SHARED_FIELDS, ...own.fields },
    hints: { ...SHARED_HINTS, ...own.hints },
    values: Object.fromEntries(
      [...listed].map((field) => [field, { ...SHARED_VALUES[field], ...own.values[field] }]),
    ),
  };
}

const UNNAMED: Omit<Dictionary, 'choices'> = {
  title: null,
  summary: null,
  aggregates: {},
  commands: {},
  about: {},
  fields: {},
  hints: {},
  values: {},
  events: {},
};
