/** Makes a webhook or changes one. A new one shows its secret once. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button, Dialog, ErrorNote, TextAreaField, TextField } from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import type { Webhook } from './webhook-state.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { inputOf, urlProblem, type UrlProblem, type WebhookDraft } from './webhook-input.ts';
import { words } from './words.ts';

export interface WebhookDialogProps {
  /** null makes a new one. */
  readonly webhook: Webhook | null;
  readonly isOpen: boolean;
  onClose(): void;
}

export function WebhookDialog({ webhook, isOpen, onClose }: WebhookDialogProps): ReactElement {
  const t = useWords(words);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <>
      <Dialog title={t(webhook === null ? 'new' : 'edit-title')} isOpen={isOpen} onClose={onClose}>
        {isOpen ? <Form webhook={webhook} onClose={onClose} onSecret={setSecret} /> : null}
      </Dialog>
      <SecretDialog secret={secret} until={null} onClose={() => setSecret(null)} />
    </>
  );
}

function Form({
  webhook,
  onClose,
  onSecret,
}: {
  readonly webhook: Webhook | null;
  onClose(): void;
  onSecret(secret: string): void;
}): ReactElement {
  const t = useWords(words);
  const [draft, setDraft] = useState<WebhookDraft>({
    url: webhook?.url ?? '',
    types: webhook?.types.join('\n') ?? '',
    description: webhook?.description ?? '',
  });
  const [isTried, setTried] = useState(false);
  const again = { again: ['GET /v1/webhooks'] } as const;
  const make = useCommand('POST /v1/webhooks', again);
  const change = useCommand('POST /v1/webhooks/{id}/update', again);
  const problem = urlProblem(draft.url);
  const error = make.error ?? change.error;
  const save = (): void => {
    setTried(true);
    if (problem !== null || make.isPending || change.isPending) return;
    const body = inputOf(draft);
    if (webhook === null)
      make.mutate(
        { body },
        {
          onSuccess: (made) => {
            onClose();
            onSecret(made.secret);
          },
        },
      );
    else change.mutate({ params: { id: webhook.id }, body }, { onSuccess: onClose });
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(submit) => {
        submit.preventDefault();
        save();
      }}
    >
      <Fields draft={draft} problem={isTried ? problem : null} onDraft={setDraft} />
      {error === null ? null : <ErrorNote error={error} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button kind="primary" type="submit" isBusy={make.isPending || change.isPending}>
          {t(webhook === null ? 'create' : 'save')}
        </Button>
      </div>
    </form>
  );
}

function Fields({
  draft,
  problem,
  onDraft,
}: {
  readonly draft: WebhookDraft;
  readonly problem: UrlProblem | null;
  onDraft(draft: WebhookDraft): void;
}): ReactElement {
  const t = useWords(words);
  return (
    <>
      <TextField
        label={t('url')}
        hint={t('url-hint')}
        error={problem === null ? null : t(`problem-${problem}`)}
        value={draft.url}
        onChange={(url) => onDraft({ ...draft, url })}
        type="url"
        placeholder="https://"
        required
        // The dialog was opened to type it.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
      />
      <TextAreaField
        label={t('types')}
        hint={t('types-hint')}
        value={draft.types}
        onChange={(types) => onDraft({ ...draft, types })}
        isMono
      />
      <TextField
        label={t('description')}
        value={draft.description}
        onChange={(description) => onDraft({ ...draft, description })}
        maxLength={200}
      />
    </>
  );
}
