/** Ingredients in the order in which they go in: how much, of what unit, what, and which kind of it. */
import type { ReactElement } from 'react';
import { Button, IconButton } from '../../design/buttons.tsx';
import { TextField } from '../../design/fields.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { useWords } from '../../words/language.ts';
import { INGREDIENTS_MAX, NO_INGREDIENT, type TypedIngredient } from './recipe-value.ts';
import { words } from './recipe-words.ts';

const NAME_MAX = 200;
const UNIT_MAX = 20;

export function IngredientFields({
  value,
  onChange,
}: {
  readonly value: readonly TypedIngredient[];
  onChange(value: readonly TypedIngredient[]): void;
}): ReactElement {
  const t = useWords(words);
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="pb-1 text-13 font-medium">{t('ingredients')}</legend>
      <p className="text-12 text-muted">{t('ingredients-hint')}</p>
      <ol className="flex flex-col gap-3 sm:gap-2">
        {value.map((ingredient, at) => (
          <IngredientLine
            // An ingredient has no name until it is typed, and may stand twice.
            key={String(at)}
            ingredient={ingredient}
            isFirst={at === 0}
            onChange={(next) => onChange(value.with(at, next))}
            onUp={
              at === 0
                ? null
                : () => onChange(value.toSpliced(at, 1).toSpliced(at - 1, 0, ingredient))
            }
            onRemove={value.length === 1 ? null : () => onChange(value.toSpliced(at, 1))}
          />
        ))}
      </ol>
      {value.length >= INGREDIENTS_MAX ? null : (
        <div>
          <Button
            size="compact"
            icon="plus"
            onClick={() =>
              onChange([...value, { ...NO_INGREDIENT, unit: value.at(-1)?.unit ?? '' }])
            }
          >
            {t('ingredient-add')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function IngredientLine(props: {
  readonly ingredient: TypedIngredient;
  /** The names of the columns stand above the first line alone. */
  readonly isFirst: boolean;
  onChange(ingredient: TypedIngredient): void;
  readonly onUp: (() => void) | null;
  readonly onRemove: (() => void) | null;
}): ReactElement {
  const t = useWords(words);
  const { ingredient, isFirst, onChange, onUp, onRemove } = props;
  const set = (part: Partial<TypedIngredient>): void => onChange({ ...ingredient, ...part });
  return (
    <li className="grid grid-cols-[88px_72px_minmax(0,1fr)] items-end gap-2 sm:grid-cols-[88px_72px_minmax(0,3fr)_minmax(0,2fr)_auto]">
      <NumberField
        label={t('amount')}
        isLabelHidden={!isFirst}
        min={0}
        value={ingredient.amount}
        onChange={(amount) => set({ amount })}
      />
      <TextField
        label={t('unit')}
        isLabelHidden={!isFirst}
        placeholder="cl"
        maxLength={UNIT_MAX}
        value={ingredient.unit}
        onChange={(unit) => set({ unit })}
      />
      <TextField
        label={t('ingredient')}
        isLabelHidden={!isFirst}
        maxLength={NAME_MAX}
        value={ingredient.name}
        onChange={(name) => set({ name })}
      />
      <TextField
        className="col-span-2 sm:col-span-1"
        label={t('label')}
        isLabelHidden={!isFirst}
        maxLength={NAME_MAX}
        value={ingredient.label}
        onChange={(label) => set({ label })}
      />
      <div className="flex justify-end">
        <IconButton
          icon="arrow-up"
          label={`${t('ingredient-up')}: ${ingredient.name}`}
          disabled={onUp === null}
          onClick={() => onUp?.()}
        />
        <IconButton
          icon="trash"
          label={`${t('ingredient-remove')}: ${ingredient.name}`}
          disabled={onRemove === null}
          onClick={() => onRemove?.()}
        />
      </div>
    </li>
  );
}
