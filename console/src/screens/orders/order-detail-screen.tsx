/** One order: what it is or was on the left, its story on the right, with a slider through it. */
import { useParams } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { Button, LinkButton, TextLink } from '../../design/buttons.tsx';
import { Badge, EmptyState, ErrorNote, Skeleton, type Tone } from '../../design/marks.tsx';
import { Card, Facts, Page } from '../../design/page.tsx';
import { Moment } from '../../design/texts.tsx';
import { useAsOf, useSetUrlSearch, useUrlSearch } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import type { FloorAnswer } from '../floor/floor-state.ts';
import { BillLines } from '../order/bill-lines.tsx';
import { BillTotals } from '../order/bill-totals.tsx';
import { billNumber, shaped, type OrderView } from '../order/order-types.ts';
import { ActionDialog, type Action } from '../order/bill-actions.tsx';
import { GuestName } from '../guests/guest-name.tsx';
import { Story, type StoryItem } from './story.tsx';
import { words } from './words.ts';

export const TONES: Readonly<Record<OrderView['status'], Tone>> = {
  open: 'info',
  closed: 'good',
  cancelled: 'bad',
  merged: 'plain',
};

/** Events of one order: an evening's table has some dozens. */
const HISTORY_MAX = 500;

export function OrderDetailScreen(): ReactElement {
  const t = useWords(words);
  const { id = '' } = useParams({ strict: false });
  const { at } = useAsOf();
  const chosen = Number(useUrlSearch()['version'] ?? '0');
  const isChosen = Number.isInteger(chosen) && chosen > 0;
  const query = isChosen ? { version: chosen } : { at: at ?? undefined };
  const { data, error, refetch } = useRead(
    'GET /v1/orders/{id}',
    { params: { id }, query },
    { keep: true },
  );
  if (error?.status === 404) {
    const title = at === null ? t('not-found') : t('not-then');
    return (
      <Page title={title} above={<TextLink to="/orders">{t('back')}</TextLink>}>
        <EmptyState title={title} text={at === null ? t('not-found-text') : ''} icon="orders" />
      </Page>
    );
  }
  if (error !== null || data === undefined)
    return (
      <Page title={t('title')}>
        {error === null ? (
          <Skeleton lines={8} />
        ) : (
          <ErrorNote error={error} onRetry={() => void refetch()} />
        )}
      </Page>
    );
  return <Detail order={shaped<OrderView>(data)} chosen={isChosen ? chosen : null} />;
}

/** `chosen`: the version that the address asks for; null for the one that was read. */
function Detail({
  order,
  chosen,
}: {
  readonly order: OrderView;
  readonly chosen: number | null;
}): ReactElement {
  const t = useWords(words);
  const setSearch = useSetUrlSearch();
  const history = useRead('GET /v1/orders/{id}/history', {
    params: { id: order.id },
    query: { limit: HISTORY_MAX },
  });
  const items = shaped<readonly StoryItem[]>(history.data?.items ?? []);
  const last = items.at(-1)?.version ?? order.version;
  const version = chosen ?? order.version;
  const isPast = version < last;
  const go = (next: number): void =>
    setSearch({ version: next >= last ? null : String(next), at: null });
  return (
    <Page
      title={t('order', { number: billNumber(order) })}
      above={<TextLink to="/orders">{t('back')}</TextLink>}
      badge={<Badge tone={TONES[order.status]}>{t(order.status)}</Badge>}
      actions={<Actions order={order} isPast={isPast} />}
    >
      <Slider version={version} items={items} onVersion={go} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card
          title={isPast ? t('what-it-was', { version, last }) : t('what-it-is')}
          className={isPast ? 'border-brass' : undefined}
        >
          <What order={order} />
        </Card>
        <Card title={t('story')}>
          <Story items={items} version={version} zone={order.timeZone} onVersion={go} />
        </Card>
      </div>
    </Page>
  );
}

function Actions({
  order,
  isPast,
}: {
  readonly order: OrderView;
  readonly isPast: boolean;
}): ReactElement | null {
  const t = useWords(words);
  const { permissions } = useSession();
  const [action, setAction] = useState<Action | null>(null);
  const isPaid = order.status !== 'open' && order.payments.length > 0;
  if (isPast) return null;
  return (
    <>
      <Button icon="print" onClick={() => setAction('receipt')}>
        {t('receipt')}
      </Button>
      {isPaid && allows(permissions, 'orders:change') ? (
        <Button icon="switch" onClick={() => setAction('correct')}>
          {t('correct')}
        </Button>
      ) : null}
      <LinkButton
        to={`/order/${order.id}`}
        kind={order.status === 'open' ? 'primary' : 'quiet'}
        icon="floor"
      >
        {t('to-floor')}
      </LinkButton>
      <ActionDialog
        order={order}
        others={[]}
        tables={[]}
        action={action}
        onClose={() => setAction(null)}
      />
    </>
  );
}

function What({ order }: { readonly order: OrderView }): ReactElement {
  const t = useWords(words);
  const { locationId, tableId } = order;
  const floor = useRead(
    'GET /v1/orders/floor',
    { query: { locationId } },
    { enabled: tableId !== null },
  );
  const tables = floor.data === undefined ? [] : shaped<FloorAnswer>(floor.data).tables;
  const table = tables.find((each) => each.tableId === tableId);
  return (
    <div className="flex flex-col gap-4">
      <Facts
        facts={[
          [t('placed'), <Moment key="at" at={order.placedAt} zone={order.timeZone} />],
          [t('channel'), t(order.channel)],
          [t('table'), table?.name ?? order.tableId],
          [t('guests'), order.guests],
          [
            t('customer'),
            order.customerId === null ? null : (
              <TextLink key="guest" to={`/guests/${order.customerId}`}>
                <GuestName id={order.customerId} />
              </TextLink>
            ),
          ],
        ]}
      />
      <BillLines lines={order.lines} onTell={null} onLine={null} />
      <BillTotals order={order} />
    </div>
  );
}

function Slider(props: {
  readonly version: number;
  readonly items: readonly StoryItem[];
  onVersion(version: number): void;
}): ReactElement | null {
  const t = useWords(words);
  const { version, items, onVersion } = props;
  const last = items.at(-1)?.version ?? 0;
  if (last < 2) return null;
  const isPast = version < last;
  return (
    <div
      className={`flex flex-wrap items-center gap-3 rounded-card border px-4 py-2 ${isPast ? 'border-brass bg-brass-soft' : 'border-line bg-raised'}`}
    >
      <input
        type="range"
        aria-label={t('slider')}
        min={1}
        max={last}
        value={version}
        onChange={({ target }) => onVersion(Number(target.value))}
        className={`h-9 min-w-0 flex-1 basis-40 ${isPast ? 'accent-brass' : 'accent-brand'}`}
      />
      <span className="w-20 text-right text-13">{`${version} / ${last}`}</span>
      <Button size="compact" disabled={!isPast} onClick={() => onVersion(last)}>
        {t('now')}
      </Button>
    </div>
  );
}
