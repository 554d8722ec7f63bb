/** Products from a table; rows that cannot be used are told by their line and stop no other. */
import { useState, type ReactElement } from 'react';
import type { Operations } from '../../../../src/client/client.ts';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField } from '../../design/fields.tsx';
import { useWords } from '../../words/language.ts';
import { FileField } from '../lists/file-field.tsx';
import { ImportOutcome, mayHaveBegun, withoutLine } from '../lists/import-outcome.tsx';
import { FailureNote } from '../order/failure-note.tsx';
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
          onClick={() => {
            if (csv === null) return;
            const body = { csv, language, currency: house.currency };
            give.mutate({ body });
          }}
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
  readonly data: Operations['POST /v1/catalog/products/imports']['answer'] | undefined;
}): ReactElement | null {
  const t = useWords(words);
  if (data === undefined) return null;
  const refused = data.rejections.map(({ line = 0, detail = '' }) => ({
    line,
    text: t('import-line', { line, detail: withoutLine(detail) }),
  }));
  return <ImportOutcome done={t('import-done', { ...data, rejections: '' })} refused={refused} />;
}
