/** Price lists: what costs otherwise, when and where. Written through the form that the interface describes. */
import { useState, type ReactElement } from 'react';
import { useCommand, useRead } from '../../api/api.ts';
import { Button, IconButton } from '../../design/buttons.tsx';
import { ConfirmDialog } from '../../design/dialogs.tsx';
import { Badge, EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Card } from '../../design/page.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { formatMoney, formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { CommandDialog } from '../generated/command-dialog.tsx';
import { useAggregate } from '../generated/generic-calls.ts';
import { useLimits } from '../guests/use-may.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { shaped } from '../order/order-types.ts';
import { windowLine } from './hours-fields.tsx';
import { textIn, type PriceList } from './menu-types.ts';
import type { Catalog, House } from './use-catalog.ts';
import { words } from './words.ts';

/** Rates are in thousandths of a per cent. */
const RATE_PER_PERCENT = 1000;

/** What PricesView works with. */
function usePricesView() {
  const t = useWords(words);
  const { at } = useAsOf();
  const limits = useLimits()('catalog:edit');
  const read = useRead('GET /v1/catalog/price-lists', { query: { at: at ?? undefined } });
  const aggregate = useAggregate('catalog.price-lists');
  const command = aggregate?.commands.find(({ word }) => word === null);
  const [open, setOpen] = useState<PriceList | 'new' | null>(null);
  const lists =
    shaped<readonly { readonly lists: readonly PriceList[] }[]>(read.data?.items ?? [])[0]?.lists ??
    [];
  const make = (
    <Button icon="plus" {...limits} onClick={() => setOpen('new')}>
      {t('price-new')}
    </Button>
  );
  return { t, read, aggregate, command, open, setOpen, lists, make };
}

export function PricesView({
  house,
  catalog,
}: {
  readonly house: House;
  readonly catalog: Catalog;
}): ReactElement {
  const { t, read, aggregate, command, open, setOpen, lists, make } = usePricesView();
  if (read.error !== null)
    return <ErrorNote error={read.error} onRetry={() => void read.refetch()} />;
  if (read.data === undefined) return <Skeleton lines={4} />;
  return (
    <div className="flex flex-col gap-3">
      {lists.length === 0 ? (
        <EmptyState
          icon="tag"
          title={t('price-empty-title')}
          text={t('price-empty-text')}
          action={make}
        />
      ) : (
        <>
          <div>{make}</div>
          <div className="grid items-start gap-3 sm:grid-cols-2 xl:grid-cols-3">
            {lists.map((list) => (
              <ListCard
                key={list.priceListId}
                list={list}
                house={house}
                catalog={catalog}
                onEdit={() => setOpen(list)}
              />
            ))}
          </div>
        </>
      )}
      {open === null ||
      aggregate === null ||
      aggregate === undefined ||
      command === undefined ? null : (
        <CommandDialog
          aggregate={aggregate}
          command={command}
          id={null}
          onClose={() => setOpen(null)}
          {...(open === 'new' ? {} : { initial: { ...open } })}
        />
      )}
    </div>
  );
}

/** What ListCard works with. */
function useListCard(props: {
  readonly list: PriceList;
  readonly house: House;
  readonly catalog: Catalog;
  onEdit(): void;
}) {
  const t = useWords(words);
  const language = useLanguage();
  const limits = useLimits()('catalog:edit');
  const [isRemoving, setRemoving] = useState(false);
  const { list, house, catalog, onEdit } = props;
  const remove = useCommand('POST /v1/catalog/price-lists/{id}/remove-list', {
    again: ['GET /v1/catalog/price-lists', 'GET /v1/catalog/menu'],
  });
  const ruleLine = (rule: PriceList['rules'][number]): string => {
    if (rule.kind === 'percent') {
      const section = catalog.categories.find(({ id }) => id === rule.categoryId);
      const what =
        rule.categoryId === null
          ? t('everything')
          : textIn(section?.name, language) || rule.categoryId;
      return t('percent', { off: formatNumber(rule.off / RATE_PER_PERCENT, language), what });
    }
    const product = catalog.products.find(({ id }) => id === rule.productId);
    return t('price-fixed', {
      what: textIn(product?.name, language) || rule.productId,
      price: formatMoney({ amount: rule.price, currency: house.currency }, language),
    });
  };
  return { t, language, limits, isRemoving, setRemoving, list, onEdit, remove, ruleLine };
}

function RemoveListDialog({
  t,
  isRemoving,
  setRemoving,
  list,
  remove,
}: Pick<
  ReturnType<typeof useListCard>,
  't' | 'isRemoving' | 'setRemoving' | 'list' | 'remove'
>): ReactElement {
  return (
    <ConfirmDialog
      title={t('price-remove')}
      text={t('price-remove-text')}
      action={t('price-remove')}
      isOpen={isRemoving}
      isBusy={remove.isPending}
      onClose={() => setRemoving(false)}
      onConfirm={() =>
        remove.mutate(
          { params: { id: 'main' }, body: { priceListId: list.priceListId } },
          { onSuccess: () => setRemoving(false) },
        )
      }
    >
      <FailureNote error={remove.error} />
    </ConfirmDialog>
  );
}

function ListCard(props: {
  readonly list: PriceList;
  readonly house: House;
  readonly catalog: Catalog;
  onEdit(): void;
}): ReactElement {
  const { t, language, limits, isRemoving, setRemoving, list, onEdit, remove, ruleLine } =
    useListCard(props);
  return (
    <Card
      title={textIn(list.name, language)}
      actions={
        <>
          <IconButton icon="edit" label={t('edit')} disabled={limits.disabled} onClick={onEdit} />
          <IconButton
            icon="trash"
            label={t('price-remove')}
            disabled={limits.disabled}
            onClick={() => setRemoving(true)}
          />
        </>
      }
    >
      <div className="flex flex-col gap-2">
        <p className="flex flex-wrap gap-1">
          <Badge>{t('priority', { count: list.priority })}</Badge>
          {list.channels.map((channel) => (
            <Badge key={channel} tone="info">
              {t(`channel-${channel}`)}
            </Badge>
          ))}
        </p>
        {list.windows.map((window, at) => (
          <p key={String(at)} className="text-13 text-muted">
            {windowLine(window, language)}
          </p>
        ))}
        <ul className="flex flex-col gap-1">
          {list.rules.map((rule, at) => (
            <li key={String(at)} dir="auto" className="break-words">
              {ruleLine(rule)}
            </li>
          ))}
        </ul>
      </div>
      <RemoveListDialog
        t={t}
        isRemoving={isRemoving}
        setRemoving={setRemoving}
        list={list}
        remove={remove}
      />
    </Card>
  );
}
