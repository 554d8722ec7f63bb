/** A value of no known shape, written as JSON. */
import { useState, type ReactElement } from 'react';
import { TextAreaField } from '../../design/fields.tsx';
import { useWords } from '../../words/language.ts';
import type { SchemaFieldProps } from './schema-props.ts';
import { words } from './words.ts';

export function JsonField(
  props: Omit<SchemaFieldProps, 'schema'> & { readonly rows?: number },
): ReactElement {
  const t = useWords(words);
  const { value, onChange } = props;
  const [typed, setTyped] = useState(() =>
    value === undefined ? '' : JSON.stringify(value, null, 2),
  );
  const parsed = parse(typed);
  return (
    <TextAreaField
      label={props.label}
      isMono
      rows={props.rows ?? 3}
      required={props.isRequired}
      error={parsed === null ? t('not-json') : (props.errors.get(props.at) ?? null)}
      value={typed}
      onChange={(text) => {
        setTyped(text);
        const next = parse(text);
        if (next !== null) onChange(next.value);
      }}
    />
  );
}

/** null for what is no JSON; no text is no value. */
function parse(text: string): { readonly value: unknown } | null {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}
