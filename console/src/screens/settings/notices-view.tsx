/** What is written to guests by itself: on which occasions, from which sender, with which template. */
import { useState, type ReactElement } from 'react';
import { CallFailed } from '../../../../src/client/client.ts';
import { client, useCommand, useRead } from '../../api/api.ts';
import { LinkButton } from '../../design/buttons.tsx';
import { TextField } from '../../design/fields.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { EditCard } from '../lists/edit-card.tsx';
import { words as editWords } from '../lists/edit-words.ts';
import type { Seen } from '../lists/give-on.ts';
import { useEdit, type Edit } from '../lists/use-edit.ts';
import { useLimits } from '../lists/use-limits.ts';
import { shaped } from '../order/order-types.ts';
import { NoticeLine } from './notice-line.tsx';
import {
  noticesFault,
  NOTHING_SET,
  REMINDER_HOURS,
  USES,
  waysOf,
  withWays,
  type NoticesValue,
} from './notices.ts';
import { words } from './notices-words.ts';
import { words as refusals } from './refusal-words.ts';
import { useWayChoices } from './use-way-choices.ts';

const READ = 'GET /v1/messages/settings/{id}';
const LIST = 'GET /v1/messages/settings';
const PARAMS = { id: 'main' };
const NOT_FOUND = 404;
const UNSET: Seen<NoticesValue> = { version: 0, part: NOTHING_SET };

function seenOf(answer: unknown): Seen<NoticesValue> {
  const { version, uses, reminderHours, linkBase } = shaped<
    Omit<NoticesValue, 'linkBase'> & {
      readonly version: number;
      readonly linkBase: string | null;
    }
  >(answer);
  return { version, part: { uses, reminderHours, linkBase: linkBase ?? '' } };
}

interface NoticesFormProps {
  readonly current: Seen<NoticesValue>;
  onSaved(): void;
}

export function NoticesView(): ReactElement {
  const { at } = useAsOf();
  const query = at === null ? {} : { query: { at } };
  const [isSaved, setSaved] = useState(false);
  // The list says whether they were ever set: asking for what is not there is an error.
  const known = useRead(LIST, { query: { limit: 1 } });
  const isSet = isSaved || (known.data?.items.length ?? 0) > 0;
  const read = useRead(READ, { params: PARAMS, ...query }, { enabled: isSet });
  const error = known.error ?? read.error;
  if (error !== null && error.status !== NOT_FOUND)
    return <ErrorNote error={error} onRetry={() => void (isSet ? read : known).refetch()} />;
  if (known.data === undefined) return <Skeleton lines={8} />;
  if (!isSet || read.error !== null)
    return <NoticesForm current={UNSET} onSaved={() => setSaved(true)} />;
  if (read.data === undefined) return <Skeleton lines={8} />;
  return <NoticesForm current={seenOf(read.data)} onSaved={() => setSaved(true)} />;
}

function useNoticesEdit({ current, onSaved }: NoticesFormProps): Edit<NoticesValue> {
  const te = useWords(editWords);
  const set = useCommand('POST /v1/messages/settings', {
    again: [READ, LIST],
  });
  return useEdit<NoticesValue>({
    current,
    readNewest: async () => {
      try {
        return seenOf((await client.call(READ, { params: PARAMS })).body);
      } catch (error) {
        if (error instanceof CallFailed && error.status === NOT_FOUND) return UNSET;
        throw error;
      }
    },
    // There is one of them, whose id is not named, so the version is named in the header itself.
    give: ({ uses, reminderHours, linkBase }, { ifMatch }) =>
      set.mutateAsync({
        headers: { 'if-match': `"${String(ifMatch)}"` },
        body: {
          uses,
          reminderHours: reminderHours ?? REMINDER_HOURS.first,
          linkBase: linkBase.trim() === '' ? null : linkBase.trim(),
        },
      }),
    onSaved: () => {
      toast(te('saved'));
      onSaved();
    },
  });
}

function NoticesForm(props: NoticesFormProps): ReactElement {
  const t = useWords(words);
  const limits = useLimits()('messages:settings');
  const edit = useNoticesEdit(props);
  const { value } = edit;
  const fault = noticesFault(value);
  const { min, max } = REMINDER_HOURS;
  return (
    <EditCard
      title={t('title')}
      text={t('text')}
      edit={edit}
      isReady={fault === null}
      limits={limits}
      refusals={refusals}
    >
      <Occasions value={value} isOff={limits.disabled} onChange={edit.set} />
      <div className="grid gap-3 border-t border-line pt-4 sm:grid-cols-2">
        <NumberField
          label={t('reminder')}
          hint={t('reminder-hint')}
          unit={t('hours')}
          min={min}
          max={max}
          error={fault === 'hours' ? t('fault-hours', { min, max }) : null}
          value={value.reminderHours}
          onChange={(reminderHours) => edit.set({ ...value, reminderHours })}
        />
        <TextField
          label={t('link')}
          hint={t('link-hint')}
          type="url"
          placeholder="https://example.com"
          error={fault === 'link' ? t('fault-link') : null}
          value={value.linkBase}
          onChange={(linkBase) => edit.set({ ...value, linkBase })}
        />
      </div>
    </EditCard>
  );
}

function Occasions(props: {
  readonly value: NoticesValue;
  readonly isOff: boolean;
  onChange(value: NoticesValue): void;
}): ReactElement | null {
  const t = useWords(words);
  const choices = useWayChoices();
  const { value, isOff, onChange } = props;
  if (choices.isLoading) return null;
  if (choices.senders.length === 0)
    return (
      <EmptyState
        icon="send"
        title={t('empty-title')}
        text={t('empty-text')}
        action={<LinkButton to="/messages">{t('to-messages')}</LinkButton>}
      />
    );
  return (
    <ul className="flex flex-col">
      {USES.map((use) => (
        <NoticeLine
          key={use}
          use={use}
          value={waysOf(value, use)}
          choices={choices}
          isOff={isOff}
          onChange={(ways) => onChange(withWays(value, use, ways))}
        />
      ))}
    </ul>
  );
}
