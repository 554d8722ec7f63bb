/** What colleagues ask to be approved. */
import { useMemo, type ReactElement } from 'react';
import type { Operations } from '../../../../src/client/client.ts';
import { useCommand, useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { Button, TextLink } from '../../design/buttons.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Card } from '../../design/page.tsx';
import { Moment } from '../../design/texts.tsx';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { NamingContext, useEveryName } from '../../words/names/use-names.ts';
import { permissionWords } from '../../words/permissions.ts';
import { ValueView } from '../generated/value-view.tsx';
import { billNumber, shaped, type OrderView } from '../order/order-types.ts';
import { tillNames } from './till-names.ts';
import { words } from './words.ts';

/** Somebody waits at a counter for the answer. */
const LOOK_MS = 3000;
/** More than any house has. */
const TILLS_MAX = 200;
const AGAIN = { again: ['GET /v1/access/approvals'] } as const;

export function ApprovalsTab(): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { user } = useSession();
  const asked = useRead('GET /v1/access/approvals', {}, { everyMs: LOOK_MS });
  const approve = useCommand('POST /v1/access/approvals/{id}/approve', AGAIN);
  const refuse = useCommand('POST /v1/access/approvals/{id}/refuse', AGAIN);
  const error = asked.error ?? approve.error ?? refuse.error;
  if (asked.data === undefined && error === null) return <Skeleton lines={4} />;
  const items = asked.data?.items ?? [];
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      {error === null ? null : <ErrorNote error={error} />}
      {items.length === 0 ? (
        <EmptyState icon="key" title={t('approvals-empty')} text={t('approvals-empty-text')} />
      ) : null}
      {items.map(({ id, permission, requestedBy, requestedByName, command, expiresAt }) => (
        <Card
          key={id}
          title={t('approval-of', {
            name: requestedByName,
            permission: permissionWords(permission, language),
          })}
        >
          <div className="flex flex-col gap-3">
            <Asked command={command} expiresAt={expiresAt} />
            {requestedBy === user.id ? (
              <p className="text-13 text-muted">{t('yours')}</p>
            ) : (
              <div className="flex gap-2">
                <Button
                  kind="primary"
                  icon="check"
                  onClick={() => approve.mutate({ params: { id }, body: {} })}
                >
                  {t('approve')}
                </Button>
                <Button icon="close" onClick={() => refuse.mutate({ params: { id }, body: {} })}>
                  {t('refuse')}
                </Button>
              </div>
            )}
          </div>
        </Card>
      ))}
    </div>
  );
}

type Request = Operations['GET /v1/access/approvals']['answer']['items'][number];

function Asked({ command, expiresAt }: Pick<Request, 'command' | 'expiresAt'>): ReactElement {
  const t = useWords(words);
  const namesOf = useEveryName();
  const names = namesOf(moduleOf(command));
  const called = useTillNames();
  return (
    <>
      <p className="text-13 text-muted">
        {names.command(command.command)} · {t('expires')} <Moment at={expiresAt} only="time" />
      </p>
      {command.category === 'orders' && command.id !== null ? <OrderLink id={command.id} /> : null}
      <NamingContext value={{ names, within: [command.command, command.category], called }}>
        <ValueView value={command.input} />
      </NamingContext>
    </>
  );
}

/** Nothing is called by a name for those who may not see the tills. */
function useTillNames(): ReturnType<typeof tillNames> {
  const { permissions } = useSession();
  const { data } = useRead(
    'GET /v1/business/tills',
    { query: { limit: TILLS_MAX } },
    { enabled: allows(permissions, 'business:read') },
  );
  return useMemo(() => tillNames(data?.items ?? []), [data]);
}

/** The bill that it is about: whoever approves looks at it first. Nothing for those who may not. */
function OrderLink({ id }: { readonly id: string }): ReactElement | null {
  const t = useWords(words);
  const language = useLanguage();
  const { permissions } = useSession();
  const { data } = useRead(
    'GET /v1/orders/{id}',
    { params: { id } },
    { enabled: allows(permissions, 'orders:read') },
  );
  if (data === undefined) return null;
  const order = shaped<OrderView>(data);
  const amount = formatMoney(order.total, language);
  return (
    <p>
      <TextLink to={`/order/${encodeURIComponent(id)}`}>
        {t('approval-order', { number: billNumber(order), amount })}
      </TextLink>
    </p>
  );
}

function moduleOf({ category }: { readonly category: string }): string {
  return category.split('.')[0] ?? category;
}
