/** The board of a kitchen or a bar: what is to be made, the oldest first. Read from two metres, used with wet hands. */
import { useEffect, useEffectEvent, useState, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { IconButton, LinkButton } from '../../design/buttons.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Page } from '../../design/page.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { toast } from '../../design/toasts.tsx';
import { useUrlState } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { DemoHint } from '../demo/demo-hint.tsx';
import { LocationSwitch } from '../floor/location-switch.tsx';
import type { FloorAnswer } from '../floor/floor-state.ts';
import { useLocations, type Location, type Locations } from '../floor/locations.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { billNumber, shaped } from '../order/order-types.ts';
import { UnsentNote } from '../order/unsent-note.tsx';
import { useGive, type Giving } from '../order/use-give.ts';
import { AllDay } from './all-day.tsx';
import {
  ageOf,
  billsToBump,
  billsToSee,
  withoutBumped,
  type BoardStation,
  type Ticket,
  type TicketLine,
} from './board-state.ts';
import { DoneLately } from './done-lately.tsx';
import { isSoundOn, keepSound, playTone } from './sound.ts';
import { TicketCard } from './ticket-card.tsx';
import { useBoard, useBumped, useTone, type BoardRead } from './use-board.ts';
import { words } from './words.ts';

export function KitchenScreen(): ReactElement {
  const t = useWords(words);
  const locations = useLocations();
  const { here } = locations;
  const [stationId, setStationId] = useUrlState('station');
  const [isSound, setSound] = useState(isSoundOn);
  const board = useBoard(here?.id ?? null, { stationId });
  useTone(board.tickets, { isOn: isSound, isLoaded: board.board !== null });
  const switchSound = (): void => {
    keepSound(!isSound);
    setSound(!isSound);
    if (!isSound) playTone();
  };
  return (
    <Page
      title={t('title')}
      badge={board.board === null ? null : <Summary board={board} />}
      actions={
        <>
          <LocationSwitch locations={locations} />
          <IconButton
            icon={isSound ? 'bell' : 'bell-off'}
            label={`${t('sound')}: ${isSound ? t('sound-on') : t('sound-off')}`}
            isPressed={isSound}
            onClick={switchSound}
          />
        </>
      }
    >
      <UnsentNote />
      <DemoHint hint="kitchen-bump-a-ticket" />
      <Content board={board} locations={locations} stationId={stationId} onStation={setStationId} />
    </Page>
  );
}

function Summary({
  board: { board, tickets, nowMs },
}: {
  readonly board: BoardRead;
}): ReactElement {
  const t = useWords(words);
  const late = tickets.filter(
    (ticket) => ageOf(ticket, stationOf(board?.stations, ticket), nowMs).age === 'late',
  ).length;
  return (
    <p className="text-13 text-muted">
      {t('summary', { count: tickets.length })}
      {late === 0 ? null : (
        <span className="font-semibold text-wine"> · {t('summary-late', { count: late })}</span>
      )}
    </p>
  );
}

function stationOf(
  stations: readonly BoardStation[] | undefined,
  { stationId }: Ticket,
): BoardStation | undefined {
  return stations?.find((station) => station.stationId === stationId);
}

function Content(props: {
  readonly board: BoardRead;
  readonly locations: Locations;
  readonly stationId: string;
  onStation(stationId: string): void;
}): ReactElement {
  const t = useWords(words);
  const { board, locations, stationId, onStation } = props;
  const { here } = locations;
  const error = board.error ?? locations.error;
  if (error !== null && board.board === null)
    return <ErrorNote error={error} onRetry={board.readAgain} />;
  if (here === null && !locations.isLoading)
    return (
      <EmptyState
        title={t('no-location-title')}
        text={t('no-location-text')}
        icon="business"
        action={<LinkButton to="/set-up">{t('set-up')}</LinkButton>}
      />
    );
  if (here === null || board.board === null) return <Skeleton lines={6} />;
  return (
    <>
      {board.board.stations.length < 2 ? null : (
        <Tabs
          label={t('station')}
          value={stationId}
          onChange={onStation}
          tabs={[
            { value: '', label: t('all') },
            ...board.board.stations.map((station) => ({
              value: station.stationId,
              label: station.name,
            })),
          ]}
        />
      )}
      <Tickets board={board} location={here} />
    </>
  );
}

interface Bumping extends Giving {
  readonly bumped: ReadonlySet<string>;
  /** Shows the ticket again. */
  bringBack(ticketId: string): void;
  done(ticket: Ticket, line?: TicketLine): Promise<void>;
}

/** Bumps what is fired and acknowledges what was stopped, on every bill that the ticket is on. */
function useBumping(): Bumping {
  const t = useWords(words);
  const giving = useGive();
  const [bumped, setBumped] = useBumped();
  const done = async (ticket: Ticket, line?: TicketLine): Promise<void> => {
    const { ticketId, stationId } = ticket;
    const values = { number: billNumber(ticket) };
    if (line === undefined) setBumped(ticket.id, true);
    let isWell = true;
    for (const id of line === undefined ? billsToBump(ticket) : [line.orderId]) {
      const what = line === undefined ? { ticketId, stationId } : { lineIds: [line.lineId] };
      const given = await giving.give({
        operation: 'POST /v1/orders/{id}/bump',
        params: { id },
        body: what,
        label: { key: 'bump', values },
      });
      isWell = isWell && given !== null;
    }
    for (const orderId of line === undefined ? billsToSee(ticket) : []) {
      const given = await giving.give({
        operation: 'POST /v1/orders/tickets',
        body: { ticketId, stationId, orderId },
        label: { key: 'stops', values },
      });
      isWell = isWell && given !== null;
    }
    if (!isWell) setBumped(ticket.id, false);
    else if (line === undefined) toast(t('bumped', values));
  };
  return { ...giving, bumped, done, bringBack: (id) => setBumped(id, false) };
}

function Tickets({
  board,
  location,
}: {
  readonly board: BoardRead;
  readonly location: Location;
}): ReactElement {
  const t = useWords(words);
  const { permissions } = useSession();
  const bumping = useBumping();
  const mayCook = allows(permissions, 'orders:cook');
  const shown = withoutBumped(board.tickets, bumping.bumped);
  useTicketKeys(mayCook ? shown : [], (ticket) => void bumping.done(ticket));
  return (
    <>
      <FailureNote error={bumping.error} />
      {board.board?.more === true ? <p className="text-wine">{t('more')}</p> : null}
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_280px]">
        {shown.length === 0 ? (
          <EmptyState
            title={t('empty-title')}
            text={t('empty-text')}
            icon="kitchen"
            action={<LinkButton to="/floor">{t('empty-action')}</LinkButton>}
          />
        ) : (
          <Cards
            board={board}
            tickets={shown}
            locationId={location.id}
            onDone={mayCook ? bumping.done : null}
          />
        )}
        <aside className="flex min-w-0 flex-col gap-4">
          <AllDay counts={board.counts} locationId={location.id} />
          {mayCook ? (
            <DoneLately
              locationId={location.id}
              businessDay={board.board?.businessDay ?? ''}
              zone={location.timeZone}
              onRecalled={bumping.bringBack}
            />
          ) : null}
          {mayCook ? <p className="text-12 text-muted max-md:hidden">{t('keys')}</p> : null}
        </aside>
      </div>
    </>
  );
}

/** So many tickets have a key of their own. */
const KEYS = 9;

function Cards(props: {
  readonly board: BoardRead;
  readonly tickets: readonly Ticket[];
  readonly locationId: string;
  readonly onDone: Bumping['done'] | null;
}): ReactElement {
  const { board, tickets, locationId, onDone } = props;
  const floor = useRead('GET /v1/orders/floor', { query: { locationId } });
  const tables = floor.data === undefined ? [] : shaped<FloorAnswer>(floor.data).tables;
  const stations = board.board?.stations ?? [];
  const nameOf = (wanted: string): string =>
    tables.find(({ tableId }) => tableId === wanted)?.name ?? wanted;
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(min(280px,100%),1fr))] items-start gap-4">
      {tickets.map((ticket, at) => (
        <TicketCard
          key={ticket.id}
          ticket={ticket}
          age={ageOf(ticket, stationOf(stations, ticket), board.nowMs)}
          tableName={ticket.tableId === null ? null : nameOf(ticket.tableId)}
          stationName={
            stations.length < 2 ? null : (stationOf(stations, ticket)?.name ?? ticket.stationId)
          }
          keyName={at < KEYS ? String(at + 1) : null}
          onDone={onDone === null ? null : () => void onDone(ticket)}
          onLine={(line) => void onDone?.(ticket, line)}
        />
      ))}
    </div>
  );
}

/** The keys 1 to 9, unless somebody types. */
function useTicketKeys(tickets: readonly Ticket[], onTicket: (ticket: Ticket) => void): void {
  const press = useEffectEvent((event: KeyboardEvent): void => {
    const { target } = event;
    const isTyping =
      target instanceof HTMLElement &&
      target.closest('input, textarea, select, [role=dialog]') !== null;
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const ticket = /^[1-9]$/.test(event.key) ? tickets[Number(event.key) - 1] : undefined;
    if (ticket !== undefined) onTicket(ticket);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => press(event);
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);
}
