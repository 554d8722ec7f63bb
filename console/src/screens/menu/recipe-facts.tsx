/** One recipe as it is made: the glass, the amounts for as many as are wanted, then step by step. */
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { Badge } from '../../design/marks.tsx';
import { formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { textIn, type RecipeRow } from './menu-types.ts';
import { amountFor, stepsOf } from './recipe-value.ts';
import { words } from './recipe-words.ts';

const PORTIONS = [1, 2, 4] as const;

export function RecipeFacts({ recipe }: { readonly recipe: RecipeRow }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const [portions, setPortions] = useState<number>(1);
  const steps = stepsOf(textIn(recipe.method, language));
  const garnish = textIn(recipe.garnish, language);
  return (
    <div className="@container flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        {recipe.kind === null ? null : <Badge>{recipe.kind}</Badge>}
        {recipe.glass === null ? null : <Badge>{t('in-glass', { glass: recipe.glass })}</Badge>}
        <span role="group" aria-label={t('portions')} className="ml-auto flex gap-1">
          {PORTIONS.map((each) => (
            <Button
              key={each}
              size="compact"
              isPressed={each === portions}
              onClick={() => setPortions(each)}
            >
              {`× ${String(each)}`}
            </Button>
          ))}
        </span>
      </div>
      <div className="grid items-start gap-x-8 gap-y-4 @lg:grid-cols-2">
        <Ingredients recipe={recipe} portions={portions} />
        <div className="flex min-w-0 flex-col gap-3">
          <Steps steps={steps} />
          {garnish === '' ? null : (
            <p dir="auto" className="break-words">
              <span className="text-muted">{t('garnish')}: </span>
              {garnish}
            </p>
          )}
        </div>
      </div>
    </div>
  );
}

function Ingredients({
  recipe,
  portions,
}: {
  readonly recipe: RecipeRow;
  readonly portions: number;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  return (
    <ul aria-label={t('ingredients')} className="flex min-w-0 flex-col">
      {recipe.ingredients.map(({ name, label, amount, unit }, at) => (
        <li
          key={`${name}${String(at)}`}
          className="grid grid-cols-[88px_minmax(0,1fr)] gap-3 border-b border-line py-1.5 last:border-b-0"
        >
          <span className="text-right text-16 leading-snug font-semibold">
            {amount === null ? '' : formatNumber(amountFor(amount, portions), language)}{' '}
            <span className="text-13 font-normal text-muted">{unit ?? ''}</span>
          </span>
          <span dir="auto" className="min-w-0 break-words">
            {name}
            {label === null ? null : <span className="text-muted"> · {label}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Steps({ steps }: { readonly steps: readonly string[] }): ReactElement | null {
  const t = useWords(words);
  if (steps.length === 0) return null;
  return (
    <ol aria-label={t('method')} className="flex min-w-0 flex-col gap-2">
      {steps.map((step, at) => (
        <li key={String(at)} className="flex min-w-0 gap-3">
          <span className="grid size-6 shrink-0 place-items-center rounded-full bg-sunken text-12 text-muted">
            {at + 1}
          </span>
          <span dir="auto" className="min-w-0 break-words">
            {step}
          </span>
        </li>
      ))}
    </ol>
  );
}
