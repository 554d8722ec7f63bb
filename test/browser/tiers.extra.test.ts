/** A member rises to a tier that the house named: every screen that tells of it says the name, in the reader's language. */
import { describe, test } from 'vitest';
import { MAIN_PROGRAMME } from '../../src/modules/loyalty/index.ts';
import { DEFAULT_RULES } from '../../src/modules/loyalty/rules/rules.ts';
import { until } from '../support/until.ts';
import { PEOPLE } from './fill-house.ts';
import { inHouse } from './in-house.ts';

const { skipped, house } = inHouse();
const LEVEL = {
  tierId: 't-1',
  name: 'Silver',
  names: { en: 'Silver', pl: 'Srebrny', 'pt-BR': 'Prata' },
  threshold: 10,
  percent: 125,
};

describe.skipIf(skipped)('a change of tier', () => {
  test('is told by the name of the tier where events and guests are told of', async () => {
    const { ask, ids, signedIn } = house();
    const { locationId, customerId, burgerId } = ids;
    const tiers = { ...DEFAULT_RULES.tiers, levels: [LEVEL] };
    const programme = { name: 'Club', rules: { ...DEFAULT_RULES, tiers }, reason: 'tiers' };
    await ask(`/v1/loyalty/programmes/${MAIN_PROGRAMME.id}`, programme, 'PUT');
    await ask('/v1/orders', {
      locationId,
      channel: 'eat-in',
      customerId,
      lines: [{ productId: burgerId, quantity: 1, expectedPrice: 1500 }],
      payments: [{ id: 'p1', kind: 'card', amount: 1500 }],
    });
    await until('the member rose', async () => {
      const { tier } = await ask(`/v1/loyalty/members/${customerId}/balance`);
      return tier === LEVEL.tierId;
    });
    const { page } = await signedIn(PEOPLE.manager.email);
    for (const { language, words, name } of [
      { language: 'en', words: /from Standard to Silver/, name: 'Silver' },
      { language: 'pl', words: /z Standardowy na Srebrny/, name: 'Srebrny' },
      { language: 'pt', words: /de Padrão para Prata/, name: 'Prata' },
    ]) {
      await page.addInitScript(`localStorage.setItem('comptoir.language', '${language}')`);
      const main = page.getByRole('main');
      for (const path of ['/events', `/streams/loyalty.members/${customerId}`]) {
        await page.goto(path);
        await main.getByText(words).first().waitFor();
      }
      await page.goto(`/guests/${customerId}`);
      await main
        .getByText(new RegExp(`: ${name}$`))
        .first()
        .waitFor();
      // The figure, the member as it is, and the change in its story.
      await page.goto(`/loyalty/${customerId}`);
      await main.getByText(name, { exact: true }).nth(2).waitFor();
    }
  });
});
