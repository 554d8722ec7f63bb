/** One text in several languages: a field for each language of the house. */
import type { ReactElement } from 'react';
import { TextAreaField, TextField } from '../../design/fields.tsx';
import type { Texts } from './menu-types.ts';

export function TextsFields(props: {
  readonly languages: readonly string[];
  label(language: string): string;
  readonly value: Texts;
  onChange(value: Texts): void;
  readonly isLong?: boolean;
  /** Of a long one. */
  readonly rows?: number;
  readonly required?: boolean;
  readonly maxLength?: number;
}): ReactElement {
  const { value, onChange, label, isLong = false, maxLength } = props;
  const languages = [...new Set([...props.languages, ...Object.keys(value)])];
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {languages.map((language, at) => {
        const field = {
          label: label(language),
          value: value[language] ?? '',
          maxLength,
          required: props.required === true && at === 0,
          onChange: (text: string) => onChange({ ...value, [language]: text }),
        };
        return isLong ? (
          <TextAreaField key={language} {...field} rows={props.rows ?? 2} />
        ) : (
          <TextField key={language} {...field} />
        );
      })}
    </div>
  );
}
