/**
 * Cause and effect as a tree: the first command on top, the events that led here one below the other, then what policies
 * answered. Each effect opens its own effects where it stands.
 */
import { useState, type ReactElement, type ReactNode } from 'react';
import type { Operations } from '../../../../src/client/client.ts';
import { useRead } from '../../api/api.ts';
import { Button, classes, ErrorNote, Icon, Moment, Skeleton } from '../../design/index.ts';
import { eventWords } from '../../words/event-words.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import type { EventJson } from './read-events.ts';
import { useSentenceNames } from './use-sentence-names.ts';
import { eventDetailWords } from './words-event.ts';

export type ChainLink = Operations['GET /v1/events/{id}/chain']['answer']['event'];
type Open = (event: { readonly id: string; readonly source: string }) => void;

export function ChainTree({
  event,
  onOpenEvent,
}: {
  readonly event: EventJson;
  onOpenEvent: Open;
}): ReactElement {
  const t = useWords(eventDetailWords);
  const chain = useRead('GET /v1/events/{id}/chain', {
    params: { id: event.id },
    query: { source: event.source },
  });
  if (chain.error !== null)
    return <ErrorNote error={chain.error} onRetry={() => void chain.refetch()} />;
  if (chain.data === undefined) return <Skeleton lines={6} />;
  const { causes, rootFound } = chain.data;
  const path = [...causes.toReversed(), chain.data.event];
  return (
    <div className="flex flex-col gap-2">
      <Root first={path[0] ?? chain.data.event} isFound={rootFound} />
      <Path links={path} at={event} onOpenEvent={onOpenEvent} />
      {chain.data.effects.length === 0 && !chain.data.more ? (
        <p className="pl-6 text-13 text-muted">{t('no-effects')}</p>
      ) : null}
    </div>
  );
}

function Root({
  first,
  isFound,
}: {
  readonly first: ChainLink;
  readonly isFound: boolean;
}): ReactElement {
  const t = useWords(eventDetailWords);
  const text = !isFound
    ? t('root-unknown')
    : first.decided
      ? t('root-person', { actor: first.actor ?? '–' })
      : t('root-outside');
  return (
    <p className="flex min-w-0 items-center gap-2 text-13 text-muted">
      <Icon name={first.decided ? 'person' : 'external'} />
      <span className="min-w-0 truncate">{text}</span>
    </p>
  );
}

/** Each cause holds the next one: the depth shows who led to whom. */
function Path({
  links,
  at,
  onOpenEvent,
}: {
  readonly links: readonly ChainLink[];
  readonly at: EventJson;
  onOpenEvent: Open;
}): ReactElement | null {
  const [link, ...rest] = links;
  if (link === undefined) return null;
  const isHere = rest.length === 0;
  return (
    <Branch>
      <Node link={link} here={isHere ? at : null} onOpenEvent={onOpenEvent} />
      {isHere ? (
        <Effects link={link} onOpenEvent={onOpenEvent} />
      ) : (
        <Path links={rest} at={at} onOpenEvent={onOpenEvent} />
      )}
    </Branch>
  );
}

function Branch({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <div className="ml-2 flex min-w-0 flex-col gap-2 border-l border-line pl-4">{children}</div>
  );
}

function Node({
  link,
  here,
  onOpenEvent,
}: {
  readonly link: ChainLink;
  /** The whole event, for the one that was asked for. */
  readonly here: EventJson | null;
  onOpenEvent: Open;
}): ReactElement {
  const t = useWords(eventDetailWords);
  const language = useLanguage();
  const names = useSentenceNames();
  const policy =
    link.actor?.startsWith('policy:') === true ? link.actor.slice('policy:'.length) : null;
  return (
    <button
      type="button"
      aria-current={here === null ? undefined : 'true'}
      onClick={() => (here === null ? onOpenEvent(link) : undefined)}
      className={classes(
        'relative flex min-w-0 flex-col rounded-control border px-3 py-2 text-left before:absolute before:top-4 before:-left-4 before:w-4 before:border-t before:border-line',
        here === null ? 'border-line bg-raised hover:bg-sunken' : 'border-brand bg-brand-soft',
      )}
    >
      <span dir="auto" className="min-w-0 font-medium break-words">
        {eventWords(here ?? link, language, names)}
      </span>
      <span className="flex min-w-0 flex-wrap gap-x-3 text-12 text-muted-on-soft">
        <Moment at={link.recordedtime} />
        {policy === null ? null : <span>{t('by-policy', { policy })}</span>}
        {link.stream === null ? null : <code className="min-w-0 truncate">{link.stream}</code>}
      </span>
    </button>
  );
}

/** What policies answered an event with; read when it is opened, further on request. */
function Effects({
  link,
  onOpenEvent,
}: {
  readonly link: ChainLink;
  onOpenEvent: Open;
}): ReactElement | null {
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  return (
    <>
      {cursors.map((after, at) => (
        <EffectsPage
          key={after ?? 'first'}
          link={link}
          after={after}
          isLast={at === cursors.length - 1}
          onFurther={(next) => setCursors([...cursors, next])}
          onOpenEvent={onOpenEvent}
        />
      ))}
    </>
  );
}

function EffectsPage({
  link,
  after,
  isLast,
  onFurther,
  onOpenEvent,
}: {
  readonly link: ChainLink;
  readonly after: string | undefined;
  readonly isLast: boolean;
  onFurther(next: string): void;
  onOpenEvent: Open;
}): ReactElement | null {
  const t = useWords(eventDetailWords);
  const page = useRead('GET /v1/events/{id}/chain', {
    params: { id: link.id },
    query: after === undefined ? { source: link.source } : { source: link.source, after },
  });
  if (page.error !== null)
    return <ErrorNote error={page.error} onRetry={() => void page.refetch()} />;
  if (page.data === undefined) return <Skeleton lines={2} />;
  const { effects, more, next } = page.data;
  return (
    <>
      {effects.map((effect) => (
        <Effect key={`${effect.source} ${effect.id}`} link={effect} onOpenEvent={onOpenEvent} />
      ))}
      {more && isLast ? (
        <div className="pl-6">
          <Button size="compact" icon="search" onClick={() => onFurther(next)}>
            {t('more-effects')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Effect({
  link,
  onOpenEvent,
}: {
  readonly link: ChainLink;
  onOpenEvent: Open;
}): ReactElement {
  const t = useWords(eventDetailWords);
  const [isOpen, setOpen] = useState(false);
  return (
    <Branch>
      <Node link={link} here={null} onOpenEvent={onOpenEvent} />
      {isOpen ? (
        <Effects link={link} onOpenEvent={onOpenEvent} />
      ) : (
        <div>
          <Button size="compact" icon="chevron-right" onClick={() => setOpen(true)}>
            {t('show-effects')}
          </Button>
        </div>
      )}
    </Branch>
  );
}
