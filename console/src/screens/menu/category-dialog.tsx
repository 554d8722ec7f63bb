/** A section of the menu: its names, what it stands in, its place. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField } from '../../design/fields.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { textIn, type Category } from './menu-types.ts';
import { filled, NONE } from './product-value.ts';
import { TextsFields } from './texts-fields.tsx';
import { useHouse } from './use-catalog.ts';
import { words } from './words.ts';

const AGAIN = ['GET /v1/catalog/categories', 'GET /v1/catalog/products'] as const;
const STEP = 10;

/** What CategoryDialog works with. */
function useCategoryDialog(props: {
  readonly category: Category | null;
  readonly sections: readonly Category[];
  onClose(): void;
  onRemoved(): void;
}) {
  const t = useWords(words);
  const language = useLanguage();
  const { category, sections, onClose, onRemoved } = props;
  const { languages } = useHouse();
  const [name, setName] = useState(category?.name ?? {});
  const [parentId, setParent] = useState(category?.parentId ?? NONE);
  const [position, setPosition] = useState<number | null>(
    category?.positionInParent ?? (sections.length + 1) * STEP,
  );
  const add = useCommand('POST /v1/catalog/categories', { again: AGAIN });
  const change = useCommand('POST /v1/catalog/categories/{id}/change', { again: AGAIN });
  const remove = useCommand('POST /v1/catalog/categories/{id}/remove', { again: AGAIN });
  const done = {
    onSuccess: () => {
      toast(t('saved'));
      onClose();
    },
  };
  const give = (): void => {
    const body = {
      name: filled(name),
      parentId: parentId === NONE ? null : parentId,
      position: position ?? 0,
    };
    if (category === null) add.mutate({ body }, done);
    else change.mutate({ params: { id: category.id }, body }, done);
  };
  return {
    t,
    language,
    category,
    sections,
    onClose,
    onRemoved,
    languages,
    name,
    setName,
    parentId,
    setParent,
    position,
    setPosition,
    add,
    change,
    remove,
    give,
  };
}

function CategoryDialogFooter({
  t,
  category,
  onClose,
  onRemoved,
  name,
  add,
  change,
  remove,
  give,
}: Pick<
  ReturnType<typeof useCategoryDialog>,
  't' | 'category' | 'onClose' | 'onRemoved' | 'name' | 'add' | 'change' | 'remove' | 'give'
>): ReactElement {
  return (
    <>
      {category === null ? null : (
        <Button
          kind="danger"
          isBusy={remove.isPending}
          onClick={() =>
            remove.mutate(
              { params: { id: category.id }, body: {} },
              {
                onSuccess: () => {
                  toast(t('section-remove-text'));
                  onRemoved();
                  onClose();
                },
              },
            )
          }
        >
          {t('section-remove')}
        </Button>
      )}
      <Button
        kind="primary"
        isBusy={add.isPending || change.isPending}
        disabled={Object.keys(filled(name)).length === 0}
        onClick={give}
      >
        {t('save')}
      </Button>
    </>
  );
}

function SectionPlace({
  t,
  language,
  category,
  sections,
  parentId,
  setParent,
  position,
  setPosition,
}: Pick<
  Parameters<typeof CategoryDialogBody>[0],
  't' | 'language' | 'category' | 'sections' | 'parentId' | 'setParent' | 'position' | 'setPosition'
>): ReactElement {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField
        label={t('parent')}
        value={parentId}
        onChange={setParent}
        options={[
          { value: NONE, label: t('no-parent') },
          ...sections
            .filter(({ id }) => id !== category?.id)
            .map((each) => ({ value: each.id, label: textIn(each.name, language) })),
        ]}
      />
      <NumberField
        label={t('position')}
        min={0}
        step={STEP}
        value={position}
        onChange={setPosition}
      />
    </div>
  );
}

function CategoryDialogBody({
  t,
  language,
  category,
  sections,
  languages,
  name,
  setName,
  parentId,
  setParent,
  position,
  setPosition,
  add,
  change,
  remove,
}: Pick<
  ReturnType<typeof useCategoryDialog>,
  | 't'
  | 'language'
  | 'category'
  | 'sections'
  | 'languages'
  | 'name'
  | 'setName'
  | 'parentId'
  | 'setParent'
  | 'position'
  | 'setPosition'
  | 'add'
  | 'change'
  | 'remove'
>): ReactElement {
  return (
    <div className="flex flex-col gap-4">
      <TextsFields
        languages={languages}
        required
        maxLength={100}
        label={(each) => t('name-in', { language: each })}
        value={name}
        onChange={setName}
      />
      <SectionPlace
        t={t}
        language={language}
        category={category}
        sections={sections}

        parentId={parentId}
        setParent={setParent}
        position={position}
        setPosition={setPosition}
      />
      <FailureNote error={add.error ?? change.error ?? remove.error} />
    </div>
  );
}

export function CategoryDialog(props: {
  readonly category: Category | null;
  readonly sections: readonly Category[];
  onClose(): void;
  onRemoved(): void;
}): ReactElement {
  const {
    t,
    language,
    category,
    sections,
    onClose,
    onRemoved,
    languages,
    name,
    setName,
    parentId,
    setParent,
    position,
    setPosition,
    add,
    change,
    remove,
    give,
  } = useCategoryDialog(props);
  return (
    <Dialog
      title={category === null ? t('section-new') : t('section-change')}
      isOpen
      onClose={onClose}
      footer={
        <CategoryDialogFooter
          t={t}
          category={category}
          onClose={onClose}
          onRemoved={onRemoved}
          name={name}
          add={add}
          change={change}
          remove={remove}
          give={give}
        />
      }
    >
      <CategoryDialogBody
        t={t}
        language={language}
        category={category}
        sections={sections}
        languages={languages}
        name={name}
        setName={setName}
        parentId={parentId}
        setParent={setParent}
        position={position}
        setPosition={setPosition}
        add={add}
        change={change}
        remove={remove}
      />
    </Dialog>
  );
}
