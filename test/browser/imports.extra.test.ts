/** Files of guests as an owner brings them: rows done of all, and refused lines in the reader's language. */
import { describe, expect, test } from 'vitest';
import { inHouse } from './in-house.ts';
import { OWNER } from './house.ts';

const { skipped, house } = inHouse();
/** Several parts. */
const ROWS = 1_500;

describe.skipIf(skipped)('a file of guests', () => {
  test('shows rows done of all, says refused lines in Polish and goes on after a broken connection', async () => {
    const { page, context } = await house().signedIn(OWNER);
    await page.addInitScript(`localStorage.setItem('comptoir.language', 'pl')`);
    const rows = Array.from(
      { length: ROWS },
      (_, index) => `Gość ${index},+48${700_000_000 + index}`,
    );
    rows[3] = 'Bez telefonu,';
    rows[1_000] = 'Bez kierunkowego,0123';
    rows[1_400] = 'Drugi raz,+48700000002';
    let parts = 0;
    await context.route('**/v1/customers/imports', async (route) => {
      parts += 1;
      await (parts === 3 ? route.abort('connectionreset') : route.continue());
    });
    await page.goto('/guests');
    await page.getByRole('main').getByRole('button', { name: 'Więcej', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Importuj CSV' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import gości' });
    await dialog.getByLabel('Plik').setInputFiles({
      name: 'goscie.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`name,phone\n${rows.join('\n')}\n`),
    });
    await dialog.getByRole('button', { name: 'Importuj' }).click();
    await dialog.getByText(`Gotowe wiersze: 700 z ${ROWS}.`).waitFor();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByRole('button', { name: 'Importuj' }).click();
    await dialog
      .getByText(`${ROWS - 3} nowych, 0 uzupełnionych, 0 bez zmian, 3 odrzuconych.`)
      .waitFor();
    const refused = (await dialog.getByRole('list').first().innerText()).replaceAll(/\s+/g, ' ');
    expect(refused).toContain(
      'Wiersz 5: Trzeba wypełnić przynajmniej jedno z pól: id, phone, email.',
    );
    expect(refused).toContain('Wiersz 1002: Telefon: Podaj numer z kierunkowym');
    expect(refused).toContain('Wiersz 1402: O tym samym mówi już wiersz 4.');
  });
});
