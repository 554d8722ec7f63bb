/** Fields that hold further fields: objects, records, lists, one of several shapes, a value or none. */
import { useState, type ReactElement, type ReactNode } from 'react';
import { Button, IconButton } from '../../design/buttons.tsx';
import { CheckField, SelectField, TextField } from '../../design/fields.tsx';
import { useWords } from '../../words/language.ts';
import type { SchemaGroupProps } from './schema-props.ts';
import {
  initialOf,
  isObject,
  labelOf,
  variantOf,
  type ObjectField,
  type Schema,
} from './schema.ts';
import { words } from './words.ts';

function Group({
  label,
  note,
  actions,
  children,
}: {
  readonly label: string;
  readonly note?: string | undefined;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 rounded-control border border-line p-3">
      <legend className="flex items-center gap-2 px-1 text-13 font-medium">{label}</legend>
      {note === undefined ? null : <p className="text-12 text-muted">{note}</p>}
      {children}
      {actions === undefined ? null : <div className="flex flex-wrap gap-2">{actions}</div>}
    </fieldset>
  );
}

export function ObjectFields(
  props: SchemaGroupProps & { readonly fields: readonly ObjectField[] },
): ReactElement {
  const t = useWords(words);
  const { label, value, onChange, isRequired = false, at, errors, fields, schema, Field } = props;
  // The command itself has no frame; its fields stand in the form.
  const isRoot = at === '';
  if (!isRequired && value === undefined && !isRoot)
    return (
      <div>
        <Button size="compact" icon="plus" onClick={() => onChange(initialOf(schema))}>
          {t('add', { what: label })}
        </Button>
      </div>
    );
  const held = isObject(value) ? value : {};
  const content = fields.map((field) => (
    <Field
      key={field.name}
      label={labelOf(field.name)}
      schema={field.schema}
      isRequired={field.isRequired}
      value={held[field.name]}
      onChange={(next) => onChange({ ...held, [field.name]: next })}
      at={`${at}/${field.name}`}
      errors={errors}
    />
  ));
  if (isRoot) return <div className="flex flex-col gap-4">{content}</div>;
  return (
    <Group
      label={label}
      note={schema.description}
      actions={
        isRequired ? undefined : (
          <Button size="compact" icon="trash" onClick={() => onChange(undefined)}>
            {t('leave-out')}
          </Button>
        )
      }
    >
      {content}
    </Group>
  );
}

export function ListField(props: SchemaGroupProps & { readonly item: Schema }): ReactElement {
  const t = useWords(words);
  const { label, value, onChange, at, errors, item, schema, Field } = props;
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const setAt = (index: number, next: unknown): void =>
    onChange(items.map((each, place) => (place === index ? next : each)));
  const error = errors.get(at);
  return (
    <Group
      label={label}
      note={error ?? schema.description}
      actions={
        <Button
          size="compact"
          icon="plus"
          disabled={items.length >= (schema.maxItems ?? Infinity)}
          onClick={() => onChange([...items, initialOf(item) ?? null])}
        >
          {t('add-item')}
        </Button>
      }
    >
      {items.map((each, index) => (
        // A place in the list is all that these values have for a name.
        <div key={`${at}/${String(index)}`} className="flex min-w-0 items-end gap-2">
          <div className="min-w-0 flex-1">
            <Field
              label={t('item', { number: index + 1 })}
              schema={item}
              isRequired
              value={each ?? undefined}
              onChange={(next) => setAt(index, next ?? null)}
              at={`${at}/${String(index)}`}
              errors={errors}
            />
          </div>
          <IconButton
            icon="trash"
            label={t('remove-item', { number: index + 1 })}
            onClick={() => {
              const left = items.filter((_, place) => place !== index);
              onChange(left.length === 0 && props.isRequired !== true ? undefined : left);
            }}
          />
        </div>
      ))}
    </Group>
  );
}

/** Languages that the console itself speaks are offered first for texts in several languages. */
const LANGUAGE_KEYS = ['en', 'pl', 'pt-BR'];

export function RecordField(
  props: SchemaGroupProps & { readonly inner: Schema; readonly isLanguages: boolean },
): ReactElement {
  const t = useWords(words);
  const { label, value, onChange, at, errors, inner, isLanguages, schema, Field } = props;
  const [name, setName] = useState('');
  const held = isObject(value) ? value : {};
  const names = [...new Set([...(isLanguages ? LANGUAGE_KEYS : []), ...Object.keys(held)])];
  const set = (key: string, next: unknown): void => {
    const { [key]: _, ...others } = held;
    const changed = next === undefined ? others : { ...held, [key]: next };
    onChange(Object.keys(changed).length === 0 && props.isRequired !== true ? undefined : changed);
  };
  return (
    <Group label={label} note={errors.get(at) ?? schema.description}>
      {names.map((key) => (
        <Field
          key={key}
          label={key}
          schema={inner}
          value={held[key]}
          onChange={(next) => set(key, next)}
          at={`${at}/${key}`}
          errors={errors}
        />
      ))}
      <div className="flex items-end gap-2">
        <TextField label={t('new-key')} value={name} onChange={setName} className="flex-1" />
        <Button
          icon="plus"
          disabled={name.trim() === '' || name in held}
          onClick={() => {
            set(name.trim(), initialOf(inner) ?? '');
            setName('');
          }}
        >
          {t('add-key')}
        </Button>
      </div>
    </Group>
  );
}

export function VariantField(
  props: SchemaGroupProps & { readonly variants: readonly Schema[] },
): ReactElement {
  const t = useWords(words);
  const { variants, value, onChange, label, at, Field } = props;
  const [chosen, setChosen] = useState(() => variantOf(variants, value));
  const variant = variants[chosen] ?? {};
  if (props.isRequired !== true && value === undefined && at !== '')
    return (
      <div>
        <Button size="compact" icon="plus" onClick={() => onChange(initialOf(variant) ?? null)}>
          {t('add', { what: label })}
        </Button>
      </div>
    );
  return (
    <Group label={at === '' ? t('shape-of') : label}>
      <SelectField
        label={t('shape-of')}
        value={String(chosen)}
        options={variants.map((each, place) => ({
          value: String(place),
          label: shapeNameOf(each) || t('shape', { number: place + 1 }),
        }))}
        onChange={(next) => {
          setChosen(Number(next));
          onChange(initialOf(variants[Number(next)] ?? {}));
        }}
      />
      <Field {...props} key={chosen} schema={variant} isRequired />
    </Group>
  );
}

export function NullableField(props: SchemaGroupProps & { readonly inner: Schema }): ReactElement {
  const t = useWords(words);
  const { inner, value, onChange, label, Field } = props;
  return (
    <div className="flex flex-col gap-2">
      {value === null ? null : (
        <Field {...props} schema={{ ...inner, ...described(props.schema) }} isRequired={false} />
      )}
      <CheckField
        label={t('none-of', { what: label })}
        value={value === null}
        onChange={(isNone) => onChange(isNone ? null : undefined)}
      />
    </div>
  );
}

function described({ description }: Schema): Pick<Schema, 'description'> {
  return description === undefined ? {} : { description };
}

/** A shape's title, its fixed value or its fields; empty when it has none of them. */
function shapeNameOf({ title, properties = {} }: Schema): string {
  const fixed = Object.values(properties).find((field) => field.const !== undefined)?.const;
  const names = Object.keys(properties).map((name) => labelOf(name));
  return title ?? (typeof fixed === 'string' ? labelOf(fixed) : names.join(', '));
}
