/** The refused event as somebody mends it: sent as a new one, with the refused one as its cause. */
import { useState, type ReactElement } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { client, readAgain } from '../../api/api.ts';
import { Button, ErrorNote, Skeleton, TextAreaField, toast } from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import { mendedDraft, problemOf, retryBody, type DeadLetter } from './groups.ts';
import { useLetterText } from './use-letter-text.ts';
import { words } from './words.ts';

export interface EditLetterProps {
  readonly letter: DeadLetter;
  readonly mayWrite: boolean;
}

export function EditLetter({ letter, mayWrite }: EditLetterProps): ReactElement {
  // One id for as long as it is open: sent twice it is one event.
  const [newId] = useState(() => crypto.randomUUID());
  const read = useLetterText(letter.id);
  if (read.error !== null)
    return <ErrorNote error={read.error} onRetry={() => void read.refetch()} />;
  if (read.data === undefined) return <Skeleton lines={6} />;
  const draft = mendedDraft(read.data, { eventId: letter.eventId, newId });
  return <Editor letter={letter} mayWrite={mayWrite} draft={draft} />;
}

function Editor({
  letter,
  mayWrite,
  draft,
}: EditLetterProps & { readonly draft: string }): ReactElement {
  const t = useWords(words);
  const [text, setText] = useState(draft);
  const [error, setError] = useState<CallFailed | null>(null);
  const [isSending, setSending] = useState(false);
  const problem = problemOf(text);
  const send = async (): Promise<void> => {
    if (isSending || problem !== null) return;
    setSending(true);
    setError(null);
    try {
      await client.call('POST /v1/events/rejected/{id}/retry', {
        params: { id: letter.id },
        headers: { 'content-type': 'application/json' },
        // safe because it is the JSON text of such a body
        body: retryBody(text) as unknown as { event: Record<string, unknown> },
      });
      toast(t('retry-done'));
      await readAgain('GET /v1/events/rejected', 'GET /v1/events/rejected/{id}');
    } catch (failure) {
      // safe because the client throws nothing else
      setError(failure as CallFailed);
    } finally {
      setSending(false);
    }
  };
  return (
    <section className="flex flex-col gap-3 rounded-card border border-line p-4">
      <h3 className="text-14">{t('edit-title')}</h3>
      <p className="text-13 text-muted">{t('edit-text')}</p>
      <TextAreaField
        label={t('edit-event')}
        value={text}
        onChange={setText}
        rows={12}
        isMono
        error={problem === null ? null : t(`problem-${problem}`)}
      />
      {error === null ? null : <ErrorNote error={error} />}
      <div>
        <Button
          kind="primary"
          icon="events"
          disabled={!mayWrite || problem !== null}
          reason={mayWrite ? undefined : t('no-permission')}
          isBusy={isSending}
          onClick={() => void send()}
        >
          {t('send-edited')}
        </Button>
      </div>
    </section>
  );
}
