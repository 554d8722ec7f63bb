/** Modules that only read: their figures have screens made by hand, so that only what they are is said here. */
import type { ModuleNames } from './name.ts';

const NOTHING = {
  aggregates: {},
  commands: {},
  about: {},
  fields: {},
  hints: {},
  values: {},
  events: {},
} as const;

export const reports: ModuleNames = {
  ...NOTHING,
  title: ['Reports', 'Raporty', 'Relatórios'],
  summary: [
    'What was sold, taxed, paid and given back, by location and business day.',
    'Co sprzedano, opodatkowano, zapłacono i zwrócono, według lokalu i dnia sprzedaży.',
    'O que foi vendido, tributado, pago e devolvido, por local e dia de caixa.',
  ],
};

export const guests: ModuleNames = {
  ...NOTHING,
  title: ['Guests', 'Goście', 'Clientes'],
  summary: [
    'One timeline of everything that happened with a guest, visits and spending.',
    'Jedna oś czasu wszystkiego, co wiąże się z gościem: wizyty i wydatki.',
    'Uma linha do tempo de tudo o que houve com um cliente, visitas e gastos.',
  ],
};
