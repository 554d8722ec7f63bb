/** Fields that hold further fields: objects, records, lists, one of several shapes, a value or none. */
import { useState, type ReactElement, type ReactNode } from 'react';
import { Button, IconButton } from '../../design/buttons.tsx';
import { CheckField, SelectField, TextField } from '../../design/fields.tsx';
import { useWords } from '../../words/language.ts';
import type { Names } from '../../words/names/lookup.ts';
import { readable } from '../../words/names/readable.ts';
import { useNaming } from '../../words/names/use-names.ts';
import { holdersOf, type SchemaGroupProps } from './schema-props.ts';
import { initialOf, isObject, variantOf, type ObjectField, type Schema } from './schema.ts';
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
  const { names, within } = useNaming();
  const note = useNote(props);
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
      label={names.field(field.name, [...holdersOf(at), ...within])}
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
      note={note}
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
  const note = useNote(props);
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const setAt = (index: number, next: unknown): void =>
    onChange(items.map((each, place) => (place === index ? next : each)));
  const error = errors.get(at);
  return (
    <Group
      label={label}
      note={error ?? note}
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

/** What the dictionary says of the group; the description's own words are English. */
function useNote({ at, schema }: SchemaGroupProps): string | undefined {
  const { names, within } = useNaming();
  const [field = '', ...holders] = holdersOf(at);
  return names.hint(field, [...holders, ...within]) ?? schema.description;
}

/** Languages that the console itself speaks are offered first for texts in several languages. */
const LANGUAGE_KEYS = ['en', 'pl', 'pt-BR'];

export function RecordField(
  props: SchemaGroupProps & { readonly inner: Schema; readonly isLanguages: boolean },
): ReactElement {
  const t = useWords(words);
  const { label, value, onChange, at, errors, inner, isLanguages, Field } = props;
  const [name, setName] = useState('');
  const note = useNote(props);
  const { names: inWorld } = useNaming();
  const held = isObject(value) ? value : {};
  const names = [...new Set([...(isLanguages ? LANGUAGE_KEYS : []), ...Object.keys(held)])];
  const set = (key: string, next: unknown): void => {
    const { [key]: _, ...others } = held;
    const changed = next === undefined ? others : { ...held, [key]: next };
    onChange(Object.keys(changed).length === 0 && props.isRequired !== true ? undefined : changed);
  };
  return (
    <Group label={label} note={errors.get(at) ?? note}>
      {names.map((key) => (
        <Field
          key={key}
          label={isLanguages ? capitalised(inWorld.value('language', key) ?? key) : key}
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
  const { names, within } = useNaming();
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
          label:
            shapeNameOf(each, { names, within: [...holdersOf(at), ...within] }) ||
            t('shape', { number: place + 1 }),
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
function shapeNameOf(
  { title, properties = {} }: Schema,
  { names, within }: { readonly names: Names; readonly within: readonly string[] },
): string {
  const [field, fixed] =
    Object.entries(properties)
      .map(([name, each]) => [name, each.const] as const)
      .find(([, value]) => typeof value === 'string') ?? [];
  if (title !== undefined) return title;
  if (field !== undefined && typeof fixed === 'string')
    return names.value(field, fixed, within) ?? readable(fixed);
  return Object.keys(properties)
    .map((name) => names.field(name, within))
    .join(', ');
}

/** Names of languages are written small in some languages, but a label begins with a capital. */
function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
