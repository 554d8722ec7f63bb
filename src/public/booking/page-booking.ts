/** /public/{slug}/booking/{token}: a guest looks at a booking, changes or cancels it, and takes it into a calendar. */
import type { Answer, Route } from '../../http/route.ts';
import { cancelTermsOf, icsOf, RESERVATIONS } from '../../modules/reservations/index.ts';
import { availabilityOf } from '../../modules/reservations/index.ts';
import { Failure } from '../../core/errors.ts';
import { CONTACT_FIELDS } from '../book/contact-form.ts';
import { BOOK_FIELDS, bookingOf } from '../book/page-book.ts';
import { isMoment } from '../book/asked.ts';
import { searchForm, timesHtml } from '../book/times-html.ts';
import type { Form } from '../form.ts';
import { giveCommand, visitorOf } from '../give-command.ts';
import { html, type Html } from '../html.ts';
import { pageAnswer, seeOther } from '../layout.ts';
import { formRoute, pageRoute, queryText, TOKEN } from '../page-route.ts';
import type { Public } from '../public-services.ts';
import type { Visit } from '../visit.ts';
import { filled } from '../words/words.ts';
import { bookingHtml, cancelHtml, toldOf } from './booking-html.ts';
import { again, confirm, heldPage, here, leftMs } from './held.ts';
import { openBooking, type OpenedBooking } from './open-booking.ts';

const QUERY = [
  queryText('done', 'What was done just now: it is said above the booking.'),
  queryText('ask', '`cancel` asks whether to cancel, `change` for another time.'),
  queryText('date', 'Business day to move to.'),
  queryText('party', 'How many guests then.'),
];

export function bookingPages(deps: Public): readonly Route[] {
  const form = (word: string, summary: string, fields: readonly string[]) => ({
    page: `booking/{token}/${word}`,
    operationId: `bookingPage${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`,
    summary,
    parameters: [TOKEN],
    fields,
  });
  return [
    pageRoute(
      deps,
      {
        page: 'booking/{token}',
        operationId: 'bookingPage',
        summary: 'A booking as its guest sees it',
        parameters: [TOKEN, ...QUERY],
      },
      (visit) => bookingPage(deps, visit),
    ),
    calendarRoute(deps),
    formRoute(deps, form('change', 'Moves a booking', ['start', 'party']), (visit, sent) =>
      change(deps, visit, sent),
    ),
    formRoute(deps, form('cancel', 'Cancels a booking', ['told']), (visit, sent) =>
      cancel(deps, visit, sent),
    ),
    formRoute(deps, form('confirm', 'Books what is held', CONTACT_FIELDS), (visit, sent) =>
      confirm(deps, visit, {
        form: sent,
        give: (input) => give(deps, visit, { command: 'ConfirmReservation', input, done: 'made' }),
      }),
    ),
    formRoute(
      deps,
      form('again', 'Holds another time in place of one that ran out', BOOK_FIELDS),
      (visit, sent) => again(deps, visit, sent),
    ),
  ];
}

const isOpen = ({ booking: { status } }: OpenedBooking): boolean =>
  status === 'held' || status === 'pending' || status === 'confirmed';

async function bookingPage(deps: Public, asked: Visit): Promise<Answer> {
  const opened = await openBooking(deps, asked);
  const { visit } = opened;
  const { words } = visit;
  const ask = visit.call.query.get('ask');
  const wantsChange = ask === 'change' || visit.call.query.has('date');
  const left = leftMs(deps, opened);
  if (left !== null && (left <= 0 || (ask === undefined && !wantsChange)))
    return heldPage(deps, opened);
  return pageAnswer(visit, {
    title: words.booking.title,
    secret: true,
    body: html`<div class="narrow">
      <h1>${words.booking.title}</h1>
      ${said(visit, opened)} ${bookingHtml(visit, opened)}
      ${
        isOpen(opened)
          ? html`${ask === 'cancel' ? await askCancel(deps, visit, opened) : null}
              ${wantsChange ? await changeHtml(deps, visit, opened) : null}
              ${ask === undefined && !wantsChange ? actions(visit, opened) : null}
              <p class="quiet">${words.booking.keep}</p>`
          : html`<p>
              <a class="button" href="${visit.address('book')}">${words.booking.again}</a>
            </p>`
      }
    </div>`,
  });
}

/** What was done just now, said once above the booking. */
function said({ words, call }: Visit, { booking }: OpenedBooking): Html | null {
  const texts: Readonly<Record<string, string>> = {
    // Where the house must still say yes, nothing is booked yet.
    made: booking.status === 'pending' ? words.booking.asked : words.booking.made,
    changed: words.booking.changed,
    unchanged: words.booking.unchanged,
    cancelled: words.booking.cancelled,
  };
  const done = call.query.get('done') ?? '';
  const text = Object.hasOwn(texts, done) ? texts[done] : undefined;
  // An old address, read again later, must not say what is not so any more.
  const fits = (done === 'cancelled') === (booking.status === 'cancelled');
  if (text === undefined || !fits) return null;
  return html`<div class="notice${done === 'unchanged' ? ' bad' : ' good'}" role="status">
    <p>${text}</p>
  </div>`;
}

function actions(visit: Visit, opened: OpenedBooking): Html {
  const { words } = visit;
  const page = here(opened);
  return html`<p class="buttons">
    <a class="button quiet-button" href="${visit.address(`${page}/calendar.ics`)}" download
      >${words.booking.calendar}</a
    >
    <a class="button quiet-button" href="${visit.address(page, { ask: 'change' })}"
      >${words.booking.change}</a
    >
    <a class="button quiet-button" href="${visit.address(page, { ask: 'cancel' })}"
      >${words.booking.cancel}</a
    >
  </p>`;
}

async function askCancel(deps: Public, visit: Visit, opened: OpenedBooking): Promise<Html | null> {
  const terms = await cancelTermsOf(deps.modules, visit.house.tenant, opened);
  return terms === null ? null : cancelHtml(visit, opened, terms);
}

/** Times as buttons: pressing one moves the booking. What it has now counts as free. */
async function changeHtml(deps: Public, visit: Visit, opened: OpenedBooking): Promise<Html> {
  const { words, house } = visit;
  const { booking, reservationId } = opened;
  const terms = await cancelTermsOf(deps.modules, house.tenant, opened);
  const now = { date: booking.day, party: String(booking.partySize) };
  const query = new Map([...Object.entries(now), ...visit.call.query]);
  const { asked, bounds } = await bookingOf(deps, visit, query);
  const found = await availabilityOf(deps.modules, house.tenant, {
    locationId: booking.locationId,
    date: asked.date,
    partySize: asked.party,
    areaId: booking.areaId,
    except: reservationId,
  });
  const page = here(opened);
  return html`<section class="change" aria-labelledby="change">
    <h2 id="change">${words.booking.change}</h2>
    <p>${words.booking.changeText}</p>
    ${terms?.late === true && html`<p>${words.booking.changeLate}</p>`}
    ${searchForm(visit, { asked, bounds, page })}
    <form method="post" action="${visit.address(`${page}/change`)}">
      <input type="hidden" name="party" value="${asked.party}" />
      ${timesHtml(visit, {
        asked,
        found,
        bounds,
        page,
        slot: ({ startsAt, text }) => {
          const current = startsAt === booking.startsAt && html` aria-current="true"`;
          return html`<button type="submit" name="start" value="${startsAt}" ${current}>
            ${text}
          </button>`;
        },
      })}
    </form>
    <p><a href="${visit.address(page)}">${words.booking.cancelNo}</a></p>
  </section>`;
}

async function change(deps: Public, visit: Visit, form: Form): Promise<Answer> {
  const startsAt = form.get('start') ?? '';
  const party = form.get('party') ?? '';
  if (!isMoment(startsAt) || !/^[1-9]\d{0,2}$/.test(party))
    throw new Failure('INPUT_INVALID', 'The form does not say when and how many.');
  const input = { startsAt, partySize: Number(party), by: 'guest' };
  return give(deps, visit, { command: 'ChangeReservation', input, done: 'changed' });
}

async function cancel(deps: Public, visit: Visit, form: Form): Promise<Answer> {
  const opened = await openBooking(deps, visit);
  const terms = await cancelTermsOf(deps.modules, visit.house.tenant, opened);
  // Asked again where it costs something else by now than what was told.
  if (terms !== null && toldOf(terms) !== form.get('told') && isOpen(opened))
    return seeOther(visit.address(here(opened), { ask: 'cancel' }));
  return give(deps, visit, {
    command: 'CancelReservation',
    input: { by: 'guest' },
    done: 'cancelled',
  });
}

async function give(
  deps: Public,
  visit: Visit,
  asked: { readonly command: string; readonly input: object; readonly done: string },
): Promise<Answer> {
  const opened = await openBooking(deps, visit);
  deps.limits.book(visit.call.client);
  const answer = await giveCommand(deps.modules.pipeline, {
    principal: visitorOf(visit.house.tenant, 'booking', ['reservations:book']),
    category: RESERVATIONS,
    command: asked.command,
    id: opened.reservationId,
    input: asked.input,
  });
  const done = answer.status === 'done' ? asked.done : 'unchanged';
  return seeOther(visit.address(here(opened), { done }));
}

/** RFC 5545, section 3.8.1.11. A booking that is off takes its entry out of the calendar. */
const CALENDAR_STATUS: Readonly<Record<string, 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED'>> = {
  confirmed: 'CONFIRMED',
  seated: 'CONFIRMED',
  completed: 'CONFIRMED',
  cancelled: 'CANCELLED',
  expired: 'CANCELLED',
  'no-show': 'CANCELLED',
};

function calendarRoute(deps: Public): Route {
  return {
    ...pageRoute(
      deps,
      {
        page: 'booking/{token}/calendar.ics',
        operationId: 'bookingCalendar',
        summary: 'A booking as iCalendar',
        parameters: [TOKEN],
      },
      async (visit) => {
        const { booking, reservationId, visit: there } = await openBooking(deps, visit);
        const { house, words } = there;
        const summary = filled(words.booking.eventName, { house: house.name });
        const body = icsOf({
          name: summary,
          stampMs: deps.modules.clock.nowMs(),
          entries: [
            {
              uid: `${reservationId}@comptoir`,
              startMs: Date.parse(booking.startsAt),
              endMs: Date.parse(booking.endsAt),
              summary,
              status: CALENDAR_STATUS[booking.status] ?? 'TENTATIVE',
            },
          ],
        });
        return {
          status: 200,
          contentType: 'text/calendar; charset=utf-8',
          headers: {
            'content-disposition': 'attachment; filename="booking.ics"',
            'cache-control': 'no-store',
          },
          body,
        };
      },
    ),
    answers: { 200: { description: 'The calendar', contentType: 'text/calendar' } },
  };
}
