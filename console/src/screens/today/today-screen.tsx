/** The house at this moment: its numbers, what needs somebody, and what happens. */
import type { ReactElement } from 'react';
import type { Operation } from '../../../../src/client/client.ts';
import { readAgain } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { LinkButton } from '../../design/buttons.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Page } from '../../design/page.tsx';
import { useDemo } from '../break-it/use-demo.ts';
import { DemoHint } from '../demo/demo-hint.tsx';
import { words as demoWords } from '../demo/words.ts';
import { LocationSwitch } from '../floor/location-switch.tsx';
import { useLocations, type Location } from '../floor/locations.ts';
import { useFloor } from '../floor/use-floor.ts';
import { useBoard } from '../kitchen/use-board.ts';
import { useWords } from '../../words/language.ts';
import { HeroFigures } from './hero-figures.tsx';
import { HouseTimeline } from './house-timeline.tsx';
import { NeedsYou } from './needs-you.tsx';
import { PaceCharts } from './pace-charts.tsx';
import { useHouseEvents } from './use-house-events.ts';
import { useNeeds, useWaiting } from './use-needs.ts';
import { words } from './words.ts';

export function TodayScreen(): ReactElement {
  const t = useWords(words);
  const d = useWords(demoWords);
  const locations = useLocations();
  const { here, isLoading, error } = locations;
  const mayBreak = useDemo()?.breakIt === true;
  const breakIt = mayBreak ? (
    <LinkButton to="/break-it" icon="bolt">
      {d('break-it-link')}
    </LinkButton>
  ) : null;
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {breakIt}
          <LocationSwitch locations={locations} />
          {here === null ? null : (
            <LinkButton to="/today/report" icon="chart">
              {t('report')}
            </LinkButton>
          )}
        </>
      }
    >
      <DemoHint hint="today-moves-by-itself" />
      <DemoHint hint="break-it" after="today-moves-by-itself" />
      {error !== null && here === null ? <ErrorNote error={error} /> : null}
      {isLoading ? <Skeleton lines={8} /> : null}
      {here === null && !isLoading && error === null ? (
        <EmptyState
          title={t('no-location-title')}
          text={t('no-location-text')}
          icon="business"
          action={
            <LinkButton to="/set-up" kind="primary">
              {t('set-up')}
            </LinkButton>
          }
        />
      ) : null}
      {here === null ? null : <House key={here.id} location={here} />}
    </Page>
  );
}

/** Read again when anything happens, at most once a second. */
const FOLLOWED: readonly Operation[] = [
  'GET /v1/orders/floor',
  'GET /v1/orders',
  'GET /v1/orders/kitchen/board',
  'GET /v1/reports/days',
  'GET /v1/catalog/portions',
  'GET /v1/reservations/waitlist',
  'GET /v1/access/approvals',
];

function House({ location }: { readonly location: Location }): ReactElement {
  const { permissions } = useSession();
  const mayFollow = allows(permissions, 'events:read');
  // Marketing reads reports, not orders.
  const floorOf = allows(permissions, 'orders:read') ? location.id : null;
  const floor = useFloor(floorOf, { isLive: !mayFollow });
  const board = useBoard(floorOf, { stationId: '', isLive: !mayFollow });
  const house = useHouseEvents(mayFollow, () => void readAgain(...FOLLOWED));
  const waiting = useWaiting(floor, board);
  const needs = useNeeds(location, floor, board);
  return (
    <>
      {floor.error !== null && floor.floor === null ? (
        <ErrorNote error={floor.error} onRetry={floor.readAgain} />
      ) : null}
      <HeroFigures
        location={location}
        floor={floor}
        waiting={waiting}
        isFloorSeen={floorOf !== null}
      />
      {floorOf === null ? null : <PaceCharts locationId={location.id} house={house} />}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <NeedsYou needs={needs} />
        {mayFollow ? <HouseTimeline house={house} zone={location.timeZone} /> : null}
      </div>
    </>
  );
}
