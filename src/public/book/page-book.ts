/** GET and POST /public/{slug}/book: a day and a party, a free time, who comes; without a line of script. */
import { Failure } from '../../core/errors.ts';
import { REFUSED, statusOf } from '../../http/problem.ts';
import type { Answer, Route } from '../../http/route.ts';
import {
  availabilityOf,
  bookingTermsOf,
  manageTokenOf,
  RESERVATIONS,
  type Availability,
} from '../../modules/reservations/index.ts';
import { businessDayOf } from '../../core/calendar.ts';
import type { Form } from '../form.ts';
import { formKeyOf, giveCommand, newNonce, visitorOf } from '../give-command.ts';
import { html, type Html } from '../html.ts';
import { pageAnswer, seeOther } from '../layout.ts';
import { placesHtml } from '../menu/page-menu.ts';
import { formRoute, pageRoute, queryText } from '../page-route.ts';
import type { Public } from '../public-services.ts';
import type { Visit } from '../visit.ts';
import { askedOf, daysOf, isMoment, type Asked } from './asked.ts';
import { CONTACT_FIELDS, contactOf, type ContactGiven, type Faults } from './contact-form.ts';
import { detailsHtml, fullHtml, type Chosen } from './details-html.ts';
import { searchForm, timesHtml, type SearchBounds } from './times-html.ts';
import type { CalendarTerms } from './terms.ts';

export const BOOK_FIELDS = ['start', 'party', 'nonce', ...CONTACT_FIELDS] as const;

const QUERY = [
  queryText('date', 'Business day, such as 2026-11-21.'),
  queryText('party', 'How many guests.'),
  queryText('start', 'The start that was chosen, in UTC.'),
];

export function bookPages(deps: Public): readonly Route[] {
  return [
    pageRoute(
      deps,
      {
        page: 'book',
        operationId: 'bookPage',
        summary: 'The page on which a guest books a table',
        parameters: QUERY,
      },
      (visit) => bookPage(deps, visit),
    ),
    formRoute(
      deps,
      {
        page: 'book',
        operationId: 'bookPageSend',
        summary: 'Books a table with the form of the page',
        fields: BOOK_FIELDS,
      },
      (visit, form) => book(deps, visit, form),
    ),
  ];
}

export interface Booking {
  readonly terms: CalendarTerms;
  readonly bounds: SearchBounds;
  readonly asked: Asked;
}

/** How the place takes bookings and what of it is asked for. Errors: NOT_FOUND. */
export async function bookingOf(
  deps: Public,
  visit: Visit,
  query: ReadonlyMap<string, string> = visit.call.query,
): Promise<Booking> {
  const { house } = visit;
  const { location } = house;
  const terms = await bookingTermsOf(deps.modules, house.tenant, location.locationId);
  if (terms === null) throw new Failure('NOT_FOUND', 'There is no such place.');
  const { partySizeMin: partyMin, partySizeMax: partyMax, aheadDays } = terms;
  const nowMs = deps.modules.clock.nowMs();
  const bounds = { partyMin, partyMax: Math.max(partyMin, partyMax), aheadDays, nowMs };
  const { first, last } = daysOf(location, bounds);
  return { terms, bounds: { ...bounds, first, last }, asked: askedOf(query, location, bounds) };
}

export function freeOn(
  deps: Public,
  { house }: Visit,
  { date, party }: Pick<Asked, 'date' | 'party'>,
): Promise<Availability> {
  const { tenant, location } = house;
  const asked = { locationId: location.locationId, date, partySize: party, areaId: null };
  return availabilityOf(deps.modules, tenant, asked);
}

async function bookPage(deps: Public, visit: Visit): Promise<Answer> {
  const booking = await bookingOf(deps, visit);
  const { asked, terms } = booking;
  const found = await freeOn(deps, visit, asked);
  const isFree = found.slots.some(
    ({ startsAt, available }) => available && startsAt === asked.start,
  );
  if (asked.start === null || !isFree) return searchPage(visit, { booking, found });
  const chosen = { startsAt: asked.start, date: asked.date, party: asked.party };
  return shown(visit, detailsHtml(visit, { chosen, terms, nonce: newNonce() }));
}

function searchPage(
  visit: Visit,
  { booking, found }: { readonly booking: Booking; readonly found: Availability },
): Answer {
  const { words } = visit;
  const { asked, bounds } = booking;
  const page = 'book';
  return shown(
    visit,
    html`<p class="lead">${words.book.lead}</p>
      ${placesHtml(visit, page)} ${searchForm(visit, { asked, bounds, page })}
      ${timesHtml(visit, {
        asked,
        found,
        bounds,
        page,
        slot: ({ startsAt, text }) =>
          html`<a href="${visit.address(page, { ...asked, start: startsAt })}" rel="nofollow"
            >${text}</a
          >`,
      })}`,
  );
}

function shown(visit: Visit, body: Html, status?: number): Answer {
  const { title } = visit.words.book;
  return pageAnswer(visit, {
    title,
    here: 'book',
    body: html`<div class="narrow">
      <h1>${title}</h1>
      ${body}
    </div>`,
    ...(status === undefined ? {} : { status }),
  });
}

/** What the form chose. Errors: INPUT_INVALID for what no page of ours offers. */
export function chosenOf(visit: Visit, form: Form): Chosen {
  const startsAt = form.get('start') ?? '';
  const party = form.get('party') ?? '';
  if (!isMoment(startsAt) || !/^[1-9]\d{0,2}$/.test(party))
    throw new Failure('INPUT_INVALID', 'The form does not say when and how many.');
  const { timeZone, dayCutOff } = visit.house.location;
  const date = businessDayOf(startsAt, timeZone, dayCutOff);
  return { startsAt, date, party: Number(party) };
}

async function book(deps: Public, visit: Visit, form: Form): Promise<Answer> {
  const chosen = chosenOf(visit, form);
  // Whoever fills in what nobody sees is told that all went well, and learns nothing.
  if ((form.get('website') ?? '') !== '') return seeOther(visit.address('menu'));
  const read = contactOf(form, visit.words.book);
  const { terms } = await bookingOf(deps, visit);
  const again = (faults: Faults) =>
    shown(
      visit,
      detailsHtml(visit, { chosen, terms, nonce: newNonce(), form, faults }),
      statusOf('INPUT_INVALID'),
    );
  if (read.kind === 'faulty') return again(read.faults);
  deps.limits.book(visit.call.client);
  const { tenant } = visit.house;
  const answer = await giveCommand(deps.modules.pipeline, {
    principal: visitorOf(tenant, 'book', ['reservations:book']),
    category: RESERVATIONS,
    command: 'MakeReservation',
    id: null,
    idempotencyKey: formKeyOf(form),
    input: { ...wishOf(visit, chosen, read.given), startsAt: chosen.startsAt },
  });
  if (answer.status === 'refused') return refusedPage(visit, { answer, chosen, terms, form });
  const place = { tenant, reservationId: answer.id, generation: 1 };
  const token = await manageTokenOf(deps.bookingTokens, place);
  return seeOther(visit.address(`booking/${encodeURIComponent(token)}`, { done: 'made' }));
}

/** What a reservation and an entry of the waiting list have in common. */
export function wishOf(visit: Visit, { party }: Chosen, { contact, note }: ContactGiven) {
  return {
    locationId: visit.house.location.locationId,
    partySize: party,
    contact,
    language: visit.language,
    ...(note === null ? {} : { note }),
  };
}

export function refusedPage(
  visit: Visit,
  of: {
    readonly answer: { readonly code: string; readonly details: Readonly<Record<string, unknown>> };
    readonly chosen: Chosen;
    readonly terms: CalendarTerms;
    readonly form: Form;
  },
): Answer {
  const { answer, chosen, terms, form } = of;
  const { words } = visit;
  if (answer.code === 'SLOT_FULL') {
    const offered = answer.details['alternatives'];
    const alternatives = Array.isArray(offered) ? offered.map(String) : [];
    return shown(visit, fullHtml(visit, { chosen, alternatives, form }), REFUSED);
  }
  const said = words.book.refused[answer.code] ?? words.book.refusedOther;
  const refusal = html`<div class="notice bad" role="alert"><p>${said}</p></div>`;
  const body = detailsHtml(visit, { chosen, terms, nonce: newNonce(), form, refusal });
  return shown(visit, body, REFUSED);
}
