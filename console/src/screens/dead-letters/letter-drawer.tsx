/** One dead letter: why it was refused and what was sent. */
import { useState, type ReactElement } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import {
  Badge,
  Button,
  ConfirmDialog,
  Drawer,
  ErrorNote,
  Facts,
  JsonText,
  LinkButton,
  Moment,
  Mono,
  Skeleton,
  toast,
  type Tone,
} from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import { codeWords } from './code-words.ts';
import { useDetailWords } from './use-details.ts';
import { EditLetter } from './edit-letter.tsx';
import { memberText } from './exact-text.ts';
import type { DeadLetter } from './groups.ts';
import { useSettle, type Settling } from './use-settle.ts';
import { useLetterText } from './use-letter-text.ts';
import { words } from './words.ts';

const TONES: Readonly<Record<DeadLetter['status'], Tone>> = {
  open: 'waiting',
  retried: 'good',
  discarded: 'plain',
};

export function LetterStatus({ status }: Pick<DeadLetter, 'status'>): ReactElement {
  const t = useWords(words);
  return <Badge tone={TONES[status]}>{t(`status-${status}`)}</Badge>;
}

export interface LetterDrawerProps {
  readonly letter: DeadLetter | null;
  readonly mayWrite: boolean;
  onClose(): void;
}

export function LetterDrawer({ letter, mayWrite, onClose }: LetterDrawerProps): ReactElement {
  const detail = letter?.detail ?? '';
  const said = useDetailWords([detail]);
  return (
    <Drawer title={said(detail)} isOpen={letter !== null} onClose={onClose} width="wide">
      {letter === null ? null : <Letter key={letter.id} letter={letter} mayWrite={mayWrite} />}
    </Drawer>
  );
}

function Letter({
  letter,
  mayWrite,
}: {
  readonly letter: DeadLetter;
  readonly mayWrite: boolean;
}): ReactElement {
  const t = useWords(words);
  const [wantsEdit, setEditing] = useState(false);
  const isEditing = wantsEdit && letter.status === 'open';
  return (
    <div className="flex flex-col gap-4">
      <LetterFacts letter={letter} />
      {letter.status === 'open' ? (
        <Commands
          letter={letter}
          mayWrite={mayWrite}
          isEditing={isEditing}
          onEdit={() => setEditing(!isEditing)}
        />
      ) : null}
      {letter.status === 'retried' ? (
        <div>
          <LinkButton
            to="/events"
            icon="events"
            search={{ q: `id:${letter.storedEventId ?? letter.eventId}` }}
          >
            {t('where-stored')}
          </LinkButton>
        </div>
      ) : null}
      {isEditing ? <EditLetter letter={letter} mayWrite={mayWrite} /> : null}
      <section className="flex flex-col gap-2">
        <h3 className="text-14">{t('sent')}</h3>
        {letter.event === null ? (
          <p className="text-muted">{t('gone')}</p>
        ) : (
          <SentEvent letter={letter} />
        )}
      </section>
    </div>
  );
}

/** Digit by digit as it was sent. */
function SentEvent({ letter }: { readonly letter: DeadLetter }): ReactElement {
  const read = useLetterText(letter.id);
  if (read.error !== null)
    return <ErrorNote error={read.error} onRetry={() => void read.refetch()} />;
  if (read.data === undefined) return <Skeleton lines={6} />;
  return <JsonText text={memberText(read.data, 'event') ?? 'null'} />;
}

function LetterFacts({ letter }: { readonly letter: DeadLetter }): ReactElement {
  const t = useWords(words);
  const said = useDetailWords([letter.detail]);
  return (
    <Facts
      facts={[
        [t('column-status'), <LetterStatus key="status" status={letter.status} />],
        [t('column-detail'), said(letter.detail)],
        [
          t('code'),
          <span key="code" className="flex min-w-0 flex-wrap items-baseline gap-x-2">
            {codeWords(letter.code, t)}
            <Mono>{letter.code}</Mono>
          </span>,
        ],
        [t('column-type'), <Mono key="type">{letter.type}</Mono>],
        [t('column-source'), <Mono key="source">{letter.source}</Mono>],
        [
          t('event-id'),
          <Mono key="id" copy>
            {letter.eventId}
          </Mono>,
        ],
        [t('column-time'), <Moment key="time" at={letter.createdAt} />],
        [t('attempts'), letter.attempts],
      ]}
    />
  );
}

function Commands({
  letter,
  mayWrite,
  isEditing,
  onEdit,
}: {
  readonly letter: DeadLetter;
  readonly mayWrite: boolean;
  readonly isEditing: boolean;
  onEdit(): void;
}): ReactElement {
  const t = useWords(words);
  const settle = useSettle();
  const [error, setError] = useState<CallFailed | null>(null);
  const [isAsking, setAsking] = useState(false);
  const reason = mayWrite ? undefined : t('no-permission');
  const give = async (how: Settling): Promise<void> => {
    setError(null);
    const settled = await settle.give([letter], how);
    setAsking(false);
    setError(settled.error);
    if (settled.error === null) toast(t(how === 'retry' ? 'retry-done' : 'discard-done'));
  };
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button
          kind="primary"
          icon="refresh"
          disabled={!mayWrite}
          reason={reason}
          isBusy={settle.running !== null}
          onClick={() => void give('retry')}
        >
          {t('retry')}
        </Button>
        <Button icon="edit" isPressed={isEditing} onClick={onEdit}>
          {t('edit')}
        </Button>
        <Button icon="trash" disabled={!mayWrite} reason={reason} onClick={() => setAsking(true)}>
          {t('discard')}
        </Button>
      </div>
      {error === null ? null : <ErrorNote error={error} />}
      <ConfirmDialog
        title={t('discard-title', { count: 1 })}
        text={t('discard-text')}
        word={t('discard-word')}
        action={t('discard')}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => give('discard')}
      />
    </>
  );
}
