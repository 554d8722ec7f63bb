/** One recipe: amounts first, then how. */
import type { ReactElement } from 'react';
import { Facts } from '../../design/page.tsx';
import { formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { textIn, type RecipeRow } from './menu-types.ts';
import { words } from './words.ts';

export function RecipeFacts({ recipe }: { readonly recipe: RecipeRow }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  return (
    <div className="flex flex-col gap-4">
      <ul className="flex flex-col gap-1">
        {recipe.ingredients.map(({ name, label, amount, unit }, at) => (
          <li key={`${name}${String(at)}`} className="grid grid-cols-[80px_minmax(0,1fr)] gap-3">
            <span className="text-right font-semibold">
              {amount === null ? '' : formatNumber(amount, language)} {unit ?? ''}
            </span>
            <span dir="auto" className="min-w-0 break-words">
              {label ?? name}
            </span>
          </li>
        ))}
      </ul>
      <Facts
        facts={[
          [t('glass'), recipe.glass],
          [t('garnish'), textIn(recipe.garnish, language)],
          [t('method'), textIn(recipe.method, language)],
        ]}
      />
    </div>
  );
}
