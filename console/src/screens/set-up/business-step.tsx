import { useState, type ReactElement } from 'react';
import { client, readAgain, useCommand, useRead } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { ErrorNote } from '../../design/marks.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { countries } from '../lists/regions.ts';
import type { Begun } from './begun.ts';
import { words } from './words.ts';

export function BusinessStep({
  begun,
  onDone,
}: {
  readonly begun: Begun | null;
  onDone(begun: Begun): void;
}): ReactElement {
  const t = useWords(words);
  const profiles = useRead('GET /v1/business/profiles', {});
  const [name, setName] = useState(begun?.name ?? '');
  const [legalName, setLegalName] = useState('');
  const [country, setCountry] = useState(begun?.country ?? '');
  const make = useCommand('POST /v1/business/profiles');
  const finish = (): void => {
    const typed = { name: name.trim(), country };
    // Whoever comes back to this step has a profile already; it is changed under Settings.
    if ((profiles.data?.items.length ?? 0) > 0) return onDone(typed);
    const body = { legalName: legalName.trim() || typed.name, tradeName: typed.name, country };
    make.mutate(
      { body },
      { onSuccess: ({ cursor }) => void nameIsShown(cursor).then(() => onDone(typed)) },
    );
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (!make.isPending) finish();
      }}
    >
      <TextField
        label={t('name')}
        hint={t('name-hint')}
        value={name}
        onChange={setName}
        maxLength={200}
        required
        autoFocus
      />
      <TextField
        label={t('legal-name')}
        hint={t('legal-hint')}
        value={legalName}
        onChange={setLegalName}
        maxLength={200}
      />
      <CountryField value={country} onChange={setCountry} />
      {make.error === null ? null : <ErrorNote error={make.error} />}
      <div>
        <Button kind="primary" type="submit" isBusy={make.isPending} disabled={country === ''}>
          {t('continue')}
        </Button>
      </div>
    </form>
  );
}

/** The name stands in the top bar, so the list of profiles is waited for. */
async function nameIsShown(cursor: string): Promise<void> {
  const query = { wait: cursor };
  await client.call('GET /v1/business/profiles', { query }).catch(() => undefined);
  await readAgain('GET /v1/business/profiles');
}

function CountryField({
  value,
  onChange,
}: {
  readonly value: string;
  onChange(value: string): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  return (
    <SelectField
      label={t('country')}
      value={value}
      onChange={onChange}
      required
      options={countries(language)}
    />
  );
}
