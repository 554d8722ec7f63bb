/** Who it is, what is allowed, who looks after it, and what can be done with the conversation. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { useSession } from '../../api/session.ts';
import { Button, TextLink } from '../../design/buttons.tsx';
import { ConfirmDialog } from '../../design/dialogs.tsx';
import { TextField } from '../../design/fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { generatedPath } from '../generated/generic-calls.ts';
import { useActors } from '../generated/use-actors.ts';
import { useLimits } from '../lists/use-limits.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { REPLY_AGAIN } from './conversation-names.ts';
import type { Conversation } from './conversation-types.ts';
import { WindowMark } from './window-mark.tsx';
import { words } from './words-conversations.ts';

const AGAIN = { again: REPLY_AGAIN };
/** Of the server. */
const REASON_MAX = 200;

export function ConversationHead({
  conversation,
}: {
  readonly conversation: Conversation;
}): ReactElement {
  const t = useWords(words);
  const { customerId, channel, name, address } = conversation;
  return (
    <header className="flex min-w-0 flex-col gap-2 border-b border-line px-4 py-3">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-13 text-muted">
        <span>{t(channel)}</span>
        {address === null || (name === null && customerId === null) ? null : (
          <bdi className="min-w-0 break-all">{address}</bdi>
        )}
        {customerId === null ? (
          <span>{t('no-guest')}</span>
        ) : (
          <TextLink to={`/guests/${encodeURIComponent(customerId)}`}>{t('guest')}</TextLink>
        )}
        <TextLink to={generatedPath('messages.conversations', conversation.id)}>
          {t('whole-story')}
        </TextLink>
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <WindowMark of={conversation} />
        <Caretaker conversation={conversation} />
      </div>
    </header>
  );
}

function Caretaker({ conversation }: { readonly conversation: Conversation }): ReactElement {
  const t = useWords(words);
  const { user } = useSession();
  const limits = useLimits()('messages:reply');
  const { id, assignedTo } = conversation;
  const assign = useCommand('POST /v1/messages/conversations/{id}/assign', AGAIN);
  const isOwn = assignedTo === user.id;
  const actorOf = useActors();
  const who = isOwn
    ? t('assigned-you')
    : assignedTo === null
      ? t('assigned-nobody')
      : t('assigned-other', { name: actorOf(`user:${assignedTo}`) });
  return (
    <>
      <span className="min-w-0 text-13 break-words text-muted">{who}</span>
      <Button
        size="compact"
        {...limits}
        isBusy={assign.isPending}
        onClick={() => assign.mutate({ params: { id }, body: { to: isOwn ? null : user.id } })}
      >
        {t(isOwn ? 'release' : 'take')}
      </Button>
      <FailureNote error={assign.error} />
    </>
  );
}

export function ConversationActions({
  conversation,
}: {
  readonly conversation: Conversation;
}): ReactElement {
  const t = useWords(words);
  const may = useLimits();
  const [isAsking, setAsking] = useState(false);
  const { id, status, optedOut } = conversation;
  const close = useCommand('POST /v1/messages/conversations/{id}/close', AGAIN);
  return (
    <>
      {optedOut ? (
        <Button icon="bell" {...may('messages:suppress')} onClick={() => setAsking(true)}>
          {t('opt-in')}
        </Button>
      ) : null}
      {status === 'closed' ? null : (
        <Button
          icon="archive"
          {...may('messages:reply')}
          isBusy={close.isPending}
          onClick={() =>
            close.mutate({ params: { id }, body: {} }, { onSuccess: () => toast(t('closed-done')) })
          }
        >
          {t('close')}
        </Button>
      )}
      {isAsking ? <OptInDialog id={id} onClose={() => setAsking(false)} /> : null}
      <FailureNote error={close.error} />
    </>
  );
}

function OptInDialog({ id, onClose }: { readonly id: string; onClose(): void }): ReactElement {
  const t = useWords(words);
  const [reason, setReason] = useState('');
  const optIn = useCommand('POST /v1/messages/conversations/{id}/opt-in', AGAIN);
  return (
    <ConfirmDialog
      title={t('opt-in-title')}
      text={t('opt-in-text')}
      action={t('opt-in')}
      kind="primary"
      isOpen
      isBusy={optIn.isPending}
      onClose={onClose}
      onConfirm={async () => {
        if (reason.trim() === '') return;
        await optIn.mutateAsync({ params: { id }, body: { reason: reason.trim() } }).then(
          () => {
            toast(t('opt-in-done'));
            onClose();
          },
          // Shown below.
          () => undefined,
        );
      }}
    >
      <TextField
        label={t('opt-in-reason')}
        required
        maxLength={REASON_MAX}
        value={reason}
        onChange={setReason}
      />
      <FailureNote error={optIn.error} />
    </ConfirmDialog>
  );
}
