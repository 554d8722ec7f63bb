/** What happened to an order, newest first; each step shows the order as it was then. */
import type { ReactElement } from 'react';
import { classes } from '../../design/classes.ts';
import { Moment } from '../../design/texts.tsx';
import { useWords } from '../../words/language.ts';
import { useEventNames } from '../../words/names/use-event-names.ts';
import { useActors } from '../generated/use-actors.ts';
import { words, type OrderWord } from './words.ts';

export interface StoryItem {
  readonly version: number;
  readonly eventId: string;
  readonly type: string;
  readonly at: string;
  readonly actor: string | null;
}

export function Story(props: {
  readonly items: readonly StoryItem[];
  readonly version: number;
  readonly zone: string;
  onVersion(version: number): void;
}): ReactElement {
  const t = useWords(words);
  const actorOf = useActors();
  const eventNameOf = useEventNames();
  const { items, version, zone, onVersion } = props;
  const what = (type: string): string =>
    Object.hasOwn(words.en, type) ? t(known(type)) : eventNameOf(type);
  return (
    <ol className="-mx-2 flex flex-col">
      {items.toReversed().map((item) => {
        const isShown = item.version === version;
        return (
          <li key={item.eventId}>
            <button
              type="button"
              aria-current={isShown ? 'step' : undefined}
              onClick={() => onVersion(item.version)}
              className={classes(
                'flex w-full min-w-0 items-baseline gap-3 rounded-control px-2 py-2 text-left hover:bg-sunken',
                isShown && 'bg-brass-soft',
                item.version > version && 'text-muted',
              )}
            >
              <span className="w-6 shrink-0 text-right text-12 text-muted-on-soft">
                {item.version}
              </span>
              <span className="min-w-0 flex-1">
                {what(item.type)}
                {item.actor === null ? null : (
                  <span dir="auto" className="block truncate text-12 text-muted-on-soft">
                    {t('by', { who: actorOf(item.actor) })}
                  </span>
                )}
              </span>
              <span className="shrink-0 text-12 text-muted-on-soft">
                <Moment at={item.at} zone={zone} />
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

function known(type: string): OrderWord {
  // safe because it is called for own keys of the table only
  return type as OrderWord;
}
