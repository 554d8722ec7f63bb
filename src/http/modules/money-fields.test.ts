import { describe, expect, test } from 'vitest';
import { Type } from 'typebox';
import { amountSchema, moneySchema, priceSchema } from '../../core/money.ts';
import { MODULES } from '../../modules/index.ts';
import { moduleView } from './descriptor.ts';
import { moneyFields } from './money-fields.ts';

function fieldsOf(input: object, money: readonly string[] = []): readonly string[] {
  return moneyFields({ aggregate: { commands: [{ input }] }, money });
}

describe('fields with amounts', () => {
  test('are found in objects, lists and unions, and not where the currency stands beside', () => {
    const input = Type.Object({
      price: priceSchema,
      sizes: Type.Array(Type.Object({ fee: Type.Optional(amountSchema), count: Type.Integer() })),
      parts: Type.Array(Type.Union([priceSchema, moneySchema])),
      budget: moneySchema,
    });
    expect(fieldsOf(input)).toEqual(['fee', 'parts', 'price']);
  });

  test('are joined by those that the aggregate names', () => {
    expect(fieldsOf(Type.Object({ price: priceSchema }), ['net', 'price'])).toEqual([
      'net',
      'price',
    ]);
  });

  test('stand in the description of every module that has some', () => {
    const described = MODULES.flatMap((module) => moduleView(module).aggregates).map(
      ({ category, money }) => [category, money] as const,
    );
    const found = Object.fromEntries(described);
    expect(found['catalog.products']).toEqual(['price']);
    expect(found['catalog.recipes']).toEqual([]);
    expect(found['reservations.calendars']).toEqual([
      'depositPerGuest',
      'lateCancelFeePerGuest',
      'noShowFeePerGuest',
    ]);
    expect(found['loyalty.programmes']).toEqual(['amount', 'perAmount']);
    expect(found['business.tills']).toContain('float');
    expect(found['reservations']).toEqual([]);
  });
});
