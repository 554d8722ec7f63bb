/** The menu from a table of products. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { TextAreaField } from '../../design/fields.tsx';
import { minorDigitsOf } from '../../words/format.ts';
import { useWords } from '../../words/language.ts';
import { ImportOutcome } from '../lists/import-outcome.tsx';
import { useImport } from '../lists/use-import.ts';
import { useHouse } from '../menu/use-catalog.ts';
import { words } from './words.ts';

const EXAMPLE = `name,category,price,tax_class,station
Espresso,Coffee,2.50,soft-drink,bar
Flat white,Coffee,3.80,soft-drink,bar
Soup of the day,Starters,6.50,food,kitchen
Steak frites,Mains,19.00,food,kitchen
House red,Wine,5.50,alcohol,bar
`;

/** Prices of a currency without a smaller unit have no point. */
function exampleIn(currency: string): string {
  return minorDigitsOf(currency) === 0 ? EXAMPLE.replaceAll(/\.(\d\d)/g, '$1') : EXAMPLE;
}

/** Of a file that is read in the browser; a menu of a thousand products has some 200 kB. */
const FILE_BYTES_MAX = 2_000_000;

export function MenuStep({ onDone }: { onDone(): void }): ReactElement {
  const t = useWords(words);
  const { currency, languages } = useHouse();
  const [csv, setCsv] = useState('');
  const bring = useCommand('POST /v1/catalog/products/imports', {
    again: ['GET /v1/catalog/products'],
  });
  const taking = useImport();
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(submit) => {
        submit.preventDefault();
        const file = { csv, language: languages[0] ?? 'en', currency };
        if (csv.trim() !== '')
          void taking.take(file, (part) => bring.mutateAsync({ body: { ...file, ...part } }));
      }}
    >
      <p className="text-muted">{t('menu-text')}</p>
      <label className="flex flex-col gap-1 text-13 font-medium">
        {t('menu-file')}
        <input
          type="file"
          accept=".csv,text/csv"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file !== undefined && file.size <= FILE_BYTES_MAX) void file.text().then(setCsv);
          }}
          className="text-13 file:mr-3 file:h-9 file:rounded-control file:border file:border-control file:bg-raised file:px-3 file:text-14 file:text-ink"
        />
      </label>
      <TextAreaField label={t('menu-csv')} value={csv} onChange={setCsv} rows={8} isMono />
      <ImportOutcome taking={taking} done={(counts) => t('menu-done', counts)} />
      <div className="flex flex-wrap gap-2">
        {taking.sums?.next !== null ? (
          <>
            <Button
              kind="primary"
              type="submit"
              icon="upload"
              isBusy={taking.isBusy}
              disabled={csv.trim() === ''}
            >
              {t('menu-import')}
            </Button>
            <Button onClick={() => setCsv(exampleIn(currency))}>{t('menu-example')}</Button>
            <Button onClick={onDone}>{t('skip')}</Button>
          </>
        ) : (
          <Button kind="primary" onClick={onDone}>
            {t('continue')}
          </Button>
        )}
      </div>
    </form>
  );
}
