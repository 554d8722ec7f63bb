/** Guests from a file; rows that cannot be used are told by their line and stop no other. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { useWords } from '../../words/language.ts';
import { FileField } from '../lists/file-field.tsx';
import { ImportOutcome } from '../lists/import-outcome.tsx';
import { useImport } from '../lists/use-import.ts';
import { words } from './words.ts';

export function ImportDialog({ onClose }: { onClose(): void }): ReactElement {
  const t = useWords(words);
  const [csv, setCsv] = useState<string | null>(null);
  const [country, setCountry] = useState('');
  const give = useCommand('POST /v1/customers/imports', { again: ['GET /v1/customers'] });
  const taking = useImport();
  const take = (text: string): void => {
    const code = country.trim().toUpperCase();
    const file = { csv: text, ...(code === '' ? {} : { country: code }) };
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
          label={t('import-file')}
          accept=".csv,text/csv"
          onFile={(file) => void file.text().then(setCsv)}
        />
        <TextField
          label={t('import-country')}
          maxLength={2}
          placeholder="PL"
          value={country}
          onChange={setCountry}
          className="w-60"
        />
        <ImportOutcome taking={taking} done={(counts) => t('import-done', counts)} />
      </div>
    </Dialog>
  );
}
