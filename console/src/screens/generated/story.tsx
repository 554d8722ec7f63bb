/** What happened to one thing, oldest first, with the slider that shows it as it was after each event. */
import { useMemo, type ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { classes } from '../../design/classes.ts';
import { ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Moment, Mono } from '../../design/texts.tsx';
import { eventSentence } from '../../words/event-words.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { readable } from '../../words/names/readable.ts';
import { useNaming } from '../../words/names/use-names.ts';
import { useSentenceNames } from '../events/use-sentence-names.ts';
import { ChangesView } from './changes-view.tsx';
import { useGenericRead, type AggregateItem } from './generic-calls.ts';
import { isObject } from './schema.ts';
import { factsOf, valuesInTurn, type Change } from './story-facts.ts';
import { useActors } from './use-actors.ts';
import { words } from './words.ts';

interface HistoryItem {
  readonly version: number;
  readonly type: string;
  readonly at: string;
  readonly actor: string | null;
  readonly eventId: string;
  readonly changes: readonly Change[];
}

export interface StoryProps {
  readonly aggregate: AggregateItem;
  readonly id: string;
  /** The newest version there is. */
  readonly newest: number;
  /** The version that is shown; null for the newest. */
  readonly version: number | null;
  onVersion(version: number | null): void;
}

/** The part of a long story around the shown version is enough; the slider leads to every other. */
const PAGE_EVENTS = 100;

export function Story(props: StoryProps): ReactElement {
  const { aggregate, id, newest, version } = props;
  const shown = version ?? newest;
  const after = Math.max(0, Math.floor((shown - 1) / PAGE_EVENTS) * PAGE_EVENTS);
  const history = useGenericRead(
    `GET ${aggregate.path}/{id}/history`,
    { params: { id }, query: { after, limit: PAGE_EVENTS } },
    { keep: true },
  );
  if (history.error !== null)
    return <ErrorNote error={history.error} onRetry={() => void history.refetch()} />;
  if (history.data === undefined) return <Skeleton lines={5} />;
  return <Told {...props} items={itemsOf(history.data)} />;
}

function Told({
  aggregate,
  id,
  newest,
  version,
  onVersion,
  items,
}: StoryProps & { readonly items: readonly HistoryItem[] }): ReactElement {
  const t = useWords(words);
  const shown = version ?? newest;
  const titles = useTitles({ aggregate, id }, items);
  if (items.length === 0) return <p className="text-muted">{t('story-empty')}</p>;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <label htmlFor="story-slider" className="flex justify-between gap-2 text-13">
          <span className="font-medium">{t('moment')}</span>
          <span className="text-muted">{t('moment-of', { version: shown, count: newest })}</span>
        </label>
        <input
          id="story-slider"
          type="range"
          min={1}
          max={Math.max(1, newest)}
          value={shown}
          onChange={(change) => {
            const next = Number(change.target.value);
            onVersion(next === newest ? null : next);
          }}
          className={classes('h-6 w-full', version === null ? 'accent-brand' : 'accent-brass')}
        />
        {version === null ? null : (
          <div>
            <Button size="compact" icon="undo" onClick={() => onVersion(null)}>
              {t('newest')}
            </Button>
          </div>
        )}
      </div>
      <ol className="flex flex-col">
        {items.toReversed().map((item) => (
          <Entry
            key={item.version}
            item={item}
            title={titles.get(item.version) ?? ''}
            shown={shown}
            onVersion={() => onVersion(item.version === newest ? null : item.version)}
          />
        ))}
      </ol>
    </div>
  );
}

/** A sentence for each event where its changes say enough, else the name of what happened. */
function useTitles(
  { aggregate, id }: Pick<StoryProps, 'aggregate' | 'id'>,
  items: readonly HistoryItem[],
): ReadonlyMap<number, string> {
  const language = useLanguage();
  const { names, zone } = useNaming();
  const { nameOf } = useSentenceNames();
  const { category, events } = aggregate;
  return useMemo(() => {
    const types = new Map(events.map(({ name, type }) => [name, type]));
    const told = valuesInTurn(items.map(({ changes }) => changes));
    return new Map(
      items.map(({ version, type }, turn) => {
        const event = {
          type: types.get(type) ?? type,
          data: told[turn],
          stream: `${category}/${id}`,
        };
        const title =
          eventSentence(event, language, { nameOf, zone }) ??
          names.event(event.type) ??
          readable(type);
        return [version, title];
      }),
    );
  }, [category, events, id, nameOf, zone, items, language, names]);
}

/** More are told by the open entry. */
const FACTS_MAX = 3;

function Entry({
  item,
  title,
  shown,
  onVersion,
}: {
  readonly item: HistoryItem;
  readonly title: string;
  readonly shown: number;
  onVersion(): void;
}): ReactElement {
  const t = useWords(words);
  const actorOf = useActors();
  const { zone } = useNaming();
  const facts = useMemo(() => factsOf(item.changes), [item.changes]);
  const isShown = item.version === shown;
  return (
    <li
      className={classes(
        'border-t border-line py-2 first:border-t-0',
        item.version > shown && 'opacity-60',
      )}
    >
      <button
        type="button"
        aria-pressed={isShown}
        onClick={onVersion}
        className="flex min-h-6 w-full min-w-0 flex-wrap items-baseline gap-x-3 text-left"
      >
        <span className="w-8 shrink-0 text-right text-12 text-muted">{item.version}</span>
        <span
          className={classes('min-w-0 flex-1 basis-40 break-words', isShown && 'font-semibold')}
        >
          {title}
        </span>
        <span className="shrink-0 text-12 text-muted max-sm:basis-full max-sm:pl-11">
          <Moment at={item.at} zone={zone} />
        </span>
      </button>
      <div className="flex min-w-0 flex-col gap-1 pl-11">
        {item.actor === null ? null : (
          <p className="text-12 text-muted">{t('story-by', { actor: actorOf(item.actor) })}</p>
        )}
        <ChangesView facts={facts} {...(isShown ? {} : { most: FACTS_MAX })} />
        {isShown ? <Mono copy>{item.eventId}</Mono> : null}
      </div>
    </li>
  );
}

function itemsOf(page: unknown): readonly HistoryItem[] {
  if (!isObject(page) || !Array.isArray(page['items'])) return [];
  // safe because every history of the description answers with these
  return page['items'] as readonly HistoryItem[];
}
