/** The time machine of one stream: what it was at any version, what changed, and its story. */
import { useParams } from '@tanstack/react-router';
import { useEffect, useEffectEvent, type ReactElement } from 'react';
import {
  Card,
  EmptyState,
  ErrorNote,
  LinkButton,
  Mono,
  Page,
  Skeleton,
  TextLink,
  useSetUrlSearch,
  useUrlSearch,
} from '../../design/index.ts';
import { eventWords } from '../../words/event-words.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import type { StreamName } from '../events/event-places.ts';
import { generatedPath } from '../generated/generic-calls.ts';
import { StateTable } from './state-table.tsx';
import { StreamStory } from './stream-story.tsx';
import { TimeSlider } from './time-slider.tsx';
import { useStreamNames } from './use-stream-names.ts';
import { useStream, type StreamRead } from './use-stream.ts';
import { words } from './words.ts';

export function StreamScreen(): ReactElement {
  // safe because this screen stands at an address with these names
  const { category = '', id = '' } = useParams({ strict: false }) as Readonly<
    Record<string, string>
  >;
  return <StreamPage key={`${category}/${id}`} name={{ category, id }} />;
}

function StreamPage({ name }: { readonly name: StreamName }): ReactElement {
  const t = useWords(words);
  const typed = useUrlSearch()['version'];
  const set = useSetUrlSearch();
  const version = typed !== undefined && /^[1-9]\d{0,8}$/.test(typed) ? Number(typed) : null;
  const read = useStream(name, version);
  const setVersion = (next: number | null): void => {
    const isNow = next === null || next === read.newest;
    set({ version: isNow ? null : String(next) });
  };
  useStepKeys({ read, version, onVersion: setVersion });
  const stream = `${name.category}/${name.id}`;
  return (
    <Page
      title={t('title', { stream })}
      above={
        <span className="flex flex-wrap items-center gap-2">
          <TextLink to="/events" search={{ q: `stream:${stream}` }}>
            {t('all-events')}
          </TextLink>
          <Mono copy>{stream}</Mono>
        </span>
      }
      actions={
        read.newest === null ? undefined : (
          <LinkButton icon="table" to={generatedPath(name.category, name.id)}>
            {t('open-thing')}
          </LinkButton>
        )
      }
    >
      <Machine name={name} read={read} version={version} onVersion={setVersion} />
    </Page>
  );
}

interface MachineProps {
  readonly name: StreamName;
  readonly read: StreamRead;
  readonly version: number | null;
  onVersion(version: number | null): void;
}

function Machine({ name, read, version, onVersion }: MachineProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const names = useStreamNames(read);
  if (read.error?.status === 404)
    return (
      <EmptyState
        icon="search"
        title={t('not-found-title')}
        text={t('not-found-text')}
        action={<LinkButton to="/events">{t('to-events')}</LinkButton>}
      />
    );
  if (read.error !== null) return <ErrorNote error={read.error} onRetry={read.readAgain} />;
  if (read.isLoading) return <Skeleton lines={10} />;
  const newest = read.newest ?? read.events.at(-1)?.streamversion ?? 1;
  const shown = version ?? newest;
  const event = read.events.find((each) => each.streamversion === shown);
  return (
    <>
      <TimeSlider
        name={name}
        newest={newest}
        version={version}
        said={event === undefined ? '' : eventWords(event, language, names)}
        at={event?.recordedtime ?? null}
        zone={names.zone}
        onVersion={onVersion}
      />
      <div className="grid min-w-0 items-start gap-4 lg:grid-cols-2">
        <Card title={version === null ? t('what-it-is') : t('what-it-was', { version: shown })}>
          <State read={read} />
        </Card>
        <Card title={t('story')}>
          <StreamStory read={read} shown={shown} onVersion={onVersion} />
        </Card>
      </div>
    </>
  );
}

function State({ read }: { readonly read: StreamRead }): ReactElement {
  const t = useWords(words);
  if (read.newest === null)
    return <p className="text-muted">{t(read.isForbidden ? 'no-state-allowed' : 'no-state')}</p>;
  if (read.state === null) return <Skeleton lines={6} />;
  return <StateTable state={read.state.state} changes={read.changes ?? []} />;
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageUp: -10,
  PageDown: 10,
};

/** Keys work everywhere on the screen but where they mean something else. */
function useStepKeys({ read, version, onVersion }: Omit<MachineProps, 'name'>): void {
  const onKey = useEffectEvent((press: KeyboardEvent) => {
    const newest = read.newest;
    const isBusy =
      press.target instanceof Element &&
      press.target.closest('input,textarea,select,[role=dialog],[role=grid]') !== null;
    if (newest === null || isBusy || press.ctrlKey || press.metaKey || press.altKey) return;
    const step = STEPS[press.key];
    const ends: Readonly<Record<string, number>> = { Home: 1, End: newest };
    const next = ends[press.key] ?? (step === undefined ? undefined : (version ?? newest) + step);
    if (next === undefined) return;
    press.preventDefault();
    onVersion(Math.min(newest, Math.max(1, next)));
  });
  useEffect(() => {
    const listen = (press: KeyboardEvent): void => onKey(press);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
