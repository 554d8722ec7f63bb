/** Products from a table; rows that cannot be used are told by their line and stop no other. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField } from '../../design/fields.tsx';
import { useWords } from '../../words/language.ts';
import { FileField } from '../lists/file-field.tsx';
import { ImportOutcome } from '../lists/import-outcome.tsx';
import { useImport } from '../lists/use-import.ts';
import type { House } from './use-catalog.ts';
import { words } from './words.ts';

export function ImportDialog({
  house,
  onClose,
}: {
  readonly house: House;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const [csv, setCsv] = useState<string | null>(null);
  const [language, setLanguage] = useState(house.languages[0] ?? 'en');
  const give = useCommand('POST /v1/catalog/products/imports', {
    again: ['GET /v1/catalog/products', 'GET /v1/catalog/categories'],
  });
  const taking = useImport();
  const take = (text: string): void => {
    const file = { csv: text, language, currency: house.currency };
    void taking.take(file, (part) => give.mutateAsync({ body: { ...file, ...part } }));
  };
  return (
    <Dialog
      title={t('import-title')}
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          icon="upload"
          isBusy={taking.isBusy}
          disabled={csv === null}
          onClick={() => (csv === null ? undefined : take(csv))}
        >
          {t('import-go')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-muted">{t('import-text')}</p>
        <FileField
          label={t('file')}
          accept=".csv,text/csv"
          onFile={(file) => void file.text().then(setCsv)}
        />
        <SelectField
          className="w-40"
          label={t('language')}
          value={language}
          onChange={setLanguage}
          options={house.languages.map((value) => ({ value, label: value }))}
        />
        <ImportOutcome taking={taking} done={(counts) => t('import-done', counts)} />
      </div>
    </Dialog>
  );
}
