/** A section of the menu: its names, what it stands in, its place. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField } from '../../design/fields.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { textIn, type Category } from './menu-types.ts';
import { filled, NONE } from './product-value.ts';
import { TextsFields } from './texts-fields.tsx';
import { useHouse } from './use-catalog.ts';
import { words } from './words.ts';

const AGAIN = ['GET /v1/catalog/categories', 'GET /v1/catalog/products'] as const;
const STEP = 10;
const NAME_MAX = 100;

export interface CategoryDialogProps {
  /** null for a new one. */
  readonly category: Category | null;
  /** Those that it can stand in. */
  readonly sections: readonly Category[];
  onClose(): void;
  onRemoved(): void;
}

interface Value {
  readonly name: Category['name'];
  readonly parentId: string;
  readonly position: number | null;
}

/** A new section comes last; steps leave room between two. */
function valueOf({ category, sections }: CategoryDialogProps): Value {
  return {
    name: category?.name ?? {},
    parentId: category?.parentId ?? NONE,
    position: category?.positionInParent ?? (sections.length + 1) * STEP,
  };
}

function useCategoryForm(props: CategoryDialogProps) {
  const t = useWords(words);
  const { category, onClose, onRemoved } = props;
  const [value, setValue] = useState(() => valueOf(props));
  const add = useCommand('POST /v1/catalog/categories', { again: AGAIN });
  const change = useCommand('POST /v1/catalog/categories/{id}/change', { again: AGAIN });
  const remove = useCommand('POST /v1/catalog/categories/{id}/remove', { again: AGAIN });
  const done = (text: string, then?: () => void) => (): void => {
    toast(text);
    then?.();
    onClose();
  };
  const save = (): void => {
    const body = {
      name: filled(value.name),
      parentId: value.parentId === NONE ? null : value.parentId,
      position: value.position ?? 0,
    };
    if (category === null) followUp(add.mutateAsync({ body }), done(t('saved')));
    else followUp(change.mutateAsync({ params: { id: category.id }, body }), done(t('saved')));
  };
  const drop = (id: string): void =>
    followUp(
      remove.mutateAsync({ params: { id }, body: {} }),
      done(t('section-remove-text'), onRemoved),
    );
  return {
    value,
    set: (part: Partial<Value>): void => setValue((before) => ({ ...before, ...part })),
    save,
    drop,
    isSaving: add.isPending || change.isPending,
    isDropping: remove.isPending,
    isNamed: Object.keys(filled(value.name)).length > 0,
    error: add.error ?? change.error ?? remove.error,
  };
}

type Form = ReturnType<typeof useCategoryForm>;

export function CategoryDialog(props: CategoryDialogProps): ReactElement {
  const t = useWords(words);
  const { category, sections, onClose } = props;
  const { languages } = useHouse();
  const form = useCategoryForm(props);
  return (
    <Dialog
      title={category === null ? t('section-new') : t('section-change')}
      isOpen
      onClose={onClose}
      footer={<CategoryButtons category={category} form={form} />}
    >
      <div className="flex flex-col gap-4">
        <TextsFields
          languages={languages}
          required
          maxLength={NAME_MAX}
          label={(each) => t('name-in', { language: each })}
          value={form.value.name}
          onChange={(name) => form.set({ name })}
        />
        <PlaceFields
          others={sections.filter(({ id }) => id !== category?.id)}
          value={form.value}
          onChange={form.set}
        />
        <FailureNote error={form.error} />
      </div>
    </Dialog>
  );
}

function CategoryButtons(props: {
  readonly category: Category | null;
  readonly form: Form;
}): ReactElement {
  const t = useWords(words);
  const { category, form } = props;
  return (
    <>
      {category === null ? null : (
        <Button kind="danger" isBusy={form.isDropping} onClick={() => form.drop(category.id)}>
          {t('section-remove')}
        </Button>
      )}
      <Button kind="primary" isBusy={form.isSaving} disabled={!form.isNamed} onClick={form.save}>
        {t('save')}
      </Button>
    </>
  );
}

function PlaceFields(props: {
  readonly others: readonly Category[];
  readonly value: Value;
  onChange(part: Partial<Value>): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { others, value, onChange } = props;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField
        label={t('parent')}
        value={value.parentId}
        onChange={(parentId) => onChange({ parentId })}
        options={[
          { value: NONE, label: t('no-parent') },
          ...others.map((each) => ({ value: each.id, label: textIn(each.name, language) })),
        ]}
      />
      <NumberField
        label={t('position')}
        min={0}
        step={STEP}
        value={value.position}
        onChange={(position) => onChange({ position })}
      />
    </div>
  );
}
