/** Deliveries of a webhook, newest first, each with its tries. */
import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { CallFailed, Operations } from '../../../../src/client/client.ts';
import { client, useCommand } from '../../api/api.ts';
import {
  Badge,
  Button,
  ErrorNote,
  Icon,
  Moment,
  Mono,
  Skeleton,
  Tabs,
  toast,
  type Tone,
} from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import { useEventNames } from '../../words/names/use-event-names.ts';
import type { Webhook } from './webhook-state.tsx';
import { words } from './words.ts';

type DeliveryPage = Operations['GET /v1/webhooks/{id}/deliveries']['answer'];
type Delivery = DeliveryPage['items'][number];
type Status = Delivery['status'];

const STATUSES: readonly Status[] = ['waiting', 'delivered', 'failed', 'cancelled'];
const TONES: Readonly<Record<Status, Tone>> = {
  waiting: 'waiting',
  delivered: 'good',
  failed: 'bad',
  cancelled: 'plain',
};
const PAGE_DELIVERIES = 30;
const READ_EVERY_MS = 4000;

export interface DeliveryListProps {
  readonly webhook: Webhook;
  readonly mayWrite: boolean;
}

function useDeliveries(id: string, status: Status | 'all') {
  return useInfiniteQuery<
    DeliveryPage,
    CallFailed,
    InfiniteData<DeliveryPage>,
    readonly unknown[],
    string | undefined
  >({
    queryKey: ['GET /v1/webhooks/{id}/deliveries', id, status],
    initialPageParam: undefined,
    refetchInterval: READ_EVERY_MS,
    queryFn: async ({ pageParam, signal }) =>
      (
        await client.call('GET /v1/webhooks/{id}/deliveries', {
          params: { id },
          query: {
            status: status === 'all' ? undefined : status,
            after: pageParam,
            limit: PAGE_DELIVERIES,
          },
          signal,
        })
      ).body,
    getNextPageParam: ({ more, next }) => (more ? (next ?? undefined) : undefined),
  });
}

export function DeliveryList({ webhook, mayWrite }: DeliveryListProps): ReactElement {
  const t = useWords(words);
  const [status, setStatus] = useState<Status | 'all'>('all');
  const list = useDeliveries(webhook.id, status);
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-14">{t('deliveries')}</h3>
      <Tabs<Status | 'all'>
        label={t('deliveries')}
        tabs={[
          { value: 'all', label: t('filter-all') },
          ...STATUSES.map((value) => ({ value, label: t(value) })),
        ]}
        value={status}
        onChange={setStatus}
      >
        {list.error === null ? null : (
          <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
        )}
        {items === undefined && list.error === null ? <Skeleton lines={4} /> : null}
        {items?.length === 0 ? <p className="text-muted">{t('empty-deliveries')}</p> : null}
        <ul className="flex flex-col">
          {items?.map((delivery) => (
            <Item key={delivery.id} webhook={webhook} delivery={delivery} mayWrite={mayWrite} />
          ))}
        </ul>
        {list.hasNextPage ? (
          <Button
            size="compact"
            isBusy={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('load-more')}
          </Button>
        ) : null}
      </Tabs>
    </section>
  );
}

function Item({
  webhook,
  delivery,
  mayWrite,
}: DeliveryListProps & { readonly delivery: Delivery }): ReactElement {
  const t = useWords(words);
  const eventNameOf = useEventNames();
  const { id, type, status, attempts, createdAt, nextAttemptAt } = delivery;
  const resend = useCommand('POST /v1/webhooks/{id}/deliveries/{deliveryId}/resend', {
    again: ['GET /v1/webhooks/{id}/deliveries'],
  });
  return (
    <li className="border-t border-line py-2 first:border-t-0">
      <details className="group min-w-0">
        <summary className="flex min-w-0 cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-1 rounded-control">
          <Icon name="chevron-right" className="text-muted group-open:rotate-90" />
          <span className="min-w-0 flex-1 basis-40 truncate">{eventNameOf(type)}</span>
          <Badge tone={TONES[status]}>{t(status)}</Badge>
          <span className="text-12 text-muted">{t('attempts', { count: attempts.length })}</span>
          <span className="text-12 text-muted">
            <Moment at={createdAt} />
          </span>
        </summary>
        <div className="flex flex-col gap-3 pt-3 pl-7">
          <Mono copy>{id}</Mono>
          <Attempts attempts={attempts} />
          {nextAttemptAt === null ? null : (
            <p className="text-13">
              {t('next-attempt')}: <Moment at={nextAttemptAt} />
            </p>
          )}
          {resend.error === null ? null : <ErrorNote error={resend.error} />}
          <div>
            <Button
              size="compact"
              icon="send"
              disabled={!mayWrite}
              reason={mayWrite ? undefined : t('no-permission')}
              isBusy={resend.isPending}
              onClick={() =>
                resend.mutate(
                  { params: { id: webhook.id, deliveryId: id } },
                  { onSuccess: () => toast(t('resend-done')) },
                )
              }
            >
              {t('resend')}
            </Button>
          </div>
        </div>
      </details>
    </li>
  );
}

function Attempts({ attempts }: Pick<Delivery, 'attempts'>): ReactElement {
  const t = useWords(words);
  return (
    <ol className="flex flex-col gap-1 text-13">
      {attempts.map(({ at, durationMs, status, code }, index) => (
        <li key={at} className="flex flex-wrap items-center gap-x-3">
          <Icon
            name={code === null ? 'success' : 'error'}
            className={code === null ? 'text-brand' : 'text-wine'}
          />
          <span>{t('attempt', { number: index + 1 })}</span>
          <span className="text-muted">
            <Moment at={at} />
          </span>
          <span>{status === null ? t('no-answer') : `HTTP ${String(status)}`}</span>
          {code === null ? null : <code className="text-12">{code}</code>}
          <span className="text-muted">{t('took-ms', { ms: durationMs })}</span>
        </li>
      ))}
    </ol>
  );
}
