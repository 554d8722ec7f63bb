/** What an event changed: in the state of its stream, and against the event before it. */
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { DiffView, ErrorNote, Skeleton } from '../../design/index.ts';
import { eventWords } from '../../words/event-words.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { streamNameOf, type StreamName } from './event-places.ts';
import type { EventJson } from './read-events.ts';
import { useSentenceNames } from './use-sentence-names.ts';
import { eventDetailWords } from './words-event.ts';

export function EventDiff({ event }: { readonly event: EventJson }): ReactElement {
  const t = useWords(eventDetailWords);
  const stream = streamNameOf(event.stream);
  if (stream === null || event.streamversion === undefined)
    return <p className="text-muted">{t('diff-none')}</p>;
  return (
    <div className="flex flex-col gap-6">
      <StateChanges stream={stream} version={event.streamversion} />
      <AgainstBefore stream={stream} version={event.streamversion} event={event} />
    </div>
  );
}

interface Placed {
  readonly stream: StreamName;
  readonly version: number;
}

function StateChanges({ stream, version }: Placed): ReactElement {
  const t = useWords(eventDetailWords);
  const history = useRead('GET /v1/streams/{category}/{id}/history', {
    params: { ...stream },
    query: { after: version - 1, limit: 1 },
  });
  if (history.isLoading) return <Skeleton lines={3} />;
  const changes = history.data?.items[0]?.changes;
  // Streams of no module, and those that this person may not read, have events only.
  if (changes === undefined) return <p className="text-muted">{t('state-unknown')}</p>;
  const side = (name: 'before' | 'after'): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      changes.filter((change) => name in change).map((change) => [change.at, change[name]]),
    );
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-14">{t('state-changes', { count: changes.length })}</h3>
      {changes.length === 0 ? null : <DiffView before={side('before')} after={side('after')} />}
    </section>
  );
}

function AgainstBefore({
  stream,
  version,
  event,
}: Placed & { readonly event: EventJson }): ReactElement {
  const t = useWords(eventDetailWords);
  const language = useLanguage();
  const names = useSentenceNames();
  const before = useRead(
    'GET /v1/streams/{category}/{id}',
    { params: { ...stream }, query: { after: version - 2, limit: 1 } },
    { enabled: version > 1 },
  );
  if (version === 1) return <p className="text-muted">{t('diff-first')}</p>;
  if (before.error !== null)
    return <ErrorNote error={before.error} onRetry={() => void before.refetch()} />;
  const [earlier] = before.data?.events ?? [];
  if (earlier === undefined) return <Skeleton lines={3} />;
  return (
    <section className="flex flex-col gap-2">
      <h3 dir="auto" className="text-14 break-words">
        {t('diff-text', { before: eventWords(earlier, language, names) })}
      </h3>
      <DiffView
        before={{ type: earlier.type, data: earlier.data }}
        after={{ type: event.type, data: event.data }}
      />
    </section>
  );
}
