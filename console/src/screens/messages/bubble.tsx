/** One message in a thread; of the house with what became of it, and with the two ways out where nobody knows. */
import type { ReactElement } from 'react';
import { useCommand, useRead } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { classes } from '../../design/classes.ts';
import { Badge } from '../../design/marks.tsx';
import { Moment, useNow } from '../../design/texts.tsx';
import { toast } from '../../design/toasts.tsx';
import { formatMoment } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useLimits } from '../lists/use-limits.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { shaped } from '../order/order-types.ts';
import { kindOf } from './conversation-names.ts';
import {
  filled,
  STATUS_TONES,
  type Bubble,
  type MessageRow,
  type TemplateRow,
} from './conversation-types.ts';
import { words } from './words-conversations.ts';

const LOOK_AGAIN_MS = 10_000;
const AGAIN = { again: ['GET /v1/messages'] } as const;

export function BubbleOf({ bubble }: { readonly bubble: Bubble }): ReactElement {
  const isOurs = bubble.from === 'house';
  return (
    <li className={classes('flex min-w-0 flex-col gap-1', isOurs ? 'items-end' : 'items-start')}>
      <div
        className={classes(
          'max-w-[min(36rem,88%)] min-w-0 rounded-card px-3 py-2 break-words whitespace-pre-wrap',
          isOurs ? 'bg-brand-soft' : 'bg-sunken',
        )}
      >
        <Words bubble={bubble} />
      </div>
      <div className="flex max-w-full flex-wrap items-center gap-2 text-12 text-muted">
        <Moment at={bubble.at} only="time" />
        {bubble.message === null ? null : <Status message={bubble.message} />}
      </div>
      {bubble.message?.status === 'unknown' ? <Unknown message={bubble.message} /> : null}
    </li>
  );
}

function Words({ bubble }: { readonly bubble: Bubble }): ReactElement {
  const t = useWords(words);
  const { text, message, kind, from, messageId } = bubble;
  if (text !== null && text !== '') return <p dir="auto">{text}</p>;
  // Answers by template, and what left beside the answers, keep their words with the message.
  if (from === 'house' && message !== null) return <SentText id={messageId} />;
  return <p className="text-muted-on-soft italic">{kindOf(kind, t)}</p>;
}

interface SentMessage {
  readonly request: {
    readonly text: string | null;
    readonly subject: string | null;
    readonly template: {
      readonly id: string;
      readonly language: string;
      readonly variables: Readonly<Record<string, string>> | null;
    } | null;
  } | null;
}

/** The words of a message that the thread does not hold: read with the message itself, which never changes them. */
function SentText({ id }: { readonly id: string }): ReactElement {
  const t = useWords(words);
  const read = useRead('GET /v1/messages/{id}', { params: { id } });
  const request = shaped<SentMessage | undefined>(read.data)?.request ?? null;
  const template = request?.template ?? null;
  const texts = useRead(
    'GET /v1/messages/templates/{id}',
    { params: { id: template?.id ?? '' } },
    { enabled: template !== null },
  );
  const form = shaped<Pick<TemplateRow, 'name' | 'texts'> | undefined>(texts.data);
  const text = form?.texts.find(({ language }) => language === template?.language);
  const body =
    request?.text ?? (text === undefined ? null : filled(text.body, template?.variables ?? {}));
  return (
    <>
      {template === null ? null : (
        <p className="pb-1 text-12 text-muted-on-soft">
          {t('template')}
          {form === undefined ? null : <bdi>{` · ${form.name}`}</bdi>}
        </p>
      )}
      {body === null ? (
        <p className="text-muted-on-soft italic">{t('kind-other')}</p>
      ) : (
        <p dir="auto">{body}</p>
      )}
      <FailureNote error={read.error ?? texts.error} />
    </>
  );
}

function Status({ message }: { readonly message: MessageRow }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { status, reason, heldUntil } = message;
  const why = reason === null || status === 'unknown' ? null : reasonOf(reason, t);
  const until = status === 'held' && heldUntil !== null ? heldUntil : null;
  return (
    <>
      <Badge tone={STATUS_TONES[status]}>{t(status === 'sent' ? 'status-sent' : status)}</Badge>
      {why === null && until === null ? null : (
        <span className="min-w-0 break-words">
          {[why, until === null ? null : t('held-until', { time: formatMoment(until, language) })]
            .filter((each) => each !== null)
            .join(' · ')}
        </span>
      )}
      {status === 'requested' || status === 'held' ? <TakeBack id={message.id} /> : null}
    </>
  );
}

/** In words where there are some; codes of a provider stand as they are. */
function reasonOf(reason: string, t: (key: 'why-expired') => string): string {
  const key = `why-${reason}`;
  // safe because the words have the key
  return Object.hasOwn(words.en, key) ? t(key as 'why-expired') : reason;
}

function TakeBack({ id }: { readonly id: string }): ReactElement {
  const t = useWords(words);
  const limits = useLimits()('messages:send');
  const cancel = useCommand('POST /v1/messages/{id}/cancel', AGAIN);
  return (
    <>
      {limits.disabled ? null : (
        <Button
          size="compact"
          isBusy={cancel.isPending}
          onClick={() => cancel.mutate({ params: { id }, body: {} })}
        >
          {t('take-back')}
        </Button>
      )}
      <FailureNote error={cancel.error} />
    </>
  );
}

/** Nobody knows whether it arrived: a person decides, once no status can be expected any more. */
function Unknown({ message }: { readonly message: MessageRow }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const limits = useLimits()('messages:settle');
  const nowMs = useNow(LOOK_AGAIN_MS);
  const resend = useCommand('POST /v1/messages/{id}/resend', AGAIN);
  const giveUp = useCommand('POST /v1/messages/{id}/give-up', AGAIN);
  const { decideFrom, id } = message;
  const waits = decideFrom !== null && Date.parse(decideFrom) > nowMs ? decideFrom : null;
  const wait =
    waits === null
      ? null
      : t('unknown-wait', { time: formatMoment(waits, language, { timeStyle: 'short' }) });
  const blocked = wait === null ? limits : { disabled: true, reason: wait };
  const given = { params: { id }, body: {} };
  return (
    <div className="flex max-w-[min(36rem,100%)] flex-col gap-2 rounded-control border border-brass bg-brass-soft p-3">
      <p className="text-13">{t('unknown-text')}</p>
      {wait === null ? null : <p className="text-13">{wait}</p>}
      <div className="flex flex-wrap gap-2">
        <Button
          size="compact"
          icon="refresh"
          {...blocked}
          isBusy={resend.isPending}
          onClick={() => resend.mutate(given, { onSuccess: () => toast(t('resend-done')) })}
        >
          {t('resend')}
        </Button>
        <Button
          size="compact"
          {...blocked}
          isBusy={giveUp.isPending}
          onClick={() => giveUp.mutate(given, { onSuccess: () => toast(t('give-up-done')) })}
        >
          {t('give-up')}
        </Button>
      </div>
      <FailureNote error={resend.error ?? giveUp.error} />
    </div>
  );
}
