/** One field of an operation, as its kind asks for. */
import type { ReactElement } from 'react';
import { CheckField, SelectField, TextAreaField, TextField } from '../../design/fields.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { useWords } from '../../words/language.ts';
import { firstValue, type OperationField, type Typed } from './operation-forms.ts';
import { operationWords } from './operation-words.ts';

/** Of a watermark or a page number; the server takes no more. */
const LINE_MAX = 200;
const PASSWORD_MAX = 127;
const PROPERTY_MAX = 1000;
const PAGES_MAX = 2000;

export function OperationFieldOf(props: {
  readonly field: OperationField;
  readonly typed: Typed;
  readonly error: string | null;
  onChange(value: string | number | boolean | null): void;
}): ReactElement {
  const t = useWords(operationWords);
  const { field, typed, error, onChange } = props;
  const { hint } = field;
  const frame = { label: t(field.label), hint: hint === undefined ? undefined : t(hint), error };
  const value = typed[field.name] ?? firstValue(field);
  switch (field.kind) {
    case 'flag':
      return <CheckField {...frame} value={value === true} onChange={onChange} />;
    case 'number':
      return (
        <NumberField
          {...frame}
          min={field.least}
          max={field.most}
          unit={field.unit}
          value={Number(value)}
          onChange={onChange}
        />
      );
    case 'choice':
      return (
        <SelectField
          {...frame}
          value={String(value)}
          onChange={(chosen) => onChange(Number(chosen))}
          options={field.of.map((each) => ({
            value: String(each),
            label: `${each}${field.unit}`,
          }))}
        />
      );
    case 'parts':
      return <TextAreaField {...frame} isMono value={String(value)} onChange={onChange} />;
    default:
      return <WordField {...props} frame={frame} value={String(value)} />;
  }
}

function WordField({
  field,
  frame,
  value,
  onChange,
}: {
  readonly field: OperationField;
  readonly frame: {
    readonly label: string;
    readonly hint: string | undefined;
    readonly error: string | null;
  };
  readonly value: string;
  onChange(value: string): void;
}): ReactElement {
  if (field.kind === 'password')
    return (
      <TextField
        {...frame}
        type="password"
        // The browser must not fill in the password of the console.
        autoComplete="new-password"
        required={field.isNeeded}
        maxLength={PASSWORD_MAX}
        value={value}
        onChange={onChange}
      />
    );
  const isPages = field.kind === 'pages';
  const most = field.kind === 'property' ? PROPERTY_MAX : isPages ? PAGES_MAX : LINE_MAX;
  return (
    <TextField
      {...frame}
      required={'isNeeded' in field && field.isNeeded}
      isMono={isPages}
      maxLength={most}
      value={value}
      onChange={onChange}
    />
  );
}
