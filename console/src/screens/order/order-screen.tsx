/** An order that is there: the menu to add from on one side, the bill on the other. */
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { LinkButton } from '../../design/buttons.tsx';
import { Badge, EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Page } from '../../design/page.tsx';
import { TextLink } from '../../design/buttons.tsx';
import { useWords } from '../../words/language.ts';
import { useLocations, type Location } from '../floor/locations.ts';
import type { FloorAnswer } from '../floor/floor-state.ts';
import { BillPanel } from './bill-panel.tsx';
import { OrderLayout } from './order-layout.tsx';
import { billNumber, shaped, type Channel, type OrderRow, type OrderView } from './order-types.ts';
import { useOutbox } from './outbox.ts';
import { isLocal, knownId, waitingFor } from './outbox-state.ts';
import { useOrder } from './use-order.ts';
import { words } from './words-bill.ts';

export function OrderScreen(): ReactElement {
  const { orderId = '' } = useParams({ strict: false });
  const outbox = useOutbox();
  const navigate = useNavigate();
  const known = knownId(outbox, orderId);
  useEffect(() => {
    // The server knows the order by now: the address says so, and the back button still leads to the floor.
    if (known !== null && known !== orderId)
      void navigate({ to: `/order/${known}`, replace: true });
  }, [known, orderId, navigate]);
  if (isLocal(orderId) && known === null) return <UnsentOrder orderId={orderId} />;
  return <KnownOrder key={known} orderId={known ?? orderId} />;
}

function KnownOrder({ orderId }: { readonly orderId: string }): ReactElement {
  const t = useWords(words);
  const { order, error, isLoading, readAgain } = useOrder(orderId);
  const { all } = useLocations();
  if (error?.status === 404)
    return (
      <Page title={t('not-found')}>
        <EmptyState
          title={t('not-found')}
          text={t('not-found-text')}
          icon="orders"
          action={<LinkButton to="/floor">{t('back')}</LinkButton>}
        />
      </Page>
    );
  if (order === null)
    return (
      <Page title={t('bill')}>
        {isLoading || error === null ? (
          <Skeleton lines={8} />
        ) : (
          <ErrorNote error={error} onRetry={readAgain} />
        )}
      </Page>
    );
  return <Shown order={order} location={all.find(({ id }) => id === order.locationId) ?? null} />;
}

function Shown({
  order,
  location,
}: {
  readonly order: OrderView;
  readonly location: Location | null;
}): ReactElement {
  const t = useWords(words);
  const outbox = useOutbox();
  const { locationId, tableId } = order;
  const floor = useRead('GET /v1/orders/floor', { query: { locationId } });
  const open = useRead('GET /v1/orders', { query: { locationId, status: 'open', limit: 1000 } });
  const tables = floor.data === undefined ? [] : shaped<FloorAnswer>(floor.data).tables;
  const others = shaped<readonly OrderRow[]>(open.data?.items ?? []).filter(
    ({ id }) => id !== order.id,
  );
  const table = tables.find((each) => each.tableId === tableId);
  const isOpen = order.status === 'open';
  const title = t('order', { number: billNumber(order) });
  return (
    <Page
      title={table === undefined ? title : `${t('table', { table: table.name })} · ${title}`}
      above={<TextLink to="/floor">{t('back')}</TextLink>}
      badge={
        <span className="flex flex-wrap gap-1">
          <Badge tone={isOpen ? 'info' : order.status === 'closed' ? 'good' : 'plain'}>
            {t(order.status)}
          </Badge>
          {isOpen && order.billAskedAt !== null ? (
            <Badge tone="waiting">{t('bill-asked')}</Badge>
          ) : null}
          {order.channel === 'eat-in' ? null : <Badge>{t(order.channel)}</Badge>}
        </span>
      }
    >
      <OrderLayout
        location={location}
        channel={order.channel}
        seats={order.guests ?? table?.seats ?? 8}
        target={{ kind: 'order', orderId: order.id, number: billNumber(order) }}
        canAdd={isOpen}
        waiting={waitingFor(outbox, order.id)}
        bill={<BillPanel order={order} others={others} tables={tables} />}
        count={order.lines.length}
      />
    </Page>
  );
}

/** An order whose placing still waits for the server. */
function UnsentOrder({ orderId }: { readonly orderId: string }): ReactElement {
  const t = useWords(words);
  const outbox = useOutbox();
  const { all, here } = useLocations();
  const waiting = waitingFor(outbox, orderId);
  const placing = waiting.find(({ operation }) => operation === 'POST /v1/orders');
  const { locationId = '', channel = 'eat-in' } = shaped<{
    locationId?: string;
    channel?: Channel;
  }>(placing?.body ?? {});
  if (placing === undefined)
    return (
      <Page title={t('not-found')}>
        <EmptyState
          title={t('not-found')}
          text={t('not-found-text')}
          icon="orders"
          action={<LinkButton to="/floor">{t('back')}</LinkButton>}
        />
      </Page>
    );
  return (
    <Page title={t('new-away')} above={<TextLink to="/floor">{t('back')}</TextLink>}>
      <OrderLayout
        location={all.find(({ id }) => id === locationId) ?? here}
        channel={channel}
        seats={8}
        target={{ kind: 'order', orderId, number: '…' }}
        canAdd
        waiting={waiting}
        bill={<p className="text-muted">{t('is-local')}</p>}
        count={0}
      />
    </Page>
  );
}
