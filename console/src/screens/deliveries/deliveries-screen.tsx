/** Webhooks with their deliveries; messages beside them. */
import { useState, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import {
  Button,
  DataTable,
  EmptyState,
  ErrorNote,
  Moment,
  Page,
  Tabs,
  useSetUrlSearch,
  useUrlSearch,
  type Column,
} from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import { GeneratedList } from '../generated/generated-list.tsx';
import { useAggregate } from '../generated/generic-calls.ts';
import { WebhookDialog } from './webhook-dialog.tsx';
import { WebhookDrawer } from './webhook-drawer.tsx';
import { WebhookState, type Webhook } from './webhook-state.tsx';
import { words } from './words.ts';

const READ_EVERY_MS = 10_000;

export function DeliveriesScreen(): ReactElement {
  const t = useWords(words);
  const search = useUrlSearch();
  const set = useSetUrlSearch();
  const { permissions } = useSession();
  const messages = useAggregate('messages');
  const hasMessages =
    messages !== null && messages !== undefined && allows(permissions, messages.scopes.read);
  const tab = search['tab'] === 'messages' && hasMessages ? 'messages' : 'webhooks';
  const mayWrite = allows(permissions, 'webhooks:write');
  const [isMaking, setMaking] = useState(false);
  return (
    <Page
      title={t('title')}
      actions={
        tab === 'webhooks' ? (
          <Button
            kind="primary"
            icon="plus"
            disabled={!mayWrite}
            reason={mayWrite ? undefined : t('no-permission')}
            onClick={() => setMaking(true)}
          >
            {t('new')}
          </Button>
        ) : undefined
      }
    >
      <p className="max-w-prose text-muted">{t('intro')}</p>
      <Tabs
        label={t('tabs')}
        tabs={[
          { value: 'webhooks', label: t('tab-webhooks') },
          ...(hasMessages ? [{ value: 'messages' as const, label: t('tab-messages') }] : []),
        ]}
        value={tab}
        onChange={(next) => set({ tab: next === 'webhooks' ? null : next })}
      >
        {tab === 'webhooks' ? (
          <Webhooks mayWrite={mayWrite} onMake={() => setMaking(true)} />
        ) : null}
        {tab === 'messages' && hasMessages ? <GeneratedList aggregate={messages} /> : null}
      </Tabs>
      <WebhookDialog webhook={null} isOpen={isMaking} onClose={() => setMaking(false)} />
    </Page>
  );
}

function Webhooks({
  mayWrite,
  onMake,
}: {
  readonly mayWrite: boolean;
  onMake(): void;
}): ReactElement {
  const t = useWords(words);
  const search = useUrlSearch();
  const set = useSetUrlSearch();
  const read = useRead('GET /v1/webhooks', {}, { everyMs: READ_EVERY_MS });
  const items = read.data?.items ?? [];
  return (
    <div className="flex flex-col gap-3">
      {read.error === null ? null : (
        <ErrorNote error={read.error} onRetry={() => void read.refetch()} />
      )}
      <DataTable
        label={t('tab-webhooks')}
        columns={useColumns()}
        rows={items}
        rowKey={({ id }) => id}
        isLoading={read.isLoading}
        openKey={search['webhook'] ?? null}
        onOpen={({ id }) => set({ webhook: id }, { push: true })}
        empty={
          read.error === null ? (
            <EmptyState
              icon="deliveries"
              title={t('empty-title')}
              text={t('empty-text')}
              action={
                mayWrite ? (
                  <Button kind="primary" icon="plus" onClick={onMake}>
                    {t('new')}
                  </Button>
                ) : undefined
              }
              command={`curl -X POST ${location.origin}/v1/webhooks -H "Authorization: Bearer $COMPTOIR_API_KEY" -H "Content-Type: application/json" -d '{"url":"https://hooks.example.com/comptoir","types":["*"]}'`}
            />
          ) : undefined
        }
      />
      <WebhookDrawer
        webhook={items.find(({ id }) => id === search['webhook']) ?? null}
        mayWrite={mayWrite}
        onClose={() => set({ webhook: null, status: null })}
      />
    </div>
  );
}

function useColumns(): readonly Column<Webhook>[] {
  const t = useWords(words);
  return [
    {
      key: 'url',
      title: t('column-url'),
      width: 'minmax(220px, 2fr)',
      sortable: true,
      cell: ({ url }) => url,
    },
    {
      key: 'description',
      title: t('description'),
      width: 'minmax(120px, 1fr)',
      cell: ({ description }) => description ?? '–',
    },
    {
      key: 'types',
      title: t('column-types'),
      width: 'minmax(140px, 1fr)',
      cell: ({ types }) => <code className="text-12">{types.join(', ')}</code>,
    },
    {
      key: 'status',
      title: t('column-status'),
      width: 160,
      cell: (webhook) => <WebhookState webhook={webhook} />,
    },
    {
      key: 'createdAt',
      title: t('column-created'),
      width: 200,
      sortable: true,
      cell: ({ createdAt }) => <Moment at={createdAt} />,
    },
  ];
}
