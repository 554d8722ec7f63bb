/** One field of a command's form, whatever its schema asks for. */
import type { ReactElement } from 'react';
import type { FieldBase } from '../../design/field-frame.tsx';
import { CheckField, SelectField, TextAreaField, TextField } from '../../design/fields.tsx';
import { useHouseCurrency } from '../../design/house-currency.ts';
import { DateField, DateTimeField, MoneyField, NumberField } from '../../design/number-fields.tsx';
import type { Money } from '../../words/format.ts';
import { useWords } from '../../words/language.ts';
import { readable } from '../../words/names/readable.ts';
import { useNaming } from '../../words/names/use-names.ts';
import { JsonField } from './json-field.tsx';
import { isObject, kindOf, type Kind } from './schema.ts';
import {
  ListField,
  NullableField,
  ObjectFields,
  RecordField,
  VariantField,
} from './schema-groups.tsx';
import { holdersOf, type SchemaFieldProps } from './schema-props.ts';
import { words } from './words.ts';

export function SchemaField(props: SchemaFieldProps): ReactElement {
  const kind = kindOf(props.schema);
  switch (kind.kind) {
    case 'object':
      return <ObjectFields {...props} Field={SchemaField} fields={kind.fields} />;
    case 'record':
      return (
        <RecordField
          {...props}
          Field={SchemaField}
          inner={kind.value}
          isLanguages={kind.isLanguages}
        />
      );
    case 'list':
      return <ListField {...props} Field={SchemaField} item={kind.item} />;
    case 'variants':
      return <VariantField {...props} Field={SchemaField} variants={kind.variants} />;
    case 'nullable':
      return <NullableField {...props} Field={SchemaField} inner={kind.inner} />;
    case 'json':
      return <JsonField {...props} />;
    default:
      return <PlainField {...props} kind={kind} />;
  }
}

type PlainKind = Extract<
  Kind,
  { kind: 'text' | 'number' | 'boolean' | 'moment' | 'date' | 'choice' | 'money' | 'minor-units' }
>;

function PlainField({
  kind,
  ...props
}: SchemaFieldProps & { readonly kind: PlainKind }): ReactElement {
  const { schema, value, onChange, isRequired = false } = props;
  const hint = useHint(props);
  const base = {
    label: props.label,
    hint,
    error: props.errors.get(props.at) ?? null,
    required: isRequired,
  };
  const text = typeof value === 'string' ? value : '';
  const change = (next: string): void => onChange(next === '' ? undefined : next);
  switch (kind.kind) {
    case 'text':
      return kind.isLong ? (
        <TextAreaField {...base} value={text} maxLength={schema.maxLength} onChange={change} />
      ) : (
        <TextField {...base} value={text} maxLength={schema.maxLength} onChange={change} />
      );
    case 'number':
      return (
        <NumberField
          {...base}
          value={typeof value === 'number' ? value : null}
          min={schema.minimum}
          max={schema.maximum}
          onChange={(next) => onChange(next ?? undefined)}
        />
      );
    case 'boolean':
      return isRequired ? (
        <CheckField {...base} value={value === true} onChange={onChange} />
      ) : (
        <ChoiceField {...props} values={[true, false]} />
      );
    case 'moment':
      return (
        <DateTimeField
          {...base}
          value={localOf(text)}
          onChange={(next) => change(momentOf(next))}
        />
      );
    case 'date':
      return <DateField {...base} value={text} onChange={change} />;
    case 'money':
      return <AmountField value={value} onChange={onChange} base={base} />;
    case 'minor-units':
      return <MinorUnitsField {...props} base={base} />;
    case 'choice':
      return <ChoiceField {...props} values={kind.values} />;
  }
}

function AmountField({ value, onChange, base }: AmountFieldProps): ReactElement {
  return (
    <MoneyField {...base} value={moneyOf(value)} onChange={(next) => onChange(next ?? undefined)} />
  );
}

interface AmountFieldProps extends Pick<SchemaFieldProps, 'value' | 'onChange'> {
  readonly base: FieldBase;
}

/** Typed as an amount, sent as minor units of the currency of the place or of the house. */
function MinorUnitsField({ value, onChange, base }: AmountFieldProps): ReactElement {
  const { amounts } = useNaming();
  const house = useHouseCurrency();
  const currency = amounts?.currency ?? house;
  return (
    <MoneyField
      {...base}
      currency={currency}
      value={typeof value === 'number' ? { amount: value, currency } : null}
      onChange={(next) => onChange(next?.amount)}
    />
  );
}

function ChoiceField({
  values,
  ...props
}: SchemaFieldProps & { readonly values: readonly (string | number | boolean)[] }): ReactElement {
  const t = useWords(words);
  const { value, onChange, isRequired = false } = props;
  const hint = useHint(props);
  const { names, within } = useNaming();
  const [field = '', ...holders] = holdersOf(props.at);
  const nameOf = (each: string | number | boolean): string =>
    typeof each === 'boolean'
      ? t(each ? 'yes' : 'no')
      : typeof each === 'string'
        ? (names.value(field, each, [...holders, ...within]) ?? readable(each))
        : String(each);
  return (
    <SelectField
      label={props.label}
      hint={hint}
      error={props.errors.get(props.at) ?? null}
      required={isRequired}
      value={values.find((each) => each === value)?.toString() ?? NOTHING}
      onChange={(next) => onChange(values.find((each) => String(each) === next))}
      options={[
        ...(isRequired && value !== undefined ? [] : [{ value: NOTHING, label: '–' }]),
        ...values.map((each) => ({ value: String(each), label: nameOf(each) })),
      ]}
    />
  );
}

/** What the dictionary says beside a field's name; the description's own words are English. */
function useHint({ at, schema }: SchemaFieldProps): string | undefined {
  const { names, within } = useNaming();
  const [field = '', ...holders] = holdersOf(at);
  return names.hint(field, [...holders, ...within]) ?? schema.description;
}

/** The option for leaving a field out. */
const NOTHING = '';

/** A moment as the browser's field has it: local, to the minute. */
function localOf(moment: string): string {
  const date = new Date(moment);
  if (moment === '' || Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function momentOf(local: string): string {
  const date = new Date(local);
  return local === '' || Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

export function moneyOf(value: unknown): Money | null {
  if (!isObject(value)) return null;
  const { amount, currency } = value;
  return typeof amount === 'number' && typeof currency === 'string' ? { amount, currency } : null;
}
