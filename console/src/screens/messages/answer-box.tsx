/** The answer: free text while it is allowed, else a template. What was typed stays until the server has it. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { TextAreaField, TextField } from '../../design/fields.tsx';
import { Icon } from '../../design/icons.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { useLimits } from '../lists/use-limits.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { REPLY_AGAIN } from './conversation-names.ts';
import type { Conversation } from './conversation-types.ts';
import { DemoNote } from './demo-note.tsx';
import { TemplateAnswer } from './template-answer.tsx';
import { useWindowLeft } from './window-mark.tsx';
import { words } from './words-conversations.ts';

/** Of the server. */
const TEXT_MAX = 4096;
const SUBJECT_MAX = 200;

/** For the tab's life: whoever looks at another conversation finds what they had begun. */
const begun = new Map<string, Draft>();

interface Draft {
  readonly text: string;
  readonly subject: string;
}

export function AnswerBox({ conversation }: { readonly conversation: Conversation }): ReactElement {
  const t = useWords(words);
  const leftMs = useWindowLeft(conversation);
  const [way, setWay] = useState<'write' | 'template'>('write');
  const isFree = leftMs === null || leftMs > 0;
  if (conversation.address === null) return <Note icon="lock" text={t('erased-text')} />;
  if (conversation.optedOut && leftMs === 0)
    return <Note icon="bell-off" text={`${t('opted-out-text')} ${t('opted-out-closed')}`} />;
  return (
    <section aria-label={t('answer')} className="flex min-w-0 flex-col gap-3">
      {conversation.optedOut ? (
        <Note icon="bell-off" text={`${t('opted-out-text')} ${t('opted-out-window')}`} />
      ) : null}
      <DemoNote />
      {isFree ? (
        <Tabs
          label={t('answer')}
          value={way}
          onChange={setWay}
          tabs={[
            { value: 'write', label: t('write') },
            { value: 'template', label: t('use-template') },
          ]}
        />
      ) : (
        <Note icon="clock" text={t('window-over')} />
      )}
      {/* What was typed stays when the other way is looked at, and when the window closes meanwhile. */}
      <div hidden={!isFree || way !== 'write'}>
        <FreeText conversation={conversation} />
      </div>
      {!isFree || way === 'template' ? <TemplateAnswer conversation={conversation} /> : null}
    </section>
  );
}

function Note({
  icon,
  text,
}: {
  readonly icon: 'lock' | 'bell-off' | 'clock';
  readonly text: string;
}): ReactElement {
  return (
    <p className="flex gap-2 rounded-control border border-brass bg-brass-soft px-3 py-2 text-13">
      <Icon name={icon} className="mt-0.5 shrink-0 text-brass-text" />
      <span className="min-w-0">{text}</span>
    </p>
  );
}

function useDraft(id: string) {
  const [draft, setDraft] = useState<Draft>(() => begun.get(id) ?? { text: '', subject: '' });
  const change = (next: Draft): void => {
    begun.set(id, next);
    setDraft(next);
  };
  return { draft, change };
}

function useFreeText({ id, channel }: Conversation) {
  const t = useWords(words);
  const limits = useLimits()('messages:reply');
  const { draft, change } = useDraft(id);
  const reply = useCommand('POST /v1/messages/conversations/{id}/reply', { again: REPLY_AGAIN });
  const needsSubject = channel === 'email';
  const [text, subject] = [draft.text.trim(), draft.subject.trim()];
  const isReady = text !== '' && (!needsSubject || subject !== '') && !limits.disabled;
  const send = (): void => {
    if (!isReady || reply.isPending) return;
    reply.mutate(
      { params: { id }, body: { text, ...(needsSubject ? { subject } : {}) } },
      {
        onSuccess: () => {
          change({ text: '', subject: draft.subject });
          toast(t('sent'));
        },
      },
    );
  };
  return { draft, change, reply, needsSubject, isReady, send, reason: limits.reason };
}

function FreeText({ conversation }: { readonly conversation: Conversation }): ReactElement {
  const t = useWords(words);
  const { draft, change, reply, needsSubject, isReady, send, reason } = useFreeText(conversation);
  return (
    // Its fields hear the keys first; those of the form are an extra beside the button.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className="flex min-w-0 flex-col gap-3"
      onSubmit={(submit) => {
        submit.preventDefault();
        send();
      }}
      // Enter alone begins a line, as in every letter.
      onKeyDown={(press) => {
        if (press.key === 'Enter' && (press.ctrlKey || press.metaKey)) send();
      }}
    >
      {needsSubject ? (
        <TextField
          label={t('subject')}
          required
          maxLength={SUBJECT_MAX}
          value={draft.subject}
          onChange={(next) => change({ ...draft, subject: next })}
        />
      ) : null}
      <TextAreaField
        label={t('answer')}
        hint={t('answer-hint')}
        rows={3}
        maxLength={TEXT_MAX}
        value={draft.text}
        onChange={(next) => change({ ...draft, text: next })}
      />
      <FailureNote error={reply.error} />
      <div className="flex justify-end">
        <Button
          kind="primary"
          type="submit"
          icon="send"
          disabled={!isReady}
          reason={reason}
          isBusy={reply.isPending}
        >
          {t('send')}
        </Button>
      </div>
    </form>
  );
}
