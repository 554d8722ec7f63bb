/** Makes a group of modifiers, or changes one: its names, how many are chosen, from what. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button, IconButton } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { MoneyField, NumberField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { textIn, type Group } from './menu-types.ts';
import { filled, idFor } from './product-value.ts';
import { TextsFields } from './texts-fields.tsx';
import type { House } from './use-catalog.ts';
import { words } from './words.ts';

const AGAIN = ['GET /v1/catalog/groups', 'GET /v1/catalog/menu'] as const;
/** How many may be chosen in a group: the server's own bound. */
const CHOICES_MAX = 50;

interface Value {
  readonly name: Group['name'];
  readonly min: number | null;
  readonly max: number | null;
  readonly options: Group['options'];
}

function valueOf(group: Group | null): Value {
  return {
    name: group?.name ?? {},
    min: group?.min ?? 0,
    max: group?.max ?? 1,
    options: group?.options ?? [],
  };
}

function useGroupForm(group: Group | null, onClose: () => void) {
  const t = useWords(words);
  const [value, setValue] = useState(() => valueOf(group));
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
      name: filled(value.name),
      min: value.min ?? 0,
      max: value.max ?? 1,
      options: value.options.map((option) => ({ ...option, name: filled(option.name) })),
    };
    if (group === null) add.mutate({ body }, done);
    else change.mutate({ params: { id: group.id }, body }, done);
  };
  return {
    value,
    set: (part: Partial<Value>): void => setValue((before) => ({ ...before, ...part })),
    give,
    isBusy: add.isPending || change.isPending,
    isFilled: value.options.length > 0 && Object.keys(filled(value.name)).length > 0,
    error: add.error ?? change.error,
  };
}

export function GroupDialog(props: {
  /** null for a new one. */
  readonly group: Group | null;
  readonly house: House;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const { group, house, onClose } = props;
  const { value, set, give, isBusy, isFilled, error } = useGroupForm(group, onClose);
  const language = house.languages[0] ?? 'en';
  return (
    <Dialog
      title={group === null ? t('group-new') : textIn(group.name, language)}
      isOpen
      onClose={onClose}
      footer={
        <Button kind="primary" isBusy={isBusy} disabled={!isFilled} onClick={give}>
          {t('save')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <TextsFields
          languages={house.languages}
          required
          label={(each) => t('name-in', { language: each })}
          value={value.name}
          onChange={(name) => set({ name })}
        />
        <div className="grid grid-cols-2 gap-3">
          <NumberField
            label={t('min')}
            min={0}
            max={CHOICES_MAX}
            value={value.min}
            onChange={(min) => set({ min })}
          />
          <NumberField
            label={t('max')}
            min={1}
            max={CHOICES_MAX}
            value={value.max}
            onChange={(max) => set({ max })}
          />
        </div>
        <OptionFields
          currency={house.currency}
          language={language}
          options={value.options}
          onChange={(options) => set({ options })}
        />
        <FailureNote error={error} />
      </div>
    </Dialog>
  );
}

function OptionFields(props: {
  readonly currency: string;
  /** Of the names that are written here. */
  readonly language: string;
  readonly options: Group['options'];
  onChange(options: Group['options']): void;
}): ReactElement {
  const t = useWords(words);
  const { currency, language, options, onChange } = props;
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
              onChange(options.with(at, { ...option, name: { ...option.name, [language]: text } }))
            }
          />
          <MoneyField
            className="w-36"
            label={t('price')}
            isLabelHidden={at > 0}
            value={{ amount: option.price, currency: currency }}
            onChange={(price) =>
              onChange(options.with(at, { ...option, price: price?.amount ?? 0 }))
            }
          />
          <IconButton
            icon="trash"
            label={t('remove')}
            onClick={() => onChange(options.toSpliced(at, 1))}
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
            onChange([...options, { optionId, name: { [language]: '' }, price: 0 }]);
          }}
        >
          {t('option-add')}
        </Button>
      </div>
    </fieldset>
  );
}
