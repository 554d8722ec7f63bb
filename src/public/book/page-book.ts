/** GET and POST /public/{slug}/book: a day and a party, and a free time, which is held; without a line of script. */
import { Failure } from '../../core/errors.ts';
import { REFUSED, statusOf } from '../../http/problem.ts';
import type { Answer, Route } from '../../http/route.ts';
import {
  availabilityOf,
  bookingTermsOf,
  manageTokenOf,
  RESERVATIONS,
  visitorHoldersOf,
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
import { CONTACT_FIELDS, contactOf, isNamed, reachOf, type ContactGiven } from './contact-form.ts';
import { chosenHtml, takeHtml, whoHtml, type Chosen, type Filled } from './details-html.ts';
import { fullHtml } from './full-html.ts';
import { searchForm, timesHtml, type SearchBounds } from './times-html.ts';
import type { CalendarTerms } from './terms.ts';

export const BOOK_FIELDS = ['start', 'party', 'nonce', ...CONTACT_FIELDS] as const;

export const BOOK_QUERY = [
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
        parameters: BOOK_QUERY,
      },
      (visit) => bookPage(deps, visit),
    ),
    formRoute(
      deps,
      {
        page: 'book',
        operationId: 'bookPageSend',
        summary: 'Holds the time that was chosen, for some minutes',
        fields: BOOK_FIELDS,
      },
      (visit, form) => hold(deps, visit, form),
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
  const { asked } = booking;
  const found = await freeOn(deps, visit, asked);
  const isFree = found.slots.some(
    ({ startsAt, available }) => available && startsAt === asked.start,
  );
  if (asked.start === null || !isFree) return searchPage(deps, visit, { booking, found });
  const chosen = { startsAt: asked.start, date: asked.date, party: asked.party };
  const body = html`${chosenOn(visit, chosen)} ${takeHtml(visit, { chosen, nonce: newNonce() })}`;
  return shown(visit, body);
}

function chosenOn(visit: Visit, chosen: Chosen): Html {
  const back = visit.address('book', { date: chosen.date, party: chosen.party });
  return chosenHtml(visit, { chosen, back });
}

function searchPage(
  deps: Public,
  visit: Visit,
  { booking, found }: { readonly booking: Booking; readonly found: Availability },
): Answer {
  const { words } = visit;
  const { asked, bounds } = booking;
  const { date, party } = asked;
  const page = 'book';
  const isSome = takenStarts(deps, found).length > 0;
  return shown(
    visit,
    html`<p class="lead">${words.book.lead}</p>
      ${placesHtml(visit, page)} ${searchForm(visit, { asked, bounds, page })}
      <form method="post" action="${visit.address(page)}">
        <input type="hidden" name="party" value="${party}" />
        <input type="hidden" name="nonce" value="${newNonce()}" />
        ${timesHtml(visit, { asked, found, bounds, page, slot: slotButton })}
      </form>
      ${
        isSome &&
        html`<p>
          <a href="${visit.address('book/wait', { date, party })}" rel="nofollow"
            >${words.book.waitLink}</a
          >
        </p>`
      }
      <p><a href="${visit.address('enquire')}">${words.enquiry.link}</a></p>`,
  );
}

/** Choosing a time holds it. */
function slotButton({
  startsAt,
  text,
}: {
  readonly startsAt: string;
  readonly text: string;
}): Html {
  return html`<button type="submit" name="start" value="${startsAt}">${text}</button>`;
}

/** Starts of a day that are still to come and that somebody has. */
export function takenStarts(deps: Public, found: Availability): readonly string[] {
  // Where nothing can be had at all, waiting is of no use.
  if (found.reason !== null) return [];
  const nowMs = deps.modules.clock.nowMs();
  return found.slots
    .filter(({ available, startsAt }) => !available && Date.parse(startsAt) > nowMs)
    .map(({ startsAt }) => startsAt);
}

export function shown(visit: Visit, body: Html, status?: number): Answer {
  return shownUnder(visit, visit.words.book.title, { body, status });
}

/** Pages about coming to the house; `status` is 200 when it is left out. */
export function shownUnder(
  visit: Visit,
  title: string,
  { body, status }: { readonly body: Html; readonly status?: number | undefined },
): Answer {
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

/**
 * Holds the time that was chosen: without a name as long as the address holds few, with one beyond that. Leads to the page
 * of the hold, where it is confirmed.
 */
export async function hold(deps: Public, visit: Visit, form: Form): Promise<Answer> {
  const chosen = chosenOf(visit, form);
  // Whoever fills in what nobody sees is told that all went well, and learns nothing.
  if ((form.get('website') ?? '') !== '') return seeOther(visit.address('menu'));
  const read = isNamed(form) ? contactOf(form, visit.words.book, { consent: false }) : null;
  if (read?.kind === 'faulty') return whoPage(visit, { chosen, form, faults: read.faults });
  deps.limits.hold(visit.call.client);
  const { tenant, location } = visit.house;
  const contact = read?.given.contact;
  const { client: network } = visit.call;
  const reach = contact === undefined ? null : reachOf(contact);
  const holders = await visitorHoldersOf(deps.bookingTokens, { tenant, network, reach });
  const answer = await giveCommand(deps.modules.pipeline, {
    principal: visitorOf(tenant, 'book', ['reservations:book']),
    category: RESERVATIONS,
    command: 'HoldTables',
    id: null,
    idempotencyKey: formKeyOf(form),
    input: {
      locationId: location.locationId,
      startsAt: chosen.startsAt,
      partySize: chosen.party,
      language: visit.language,
      ...holders,
      ...(contact === undefined ? {} : { contact }),
    },
  });
  if (answer.status === 'done') return seeOther(await heldAddress(deps, visit, answer.id));
  const isTooMany = answer.code === 'TOO_MANY_HOLDS' && answer.details['of'] !== 'address';
  if (isTooMany && read === null) return whoPage(visit, { chosen });
  return refusedPage(visit, { answer, chosen, form });
}

async function heldAddress(deps: Public, visit: Visit, reservationId: string): Promise<string> {
  const place = { tenant: visit.house.tenant, reservationId, generation: 1 };
  const token = await manageTokenOf(deps.bookingTokens, place);
  return visit.address(`booking/${encodeURIComponent(token)}`);
}

function whoPage(visit: Visit, asked: Filled & { readonly chosen: Chosen }): Answer {
  const status = asked.faults === undefined ? REFUSED : statusOf('INPUT_INVALID');
  const body = html`${chosenOn(visit, asked.chosen)}
  ${whoHtml(visit, { ...asked, nonce: newNonce() })}`;
  return shown(visit, body, status);
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

/** Errors as pages, for a hold and for the waiting list. */
export function refusedPage(
  visit: Visit,
  of: {
    readonly answer: { readonly code: string; readonly details: Readonly<Record<string, unknown>> };
    readonly chosen: Chosen;
    readonly form: Form;
  },
): Answer {
  const { answer, chosen, form } = of;
  if (answer.code === 'SLOT_FULL') {
    const offered = answer.details['alternatives'];
    const alternatives = Array.isArray(offered) ? offered.map(String) : [];
    const nonce = newNonce();
    return shown(visit, fullHtml(visit, { chosen, alternatives, form, nonce }), REFUSED);
  }
  const { refused, refusedOther, heldAddress: ofAddress } = visit.words.book;
  const said =
    answer.details['of'] === 'address' ? ofAddress : (refused[answer.code] ?? refusedOther);
  const body = html`${chosenOn(visit, chosen)}
    <div class="notice bad" role="alert"><p>${said}</p></div>`;
  return shown(visit, body, REFUSED);
}
