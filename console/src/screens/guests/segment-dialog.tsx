/** Saves a filter under a name, or changes one. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { CheckField, SelectField, TextField } from '../../design/fields.tsx';
import { DateField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { CHANNELS, type Channel, type SegmentFilter, type SegmentRow } from './guest-types.ts';
import { words } from './words.ts';

interface Value {
  readonly name: string;
  readonly kind: '*' | 'person' | 'organisation';
  readonly languages: string;
  readonly tagsAll: string;
  readonly tagsAny: string;
  readonly tagsNone: string;
  readonly consents: readonly Channel[];
  readonly from: string;
  readonly to: string;
}

const NAME_MAX = 100;

function valueOf(segment: SegmentRow | null): Value {
  const filter: SegmentFilter = segment?.filter ?? {};
  const text = (list: readonly string[] | undefined): string => (list ?? []).join(', ');
  return {
    name: segment?.name ?? '',
    kind: filter.kind ?? '*',
    languages: text(filter.languages),
    tagsAll: text(filter.tagsAll),
    tagsAny: text(filter.tagsAny),
    tagsNone: text(filter.tagsNone),
    consents: filter.consents ?? [],
    from: filter.registeredFrom?.slice(0, 10) ?? '',
    to: filter.registeredTo?.slice(0, 10) ?? '',
  };
}

function filterOf(value: Value): SegmentFilter {
  const list = (text: string): readonly string[] => [
    ...new Set(
      text
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== ''),
    ),
  ];
  const some = (key: keyof SegmentFilter, values: readonly string[]): object =>
    values.length === 0 ? {} : { [key]: values };
  return {
    ...(value.kind === '*' ? {} : { kind: value.kind }),
    ...some('languages', list(value.languages)),
    ...some('tagsAll', list(value.tagsAll)),
    ...some('tagsAny', list(value.tagsAny)),
    ...some('tagsNone', list(value.tagsNone)),
    ...some('consents', value.consents),
    ...(value.from === '' ? {} : { registeredFrom: `${value.from}T00:00:00Z` }),
    ...(value.to === '' ? {} : { registeredTo: `${value.to}T00:00:00Z` }),
  };
}

export function SegmentDialog(props: {
  readonly segment: SegmentRow | null;
  onClose(): void;
  onSaved(id: string): void;
}): ReactElement {
  const t = useWords(words);
  const { segment, onClose, onSaved } = props;
  const [value, setValue] = useState(() => valueOf(segment));
  const again = ['GET /v1/customers/segments', 'GET /v1/customers/segments/{id}/members'] as const;
  const save = useCommand('POST /v1/customers/segments', { again });
  const change = useCommand('POST /v1/customers/segments/{id}/change', { again });
  const done = (id: string): void => {
    toast(t('segment-saved'));
    onClose();
    onSaved(id);
  };
  const give = (): void => {
    const body = { name: value.name.trim(), filter: filterOf(value) };
    if (segment === null) save.mutate({ body }, { onSuccess: ({ id }) => done(id) });
    else change.mutate({ params: { id: segment.id }, body }, { onSuccess: () => done(segment.id) });
  };
  return (
    <Dialog
      title={segment === null ? t('segment-new') : t('segment-change')}
      isOpen
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          isBusy={save.isPending || change.isPending}
          disabled={value.name.trim() === ''}
          onClick={give}
        >
          {t('save')}
        </Button>
      }
    >
      <SegmentFields value={value} onChange={setValue} />
      <div className="pt-3">
        <FailureNote error={save.error ?? change.error} />
      </div>
    </Dialog>
  );
}

interface FieldsProps {
  readonly value: Value;
  onChange(value: Value): void;
}

function SegmentFields({ value, onChange }: FieldsProps): ReactElement {
  const t = useWords(words);
  const set = (part: Partial<Value>): void => onChange({ ...value, ...part });
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <TextField
        className="sm:col-span-2"
        label={t('segment-name')}
        required
        maxLength={NAME_MAX}
        value={value.name}
        onChange={(name) => set({ name })}
      />
      <TagFields value={value} onChange={onChange} />
      <TextField
        label={t('segment-languages')}
        placeholder="en, pl"
        value={value.languages}
        onChange={(languages) => set({ languages })}
      />
      <DateField label={t('segment-from')} value={value.from} onChange={(from) => set({ from })} />
      <DateField label={t('segment-to')} value={value.to} onChange={(to) => set({ to })} />
      <SelectField
        label={t('kind')}
        value={value.kind}
        onChange={(kind) => set({ kind })}
        options={[
          { value: '*', label: t('any-kind') },
          { value: 'person', label: t('person') },
          { value: 'organisation', label: t('organisation') },
        ]}
      />
      <ConsentField value={value.consents} onChange={(consents) => set({ consents })} />
    </div>
  );
}

/** Tags of which all, any or none are wanted: cells of the grid around. */
function TagFields({ value, onChange }: FieldsProps): ReactElement {
  const t = useWords(words);
  return (
    <>
      <TextField
        label={t('segment-all')}
        hint={t('segment-tags-hint')}
        value={value.tagsAll}
        onChange={(tagsAll) => onChange({ ...value, tagsAll })}
      />
      <TextField
        label={t('segment-any')}
        value={value.tagsAny}
        onChange={(tagsAny) => onChange({ ...value, tagsAny })}
      />
      <TextField
        label={t('segment-none')}
        value={value.tagsNone}
        onChange={(tagsNone) => onChange({ ...value, tagsNone })}
      />
    </>
  );
}

/** Channels over which they agreed to be written to. */
function ConsentField(props: {
  readonly value: readonly Channel[];
  onChange(value: readonly Channel[]): void;
}): ReactElement {
  const t = useWords(words);
  const { value, onChange } = props;
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="pb-1 text-13 font-medium">{t('segment-consents')}</legend>
      {CHANNELS.map((channel) => (
        <CheckField
          key={channel}
          label={t(`channel-${channel}`)}
          value={value.includes(channel)}
          onChange={(isWanted) =>
            onChange(
              CHANNELS.filter((each) => (each === channel ? isWanted : value.includes(each))),
            )
          }
        />
      ))}
    </fieldset>
  );
}
