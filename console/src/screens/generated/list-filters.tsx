/** The filter line of a generated list: exact values and a range, kept in the address. */
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { Icon } from '../../design/icons.tsx';
import { DateTimeField } from '../../design/number-fields.tsx';
import { Popover } from '../../design/menus.tsx';
import { useSetUrlSearch, useUrlSearch } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { useNaming } from '../../words/names/use-names.ts';
import type { AggregateItem } from './generic-calls.ts';
import { words } from './words.ts';

/** Beside the filters of the list itself: a range over what it is ordered by. */
const RANGE = ['from', 'to'] as const;

/** The conditions that the address holds for this list. */
export function useListConditions({ list }: AggregateItem): Readonly<Record<string, string>> {
  const search = useUrlSearch();
  return Object.fromEntries(
    [...list.filters, ...RANGE]
      .map((name) => [name, search[name]] as const)
      .filter((pair): pair is readonly [string, string] => pair[1] !== undefined && pair[1] !== ''),
  );
}

export function ListFilters({ aggregate }: { readonly aggregate: AggregateItem }): ReactElement {
  const t = useWords(words);
  const set = useSetUrlSearch();
  const conditions = useListConditions(aggregate);
  const { names, within } = useNaming();
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      <AddFilter aggregate={aggregate} />
      {Object.entries(conditions).map(([name, value]) => (
        <button
          key={name}
          type="button"
          title={t('remove-filter', { name: names.field(name, within) })}
          onClick={() => set({ [name]: null })}
          className="inline-flex h-8 max-w-64 items-center gap-1.5 rounded-full border border-control bg-raised px-3 text-13"
        >
          <span className="min-w-0 truncate">
            {name === 'from' || name === 'to'
              ? t(name === 'from' ? 'range-from' : 'range-to')
              : names.field(name, within)}
            : {names.value(name, value, within) ?? value}
          </span>
          <Icon name="close" size={12} />
        </button>
      ))}
    </div>
  );
}

function AddFilter({ aggregate }: { readonly aggregate: AggregateItem }): ReactElement {
  const t = useWords(words);
  const [isOpen, setOpen] = useState(false);
  const { filters, order, columns } = aggregate.list;
  const isTimed = columns.some(
    ({ name, type }) => name === order[0]?.column && type === 'timestamptz',
  );
  const choices = [...filters, ...(isTimed ? RANGE : [])];
  return (
    <Popover
      label={t('filter')}
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button icon="filter" disabled={choices.length === 0}>
          {t('filter')}
        </Button>
      }
    >
      <FilterForm aggregate={aggregate} choices={choices} onDone={() => setOpen(false)} />
    </Popover>
  );
}

function FilterForm({
  aggregate,
  choices,
  onDone,
}: {
  readonly aggregate: AggregateItem;
  readonly choices: readonly string[];
  onDone(): void;
}): ReactElement {
  const t = useWords(words);
  const set = useSetUrlSearch();
  const [name, setName] = useState(choices[0] ?? '');
  const [value, setValue] = useState('');
  const bound = name === 'from' || name === 'to' ? name : null;
  const boundWords = { from: t('range-from'), to: t('range-to') };
  const labels: Readonly<Record<string, string>> = boundWords;
  const { names, within } = useNaming();
  return (
    <form
      className="flex w-64 flex-col gap-3"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (value.trim() === '') return;
        set({ [name]: bound === null ? value.trim() : new Date(value).toISOString() });
        onDone();
      }}
    >
      <SelectField
        label={t('filter-by')}
        value={name}
        onChange={(next) => {
          setName(next);
          setValue('');
        }}
        options={choices.map((each) => ({
          value: each,
          label: labels[each] ?? names.field(each, within),
        }))}
      />
      {bound === null ? (
        <FilterValue aggregate={aggregate} name={name} value={value} onChange={setValue} />
      ) : (
        <DateTimeField label={boundWords[bound]} value={value} onChange={setValue} />
      )}
      <Button kind="primary" type="submit" disabled={value.trim() === ''}>
        {t('apply')}
      </Button>
    </form>
  );
}

/** A choice where the values are known, else a text. */
function FilterValue({
  aggregate,
  name,
  value,
  onChange,
}: {
  readonly aggregate: AggregateItem;
  readonly name: string;
  readonly value: string;
  onChange(value: string): void;
}): ReactElement {
  const t = useWords(words);
  const { names, within } = useNaming();
  const isBoolean = aggregate.list.columns.some(
    (column) => column.name === name && column.type === 'boolean',
  );
  const options = isBoolean
    ? [
        { value: 'true', label: t('yes') },
        { value: 'false', label: t('no') },
      ]
    : names
        .choices(name, within)
        .map((each) => ({ value: each, label: names.value(name, each, within) ?? each }));
  if (options.length === 0)
    return <TextField label={t('filter-value')} value={value} onChange={onChange} />;
  return (
    <SelectField
      label={t('filter-value')}
      value={value}
      onChange={onChange}
      options={[{ value: '', label: '–' }, ...options]}
    />
  );
}
