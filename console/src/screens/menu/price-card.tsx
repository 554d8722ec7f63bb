/** One price list in short: when, where, and how much it says. */
import type { ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { IconButton } from '../../design/buttons.tsx';
import { Badge } from '../../design/marks.tsx';
import { Card } from '../../design/page.tsx';
import { toast } from '../../design/toasts.tsx';
import { formatMoment, formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { Refusal } from '../lists/refusal.tsx';
import { useLimits } from '../lists/use-limits.ts';
import { windowLine } from './hours-fields.tsx';
import { textIn, type PriceList } from './menu-types.ts';
import { PRICE_READS } from './price-dialog.tsx';
import { listBodyOf, listValueOf } from './price-list-value.ts';
import { words as refusals } from './price-refusal-words.ts';
import { words } from './prices-words.ts';
import type { Catalog } from './use-catalog.ts';

export function PriceCard(props: {
  readonly list: PriceList;
  readonly catalog: Catalog;
  /** YYYY-MM-DD. */
  readonly today: string;
  onEdit(): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const limits = useLimits()('catalog:edit');
  const { list, catalog, today, onEdit } = props;
  const name = textIn(list.name, language);
  const removing = useRemoval(list, name);
  return (
    <Card
      title={name}
      actions={
        <>
          <IconButton icon="edit" label={`${t('edit')}: ${name}`} {...limits} onClick={onEdit} />
          <IconButton
            icon="trash"
            label={`${t('remove')}: ${name}`}
            {...limits}
            isBusy={removing.isPending}
            onClick={removing.remove}
          />
        </>
      }
    >
      <div className="flex flex-col gap-2">
        <p className="flex flex-wrap gap-1">
          <State list={list} today={today} />
          {list.channels.map((channel) => (
            <Badge key={channel}>{t(channel)}</Badge>
          ))}
        </p>
        <Days list={list} />
        {list.windows.map((window, at) => (
          <p key={String(at)} className="text-13 text-muted">
            {windowLine(window, language)}
          </p>
        ))}
        <Says list={list} catalog={catalog} />
        <Refusal error={removing.error} words={refusals} />
      </div>
    </Card>
  );
}

function Says({
  list,
  catalog,
}: {
  readonly list: PriceList;
  readonly catalog: Catalog;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { prices, percents } = listValueOf(list);
  const count = Object.keys(prices).length;
  const nameOf = (id: string): string =>
    textIn(catalog.categories.find((each) => each.id === id)?.name, language) || id;
  return (
    <ul className="flex flex-col gap-0.5">
      {percents.map(({ categoryId, off }) => (
        <li key={categoryId ?? ''} dir="auto" className="break-words">
          {t('percent-off', {
            off: formatNumber(off ?? 0, language),
            what: categoryId === null ? t('everything') : nameOf(categoryId),
          })}
        </li>
      ))}
      {count === 0 ? null : <li>{t('price-count', { count })}</li>}
    </ul>
  );
}

/** It can be taken back at once, so nobody is asked before. */
function useRemoval(list: PriceList, name: string) {
  const t = useWords(words);
  const again = { again: PRICE_READS };
  const remove = useCommand('POST /v1/catalog/price-lists/{id}/remove-list', again);
  const back = useCommand('POST /v1/catalog/price-lists', again);
  const { priceListId } = list;
  const undo = (): void => back.mutate({ body: { priceListId, ...listBodyOf(listValueOf(list)) } });
  return {
    isPending: remove.isPending,
    error: remove.error,
    remove: (): void =>
      followUp(remove.mutateAsync({ params: { id: 'main' }, body: { priceListId } }), () =>
        toast(`${t('removed')} ${name}`, { undo }),
      ),
  };
}

function State({
  list,
  today,
}: {
  readonly list: PriceList;
  readonly today: string;
}): ReactElement {
  const t = useWords(words);
  const { firstDay, lastDay } = list;
  if (lastDay !== null && lastDay < today) return <Badge>{t('now-over')}</Badge>;
  if (firstDay !== null && firstDay > today) return <Badge tone="waiting">{t('now-later')}</Badge>;
  return <Badge tone="good">{t('now-on')}</Badge>;
}

function Days({ list }: { readonly list: PriceList }): ReactElement | null {
  const t = useWords(words);
  const language = useLanguage();
  const { firstDay, lastDay } = list;
  if (firstDay === null && lastDay === null) return null;
  const dayOf = (date: string): string =>
    formatMoment(`${date}T12:00:00`, language, { dateStyle: 'medium' });
  const parts = [
    firstDay === null ? null : t('since', { day: dayOf(firstDay) }),
    lastDay === null ? null : t('until', { day: dayOf(lastDay) }),
  ];
  return <p className="text-13">{parts.filter((each) => each !== null).join(' ')}</p>;
}
