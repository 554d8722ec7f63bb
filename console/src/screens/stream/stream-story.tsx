/** The events of a stream in words; a click goes to the version each made. */
import type { ReactElement } from 'react';
import { Button, classes, Moment, TextLink } from '../../design/index.ts';
import { eventWords, type EventNames } from '../../words/event-words.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useActors } from '../generated/use-actors.ts';
import { attributeOf } from '../events/event-places.ts';
import type { EventJson } from '../events/read-events.ts';
import { useStreamNames } from './use-stream-names.ts';
import type { StreamRead } from './use-stream.ts';
import { words } from './words.ts';

export interface StreamStoryProps {
  readonly read: StreamRead;
  readonly shown: number;
  onVersion(version: number): void;
}

export function StreamStory({ read, shown, onVersion }: StreamStoryProps): ReactElement {
  const t = useWords(words);
  const names = useStreamNames(read);
  const last = read.events.at(-1)?.streamversion ?? read.firstVersion;
  return (
    <div className="flex flex-col gap-1">
      {read.hasLater ? (
        <Button size="compact" icon="chevron-up" onClick={() => onVersion(last + 1)}>
          {t('page-later')}
        </Button>
      ) : null}
      <ol className="flex flex-col">
        {read.events.toReversed().map((event) => (
          <Entry key={event.id} event={event} names={names} shown={shown} onVersion={onVersion} />
        ))}
      </ol>
      {read.firstVersion > 1 ? (
        <Button size="compact" icon="chevron-down" onClick={() => onVersion(read.firstVersion - 1)}>
          {t('page-earlier')}
        </Button>
      ) : null}
    </div>
  );
}

function Entry({
  event,
  names,
  shown,
  onVersion,
}: Omit<StreamStoryProps, 'read'> & {
  readonly event: EventJson;
  readonly names: EventNames;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const version = event.streamversion ?? 0;
  const isShown = version === shown;
  const actor = attributeOf(event, 'actor');
  const actorOf = useActors();
  return (
    <li
      className={classes('border-t border-line first:border-t-0', version > shown && 'text-muted')}
    >
      <button
        type="button"
        aria-pressed={isShown}
        onClick={() => onVersion(version)}
        className={classes(
          'flex w-full min-w-0 items-baseline gap-3 rounded-control px-2 py-2 text-left hover:bg-sunken',
          isShown && 'bg-brand-soft hover:bg-brand-soft',
        )}
      >
        <span className="w-7 shrink-0 text-right text-12 text-muted-on-soft">{version}</span>
        <span className="min-w-0 flex-1">
          <span dir="auto" className={classes('block break-words', isShown && 'font-semibold')}>
            {eventWords(event, language, names)}
          </span>
          <span className="block truncate text-12 text-muted-on-soft">
            {actor === null || actor === undefined ? event.source : actorOf(actor)}
          </span>
        </span>
        <span className="shrink-0 text-12 text-muted-on-soft">
          <Moment at={event.recordedtime} zone={names.zone} />
        </span>
      </button>
      {isShown ? (
        <p className="pb-2 pl-12 text-13">
          <TextLink
            className="inline-flex min-h-6 items-center"
            to="/events"
            search={{ q: `stream:${event.stream ?? ''}`, event: event.id, source: event.source }}
          >
            {t('open-event')}
          </TextLink>
        </p>
      ) : null}
    </li>
  );
}
