/** Price lists where the menu is not on the screen. */
import type { ReactElement } from 'react';
import { PricesView } from './prices-view.tsx';
import { useCatalog, useHouse } from './use-catalog.ts';

export function PricesTab(): ReactElement {
  const house = useHouse();
  const catalog = useCatalog(house);
  return <PricesView house={house} catalog={catalog} />;
}
