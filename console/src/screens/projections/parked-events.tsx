/** Events that a read model or a policy could not handle: try again, or skip with a typed word. */
import { useState, type ReactElement } from 'react';
import { readAgain, useCommand, useRead } from '../../api/api.ts';
import {
  Badge,
  Button,
  ConfirmDialog,
  ErrorNote,
  Moment,
  Mono,
  Skeleton,
  toast,
} from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import { useEventNames } from '../../words/names/use-event-names.ts';
import { words } from './words.ts';

export interface ParkedEventsProps {
  readonly of: 'projection' | 'policy';
  readonly name: string;
  readonly count: number;
}

/** What both kinds say of a parked event; a policy's lane is what a read model's stream is. */
interface Parked {
  readonly tenant: string;
  readonly lane: string;
  readonly position: string;
  readonly bucket: number;
  readonly type: string;
  readonly reason: string;
  readonly attempts: number;
  readonly parkedAt: string;
}

const SHOWN_MAX = 100;

function useParked({ of, name, count }: ParkedEventsProps) {
  const query = { limit: SHOWN_MAX };
  const isOf = (kind: ParkedEventsProps['of']): boolean => of === kind && count > 0;
  const byProjection = useRead(
    'GET /v1/projections/{name}/parked',
    { params: { name }, query },
    { enabled: isOf('projection') },
  );
  const byPolicy = useRead(
    'GET /v1/policies/{name}/parked',
    { params: { name }, query },
    { enabled: isOf('policy') },
  );
  const read = of === 'projection' ? byProjection : byPolicy;
  const items: readonly Parked[] | undefined =
    of === 'projection'
      ? byProjection.data?.items.map((item) => ({ ...item, lane: item.stream }))
      : byPolicy.data?.items;
  return { items, error: read.error, refetch: () => void read.refetch() };
}

export function ParkedEvents(props: ParkedEventsProps): ReactElement {
  const t = useWords(words);
  const { items, error, refetch } = useParked(props);
  return (
    <section className="flex flex-col gap-3">
      <h3 className="text-14">{t('parked-title')}</h3>
      {error === null ? null : <ErrorNote error={error} onRetry={refetch} />}
      {props.count === 0 ? <p className="text-muted">{t('parked-none')}</p> : null}
      {props.count > 0 && items === undefined && error === null ? <Skeleton lines={3} /> : null}
      {items === undefined || items.length === 0 ? null : (
        <>
          <p className="text-13 text-muted">{t('parked-text')}</p>
          <ul className="flex flex-col gap-2">
            {items.map((item) => (
              <ParkedItem
                key={`${String(item.bucket)} ${item.position} ${item.lane}`}
                of={props.of}
                name={props.name}
                item={item}
              />
            ))}
          </ul>
          {items.length < SHOWN_MAX ? null : (
            <p className="text-13 text-muted">{t('more-parked')}</p>
          )}
        </>
      )}
    </section>
  );
}

function useSettle(of: ParkedEventsProps['of'], name: string) {
  const retryProjection = useCommand('POST /v1/projections/{name}/parked/retry');
  const skipProjection = useCommand('POST /v1/projections/{name}/parked/skip');
  const retryPolicy = useCommand('POST /v1/policies/{name}/retry');
  const skipPolicy = useCommand('POST /v1/policies/{name}/skip');
  const params = { name };
  const ofProjection = of === 'projection';
  return {
    retry: ({ tenant, lane }: Parked) =>
      ofProjection
        ? retryProjection.mutateAsync({ params, body: { tenant, stream: lane } })
        : retryPolicy.mutateAsync({ params, body: { tenant, lane } }),
    skip: ({ tenant, lane }: Parked) =>
      ofProjection
        ? skipProjection.mutateAsync({ params, body: { tenant, stream: lane } })
        : skipPolicy.mutateAsync({ params, body: { tenant, lane } }),
    isPending: [retryProjection, skipProjection, retryPolicy, skipPolicy].some(
      (each) => each.isPending,
    ),
    error: retryProjection.error ?? skipProjection.error ?? retryPolicy.error ?? skipPolicy.error,
  };
}

function ParkedItem({
  of,
  name,
  item,
}: {
  readonly of: ParkedEventsProps['of'];
  readonly name: string;
  readonly item: Parked;
}): ReactElement {
  const t = useWords(words);
  const settle = useSettle(of, name);
  const [isAsking, setAsking] = useState(false);
  const settled = async (give: Promise<{ readonly left: number }>): Promise<void> => {
    const { left } = await give;
    toast(left === 0 ? t('left-none') : t('left-some', { count: left }), {
      tone: left === 0 ? 'good' : 'info',
    });
    setAsking(false);
    await readAgain();
  };
  return (
    <li className="flex flex-col gap-2 rounded-card border border-line p-3">
      <ParkedHead item={item} />
      {settle.error === null ? null : <ErrorNote error={settle.error} />}
      {item.reason === 'behind' ? null : (
        <div className="flex gap-2">
          <Button
            size="compact"
            icon="refresh"
            isBusy={settle.isPending && !isAsking}
            onClick={() => void settled(settle.retry(item)).catch(() => undefined)}
          >
            {t('retry')}
          </Button>
          <Button size="compact" icon="arrow-right" onClick={() => setAsking(true)}>
            {t('skip')}
          </Button>
        </div>
      )}
      <ConfirmDialog
        title={t('skip-title', { stream: item.lane })}
        text={t('skip-text')}
        word={t('skip-word')}
        action={t('skip')}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => settled(settle.skip(item))}
      />
    </li>
  );
}

function ParkedHead({ item }: { readonly item: Parked }): ReactElement {
  const t = useWords(words);
  const eventNameOf = useEventNames();
  return (
    <>
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <span className="font-medium">{eventNameOf(item.type)}</span>
        <Badge tone={item.reason === 'behind' ? 'plain' : 'bad'}>
          {item.reason === 'behind' ? t('reason-behind') : item.reason}
        </Badge>
        <span className="ml-auto text-12 text-muted">
          <Moment at={item.parkedAt} />
        </span>
      </div>
      <p className="flex min-w-0 flex-wrap gap-x-3 text-12 text-muted">
        <Mono>{item.lane === '' ? '–' : item.lane}</Mono>
        <span>
          {t('tenant')}: {item.tenant}
        </span>
        <span>{t('attempts', { count: item.attempts })}</span>
      </p>
    </>
  );
}
