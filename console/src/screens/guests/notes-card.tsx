/** What the house keeps in mind of a guest. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button, IconButton } from '../../design/buttons.tsx';
import { TextAreaField } from '../../design/fields.tsx';
import { Card } from '../../design/page.tsx';
import { Moment } from '../../design/texts.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { FailureNote } from '../order/failure-note.tsx';
import type { Guest } from './guest-types.ts';
import { useLimits } from '../lists/use-limits.ts';
import { words } from './words-guest.ts';

const AGAIN = ['GET /v1/customers/{id}', 'GET /v1/guests/{id}/timeline'] as const;
const TEXT_MAX = 2000;

type Note = Guest['notes'][number];

/** What NotesCard works with. What was typed stays while the past is looked at. */
function useNotes({ id }: Guest) {
  const t = useWords(words);
  const [text, setText] = useState('');
  const add = useCommand('POST /v1/customers/{id}/add-note', { again: AGAIN });
  const remove = useCommand('POST /v1/customers/{id}/remove-note', { again: AGAIN });
  const params = { id };
  const keep = (): void =>
    add.mutate(
      { params, body: { text: text.trim() } },
      {
        onSuccess: () => {
          setText('');
          toast(t('note-done'));
        },
      },
    );
  const bringBack = (kept: string): void => add.mutate({ params, body: { text: kept } });
  const drop = ({ noteId, text: kept }: Note): void =>
    remove.mutate(
      { params, body: { noteId } },
      {
        // A note whose text was erased cannot be brought back.
        onSuccess: () =>
          toast(t('note-removed'), kept === null ? {} : { undo: () => bringBack(kept) }),
      },
    );
  return { text, setText, keep, drop, isAdding: add.isPending, error: add.error ?? remove.error };
}

export function NotesCard({ guest }: { readonly guest: Guest }): ReactElement {
  const t = useWords(words);
  const limits = useLimits()('customers:write');
  const notes = useNotes(guest);
  const isOff = limits.disabled || guest.status !== 'active';
  return (
    <Card title={t('notes')}>
      <div className="flex flex-col gap-3">
        {guest.notes.length === 0 ? <p className="text-muted">{t('note-none')}</p> : null}
        {guest.notes.toReversed().map((note) => (
          <KeptNote
            key={note.noteId}
            note={note}
            onRemove={isOff ? null : () => notes.drop(note)}
          />
        ))}
        {isOff ? null : <NewNote notes={notes} />}
        <FailureNote error={notes.error} />
      </div>
    </Card>
  );
}

function KeptNote(props: {
  readonly note: Note;
  /** null where it cannot be removed now. */
  readonly onRemove: (() => void) | null;
}): ReactElement {
  const t = useWords(words);
  const { note, onRemove } = props;
  return (
    <div className="flex min-w-0 items-start gap-2 border-l-2 border-brass pl-3">
      <div className="min-w-0 flex-1">
        <p dir="auto" className="break-words whitespace-pre-wrap">
          {note.text ?? '–'}
        </p>
        <p className="text-12 text-muted">
          <Moment at={note.at} relative />
        </p>
      </div>
      {onRemove === null ? null : (
        <IconButton size="compact" icon="trash" label={t('remove')} onClick={onRemove} />
      )}
    </div>
  );
}

function NewNote({ notes }: { readonly notes: ReturnType<typeof useNotes> }): ReactElement {
  const t = useWords(words);
  return (
    <div className="flex flex-col items-start gap-2">
      <TextAreaField
        className="w-full"
        label={t('note-new')}
        rows={2}
        maxLength={TEXT_MAX}
        value={notes.text}
        onChange={notes.setText}
      />
      <Button isBusy={notes.isAdding} disabled={notes.text.trim() === ''} onClick={notes.keep}>
        {t('add')}
      </Button>
    </div>
  );
}
