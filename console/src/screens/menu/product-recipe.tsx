/** How a product is made, beside what it is; written and changed from here. */
import { useState, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Card } from '../../design/page.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { useLimits } from '../lists/use-limits.ts';
import { shaped } from '../order/order-types.ts';
import type { RecipeRow } from './menu-types.ts';
import { RecipeDialog } from './recipe-dialog.tsx';
import { RecipeFacts } from './recipe-facts.tsx';
import { words } from './recipe-words.ts';
import type { Catalog, House } from './use-catalog.ts';

export function ProductRecipe(props: {
  readonly productId: string;
  readonly house: House;
  readonly catalog: Catalog;
}): ReactElement | null {
  const t = useWords(words);
  const { at } = useAsOf();
  const limits = useLimits()('catalog:edit');
  const { productId, house, catalog } = props;
  const [isOpen, setOpen] = useState(false);
  const read = useRead('GET /v1/catalog/recipes', {
    query: { productId, status: 'active', limit: 1, at: at ?? undefined },
  });
  if (read.data === undefined) return null;
  const recipe = shaped<readonly RecipeRow[]>(read.data.items)[0];
  const button = (
    <Button
      size="compact"
      icon={recipe === undefined ? 'plus' : 'edit'}
      {...limits}
      onClick={() => setOpen(true)}
    >
      {recipe === undefined ? t('add') : t('edit')}
    </Button>
  );
  return (
    <>
      {recipe === undefined ? (
        <div className="flex flex-wrap items-center gap-3">
          <span className="text-13 text-muted">{t('none')}</span>
          {button}
        </div>
      ) : (
        <Card title={t('recipe')} actions={button}>
          <RecipeFacts recipe={recipe} />
        </Card>
      )}
      {isOpen ? (
        <RecipeDialog
          id={recipe?.id ?? null}
          productId={productId}
          house={house}
          products={catalog.products}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}
