/** Small parts of the builder: one text in the quiz's languages, points, buttons that put a list in order. */
import { useState, type ReactElement } from 'react';
import { Button, IconButton } from '../../design/buttons.tsx';
import { TextAreaField, TextField } from '../../design/fields.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { LOCALES } from '../../words/define-words.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import type { Texts } from './quiz-draft.ts';
import { words } from './words-quiz.ts';

/** Of the server. */
const TEXT_MAX = 2000;

export function QuizTexts(props: {
  readonly languages: readonly string[];
  readonly label: string;
  readonly value: Texts | undefined;
  onChange(value: Texts): void;
  readonly isLong?: boolean;
}): ReactElement {
  const t = useWords(words);
  const tongues = new Intl.DisplayNames(LOCALES[useLanguage()], { type: 'language' });
  const { languages, label, value = {}, onChange, isLong = false } = props;
  return (
    // By its own width: in a narrow column two languages would leave no room for words.
    <div className="@container min-w-0">
      <div className={languages.length > 1 ? 'grid gap-3 @md:grid-cols-2' : 'grid'}>
        {languages.map((language) => {
          const field = {
            label:
              languages.length === 1
                ? label
                : t('in-language', { text: label, language: tongues.of(language) ?? language }),
            value: value[language] ?? '',
            maxLength: TEXT_MAX,
            onChange: (text: string) => onChange({ ...value, [language]: text }),
          };
          return isLong ? (
            <TextAreaField key={language} {...field} rows={2} />
          ) : (
            <TextField key={language} {...field} />
          );
        })}
      </div>
    </div>
  );
}

/** A whole number, or nothing. */
export function WholeField(props: {
  readonly label: string;
  readonly value: number | null | undefined;
  onChange(value: number | undefined): void;
  readonly min?: number;
  readonly max?: number;
  readonly hint?: string;
}): ReactElement {
  const { value, onChange, ...field } = props;
  return (
    <NumberField
      {...field}
      value={value ?? null}
      onChange={(next) => onChange(next === null ? undefined : Math.round(next))}
    />
  );
}

/** Up, down and away, by buttons that the keyboard and a thumb reach alike. */
export function OrderButtons(props: {
  readonly name: string;
  readonly place: number;
  readonly count: number;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}): ReactElement {
  const t = useWords(words);
  const { name, place, count, onMove, onRemove } = props;
  return (
    <span className="flex shrink-0">
      <IconButton
        size="compact"
        icon="arrow-up"
        label={t('up', { name })}
        disabled={place === 0}
        onClick={() => onMove(-1)}
      />
      <IconButton
        size="compact"
        icon="arrow-down"
        label={t('down', { name })}
        disabled={place === count - 1}
        onClick={() => onMove(1)}
      />
      <IconButton size="compact" icon="trash" label={t('remove', { name })} onClick={onRemove} />
    </span>
  );
}

export function AddButton(props: {
  readonly label: string;
  readonly disabled?: boolean;
  onClick(): void;
}): ReactElement {
  return (
    <div>
      <Button size="compact" icon="plus" disabled={props.disabled} onClick={props.onClick}>
        {props.label}
      </Button>
    </div>
  );
}

const LANGUAGE = /^[a-z]{2}(-[A-Z]{2})?$/;

function tagsOf(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter((tag) => LANGUAGE.test(tag)))];
}

/** The languages of a quiz as tags; what is no tag yet is kept as typed and told later. */
export function LanguagesField(props: {
  readonly value: readonly string[];
  onChange(value: readonly string[]): void;
}): ReactElement {
  const t = useWords(words);
  const [typed, setTyped] = useState(props.value.join(', '));
  const isWrong =
    tagsOf(typed).join(' ') !==
    typed
      .trim()
      .split(/[\s,]+/)
      .join(' ');
  return (
    <TextField
      label={t('languages')}
      hint={t('languages-hint')}
      error={isWrong ? t('languages-hint') : null}
      required
      value={typed}
      maxLength={60}
      onChange={(text) => {
        setTyped(text);
        const tags = tagsOf(text).slice(0, LANGUAGES_MAX);
        if (tags.length > 0) props.onChange(tags);
      }}
    />
  );
}

/** Of the server. */
const LANGUAGES_MAX = 8;
