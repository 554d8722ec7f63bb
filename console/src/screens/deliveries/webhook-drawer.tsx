/** One webhook: its state, what can be done with it, and its deliveries. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button, Drawer, ErrorNote, Facts, Menu, Moment, Mono, toast } from '../../design/index.ts';
import { formatMoment } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { DeliveryList } from './delivery-list.tsx';
import { WebhookState, type Webhook } from './webhook-state.tsx';
import { DeleteDialog, DisableDialog, RotateDialog } from './webhook-dangers.tsx';
import { WebhookDialog } from './webhook-dialog.tsx';
import { words } from './words.ts';

export interface WebhookDrawerProps {
  readonly webhook: Webhook | null;
  readonly mayWrite: boolean;
  onClose(): void;
}

export function WebhookDrawer({ webhook, mayWrite, onClose }: WebhookDrawerProps): ReactElement {
  return (
    <Drawer
      title={webhook?.url ?? ''}
      isOpen={webhook !== null}
      onClose={onClose}
      width="wide"
      footer={
        webhook === null ? undefined : (
          <Commands webhook={webhook} mayWrite={mayWrite} onGone={onClose} />
        )
      }
    >
      {webhook === null ? null : (
        <div className="flex flex-col gap-6">
          <About webhook={webhook} />
          {webhook.suspended ? <Suspended webhook={webhook} mayWrite={mayWrite} /> : null}
          <DeliveryList key={webhook.id} webhook={webhook} mayWrite={mayWrite} />
        </div>
      )}
    </Drawer>
  );
}

function About({ webhook }: { readonly webhook: Webhook }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { failingSince, disabledReason } = webhook;
  return (
    <Facts
      facts={[
        [
          t('column-status'),
          <span key="status" className="flex flex-wrap items-center gap-2">
            <WebhookState webhook={webhook} />
            {disabledReason === null ? null : t(`reason-${disabledReason}`)}
            {failingSince === null
              ? null
              : t('failing', { at: formatMoment(failingSince, language) })}
          </span>,
        ],
        [t('column-types'), <Mono key="types">{webhook.types.join(', ')}</Mono>],
        [t('description'), webhook.description],
        [t('column-created'), <Moment key="created" at={webhook.createdAt} />],
      ]}
    />
  );
}

/** Handing events over made no progress for seven days; whoever mended the cause has it go on. */
function Suspended({
  webhook: { id },
  mayWrite,
}: {
  readonly webhook: Webhook;
  readonly mayWrite: boolean;
}): ReactElement {
  const t = useWords(words);
  const resume = useCommand('POST /v1/webhooks/{id}/resume', { again: ['GET /v1/webhooks'] });
  return (
    <div className="flex flex-col gap-3 rounded-card border border-wine bg-wine-soft p-3">
      <p className="max-w-prose">{t('suspended-text')}</p>
      {resume.error === null ? null : <ErrorNote error={resume.error} />}
      {mayWrite ? (
        <div>
          <Button
            kind="primary"
            icon="play"
            isBusy={resume.isPending}
            onClick={() =>
              resume.mutate({ params: { id } }, { onSuccess: () => toast(t('resumed')) })
            }
          >
            {t('resume')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

type Asking = 'rotate' | 'disable' | 'delete' | 'edit' | null;

function Commands({
  webhook,
  mayWrite,
  onGone,
}: {
  readonly webhook: Webhook;
  readonly mayWrite: boolean;
  onGone(): void;
}): ReactElement {
  const t = useWords(words);
  const [asking, setAsking] = useState<Asking>(null);
  const params = { id: webhook.id };
  const again = { again: ['GET /v1/webhooks'] } as const;
  const test = useCommand('POST /v1/webhooks/{id}/test', {
    again: ['GET /v1/webhooks/{id}/deliveries'],
  });
  const enable = useCommand('POST /v1/webhooks/{id}/enable', again);
  const isOn = webhook.status === 'enabled';
  const error = test.error ?? enable.error;
  if (!mayWrite) return <p className="text-13 text-muted">{t('no-permission')}</p>;
  return (
    <>
      {error === null ? null : <ErrorNote error={error} />}
      <More isOn={isOn} onAsk={setAsking} />
      {isOn ? (
        <Button
          kind="primary"
          icon="send"
          isBusy={test.isPending}
          onClick={() => test.mutate({ params }, { onSuccess: () => toast(t('test-sent')) })}
        >
          {t('test')}
        </Button>
      ) : (
        <Button
          kind="primary"
          icon="play"
          isBusy={enable.isPending}
          onClick={() => enable.mutate({ params })}
        >
          {t('enable')}
        </Button>
      )}
      <WebhookDialog webhook={webhook} isOpen={asking === 'edit'} onClose={() => setAsking(null)} />
      <RotateDialog id={webhook.id} isOpen={asking === 'rotate'} onDone={() => setAsking(null)} />
      <DisableDialog id={webhook.id} isOpen={asking === 'disable'} onDone={() => setAsking(null)} />
      <DeleteDialog
        id={webhook.id}
        isOpen={asking === 'delete'}
        onDone={() => setAsking(null)}
        onGone={onGone}
      />
    </>
  );
}

function More({
  isOn,
  onAsk,
}: {
  readonly isOn: boolean;
  onAsk(asking: Asking): void;
}): ReactElement {
  const t = useWords(words);
  return (
    <Menu
      trigger={<Button icon="more">{t('edit')}</Button>}
      items={[
        { label: t('edit'), icon: 'edit', onSelect: () => onAsk('edit') },
        { label: t('rotate'), icon: 'key', onSelect: () => onAsk('rotate') },
        ...(isOn
          ? [{ label: t('disable'), icon: 'pause' as const, onSelect: () => onAsk('disable') }]
          : []),
        null,
        { label: t('delete'), icon: 'trash', kind: 'danger', onSelect: () => onAsk('delete') },
      ]}
    />
  );
}
