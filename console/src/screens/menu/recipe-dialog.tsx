/** A recipe is written: ingredients with their amounts first, then glass, steps and what goes on top. */
import type { ReactElement } from 'react';
import { client, useCommand, useRead } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { ErrorNote, Skeleton } from '../../design/marks.tsx';
import { toast } from '../../design/toasts.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { EditDialog } from '../lists/edit-dialog.tsx';
import { words as editWords } from '../lists/edit-words.ts';
import { followUp } from '../lists/follow-up.ts';
import type { Seen } from '../lists/give-on.ts';
import { useEdit, type Edit } from '../lists/use-edit.ts';
import { shaped } from '../order/order-types.ts';
import { IngredientFields } from './ingredient-fields.tsx';
import { textIn, type ProductRow, type RecipeRow } from './menu-types.ts';
import { words as refusals } from './price-refusal-words.ts';
import { NONE } from './product-value.ts';
import { recipeBodyOf, recipeFault, recipeValueOf, type RecipeValue } from './recipe-value.ts';
import { words } from './recipe-words.ts';
import { TextsFields } from './texts-fields.tsx';
import type { House } from './use-catalog.ts';

const READ = 'GET /v1/catalog/recipes/{id}';
const AGAIN = { again: ['GET /v1/catalog/recipes', READ] } as const;
const NAME_MAX = 120;
const WORD_MAX = 60;
const TEXT_MAX = 1000;

export interface RecipeDialogProps {
  /** Null for a new one. */
  readonly id: string | null;
  /** That a new one is of; null where none is meant. */
  readonly productId: string | null;
  readonly house: House;
  readonly products: readonly ProductRow[];
  onClose(): void;
}

export function RecipeDialog(props: RecipeDialogProps): ReactElement {
  const { id, productId, onClose } = props;
  const t = useWords(words);
  const read = useRead(READ, { params: { id: id ?? '' } }, { enabled: id !== null });
  if (id === null)
    return <RecipeForm {...props} seen={{ version: 0, part: recipeValueOf(null, productId) }} />;
  if (read.data !== undefined) return <RecipeForm {...props} seen={seenOf(read.data)} />;
  return (
    <Dialog title={t('recipe')} isOpen onClose={onClose}>
      {read.error === null ? <Skeleton lines={6} /> : <ErrorNote error={read.error} />}
    </Dialog>
  );
}

function seenOf(answer: unknown): Seen<RecipeValue> {
  const recipe = shaped<RecipeRow & { readonly version: number }>(answer);
  return { version: recipe.version, part: recipeValueOf(recipe, null) };
}

function useRecipeEdit({
  id,
  seen,
  onClose,
}: RecipeDialogProps & { readonly seen: Seen<RecipeValue> }): Edit<RecipeValue> {
  const te = useWords(editWords);
  const add = useCommand('POST /v1/catalog/recipes', AGAIN);
  const change = useCommand('POST /v1/catalog/recipes/{id}/change', AGAIN);
  return useEdit<RecipeValue>({
    current: seen,
    readNewest: async () =>
      id === null ? seen : seenOf((await client.call(READ, { params: { id } })).body),
    give: (value, { ifMatch }) => {
      const body = recipeBodyOf(value);
      if (id === null) return add.mutateAsync({ body });
      return change.mutateAsync({ params: { id }, ifMatch, body });
    },
    onSaved: () => {
      toast(te('saved'));
      onClose();
    },
  });
}

function RecipeForm(props: RecipeDialogProps & { readonly seen: Seen<RecipeValue> }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { id, house, onClose } = props;
  const edit = useRecipeEdit(props);
  const { value } = edit;
  const set = (part: Partial<RecipeValue>): void => edit.set({ ...value, ...part });
  return (
    <EditDialog
      title={id === null ? t('new') : textIn(props.seen.part.name, language)}
      size="wide"
      edit={edit}
      isReady={recipeFault(value) === null}
      refusals={refusals}
      onClose={onClose}
      beside={id === null ? undefined : <Retire id={id} onClose={onClose} />}
    >
      <TextsFields
        languages={house.languages}
        required
        maxLength={NAME_MAX}
        label={(each) => t('name-in', { language: each })}
        value={value.name}
        onChange={(name) => set({ name })}
      />
      <Facts {...props} value={value} onChange={set} />
      <IngredientFields
        value={value.ingredients}
        onChange={(ingredients) => set({ ingredients })}
      />
      <TextsFields
        languages={house.languages}
        isLong
        rows={4}
        maxLength={TEXT_MAX}
        label={(each) => t('method-in', { language: each })}
        value={value.method}
        onChange={(method) => set({ method })}
      />
      <TextsFields
        languages={house.languages}
        maxLength={TEXT_MAX}
        label={(each) => t('garnish-in', { language: each })}
        value={value.garnish}
        onChange={(garnish) => set({ garnish })}
      />
    </EditDialog>
  );
}

function Facts({
  products,
  value,
  onChange,
}: Pick<RecipeDialogProps, 'products'> & {
  readonly value: RecipeValue;
  onChange(part: Partial<RecipeValue>): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const known = products.some(({ id }) => id === value.productId) || value.productId === NONE;
  return (
    <div className="grid items-start gap-3 sm:grid-cols-3">
      <TextField
        label={t('kind')}
        placeholder={t('kind-example')}
        maxLength={WORD_MAX}
        value={value.kind}
        onChange={(kind) => onChange({ kind })}
      />
      <TextField
        label={t('glass')}
        placeholder={t('glass-example')}
        maxLength={WORD_MAX}
        value={value.glass}
        onChange={(glass) => onChange({ glass })}
      />
      <SelectField
        label={t('product')}
        value={value.productId}
        onChange={(productId) => onChange({ productId })}
        options={[
          { value: NONE, label: t('no-product') },
          ...(known ? [] : [{ value: value.productId, label: value.productId }]),
          ...products
            .filter(({ status, id }) => status === 'active' || id === value.productId)
            .map(({ id, name }) => ({ value: id, label: textIn(name, language) }))
            .toSorted((a, b) => a.label.localeCompare(b.label)),
        ]}
      />
    </div>
  );
}

/** The history of a recipe stays; it can be added anew. */
function Retire({ id, onClose }: { readonly id: string; onClose(): void }): ReactElement {
  const t = useWords(words);
  const retire = useCommand('POST /v1/catalog/recipes/{id}/retire', AGAIN);
  return (
    <Button
      icon="archive"
      isBusy={retire.isPending}
      onClick={() =>
        followUp(
          retire.mutateAsync({ params: { id }, body: { reason: t('retire-reason') } }),
          () => {
            toast(t('retired'));
            onClose();
          },
        )
      }
    >
      {t('retire')}
    </Button>
  );
}
