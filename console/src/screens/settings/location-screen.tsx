/** One location: what it is, its tables and stations, taxes, hours and rules, and its story. */
import { useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { allows, useSession } from '../../api/session.ts';
import { TextLink } from '../../design/buttons.tsx';
import { Badge, EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Page } from '../../design/page.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { useAsOf, useUrlState } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { GeneratedDetail } from '../generated/generated-detail.tsx';
import { useAggregate } from '../generated/generic-calls.ts';
import { HoursPart } from './hours-part.tsx';
import type { LocationState } from './location-types.ts';
import { PlacePart } from './place-part.tsx';
import { RulesPart } from './rules-part.tsx';
import { StationsPart } from './stations-part.tsx';
import { TablesPart } from './tables-part.tsx';
import { TaxesPart } from './taxes-part.tsx';
import { useCalendar, type Calendar } from './use-calendar.ts';
import { useLocationState } from './use-location.ts';
import { words } from './words.ts';

const PARTS = ['place', 'tables', 'stations', 'taxes', 'hours', 'rules', 'story'] as const;
type Part = (typeof PARTS)[number];
/** Of reservations, which not everybody may see who sees the place. */
const OF_CALENDAR: readonly Part[] = ['hours', 'rules'];
const NOT_FOUND = 404;

export function LocationScreen(): ReactElement {
  const { id = '' } = useParams({ strict: false });
  return <OfLocation key={id} id={id} />;
}

function OfLocation({ id }: { readonly id: string }): ReactElement {
  const t = useWords(words);
  const { at } = useAsOf();
  const { location, error, readAgain } = useLocationState(id, at);
  const above = <TextLink to="/settings">{t('title')}</TextLink>;
  if (location === null)
    return (
      <Page title={t('location')} above={above}>
        {error === null ? <Skeleton lines={8} /> : null}
        {error?.status === NOT_FOUND ? (
          <EmptyState icon="business" title={t('none-title')} text={t('none-text')} />
        ) : null}
        {error !== null && error.status !== NOT_FOUND ? (
          <ErrorNote error={error} onRetry={readAgain} />
        ) : null}
      </Page>
    );
  return (
    <Page
      title={location.name}
      above={above}
      badge={location.status === 'closed' ? <Badge>{t('closed')}</Badge> : undefined}
    >
      <Parts location={location} at={at} />
    </Page>
  );
}

function Parts({
  location,
  at,
}: {
  readonly location: LocationState;
  readonly at: string | null;
}): ReactElement {
  const t = useWords(words);
  const { permissions } = useSession();
  const [chosen, choose] = useUrlState('part', 'place');
  const parts = PARTS.filter(
    (part) => !OF_CALENDAR.includes(part) || allows(permissions, 'reservations:read'),
  );
  const part = parts.find((each) => each === chosen) ?? 'place';
  return (
    <>
      <Tabs
        label={location.name}
        value={part}
        onChange={choose}
        tabs={parts.map((value) => ({ value, label: t(value) }))}
      />
      {part === 'place' ? <PlacePart location={location} /> : null}
      {part === 'tables' ? <TablesPart location={location} /> : null}
      {part === 'stations' ? <StationsPart location={location} /> : null}
      {part === 'taxes' ? <TaxesPart location={location} /> : null}
      {part === 'hours' || part === 'rules' ? (
        <OfCalendar location={location} at={at} part={part} />
      ) : null}
      {part === 'story' ? <LocationStory id={location.id} zone={location.timeZone} /> : null}
    </>
  );
}

function OfCalendar({
  location,
  at,
  part,
}: {
  readonly location: LocationState;
  readonly at: string | null;
  readonly part: 'hours' | 'rules';
}): ReactElement {
  const { calendar, error, readAgain } = useCalendar(location.id, at);
  if (error !== null) return <ErrorNote error={error} onRetry={readAgain} />;
  if (calendar === null) return <Skeleton lines={8} />;
  const props: { readonly location: LocationState; readonly calendar: Calendar } = {
    location,
    calendar,
  };
  return part === 'hours' ? <HoursPart {...props} /> : <RulesPart {...props} />;
}

function LocationStory({
  id,
  zone,
}: {
  readonly id: string;
  readonly zone: string;
}): ReactElement | null {
  const aggregate = useAggregate('business.locations');
  if (aggregate === undefined) return <Skeleton lines={6} />;
  return aggregate === null ? null : <GeneratedDetail aggregate={aggregate} id={id} zone={zone} />;
}
