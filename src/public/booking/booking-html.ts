/** A booking as its guest sees it. Pure. */
import type { Money } from '../../core/money.ts';
import type { CancelTerms } from '../../modules/reservations/index.ts';
import { dateOf, moneyOf, timeOf, zoneOf } from '../formats.ts';
import { html, type Html } from '../html.ts';
import type { Visit } from '../visit.ts';
import { filled, plural } from '../words/words.ts';
import type { OpenedBooking } from './open-booking.ts';

const GOOD: ReadonlySet<string> = new Set(['confirmed', 'seated', 'completed']);
const BAD: ReadonlySet<string> = new Set(['cancelled', 'expired', 'no-show']);

export function bookingHtml(visit: Visit, { booking }: OpenedBooking): Html {
  const { words, reader, language, house } = visit;
  const { status, startsAt, partySize, note, contact, amounts } = booking;
  const place = house.places.find(({ locationId }) => locationId === booking.locationId);
  const tone = GOOD.has(status) ? 'good' : BAD.has(status) ? 'bad' : 'waiting';
  const due = amounts.filter((amount) => amount.status === 'due');
  return html`<p class="status ${tone}">${words.booking.status[status] ?? status}</p>
    <dl class="facts">
      <div>
        <dt>${words.booking.when}</dt>
        <dd class="big">
          ${dateOf(startsAt, reader)}, <span class="num">${timeOf(startsAt, reader)}</span>
          <span class="quiet">${zoneOf(startsAt, reader)}</span>
        </dd>
      </div>
      <div>
        <dt>${words.booking.who}</dt>
        <dd>
          ${plural(language, partySize, words.book.guests)}${
            contact !== null && html` · <bdi>${contact.name}</bdi>`
          }
        </dd>
      </div>
      <div>
        <dt>${words.booking.at}</dt>
        <dd><bdi>${place?.name ?? house.name}</bdi></dd>
      </div>
      ${
        note !== null &&
        html`<div>
          <dt>${words.booking.note}</dt>
          <dd dir="auto" class="written">${note}</dd>
        </div>`
      }
      ${due.map(
        ({ kind, amount }) =>
          html`<div>
            <dt>${words.booking.due[kind] ?? kind}</dt>
            <dd class="num">${moneyOf(amount, language)}</dd>
          </div>`,
      )}
    </dl>`;
}

/** What cancelling costs, in words. */
export function costText(visit: Visit, terms: CancelTerms): string {
  const { words, language } = visit;
  const { refund } = terms;
  const cost = lostText(visit, terms);
  if (refund === null) return cost;
  return `${cost} ${filled(words.booking.cancelRefund, { amount: moneyOf(refund, language) })}`;
}

/** What is owed, or kept of a deposit; what comes back of it is another sentence. */
function lostText(
  { words: { booking }, language }: Visit,
  { late, fee, kept }: CancelTerms,
): string {
  const amount = (value: Money): string => moneyOf(value, language);
  if (fee !== null && kept !== null)
    return filled(booking.cancelFeeMore, { amount: amount(fee), kept: amount(kept) });
  if (fee !== null) return filled(booking.cancelFee, { amount: amount(fee) });
  if (kept !== null) return filled(booking.cancelKept, { amount: amount(kept) });
  return late ? booking.cancelLate : booking.cancelFree;
}

/** What was told, to be compared with what it would cost when the button is pressed. */
export function toldOf({ late, fee, refund }: CancelTerms): string {
  return [late ? 'late' : 'free', fee?.amount ?? 0, refund?.amount ?? 0].join('.');
}

export function cancelHtml(visit: Visit, opened: OpenedBooking, terms: CancelTerms): Html {
  const { words } = visit;
  const here = `booking/${encodeURIComponent(opened.token)}`;
  return html`<section class="notice" aria-labelledby="cancel">
    <h2 id="cancel">${words.booking.cancelQuestion}</h2>
    <p class="big">${costText(visit, terms)}</p>
    <form class="buttons" method="post" action="${visit.address(`${here}/cancel`)}">
      <input type="hidden" name="told" value="${toldOf(terms)}" />
      <button class="button danger" type="submit">${words.booking.cancelYes}</button>
      <a class="button quiet-button" href="${visit.address(here)}">${words.booking.cancelNo}</a>
    </form>
  </section>`;
}
