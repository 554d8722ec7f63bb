/** The filters that a report takes, kept in the address. A typed one applies when it is left or with Enter. */
import { useState, type ReactElement } from 'react';
import {
  Button,
  DateTimeField,
  SelectField,
  TextField,
  useSetUrlSearch,
  useUrlSearch,
} from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import { CLASSES, classOf, FILTER_KEYS, FILTERS_OF, type Report } from './audit-query.ts';
import { useActionChoices, useActorChoices, withAsked } from './use-choices.ts';
import { words } from './words.ts';

const TEXTS = ['address'] as const;
const NAMED = ['actor', 'action'] as const;
const ANY = 'any';

export function AuditFilters({ report }: { readonly report: Report }): ReactElement {
  const t = useWords(words);
  const search = useUrlSearch();
  const set = useSetUrlSearch();
  const keys = FILTERS_OF[report];
  const isFiltered = keys.some((key) => (search[key] ?? '') !== '');
  return (
    <div className="grid min-w-0 grid-cols-1 items-end gap-3 sm:grid-cols-2 xl:grid-cols-3">
      {keys.includes('class') ? (
        <SelectField
          label={t('class')}
          value={classOf(search['class']) ?? 'all'}
          onChange={(value) => set({ class: value === 'all' ? null : value })}
          options={[
            { value: 'all', label: t('class-all') },
            ...CLASSES.map((value) => ({ value, label: t(`class-${value}`) })),
          ]}
        />
      ) : null}
      {NAMED.filter((key) => keys.includes(key)).map((key) => (
        <NamedFilter key={key} name={key} />
      ))}
      {TEXTS.filter((key) => keys.includes(key)).map((key) => (
        <TextFilter
          key={key}
          name={key}
          value={search[key] ?? ''}
          onApply={(value) => set({ [key]: value.trim() })}
        />
      ))}
      {(['from', 'to'] as const)
        .filter((key) => keys.includes(key))
        .map((key) => (
          <DateTimeField
            key={key}
            label={t(key)}
            value={search[key] ?? ''}
            onChange={(value) => set({ [key]: value })}
          />
        ))}
      {isFiltered ? (
        <Button
          icon="close"
          onClick={() => set(Object.fromEntries(FILTER_KEYS.map((key) => [key, null])))}
        >
          {t('clear')}
        </Button>
      ) : null}
    </div>
  );
}

function NamedFilter({ name }: { readonly name: (typeof NAMED)[number] }): ReactElement {
  const t = useWords(words);
  const search = useUrlSearch();
  const set = useSetUrlSearch();
  const choices = { actor: useActorChoices(), action: useActionChoices() };
  const asked = search[name] ?? '';
  return (
    <SelectField
      label={t(name)}
      value={asked === '' ? ANY : asked}
      onChange={(value) => set({ [name]: value === ANY ? null : value })}
      options={[{ value: ANY, label: t(`${name}-any`) }, ...withAsked(choices[name], asked)]}
    />
  );
}

function TextFilter({
  name,
  value,
  onApply,
}: {
  readonly name: (typeof TEXTS)[number];
  readonly value: string;
  onApply(value: string): void;
}): ReactElement {
  const t = useWords(words);
  const [typed, setTyped] = useState(value);
  const [applied, setApplied] = useState(value);
  // The back button changes what is applied from outside.
  if (applied !== value) {
    setApplied(value);
    setTyped(value);
  }
  const apply = (): void => {
    if (typed.trim() !== value) onApply(typed);
  };
  return (
    <div className="min-w-0" onBlur={apply}>
      <TextField label={t(name)} value={typed} onChange={setTyped} onEnter={apply} isMono />
    </div>
  );
}
