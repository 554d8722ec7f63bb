/** Guests from a file; rows that cannot be used are told by their line and stop no other. */
import { useState, type ReactElement } from 'react';
import type { Operations } from '../../../../src/client/client.ts';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { useWords } from '../../words/language.ts';
import { FileField } from '../lists/file-field.tsx';
import { ImportOutcome, mayHaveBegun, withoutLine } from '../lists/import-outcome.tsx';
import { FailureNote } from '../order/failure-note.tsx';
import { words } from './words.ts';

export function ImportDialog({ onClose }: { onClose(): void }): ReactElement {
  const t = useWords(words);
  const [csv, setCsv] = useState<string | null>(null);
  const [country, setCountry] = useState('');
  const give = useCommand('POST /v1/customers/imports', { again: ['GET /v1/customers'] });
  return (
    <Dialog
      title={t('import-title')}
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          icon="upload"
          isBusy={give.isPending}
          disabled={csv === null}
          onClick={() =>
            csv === null
              ? undefined
              : give.mutate({
                  body: {
                    csv,
                    ...(country.trim() === '' ? {} : { country: country.trim().toUpperCase() }),
                  },
                })
          }
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
        <Outcome data={give.data} />
        <FailureNote error={give.error} />
        {mayHaveBegun(give.error) ? <p className="text-13">{t('import-again')}</p> : null}
      </div>
    </Dialog>
  );
}

function Outcome({
  data,
}: {
  readonly data: Operations['POST /v1/customers/imports']['answer'] | undefined;
}): ReactElement | null {
  const t = useWords(words);
  if (data === undefined) return null;
  const refused = data.rejections.map(({ line, detail }) => ({
    line,
    text: t('import-line', { line, detail: withoutLine(detail) }),
  }));
  return <ImportOutcome done={t('import-done', { ...data, rejections: '' })} refused={refused} />;
}
