/** What happened to one thing, oldest first, with the slider that shows it as it was after each event. */
import type { ReactElement } from 'react';
import { Button } from '../../design/buttons.tsx';
import { classes } from '../../design/classes.ts';
import { ErrorNote, Skeleton } from '../../design/marks.tsx';
import { DiffView, Moment, Mono } from '../../design/texts.tsx';
import { useWords } from '../../words/language.ts';
import { useGenericRead, type AggregateItem } from './generic-calls.ts';
import { isObject, labelOf } from './schema.ts';
import { words } from './words.ts';

interface HistoryItem {
  readonly version: number;
  readonly type: string;
  readonly at: string;
  readonly actor: string | null;
  readonly eventId: string;
  readonly changes: readonly {
    readonly at: string;
    readonly before?: unknown;
    readonly after?: unknown;
  }[];
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

export function Story({ aggregate, id, newest, version, onVersion }: StoryProps): ReactElement {
  const t = useWords(words);
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
  const items = itemsOf(history.data);
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
            shown={shown}
            onVersion={() => onVersion(item.version === newest ? null : item.version)}
          />
        ))}
      </ol>
    </div>
  );
}

function Entry({
  item,
  shown,
  onVersion,
}: {
  readonly item: HistoryItem;
  readonly shown: number;
  onVersion(): void;
}): ReactElement {
  const t = useWords(words);
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
        className="flex min-h-6 w-full min-w-0 items-baseline gap-3 text-left"
      >
        <span className="w-8 shrink-0 text-right text-12 text-muted">{item.version}</span>
        <span className={classes('min-w-0 flex-1 break-words', isShown && 'font-semibold')}>
          {labelOf(item.type)}
        </span>
        <span className="shrink-0 text-12 text-muted">
          <Moment at={item.at} />
        </span>
      </button>
      <div className="pl-11 text-12 text-muted">
        {t('story-changes', { count: item.changes.length })}
        {item.actor === null ? null : <> · {t('story-by', { actor: item.actor })}</>}
      </div>
      {isShown ? (
        <div className="flex flex-col gap-2 pt-2 pl-11">
          <DiffView before={sideOf(item, 'before')} after={sideOf(item, 'after')} />
          <Mono copy>{item.eventId}</Mono>
        </div>
      ) : null}
    </li>
  );
}

/** The changed fields alone, before or after, by their JSON Pointer. */
function sideOf(
  { changes }: HistoryItem,
  side: 'before' | 'after',
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    changes.filter((change) => side in change).map((change) => [change.at, change[side]]),
  );
}

function itemsOf(page: unknown): readonly HistoryItem[] {
  if (!isObject(page) || !Array.isArray(page['items'])) return [];
  // safe because every history of the description answers with these
  return page['items'] as readonly HistoryItem[];
}
