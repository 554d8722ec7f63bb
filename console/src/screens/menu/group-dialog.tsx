/** Makes a group of modifiers, or changes one: its names, how many are chosen, from what. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { textIn, type Group } from './menu-types.ts';
import { PricedRows } from './priced-rows.tsx';
import { filled } from './product-value.ts';
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
        <Bounds value={value} onChange={set} />
        <PricedRows
          legend={t('options')}
          nameLabel={t('name')}
          addLabel={t('option-add')}
          idBase="option"
          house={house}
          priceFirst={0}
          value={value.options.map(({ optionId: id, name, price }) => ({ id, name, price }))}
          onChange={(rows) =>
            set({
              options: rows.map(({ id: optionId, name, price }) => ({ optionId, name, price })),
            })
          }
        />
        <FailureNote error={error} />
      </div>
    </Dialog>
  );
}

/** How many may be chosen. */
function Bounds({
  value,
  onChange,
}: {
  readonly value: Value;
  onChange(part: Partial<Value>): void;
}): ReactElement {
  const t = useWords(words);
  return (
    <div className="grid grid-cols-2 gap-3">
      <NumberField
        label={t('min')}
        min={0}
        max={CHOICES_MAX}
        value={value.min}
        onChange={(min) => onChange({ min })}
      />
      <NumberField
        label={t('max')}
        min={1}
        max={CHOICES_MAX}
        value={value.max}
        onChange={(max) => onChange({ max })}
      />
    </div>
  );
}
