/** How things are made. Written through the form that the interface describes. */
import { useState, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { DataTable, type Column } from '../../design/data-table.tsx';
import { Drawer } from '../../design/dialogs.tsx';
import { SearchField } from '../../design/fields.tsx';
import { EmptyState, ErrorNote } from '../../design/marks.tsx';
import { useAsOf, useUrlState } from '../../design/url-state.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { CommandBar } from '../generated/command-bar.tsx';
import { CommandDialog } from '../generated/command-dialog.tsx';
import { useAggregate } from '../generated/generic-calls.ts';
import { hasWords } from '../guests/search.ts';
import { useLimits } from '../guests/use-may.ts';
import { usePages } from '../lists/use-pages.ts';
import { textIn, type RecipeRow } from './menu-types.ts';
import { RecipeFacts } from './recipe-facts.tsx';
import { words } from './words.ts';

/** What RecipesView works with. */
function useRecipesView() {
  const t = useWords(words);
  const language = useLanguage();
  const { at } = useAsOf();
  const limits = useLimits()('catalog:edit');
  const [typed, setTyped] = useUrlState('q');
  const [openId, setOpen] = useUrlState('recipe');
  const [isNew, setNew] = useState(false);
  const aggregate = useAggregate('catalog.recipes');
  const command = aggregate?.commands.find(({ word }) => word === null);
  const list = usePages<RecipeRow>(
    'GET /v1/catalog/recipes',
    { status: 'active', at: at ?? undefined },
    { limit: 500 },
  );
  const rows = list.rows.filter(
    (row) =>
      typed.trim() === '' ||
      hasWords([...Object.values(row.name), ...row.ingredients.map(({ name }) => name)], typed),
  );
  const open = list.rows.find(({ id }) => id === openId);
  const make = (
    <Button icon="plus" {...limits} onClick={() => setNew(true)}>
      {t('recipe-new')}
    </Button>
  );
  return {
    t,
    language,
    typed,
    setTyped,
    setOpen,
    isNew,
    setNew,
    aggregate,
    command,
    list,
    rows,
    open,
    make,
  };
}

function recipesViewColumns({
  t,
  language,
}: Pick<ReturnType<typeof useRecipesView>, 't' | 'language'>): readonly Column<RecipeRow>[] {
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

export function RecipesView(): ReactElement {
  const {
    t,
    language,
    typed,
    setTyped,
    setOpen,
    isNew,
    setNew,
    aggregate,
    command,
    list,
    rows,
    open,
    make,
  } = useRecipesView();
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap gap-3">
        <SearchField
          className="w-full sm:w-72"
          label={t('search')}
          value={typed}
          onChange={setTyped}
        />
        {make}
      </div>
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={list.readAgain} />}
      <DataTable<RecipeRow>
        label={t('recipes')}
        rows={rows}
        rowKey={({ id }) => id}
        isLoading={list.isLoading}
        loadMore={list.loadMore}
        onOpen={({ id }) => setOpen(id)}
        empty={
          <EmptyState
            icon="note"
            title={t('recipe-empty-title')}
            text={t('recipe-empty-text')}
            command="comptoir import cocktails FILE"
          />
        }
        columns={recipesViewColumns({ t, language })}
      />
      {open === undefined ? null : (
        <Drawer
          title={textIn(open.name, language)}
          isOpen
          onClose={() => setOpen('')}
          footer={
            aggregate === null || aggregate === undefined ? undefined : (
              <CommandBar aggregate={aggregate} id={open.id} />
            )
          }
        >
          <RecipeFacts recipe={open} />
        </Drawer>
      )}
      {isNew && aggregate !== null && aggregate !== undefined && command !== undefined ? (
        <CommandDialog
          aggregate={aggregate}
          command={command}
          id={null}
          onClose={() => setNew(false)}
        />
      ) : null}
    </div>
  );
}
