import { expect, test } from 'vitest';
import type { FiscalSale } from '../../core/fiscal-device.ts';
import { createFakeFiscalDevice } from './fake-fiscal-device.ts';

const sale: FiscalSale = {
  saleId: 'o-1',
  kind: 'sale',
  corrects: null,
  locationId: 'loc-1',
  sellerTaxId: '5261040828',
  buyerTaxId: null,
  at: '2026-11-21T12:00:00Z',
  currency: 'PLN',
  lines: [
    {
      name: 'Żurek',
      quantity: 1,
      gross: 1080,
      taxLabel: 'B',
      taxRate: 8e3,
    },
  ],
  taxes: [
    {
      label: 'B',
      rate: 8e3,
      net: 1e3,
      tax: 80,
      gross: 1080,
    },
  ],
  payments: [
    {
      kind: 'cash',
      amount: 1080,
    },
  ],
};

test('the same sale is registered once, however often it is sent', async () => {
  const device = createFakeFiscalDevice();
  const first = await device.register(sale);
  expect(first).toEqual({ outcome: 'registered', documentNumber: 'FAKE-1', code: null });
  expect(await device.register(sale)).toEqual(first);
  expect(device.documents).toHaveLength(1);
  const next = await device.register({ ...sale, saleId: 'o-2' });
  expect(next).toMatchObject({ documentNumber: 'FAKE-2' });
});

test('a sale that was not answered can be sent again', async () => {
  const device = createFakeFiscalDevice();
  device.isOn = false;
  await expect(device.register(sale)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  device.isOn = true;
  expect(await device.register(sale)).toMatchObject({ outcome: 'registered' });
  expect(device.documents).toHaveLength(1);
});

test('what does not add up, or corrects nothing, is refused and not kept', async () => {
  const device = createFakeFiscalDevice();
  expect(await device.register({ ...sale, taxes: [] })).toMatchObject({ outcome: 'refused' });
  const refund: FiscalSale = { ...sale, saleId: 'r-1', kind: 'refund', corrects: 'FAKE-1' };
  expect(await device.register(refund)).toMatchObject({ outcome: 'refused' });
  expect(device.documents).toHaveLength(0);
  await device.register(sale);
  expect(await device.register(refund)).toMatchObject({ outcome: 'registered' });
});
