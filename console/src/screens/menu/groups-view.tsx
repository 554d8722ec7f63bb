/** Groups of modifiers, and what can be chosen in each. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button, IconButton } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { EmptyState } from '../../design/marks.tsx';
import { MoneyField, NumberField } from '../../design/number-fields.tsx';
import { Card } from '../../design/page.tsx';
import { toast } from '../../design/toasts.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useLimits } from '../guests/use-may.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { textIn, type Group } from './menu-types.ts';
import { filled, idFor } from './product-value.ts';
import { TextsFields } from './texts-fields.tsx';
import type { Catalog, House } from './use-catalog.ts';
import { words } from './words.ts';

/** What GroupsView works with. */
function useGroupsView({ catalog }: { readonly house: House; readonly catalog: Catalog }) {
  const t = useWords(words);
  const language = useLanguage();
  const limits = useLimits()('catalog:edit');
  const [open, setOpen] = useState<Group | 'new' | null>(null);
  const groups = catalog.groups.filter(({ status }) => status === 'active');
  const make = (
    <Button icon="plus" {...limits} onClick={() => setOpen('new')}>
      {t('group-new')}
    </Button>
  );
  return { t, language, limits, open, setOpen, groups, make };
}

export function GroupsView({
  house,
  catalog,
}: {
  readonly house: House;
  readonly catalog: Catalog;
}): ReactElement {
  const { t, language, limits, open, setOpen, groups, make } = useGroupsView({ house, catalog });
  return (
    <div className="flex flex-col gap-3">
      {groups.length === 0 ? (
        <EmptyState
          icon="list"
          title={t('group-empty-title')}
          text={t('group-empty-text')}
          action={make}
        />
      ) : (
        <>
          <div>{make}</div>
          <div className="grid items-start gap-3 sm:grid-cols-2 xl:grid-cols-3">
            {groups.map((group) => (
              <Card
                key={group.id}
                title={textIn(group.name, language)}
                actions={
                  <IconButton
                    icon="edit"
                    label={`${t('edit')}: ${textIn(group.name, language)}`}
                    disabled={limits.disabled}
                    onClick={() => setOpen(group)}
                  />
                }
              >
                <p className="pb-2 text-13 text-muted">
                  {t('choose', { min: group.min, max: group.max })}
                </p>
                <ul className="flex flex-col gap-1">
                  {group.options.map((option) => (
                    <li key={option.optionId} className="flex justify-between gap-3">
                      <span dir="auto" className="min-w-0 truncate">
                        {textIn(option.name, language)}
                      </span>
                      <span className="text-muted">
                        {option.price === 0
                          ? '–'
                          : formatMoney(
                              { amount: option.price, currency: house.currency },
                              language,
                            )}
                      </span>
                    </li>
                  ))}
                </ul>
              </Card>
            ))}
          </div>
        </>
      )}
      {open === null ? null : (
        <GroupDialog
          group={open === 'new' ? null : open}
          house={house}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

const AGAIN = ['GET /v1/catalog/groups', 'GET /v1/catalog/menu'] as const;

/** What GroupDialog works with. */
function useGroupDialog(props: {
  readonly group: Group | null;
  readonly house: House;
  onClose(): void;
}) {
  const t = useWords(words);
  const { group, house, onClose } = props;
  const language = house.languages[0] ?? 'en';
  const [name, setName] = useState(group?.name ?? {});
  const [min, setMin] = useState<number | null>(group?.min ?? 0);
  const [max, setMax] = useState<number | null>(group?.max ?? 1);
  const [options, setOptions] = useState(group?.options ?? []);
  const add = useCommand('POST /v1/catalog/groups', { again: AGAIN });
  const change = useCommand('POST /v1/catalog/groups/{id}/change', { again: AGAIN });
  const done = {
    onSuccess: () => {
      toast(t('saved'));
      onClose();
    },
  };
  const give = (): void => {
    const body = {
      name: filled(name),
      min: min ?? 0,
      max: max ?? 1,
      options: options.map((option) => ({ ...option, name: filled(option.name) })),
    };
    if (group === null) add.mutate({ body }, done);
    else change.mutate({ params: { id: group.id }, body }, done);
  };
  return {
    t,
    group,
    house,
    onClose,
    language,
    name,
    setName,
    min,
    setMin,
    max,
    setMax,
    options,
    setOptions,
    add,
    change,
    give,
  };
}

function GroupDialogFooter({
  t,
  name,
  options,
  add,
  change,
  give,
}: Pick<
  ReturnType<typeof useGroupDialog>,
  't' | 'name' | 'options' | 'add' | 'change' | 'give'
>): ReactElement {
  return (
    <Button
      kind="primary"
      isBusy={add.isPending || change.isPending}
      disabled={options.length === 0 || Object.keys(filled(name)).length === 0}
      onClick={give}
    >
      {t('save')}
    </Button>
  );
}

function GroupOptions({
  t,
  house,
  language,
  options,
  setOptions,
}: Pick<
  Parameters<typeof GroupDialogBody>[0],
  't' | 'house' | 'language' | 'options' | 'setOptions'
>): ReactElement {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 text-13 font-medium">{t('options')}</legend>
      {options.map((option, at) => (
        <div key={option.optionId} className="flex items-end gap-2">
          <TextField
            className="min-w-0 flex-1"
            label={t('name')}
            isLabelHidden={at > 0}
            value={option.name[language] ?? textIn(option.name, language)}
            onChange={(text) =>
              setOptions(
                options.with(at, { ...option, name: { ...option.name, [language]: text } }),
              )
            }
          />
          <MoneyField
            className="w-36"
            label={t('price')}
            isLabelHidden={at > 0}
            value={{ amount: option.price, currency: house.currency }}
            onChange={(price) =>
              setOptions(options.with(at, { ...option, price: price?.amount ?? 0 }))
            }
          />
          <IconButton
            icon="trash"
            label={t('remove')}
            onClick={() => setOptions(options.toSpliced(at, 1))}
          />
        </div>
      ))}
      <div>
        <Button
          size="compact"
          icon="plus"
          onClick={() => {
            const optionId = idFor(
              `option-${String(options.length + 1)}`,
              options.map((each) => each.optionId),
            );
            setOptions([...options, { optionId, name: { [language]: '' }, price: 0 }]);
          }}
        >
          {t('option-add')}
        </Button>
      </div>
    </fieldset>
  );
}

function GroupDialogBody({
  t,
  house,
  language,
  name,
  setName,
  min,
  setMin,
  max,
  setMax,
  options,
  setOptions,
  add,
  change,
}: Pick<
  ReturnType<typeof useGroupDialog>,
  | 't'
  | 'house'
  | 'language'
  | 'name'
  | 'setName'
  | 'min'
  | 'setMin'
  | 'max'
  | 'setMax'
  | 'options'
  | 'setOptions'
  | 'add'
  | 'change'
>): ReactElement {
  return (
    <div className="flex flex-col gap-4">
      <TextsFields
        languages={house.languages}
        required
        label={(each) => t('name-in', { language: each })}
        value={name}
        onChange={setName}
      />
      <div className="grid grid-cols-2 gap-3">
        <NumberField label={t('min')} min={0} max={20} value={min} onChange={setMin} />
        <NumberField label={t('max')} min={1} max={20} value={max} onChange={setMax} />
      </div>
      <GroupOptions
        t={t}
        house={house}
        language={language}

        options={options}
        setOptions={setOptions}
      />
      <FailureNote error={add.error ?? change.error} />
    </div>
  );
}

function GroupDialog(props: {
  readonly group: Group | null;
  readonly house: House;
  onClose(): void;
}): ReactElement {
  const {
    t,
    group,
    house,
    onClose,
    language,
    name,
    setName,
    min,
    setMin,
    max,
    setMax,
    options,
    setOptions,
    add,
    change,
    give,
  } = useGroupDialog(props);
  return (
    <Dialog
      title={group === null ? t('group-new') : textIn(group.name, language)}
      isOpen
      onClose={onClose}
      footer={
        <GroupDialogFooter
          t={t}
          name={name}
          options={options}
          add={add}
          change={change}
          give={give}
        />
      }
    >
      <GroupDialogBody
        t={t}
        house={house}
        language={language}
        name={name}
        setName={setName}
        min={min}
        setMin={setMin}
        max={max}
        setMax={setMax}
        options={options}
        setOptions={setOptions}
        add={add}
        change={change}
      />
    </Dialog>
  );
}
