/** The day by table: each party where it sits and when, with the guests of every hour above and the time now. */
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { classes } from '../../design/classes.ts';
import { EmptyState, Skeleton } from '../../design/marks.tsx';
import { useNow } from '../../design/texts.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { formatMoment } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { shaped } from '../order/order-types.ts';
import { BlockMark } from './block-mark.tsx';
import type { Availability, BookingRow, BookingStatus, Place } from './booking-types.ts';
import {
  coversByHour,
  hoursOf,
  linesOf,
  placeOn,
  spanOf,
  type Span,
  type TableLine,
} from './day-plan.ts';
import type { Day } from './use-day.ts';
import { words } from './words.ts';

const HOUR_MS = 3_600_000;
/** Twelve hours fit a usual screen, and a party of an hour and a half shows its name. */
const HOUR_WIDTH_PX = 76;
const CLOCK_MS = 30_000;
const NOON_HOURS = 12;

const LOOKS: Readonly<Record<BookingStatus, string>> = {
  held: 'border-brass bg-brass-soft border-dashed',
  pending: 'border-brass bg-brass-soft',
  confirmed: 'border-blue bg-blue-soft',
  seated: 'border-brand bg-brand-soft',
  completed: 'border-control bg-sunken',
  cancelled: 'border-wine bg-wine-soft',
  expired: 'border-control bg-sunken',
  'no-show': 'border-wine bg-wine-soft',
};

/** What PlanView works with. */
function usePlanView({ day }: { readonly day: Day; onOpen(id: string): void }) {
  const t = useWords(words);
  const { place, date } = day;
  const { at } = useAsOf();
  const availability = useRead(
    'GET /v1/reservations/availability',
    { query: { locationId: place.id, date, partySize: 2 } },
    { enabled: at === null, keep: true },
  );
  const lines = linesOf({ tables: place.tables, bookings: day.bookings, taken: day.taken });
  return { t, place, date, availability, lines };
}

export function PlanView({
  day,
  onOpen,
}: {
  readonly day: Day;
  onOpen(id: string): void;
}): ReactElement {
  const { t, place, date, availability, lines } = usePlanView({ day, onOpen });
  if (day.isLoading && day.bookings.length === 0) return <Skeleton lines={8} />;
  const starts = shaped<Availability | undefined>(availability.data)?.slots ?? [];
  const noonMs = Date.parse(`${date}T12:00:00Z`);
  const span = spanOf(
    [
      ...day.bookings.map(({ startsAt, endsAt }) => ({ from: startsAt, to: endsAt })),
      ...day.taken.filter(({ kind }) => kind === 'offer'),
      ...starts.map(({ startsAt }) => ({
        from: startsAt,
        to: new Date(Date.parse(startsAt) + HOUR_MS).toISOString(),
      })),
    ],
    { fromMs: noonMs, toMs: noonMs + NOON_HOURS * HOUR_MS },
  );
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <section
        // Keyboards scroll it, so it takes the focus.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label={t('plan_label')}
        className="relative overflow-auto rounded-card border border-line bg-raised"
      >
        <div className="relative" style={{ minWidth: 104 + hoursOf(span).length * HOUR_WIDTH_PX }}>
          <Hours span={span} day={day} />
          {place.areas.map(({ areaId, name }) => (
            <Area
              key={areaId}
              name={name}
              lines={lines.filter(({ table }) => table.areaId === areaId)}
              span={span}
              place={place}
              onOpen={onOpen}
            />
          ))}
          <NowLine span={span} />
        </div>
      </section>
      {day.bookings.length === 0 && !day.isLoading ? (
        <EmptyState icon="reservations" title={t('empty-title')} text={t('empty-text')} />
      ) : null}
    </div>
  );
}

const NAME = 'sticky left-0 z-10 w-26 shrink-0 border-r border-line bg-raised px-3';

function Hours({ span, day }: { readonly span: Span; readonly day: Day }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const covers = coversByHour(day.bookings, span);
  const most = Math.max(1, ...covers);
  const zone = day.place.timeZone;
  return (
    <div className="sticky top-0 z-20 flex border-b border-line bg-raised">
      <div className={`${NAME} flex items-end py-1.5 text-12 text-muted`}>{t('covers-hour')}</div>
      <div className="relative flex min-w-0 flex-1">
        {hoursOf(span).map((hourMs, at) => (
          <div
            key={hourMs}
            className="min-w-0 flex-1 border-l border-line px-1.5 pt-1 pb-1 first:border-l-0"
          >
            <div className="flex items-baseline justify-between text-12">
              <span className="text-muted">
                {formatMoment(hourMs, language, {
                  hour: '2-digit',
                  minute: '2-digit',
                  timeZone: zone,
                })}
              </span>
              <span className="font-semibold">{(covers[at] ?? 0) === 0 ? '' : covers[at]}</span>
            </div>
            <div aria-hidden="true" className="mt-1 h-1 rounded-full bg-sunken">
              <div
                className="h-1 rounded-full bg-brand"
                style={{ width: `${(100 * (covers[at] ?? 0)) / most}%` }}
              />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}

function Area(props: {
  readonly name: string;
  readonly lines: readonly TableLine[];
  readonly span: Span;
  readonly place: Place;
  onOpen(id: string): void;
}): ReactElement | null {
  const { name, lines, span, place, onOpen } = props;
  if (lines.length === 0) return null;
  return (
    <>
      <div className="flex border-b border-line bg-sunken">
        <h2 dir="auto" className="sticky left-0 max-w-full truncate px-3 py-1 text-12 text-muted">
          {name}
        </h2>
      </div>
      {lines.map((line) => (
        <Line key={line.table.tableId} line={line} span={span} place={place} onOpen={onOpen} />
      ))}
    </>
  );
}

function Line(props: {
  readonly line: TableLine;
  readonly span: Span;
  readonly place: Place;
  onOpen(id: string): void;
}): ReactElement {
  const t = useWords(words);
  const { line, span, place, onOpen } = props;
  const { table, bookings, blocks } = line;
  return (
    <div className="flex border-b border-line last:border-b-0">
      <div className={`${NAME} flex h-12 flex-col justify-center`}>
        <p dir="auto" className="truncate text-13 font-medium">
          {table.name}
        </p>
        <p className="truncate text-12 text-muted">{t('seats', { count: table.seats })}</p>
      </div>
      <div className="relative min-w-0 flex-1">
        {hoursOf(span).map((hourMs, at) => (
          <span
            key={hourMs}
            aria-hidden="true"
            className="absolute inset-y-0 w-px bg-line"
            style={{ left: `${(100 * at) / hoursOf(span).length}%` }}
          />
        ))}
        {blocks.map((block) => (
          <BlockMark key={block.key} block={block} span={span} place={place} />
        ))}
        {bookings.map((booking) => (
          <Party
            key={booking.id}
            booking={booking}
            span={span}
            zone={place.timeZone}
            onOpen={() => onOpen(booking.id)}
          />
        ))}
      </div>
    </div>
  );
}

function Party(props: {
  readonly booking: BookingRow;
  readonly span: Span;
  readonly zone: string;
  onOpen(): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { booking, span, zone, onOpen } = props;
  const { status, name, partySize, startsAt, endsAt } = booking;
  const { left, width } = placeOn(span, { from: startsAt, to: endsAt });
  const time = formatMoment(startsAt, language, { timeStyle: 'short', timeZone: zone });
  const said = `${name ?? t('no-name')}, ${t('size', { count: partySize })}, ${time}, ${t(`status-${status}`)}`;
  return (
    <button
      type="button"
      title={said}
      onClick={onOpen}
      className={classes(
        'absolute inset-y-1 flex min-w-6 items-center gap-1.5 overflow-hidden rounded-control border px-1.5 text-left text-12 hover:brightness-95',
        LOOKS[status],
        status === 'completed' && 'text-muted-on-soft',
      )}
      style={{ left: `calc(${left}% + 1px)`, width: `calc(${width}% - 2px)` }}
    >
      <span className="shrink-0 font-semibold">{partySize}</span>
      <span className="min-w-0 leading-tight">
        <span dir="auto" className="block truncate font-medium">
          {name ?? t('no-name')}
        </span>
        <span className="block truncate">{t(`status-${status}`)}</span>
        <span className="sr-only">{time}</span>
      </span>
    </button>
  );
}

function NowLine({ span }: { readonly span: Span }): ReactElement | null {
  const t = useWords(words);
  const { at } = useAsOf();
  const clockMs = useNow(CLOCK_MS);
  const nowMs = at === null ? clockMs : Date.parse(at);
  if (nowMs < span.fromMs || nowMs > span.toMs) return null;
  const part = (nowMs - span.fromMs) / (span.toMs - span.fromMs);
  return (
    <span
      role="img"
      aria-label={t('now')}
      className="pointer-events-none absolute inset-y-0 z-10 w-0.5 bg-wine"
      style={{ left: `calc(104px + (100% - 104px) * ${part})` }}
    />
  );
}
