/** Price lists: what costs otherwise, when and where; and all of them beside the usual prices. */
import { useState, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { useNow } from '../../design/texts.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { useLimits } from '../lists/use-limits.ts';
import { shaped } from '../order/order-types.ts';
import type { PriceList } from './menu-types.ts';
import { PriceCard } from './price-card.tsx';
import { PriceDialog, isUnset, type PriceBook } from './price-dialog.tsx';
import { PricesBeside } from './prices-beside.tsx';
import { words } from './prices-words.ts';
import type { Catalog, House } from './use-catalog.ts';

const EMPTY_BOOK: PriceBook = { version: 0, lists: [] };

export function PricesView({
  house,
  catalog,
}: {
  readonly house: House;
  readonly catalog: Catalog;
}): ReactElement {
  const { at } = useAsOf();
  const query = at === null ? {} : { query: { at } };
  const read = useRead('GET /v1/catalog/price-lists/{id}', { params: { id: 'main' }, ...query });
  if (isUnset(read.error)) return <Lists book={EMPTY_BOOK} house={house} catalog={catalog} />;
  if (read.error !== null)
    return <ErrorNote error={read.error} onRetry={() => void read.refetch()} />;
  if (read.data === undefined) return <Skeleton lines={4} />;
  return <Lists book={shaped<PriceBook>(read.data)} house={house} catalog={catalog} />;
}

function Lists({
  book,
  house,
  catalog,
}: {
  readonly book: PriceBook;
  readonly house: House;
  readonly catalog: Catalog;
}): ReactElement {
  const t = useWords(words);
  const { at } = useAsOf();
  const limits = useLimits()('catalog:edit');
  const nowMs = useNow(null);
  const today = new Date(at ?? nowMs).toLocaleDateString('en-CA');
  const [open, setOpen] = useState<PriceList | 'new' | null>(null);
  const make = (
    <Button icon="plus" {...limits} onClick={() => setOpen('new')}>
      {t('new')}
    </Button>
  );
  const lists = book.lists.toSorted((a, b) => b.priority - a.priority);
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {lists.length === 0 ? (
        <EmptyState icon="tag" title={t('empty-title')} text={t('empty-text')} action={make} />
      ) : (
        <>
          <div>{make}</div>
          <div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-3">
            {lists.map((list) => (
              <PriceCard
                key={list.priceListId}
                list={list}
                catalog={catalog}
                today={today}
                onEdit={() => setOpen(list)}
              />
            ))}
          </div>
          <PricesBeside lists={lists} house={house} catalog={catalog} />
        </>
      )}
      {open === null ? null : (
        <PriceDialog
          book={book}
          list={open === 'new' ? null : open}
          house={house}
          catalog={catalog}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}
