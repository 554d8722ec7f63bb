/** One event from all sides, beside the list. Which one stands in the address, so that it can be sent to somebody. */
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import {
  Button,
  Drawer,
  EmptyState,
  ErrorNote,
  Facts,
  JsonView,
  LinkButton,
  Moment,
  Mono,
  Skeleton,
  Tabs,
  toast,
  useUrlState,
} from '../../design/index.ts';
import { eventWords } from '../../words/event-words.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { ChainTree } from './chain-tree.tsx';
import { EventDiff } from './event-diff.tsx';
import { attributeOf, eventCurl, streamNameOf, streamPath } from './event-places.ts';
import { RawEvent } from './raw-event.tsx';
import type { EventJson } from './read-events.ts';
import { useSentenceNames } from './use-sentence-names.ts';
import { eventDetailWords } from './words-event.ts';

const TABS = ['words', 'json', 'raw', 'diff', 'chain'] as const;
type View = (typeof TABS)[number];

export interface EventDrawerProps {
  /** null closes it. */
  readonly open: { readonly id: string; readonly source: string } | null;
  /** The same event where the list has it already. */
  readonly loaded: EventJson | undefined;
  onClose(): void;
  onOpenEvent(event: { readonly id: string; readonly source: string }): void;
  /** Narrows the list; absent where there is no list behind. */
  readonly onFilter?: ((name: 'stream' | 'type', value: string) => void) | undefined;
}

export function EventDrawer(props: EventDrawerProps): ReactElement {
  const { open, loaded, onClose } = props;
  const t = useWords(eventDetailWords);
  const language = useLanguage();
  const names = useSentenceNames();
  const found = useRead(
    'GET /v1/events',
    { query: { id: open?.id, source: open?.source, limit: 1 } },
    { enabled: open !== null && loaded === undefined },
  );
  const event = loaded ?? found.data?.events[0];
  return (
    <Drawer
      title={event === undefined ? '…' : eventWords(event, language, names)}
      isOpen={open !== null}
      onClose={onClose}
      width="wide"
      footer={event === undefined ? undefined : <Actions {...props} event={event} />}
    >
      {found.error === null ? null : (
        <ErrorNote error={found.error} onRetry={() => void found.refetch()} />
      )}
      {event === undefined && found.isLoading ? <Skeleton lines={8} /> : null}
      {event === undefined && found.data !== undefined ? (
        <EmptyState title={t('not-found')} text={open?.id ?? ''} />
      ) : null}
      {event === undefined ? null : <Sides event={event} onOpenEvent={props.onOpenEvent} />}
    </Drawer>
  );
}

function Actions({
  event,
  onFilter,
}: EventDrawerProps & { readonly event: EventJson }): ReactElement {
  const t = useWords(eventDetailWords);
  const stream = streamNameOf(event.stream);
  return (
    <>
      <Button
        icon="terminal"
        onClick={() => {
          void navigator.clipboard
            .writeText(eventCurl(event, location.origin))
            .then(() => toast(t('curl')));
        }}
      >
        {t('curl')}
      </Button>
      {onFilter === undefined ? null : (
        <Button icon="filter" onClick={() => onFilter('type', event.type)}>
          {t('only-type')}
        </Button>
      )}
      {stream === null || onFilter === undefined ? null : (
        <Button icon="filter" onClick={() => onFilter('stream', event.stream ?? '')}>
          {t('only-stream')}
        </Button>
      )}
      {stream === null ? null : (
        <LinkButton
          kind="primary"
          icon="history"
          to={streamPath(stream)}
          search={event.streamversion === undefined ? {} : { version: String(event.streamversion) }}
        >
          {t('open-stream')}
        </LinkButton>
      )}
    </>
  );
}

function Sides({
  event,
  onOpenEvent,
}: {
  readonly event: EventJson;
  onOpenEvent: EventDrawerProps['onOpenEvent'];
}): ReactElement {
  const t = useWords(eventDetailWords);
  const [named, setView] = useUrlState('view', 'words');
  const view = TABS.find((tab) => tab === named) ?? 'words';
  return (
    <Tabs<View>
      label={t('tabs')}
      tabs={TABS.map((value) => ({ value, label: t(`tab-${value}`) }))}
      value={view}
      onChange={setView}
    >
      {view === 'words' ? <InWords event={event} /> : null}
      {view === 'json' ? <JsonView value={event} isTall /> : null}
      {view === 'raw' ? <RawEvent event={event} /> : null}
      {view === 'diff' ? <EventDiff event={event} /> : null}
      {view === 'chain' ? <ChainTree event={event} onOpenEvent={onOpenEvent} /> : null}
    </Tabs>
  );
}

function InWords({ event }: { readonly event: EventJson }): ReactElement {
  const t = useWords(eventDetailWords);
  const actor = attributeOf(event, 'actor');
  const command = attributeOf(event, 'commandid');
  return (
    <div className="flex flex-col gap-4">
      <Facts
        facts={[
          [t('recorded'), <Moment key="recorded" at={event.recordedtime} />],
          [t('happened'), event.time === undefined ? null : <Moment key="time" at={event.time} />],
          [t('type'), <Mono key="type">{event.type}</Mono>],
          [
            t('stream'),
            event.stream === undefined ? null : <Mono key="stream">{event.stream}</Mono>,
          ],
          [t('version'), event.streamversion ?? null],
          [
            t('subject'),
            event.subject === undefined ? null : <Mono key="subject">{event.subject}</Mono>,
          ],
          [t('source'), <Mono key="source">{event.source}</Mono>],
          [t('actor'), actor === null ? null : <Mono key="actor">{actor}</Mono>],
          [t('command'), command === null ? null : <Mono key="command">{command}</Mono>],
          [t('position'), `${event.position.replace(/^0+/, '')} · ${String(event.bucket)}`],
          [
            t('id'),
            <Mono key="id" copy>
              {event.id}
            </Mono>,
          ],
        ]}
      />
      {event.data === undefined ? null : (
        <section className="flex flex-col gap-2">
          <h3 className="text-14">{t('data')}</h3>
          <JsonView value={event.data} />
        </section>
      )}
    </div>
  );
}
