/** The menu: sections and products, what is sold out, modifiers, price lists, recipes, pictures. */
import { useState, type ReactElement } from 'react';
import { client } from '../../api/api.ts';
import { Button, IconButton } from '../../design/buttons.tsx';
import { ErrorNote } from '../../design/marks.tsx';
import { Menu } from '../../design/menus.tsx';
import { Page } from '../../design/page.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { useProblemToast } from '../../design/problem-toast.ts';
import { useUrlState } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { LocationSwitch } from '../floor/location-switch.tsx';
import { useLocations } from '../floor/locations.ts';
import { useLimits } from '../lists/use-limits.ts';
import { saveFile } from '../today/save-file.ts';
import { AlbumsView } from './albums-view.tsx';
import { GalleryView } from './gallery-view.tsx';
import { GroupsView } from './groups-view.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { PortionsView } from './portions-view.tsx';
import { PricesView } from './prices-view.tsx';
import { ProductDialog } from './product-dialog.tsx';
import { ProductsView } from './products-view.tsx';
import { RecipesView } from './recipes-view.tsx';
import { useCatalog, useHouse, type Catalog, type House } from './use-catalog.ts';
import { words } from './words.ts';

const VIEWS = ['products', 'portions', 'groups', 'prices', 'recipes', 'gallery', 'albums'] as const;
type View = (typeof VIEWS)[number];

export function MenuScreen(): ReactElement {
  const t = useWords(words);
  const house = useHouse();
  const catalog = useCatalog(house);
  const [chosen, choose] = useUrlState('view', 'products');
  const view: View = VIEWS.find((each) => each === chosen) ?? 'products';
  const soldOut = [...catalog.portions.values()].filter(
    (row) => row.soldOut || row.remaining === 0,
  ).length;
  return (
    <Page title={t('title')} actions={<Actions house={house} catalog={catalog} />}>
      <Tabs
        label={t('view')}
        value={view}
        onChange={choose}
        tabs={VIEWS.map((value) => ({
          value,
          label: t(value),
          count: value === 'portions' && soldOut > 0 ? soldOut : undefined,
        }))}
      />
      {catalog.error === null ? null : (
        <ErrorNote error={catalog.error} onRetry={catalog.readAgain} />
      )}
      {view === 'products' ? <ProductsView house={house} catalog={catalog} /> : null}
      {view === 'portions' ? <PortionsView house={house} catalog={catalog} /> : null}
      {view === 'groups' ? <GroupsView house={house} catalog={catalog} /> : null}
      {view === 'prices' ? <PricesView house={house} catalog={catalog} /> : null}
      {view === 'recipes' ? <RecipesView house={house} catalog={catalog} /> : null}
      {view === 'gallery' ? <GalleryView house={house} /> : null}
      {view === 'albums' ? <AlbumsView house={house} /> : null}
    </Page>
  );
}

function Actions({
  house,
  catalog,
}: {
  readonly house: House;
  readonly catalog: Catalog;
}): ReactElement {
  const t = useWords(words);
  const locations = useLocations();
  const limits = useLimits()('catalog:edit');
  const [open, setOpen] = useState<'new' | 'import' | null>(null);
  const told = useProblemToast();
  const save = async (): Promise<void> => {
    const query = { language: house.languages[0], currency: house.currency };
    const { body } = await client.call('GET /v1/catalog/products/export', { query });
    saveFile({ name: 'menu.csv', type: 'text/csv', text: body });
  };
  return (
    <>
      <LocationSwitch locations={locations} />
      <Menu
        trigger={<IconButton kind="quiet" icon="more" label={t('more')} />}
        items={[
          { label: t('import'), icon: 'upload', ...limits, onSelect: () => setOpen('import') },
          {
            label: t('export'),
            icon: 'download',
            onSelect: () => void save().catch(told),
          },
        ]}
      />
      <Button kind="primary" icon="plus" {...limits} onClick={() => setOpen('new')}>
        {t('product-new')}
      </Button>
      {open === 'new' ? (
        <ProductDialog
          product={null}
          house={house}
          catalog={catalog}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {open === 'import' ? <ImportDialog house={house} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
