/** The places of the business, each with what stands in it. */
import type { ReactElement } from 'react';
import { LinkButton, TextLink } from '../../design/buttons.tsx';
import { Badge, EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Card, Facts } from '../../design/page.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { zoneLabel } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { tongueName } from '../lists/regions.ts';
import { usePages } from '../lists/use-pages.ts';
import { seatsOf } from './location-types.ts';
import { useLocationState } from './use-location.ts';
import { words } from './words.ts';

interface LocationRow {
  readonly id: string;
  readonly name: string;
  readonly status: 'open' | 'closed';
  readonly timeZone: string;
  readonly currency: string;
  readonly languages: readonly string[];
}

export function LocationsView(): ReactElement {
  const t = useWords(words);
  const { at } = useAsOf();
  const list = usePages<LocationRow>(
    'GET /v1/business/locations',
    { at: at ?? undefined },
    { live: 'GET /v1/business/locations/live' },
  );
  if (list.error !== null) return <ErrorNote error={list.error} onRetry={list.readAgain} />;
  if (list.isLoading && list.rows.length === 0) return <Skeleton lines={6} />;
  if (list.rows.length === 0)
    return (
      <EmptyState
        icon="business"
        title={t('empty-title')}
        text={t('empty-text')}
        action={
          <LinkButton to="/set-up" kind="primary" icon="plus">
            {t('set-up')}
          </LinkButton>
        }
      />
    );
  const open = list.rows.toSorted(
    (a, b) => Number(a.status === 'closed') - Number(b.status === 'closed'),
  );
  return (
    <div className="grid items-start gap-4 md:grid-cols-2 2xl:grid-cols-3">
      {open.map((row) => (
        <LocationCard key={row.id} row={row} at={at} />
      ))}
    </div>
  );
}

/** Each leads to a part of the location. */
const PARTS = ['place', 'tables', 'stations', 'taxes', 'hours', 'rules'] as const;

function LocationCard({
  row,
  at,
}: {
  readonly row: LocationRow;
  readonly at: string | null;
}): ReactElement {
  const t = useWords(words);
  const reader = useLanguage();
  const { location } = useLocationState(row.id, at);
  const path = `/settings/${encodeURIComponent(row.id)}`;
  const address = location?.address ?? null;
  return (
    <Card
      title={row.name}
      actions={row.status === 'closed' ? <Badge>{t('closed')}</Badge> : undefined}
    >
      <div className="flex flex-col gap-4">
        <Facts
          facts={[
            [t('address'), address === null ? null : [...address.lines, address.city].join(', ')],
            [t('zone'), zoneLabel(row.timeZone)],
            [t('currency'), row.currency],
            [t('languages'), row.languages.map((code) => tongueName(code, reader)).join(', ')],
            [
              t('tables'),
              location === null
                ? null
                : t('tables-of', {
                    count: location.tables.length,
                    seats: seatsOf(location.tables),
                  }),
            ],
            [t('stations'), location?.stations.map(({ name }) => name).join(', ')],
          ]}
        />
        <nav aria-label={row.name} className="flex flex-wrap gap-x-4 gap-y-2">
          {PARTS.map((part) => (
            <TextLink key={part} to={path} search={part === 'place' ? {} : { part }}>
              {t(part)}
            </TextLink>
          ))}
        </nav>
      </div>
    </Card>
  );
}
