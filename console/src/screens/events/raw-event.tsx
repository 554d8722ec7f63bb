/** The event as the bytes that the server sends: numbers keep digits that a browser would round. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { CommandLine, CopyButton, ErrorNote, Skeleton } from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import { eventCurl } from './event-places.ts';
import type { EventJson } from './read-events.ts';
import { eventDetailWords } from './words-event.ts';

export function RawEvent({ event }: { readonly event: EventJson }): ReactElement {
  const t = useWords(eventDetailWords);
  const { id, source } = event;
  const raw = useQuery({
    queryKey: ['raw event', source, id],
    staleTime: Number.POSITIVE_INFINITY,
    // Not through the client, which parses what it gets.
    queryFn: async ({ signal }) => {
      const search = new URLSearchParams({ id, source, limit: '1' }).toString();
      const answer = await fetch(`/v1/events?${search}`, {
        headers: { accept: 'application/json' },
        signal,
      });
      if (!answer.ok) throw new Error(`HTTP ${String(answer.status)}`);
      return eventTextOf(await answer.text());
    },
  });
  if (raw.error !== null) return <ErrorNote error={raw.error} onRetry={() => void raw.refetch()} />;
  if (raw.data === undefined) return <Skeleton lines={5} />;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-13 text-muted">{t('raw-text')}</p>
      <div className="relative rounded-control border border-line bg-sunken">
        <div className="absolute top-1 right-1">
          <CopyButton text={raw.data} />
        </div>
        <pre className="max-h-[60vh] overflow-auto p-3 pr-10 text-12 break-all whitespace-pre-wrap">
          {raw.data}
        </pre>
      </div>
      <CommandLine command={eventCurl(event, location.origin)} />
    </div>
  );
}

/** The one event within the text of a page. */
export function eventTextOf(page: string): string {
  const start = '{"events":['.length;
  const end = page.lastIndexOf('],"next":');
  return end > start ? page.slice(start, end) : page;
}
