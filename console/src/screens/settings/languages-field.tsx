/** Languages in their order: the first is the one that bills, tickets and receipts are written in. */
import type { ReactElement } from 'react';
import { IconButton } from '../../design/buttons.tsx';
import { SelectField } from '../../design/fields.tsx';
import { Badge } from '../../design/marks.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { tongueName, tongues } from '../lists/regions.ts';
import { words } from './place-words.ts';

/** As many as the server takes. */
const LANGUAGES_MAX = 10;

export function LanguagesField(props: {
  readonly value: readonly string[];
  /** Shown, not changed. */
  readonly isOff: boolean;
  onChange(value: readonly string[]): void;
}): ReactElement {
  const t = useWords(words);
  const reader = useLanguage();
  const { value, isOff, onChange } = props;
  const others = tongues(reader).filter((each) => !value.includes(each.value));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="pb-1 text-13 font-medium">{t('languages')}</legend>
      <ol className="flex flex-col rounded-control border border-line">
        {value.map((code, at) => (
          <li
            key={code}
            className="flex min-h-10 items-center gap-2 border-b border-line pl-3 last:border-b-0"
          >
            <span className="min-w-0 flex-1 truncate">{tongueName(code, reader)}</span>
            {at === 0 ? <Badge tone="info">{t('language-first')}</Badge> : null}
            {isOff ? null : (
              <>
                <IconButton
                  icon="arrow-up"
                  label={`${t('language-up')}: ${tongueName(code, reader)}`}
                  disabled={at === 0}
                  onClick={() => onChange([code, ...value.filter((each) => each !== code)])}
                />
                <IconButton
                  icon="trash"
                  label={`${t('language-remove')}: ${tongueName(code, reader)}`}
                  disabled={value.length === 1}
                  onClick={() => onChange(value.filter((each) => each !== code))}
                />
              </>
            )}
          </li>
        ))}
      </ol>
      {isOff || value.length >= LANGUAGES_MAX ? null : (
        <SelectField
          className="sm:w-64"
          label={t('language-add')}
          isLabelHidden
          placeholder={t('language-add')}
          value={null}
          onChange={(code) => onChange([...value, code])}
          options={others}
        />
      )}
      <p className="text-12 text-muted">{t('languages-hint')}</p>
    </fieldset>
  );
}
