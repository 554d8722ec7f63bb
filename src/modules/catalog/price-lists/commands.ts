import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { priceList } from './events.ts';

/** Each sale looks through all of them. */
export const PRICE_LISTS_MAX = 50;

const { priceListId, name, rules, ...when } = priceList.properties;

export const setPriceList = defineCommand({
  name: 'SetPriceList',
  summary: 'Adds a price list, or replaces the one with its id',
  permission: 'edit',
  input: Type.Object(
    {
      priceListId,
      name,
      priority: Type.Optional(when.priority),
      channels: Type.Optional(when.channels),
      locationIds: Type.Optional(when.locationIds),
      windows: Type.Optional(when.windows),
      firstDay: Type.Optional(when.firstDay),
      lastDay: Type.Optional(when.lastDay),
      rules,
    },
    { additionalProperties: false },
  ),
  examples: [
    {
      priceListId: 'happy-hour',
      name: { en: 'Happy hour' },
      priority: 10,
      channels: ['eat-in'],
      windows: [{ days: [1, 2, 3, 4, 5], from: '17:00', to: '19:00' }],
      rules: [{ kind: 'percent', categoryId: null, off: 20_000 }],
    },
    {
      priceListId: 'delivery',
      name: { en: 'Delivery' },
      channels: ['delivery'],
      rules: [{ kind: 'fixed', productId: 'espresso', variantId: null, price: 300 }],
    },
  ],
});

export const removePriceList = defineCommand({
  name: 'RemovePriceList',
  word: 'remove-list',
  summary: 'Removes a price list; its prices no longer hold',
  permission: 'edit',
  input: Type.Object({ priceListId }, { additionalProperties: false }),
  examples: [{ priceListId: 'happy-hour' }],
});

export const PRICE_LIST_COMMANDS = [setPriceList, removePriceList] as const;
export type PriceListCommand = CommandFor<(typeof PRICE_LIST_COMMANDS)[number]>;

export const PRICE_LIST_REFUSALS = {
  PRICE_LISTS_FULL: {
    sentence: 'There are as many price lists as there can be.',
    remedy: `Remove one that is no longer used: ${PRICE_LISTS_MAX} is the most.`,
  },
  PRICE_LIST_DAYS: {
    sentence: 'The last day is before the first one.',
    remedy: 'Give days that follow each other.',
  },
  PRICE_LIST_UNKNOWN: {
    sentence: 'There is no such price list.',
    remedy: 'Read the price lists and name one of them.',
  },
} as const satisfies Record<string, Refusal>;
