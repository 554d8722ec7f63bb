/** How things are made. Written through the form that the interface describes. */
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { DataTable, type Column } from '../../design/data-table.tsx';
import { Drawer } from '../../design/dialogs.tsx';
import { SearchField } from '../../design/fields.tsx';
import { EmptyState, ErrorNote } from '../../design/marks.tsx';
import { useAsOf, useUrlState } from '../../design/url-state.ts';
import type { Language } from '../../words/define-words.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { CommandBar } from '../generated/command-bar.tsx';
import { CommandDialog } from '../generated/command-dialog.tsx';
import { useAggregate, type AggregateItem } from '../generated/generic-calls.ts';
import { hasWords } from '../guests/search.ts';
import { useLimits } from '../guests/use-may.ts';
import { usePages } from '../lists/use-pages.ts';
import { textIn, type RecipeRow } from './menu-types.ts';
import { RecipeFacts } from './recipe-facts.tsx';
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

export function RecipesView(): ReactElement {
  const t = useWords(words);
  const limits = useLimits()('catalog:edit');
  const recipes = useRecipes();
  const aggregate = useAggregate('catalog.recipes') ?? null;
  const [openId, setOpen] = useUrlState('recipe');
  const [isNew, setNew] = useState(false);
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
        <Button icon="plus" {...limits} onClick={() => setNew(true)}>
          {t('recipe-new')}
        </Button>
      </div>
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={list.readAgain} />}
      <RecipesTable recipes={recipes} onOpen={setOpen} />
      {open === undefined ? null : (
        <RecipeDrawer recipe={open} aggregate={aggregate} onClose={() => setOpen('')} />
      )}
      {isNew && aggregate !== null ? (
        <NewRecipe aggregate={aggregate} onClose={() => setNew(false)} />
      ) : null}
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
  /** null where the server has not said yet which commands there are. */
  readonly aggregate: AggregateItem | null;
  onClose(): void;
}): ReactElement {
  const language = useLanguage();
  const { recipe, aggregate, onClose } = props;
  return (
    <Drawer
      title={textIn(recipe.name, language)}
      isOpen
      onClose={onClose}
      footer={aggregate === null ? undefined : <CommandBar aggregate={aggregate} id={recipe.id} />}
    >
      <RecipeFacts recipe={recipe} />
    </Drawer>
  );
}

function NewRecipe(props: {
  readonly aggregate: AggregateItem;
  onClose(): void;
}): ReactElement | null {
  const { aggregate, onClose } = props;
  const command = aggregate.commands.find(({ word }) => word === null);
  return command === undefined ? null : (
    <CommandDialog aggregate={aggregate} command={command} id={null} onClose={onClose} />
  );
}
