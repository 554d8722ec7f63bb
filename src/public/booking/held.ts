/**
 * A table that is held: until when, and the form that books it. The countdown is style alone (page.css): the page says how
 * much was left when it was made, and an animation that began that long ago shows the minutes. Whoever has no such style
 * reads the moment until which it is held, which is true at any time.
 */
import { availabilityOf, bookingTermsOf } from '../../modules/reservations/index.ts';
import { statusOf } from '../../http/problem.ts';
import type { Answer } from '../../http/route.ts';
import { contactOf } from '../book/contact-form.ts';
import { chosenHtml, detailsHtml, type Filled } from '../book/details-html.ts';
import { startsHtml } from '../book/full-html.ts';
import { hold } from '../book/page-book.ts';
import { timeOf } from '../formats.ts';
import type { Form } from '../form.ts';
import { newNonce } from '../give-command.ts';
import { html, type Html } from '../html.ts';
import { pageAnswer, seeOther } from '../layout.ts';
import type { Public } from '../public-services.ts';
import type { Visit } from '../visit.ts';
import { filled } from '../words/words.ts';
import { openBooking, type OpenedBooking } from './open-booking.ts';

/** Enough to choose from on a phone. */
const STARTS_MAX = 6;

export const here = ({ token }: OpenedBooking): string => `booking/${encodeURIComponent(token)}`;

/** Milliseconds that a hold lasts yet, negative when it is over; null for what is no hold. */
export function leftMs(deps: Public, { booking }: OpenedBooking): number | null {
  const { status, heldUntil } = booking;
  if (status === 'expired') return -1;
  if (status !== 'held' || heldUntil === null) return null;
  return Date.parse(heldUntil) - deps.modules.clock.nowMs();
}

/** What stands under the heading of a hold that is open. */
export async function heldHtml(
  deps: Public,
  opened: OpenedBooking,
  given: Filled = {},
): Promise<Html> {
  const { visit, booking } = opened;
  const { house, words, reader } = visit;
  const terms = await bookingTermsOf(deps.modules, house.tenant, booking.locationId);
  const { startsAt, day, partySize, heldUntil } = booking;
  const chosen = { startsAt, date: day, party: partySize };
  const until = filled(words.book.heldUntil, { time: timeOf(heldUntil ?? startsAt, reader) });
  return html`<div class="notice held">
      <p class="big">${until} ${countdownHtml(visit, Math.max(0, leftMs(deps, opened) ?? 0))}</p>
      <p>${words.book.heldText}</p>
    </div>
    ${chosenHtml(visit, { chosen, back: visit.address(here(opened), { ask: 'change' }) })}
    ${
      terms !== null &&
      detailsHtml(visit, {
        form: formOf(booking.contact),
        ...given,
        chosen,
        terms,
        action: visit.address(`${here(opened)}/confirm`),
      })
    }`;
}

/** What was told already, where the one who made the hold told it. */
function formOf(contact: OpenedBooking['booking']['contact']): Form {
  return new Map(
    Object.entries(contact ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/** Tens and ones of the minutes and tens of the seconds, as page.css names them. */
function countdownHtml({ words }: Visit, ms: number): Html {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const [before = '', after = ''] = words.book.left.split('{n}');
  return html`<span
    class="countdown quiet"
    aria-hidden="true"
    data-tens="${Math.floor(minutes / 10)}"
    data-ones="${minutes % 10}"
    data-seconds="${Math.floor((seconds % 60) / 10)}"
    >${before}<span class="minutes"></span>${after}</span
  >`;
}

/** What stands under the heading when nobody confirmed in time: nothing is lost, and what is free is a click away. */
export async function overHtml(deps: Public, opened: OpenedBooking): Promise<Html> {
  const { visit, booking } = opened;
  const { words, house } = visit;
  const { locationId, day: date, partySize: party, startsAt } = booking;
  const asked = { locationId, date, partySize: party, areaId: null };
  const { slots } = await availabilityOf(deps.modules, house.tenant, asked);
  const starts = nearest(
    slots.filter(({ available }) => available).map((slot) => slot.startsAt),
    startsAt,
  );
  const action = visit.address(`${here(opened)}/again`);
  return html`<div class="notice" role="status">
      <h2>${words.book.overTitle}</h2>
      <p>${starts.length > 0 ? words.book.overText : words.book.overNone}</p>
      ${starts.length > 0 && startsHtml(visit, { starts, party, nonce: newNonce(), action })}
    </div>
    <p>
      <a class="button quiet-button" href="${visit.address('book', { date, party })}"
        >${words.book.change}</a
      >
    </p>`;
}

/** In order of time. */
function nearest(starts: readonly string[], to: string): readonly string[] {
  const far = (start: string): number => Math.abs(Date.parse(start) - Date.parse(to));
  return [...starts]
    .sort((a, b) => far(a) - far(b))
    .slice(0, STARTS_MAX)
    .sort();
}

/** The page of a hold, with what was filled in. */
export async function heldPage(
  deps: Public,
  opened: OpenedBooking,
  given: Filled & { readonly status?: number } = {},
): Promise<Answer> {
  const { visit } = opened;
  const { title } = visit.words.book;
  const isOpen = (leftMs(deps, opened) ?? 0) > 0;
  const { status, ...form } = given;
  return pageAnswer(visit, {
    title,
    secret: true,
    body: html`<div class="narrow">
      <h1>${title}</h1>
      ${isOpen ? await heldHtml(deps, opened, form) : await overHtml(deps, opened)}
    </div>`,
    ...(status === undefined ? {} : { status }),
  });
}

type Confirm = (input: object) => Promise<Answer>;

/** Books what is held, with who comes. Sent twice it books once: what is confirmed stays as it is. */
export async function confirm(
  deps: Public,
  visit: Visit,
  { form, give }: { readonly form: Form; readonly give: Confirm },
): Promise<Answer> {
  const opened = await openBooking(deps, visit);
  // Whoever fills in what nobody sees is told that all went well, and learns nothing.
  if ((form.get('website') ?? '') !== '') return seeOther(visit.address('menu'));
  const left = leftMs(deps, opened);
  if (left === null) return seeOther(visit.address(here(opened), { done: 'made' }));
  if (left <= 0) return seeOther(visit.address(here(opened)));
  const read = contactOf(form, opened.visit.words.book);
  if (read.kind === 'faulty')
    return heldPage(deps, opened, { form, faults: read.faults, status: statusOf('INPUT_INVALID') });
  const { contact, note } = read.given;
  return give({ by: 'guest', contact, ...(note === null ? {} : { note }) });
}

/** Another time in place of one that ran out. */
export async function again(deps: Public, visit: Visit, form: Form): Promise<Answer> {
  const { visit: there } = await openBooking(deps, visit);
  return hold(deps, there, form);
}
