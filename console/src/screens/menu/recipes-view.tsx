/** How things are made. */
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { Drawer } from '../../design/dialogs.tsx';
import { SearchField } from '../../design/fields.tsx';
import { EmptyState, ErrorNote } from '../../design/marks.tsx';
import { useAsOf, useUrlState } from '../../design/url-state.ts';
import type { Language } from '../../words/define-words.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { hasWords } from '../guests/search.ts';
import { useLimits } from '../lists/use-limits.ts';
import { usePages } from '../lists/use-pages.ts';
import { textIn, type RecipeRow } from './menu-types.ts';
import { RecipeDialog } from './recipe-dialog.tsx';
import { RecipeFacts } from './recipe-facts.tsx';
import { words as recipeWords } from './recipe-words.ts';
import type { Catalog, House } from './use-catalog.ts';
import { words } from './words.ts';

function useRecipes() {
  const { at } = useAsOf();
  const [typed, setTyped] = useUrlState('q');
  const list = usePages<RecipeRow>(
    'GET /v1/catalog/recipes',
    { status: 'active', at: at ?? undefined },
    { limit: 500 },
  );
  const found = list.rows.filter(
    (row) =>
      typed.trim() === '' ||
      hasWords([...Object.values(row.name), ...row.ingredients.map(({ name }) => name)], typed),
  );
  return { list, found, typed, setTyped };
}

export function RecipesView({
  house,
  catalog,
}: {
  readonly house: House;
  readonly catalog: Catalog;
}): ReactElement {
  const t = useWords(words);
  const limits = useLimits()('catalog:edit');
  const recipes = useRecipes();
  const [openId, setOpen] = useUrlState('recipe');
  const [editing, setEditing] = useState<RecipeRow | 'new' | null>(null);
  const { list } = recipes;
  const open = list.rows.find(({ id }) => id === openId);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap gap-3">
        <SearchField
          className="w-full sm:w-72"
          label={t('search')}
          value={recipes.typed}
          onChange={recipes.setTyped}
        />
        <Button icon="plus" {...limits} onClick={() => setEditing('new')}>
          {t('recipe-new')}
        </Button>
      </div>
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={list.readAgain} />}
      <RecipesTable recipes={recipes} onOpen={setOpen} />
      {open === undefined || editing !== null ? null : (
        <RecipeDrawer recipe={open} onEdit={() => setEditing(open)} onClose={() => setOpen('')} />
      )}
      {editing === null ? null : (
        <RecipeDialog
          id={editing === 'new' ? null : editing.id}
          productId={null}
          house={house}
          products={catalog.products}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  );
}

function RecipesTable(props: {
  readonly recipes: ReturnType<typeof useRecipes>;
  onOpen(id: string): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { list, found } = props.recipes;
  return (
    <DataTable<RecipeRow>
      label={t('recipes')}
      rows={found}
      rowKey={({ id }) => id}
      isLoading={list.isLoading}
      loadMore={list.loadMore}
      onOpen={({ id }) => props.onOpen(id)}
      empty={
        <EmptyState
          icon="note"
          title={t('recipe-empty-title')}
          text={t('recipe-empty-text')}
          command="comptoir import cocktails FILE"
        />
      }
      columns={columnsFor(t, language)}
    />
  );
}

function columnsFor(
  t: (key: keyof (typeof words)['en']) => string,
  language: Language,
): readonly Column<RecipeRow>[] {
  return [
    {
      key: 'name',
      title: t('name'),
      width: 'minmax(140px, 2fr)',
      sortable: (row) => textIn(row.name, language),
      cell: (row) => (
        <span dir="auto" className="truncate font-medium">
          {textIn(row.name, language)}
        </span>
      ),
    },
    {
      key: 'kind',
      title: t('kind'),
      width: 'minmax(80px, 1fr)',
      sortable: true,
      cell: (row) => row.kind ?? '–',
    },
    {
      key: 'glass',
      title: t('glass'),
      width: 'minmax(80px, 1fr)',
      sortable: true,
      cell: (row) => row.glass ?? '–',
    },
    {
      key: 'ingredients',
      title: t('ingredients'),
      width: 'minmax(160px, 3fr)',
      cell: (row) => (
        <span className="truncate">{row.ingredients.map(({ name }) => name).join(', ')}</span>
      ),
    },
  ];
}

function RecipeDrawer(props: {
  readonly recipe: RecipeRow;
  onEdit(): void;
  onClose(): void;
}): ReactElement {
  const t = useWords(recipeWords);
  const language = useLanguage();
  const limits = useLimits()('catalog:edit');
  const { recipe, onEdit, onClose } = props;
  return (
    <Drawer
      title={textIn(recipe.name, language)}
      isOpen
      onClose={onClose}
      footer={
        <Button icon="edit" {...limits} onClick={onEdit}>
          {t('edit')}
        </Button>
      }
    >
      <RecipeFacts recipe={recipe} />
    </Drawer>
  );
}
