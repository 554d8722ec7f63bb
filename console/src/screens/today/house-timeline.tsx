/** Everything that happens in the house, in plain words, the newest first. */
import { useState, type ReactElement } from 'react';
import { Button, TextLink } from '../../design/buttons.tsx';
import { Card } from '../../design/page.tsx';
import { Skeleton } from '../../design/marks.tsx';
import { Timeline } from '../../design/timeline.tsx';
import { eventWords, type EventNames } from '../../words/event-words.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useSentenceNames } from '../events/use-sentence-names.ts';
import type { HouseEvent, HouseEvents } from './use-house-events.ts';
import { words } from './words.ts';

const SHOWN = 25;

export function HouseTimeline({
  house,
  zone,
}: {
  readonly house: HouseEvents;
  readonly zone: string;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const [held, setHeld] = useState<readonly HouseEvent[] | null>(null);
  const events = (held ?? house.events).slice(0, SHOWN);
  // Most events of an order know its id alone; those around them tell its number.
  const names: EventNames = { ...useSentenceNames(house.events), zone };
  const since =
    held === null ? 0 : house.events.findIndex(({ position }) => position === held[0]?.position);
  return (
    <Card
      title={t('timeline')}
      actions={
        <>
          {since > 0 ? (
            <output className="text-12 text-muted">{t('timeline-held', { count: since })}</output>
          ) : null}
          <Button
            size="compact"
            icon={held === null ? 'pause' : 'play'}
            onClick={() => setHeld(held === null ? house.events : null)}
          >
            {held === null ? t('pause') : t('resume')}
          </Button>
          <TextLink to="/events" className="text-13">
            {t('all-events')}
          </TextLink>
        </>
      }
    >
      {events.length > 0 ? (
        <Timeline
          zone={zone}
          only="time"
          items={events.map((event) => ({
            id: event.position,
            at: event.recordedtime,
            words: eventWords(event, language, names),
            href: event.stream === undefined ? undefined : `/streams/${event.stream}`,
          }))}
        />
      ) : house.isLoaded ? (
        <p className="text-muted">{t('timeline-empty')}</p>
      ) : (
        <Skeleton lines={5} />
      )}
    </Card>
  );
}
