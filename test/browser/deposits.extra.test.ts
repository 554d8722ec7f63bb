/** What cancelling costs is told before it is done, and is what happens then: deposits above and below the fee. */
import { describe, expect, test } from 'vitest';
import { OWNER, type House } from './house.ts';
import { inHouse } from './in-house.ts';

const { skipped, house } = inHouse();
const PHONE = 390;
const DAY_MS = 86_400_000;

describe.skipIf(skipped)('a deposit that was paid', () => {
  test('is kept up to the fee of who cancels late, and the rest goes back', async () => {
    await setFees(house(), { lateCancelFeePerGuest: 1500 });
    const { page } = await house().signedIn(OWNER, { width: PHONE });
    await page.goto(`/reservations/${await paidBooking(house(), 12)}`);
    await page.getByRole('main').getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Cancel the reservation' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('This is later than the house allows without a fee.').waitFor();
    await dialog.getByText('Kept of the deposit that was paid: €30.00').waitFor();
    await dialog.getByText('The rest of the deposit goes back to the guest: €10.00').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE);
    await dialog.getByLabel('Who cancels').selectOption('house');
    await dialog.getByText('The deposit goes back to the guest: €40.00').waitFor();
    await dialog.getByLabel('Who cancels').selectOption('guest');
    await dialog.getByRole('button', { name: 'Cancel it' }).click();
    await page.getByText('Deposit to give back').waitFor();
    await page.getByText('€10.00').first().waitFor();
  });

  test('goes back whole where the house never confirmed the reservation', async () => {
    await setFees(house(), { lateCancelFeePerGuest: 1500, confirmation: 'manual' });
    const { page } = await house().signedIn(OWNER);
    await page.goto(`/reservations/${await paidBooking(house(), 15)}`);
    await page.getByRole('main').getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Cancel the reservation' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The deposit goes back to the guest: €40.00').waitFor();
  });
});

async function setFees({ ask, ids }: House, more: object): Promise<void> {
  await ask('/v1/reservations/calendars', {
    locationId: ids.locationId,
    freeCancelMinutes: 7 * 24 * 60,
    depositPerGuest: 2000,
    ...more,
  });
}

/** Of two guests in three days, at this hour in UTC. */
async function paidBooking({ ask, ids }: House, hour: number): Promise<string> {
  const day = new Date(Date.now() + 3 * DAY_MS).toISOString().slice(0, 10);
  const { id } = await ask('/v1/reservations', {
    locationId: ids.locationId,
    startsAt: `${day}T${hour}:00:00Z`,
    partySize: 2,
    contact: { name: 'Ana Souza', phone: '+351912345678' },
  });
  const booking = await ask(`/v1/reservations/${id}`);
  // safe because a deposit is due when it is made
  const [deposit] = booking['amounts'] as unknown as readonly { readonly amountId: string }[];
  await ask(`/v1/reservations/${id}/settle-amount`, { amountId: deposit?.amountId });
  return id;
}
