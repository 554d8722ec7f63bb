/** The forms of who comes: for a table that is held, and before it is. Pure. */
import { money } from '../../core/money.ts';
import type { CalendarTerms } from './terms.ts';
import { dateOf, moneyOf, timeOf, zoneOf } from '../formats.ts';
import { checkHtml, inputHtml, textAreaHtml } from '../fields.ts';
import type { Form } from '../form.ts';
import { html, type Html } from '../html.ts';
import type { Visit } from '../visit.ts';
import { filled, plural } from '../words/words.ts';
import { NAME_LENGTH_MAX, NOTE_LENGTH_MAX, type Faults } from './contact-form.ts';

export interface Chosen {
  readonly startsAt: string;
  readonly date: string;
  readonly party: number;
}

export interface Filled {
  /** What was filled in before, to be put right. */
  readonly form?: Form;
  readonly faults?: Faults;
}

/** What was chosen, with a way back. */
export function chosenHtml(
  { words, language, reader }: Visit,
  { chosen, back }: { readonly chosen: Chosen; readonly back: string },
): Html {
  return html`<section class="chosen">
    <p class="big">
      ${dateOf(chosen.startsAt, reader)},
      <span class="num">${timeOf(chosen.startsAt, reader)}</span>
      <span class="quiet">${zoneOf(chosen.startsAt, reader)}</span>
    </p>
    <p>
      ${plural(language, chosen.party, words.book.guests)} ·
      <a href="${back}">${words.book.change}</a>
    </p>
  </section>`;
}

/** Who comes, and with that the booking: the form of a table that is held. */
export function detailsHtml(
  visit: Visit,
  details: Filled & {
    readonly chosen: Chosen;
    readonly terms: CalendarTerms;
    readonly action: string;
  },
): Html {
  const { words } = visit;
  return html`${wrongHtml(visit, details)}
    <form class="details" method="post" action="${details.action}" novalidate>
      <h2>${words.book.details}</h2>
      ${contactFields(visit, details)} ${noteField(visit, details)} ${trap(words.book.website)}
      ${consentField(visit, details)} ${termsHtml(visit, details)}
      <button class="button" type="submit">${words.book.send}</button>
    </form>`;
}

/** Who comes, asked before a table is held: others from the same address hold some. */
export function whoHtml(
  visit: Visit,
  asked: Filled & { readonly chosen: Chosen; readonly nonce: string },
): Html {
  const { words } = visit;
  return html`${wrongHtml(visit, asked)}
    <form class="details" method="post" action="${visit.address('book')}" novalidate>
      <h2>${words.book.whoTitle}</h2>
      <p>${words.book.whoText}</p>
      ${hiddenHtml(asked)} ${contactFields(visit, asked)} ${trap(words.book.website)}
      <button class="button" type="submit">${words.book.hold}</button>
    </form>`;
}

/** Nothing but a button: for whoever comes by an address that names a time. */
export function takeHtml(
  visit: Visit,
  asked: { readonly chosen: Chosen; readonly nonce: string },
): Html {
  return html`<form class="details" method="post" action="${visit.address('book')}">
    ${hiddenHtml(asked)}
    <button class="button" type="submit">${visit.words.book.hold}</button>
  </form>`;
}

function hiddenHtml({ chosen, nonce }: { readonly chosen: Chosen; readonly nonce: string }): Html {
  return html`<input type="hidden" name="start" value="${chosen.startsAt}" />
    <input type="hidden" name="party" value="${chosen.party}" />
    <input type="hidden" name="nonce" value="${nonce}" />`;
}

export function wrongHtml({ words }: Visit, { faults = {} }: Filled): Html | null {
  if (Object.values(faults).length === 0) return null;
  return html`<div class="notice bad" role="alert"><p>${words.book.wrong}</p></div>`;
}

export function contactFields({ words }: Visit, { form, faults = {} }: Filled): Html {
  const of = words.book;
  const value = (name: string): string | undefined => form?.get(name);
  return html`${inputHtml({
    name: 'name',
    label: of.name,
    value: value('name'),
    autocomplete: 'name',
    required: true,
    lengthMax: NAME_LENGTH_MAX,
    fault: faults.name,
  })}
  ${inputHtml({
    name: 'email',
    type: 'email',
    label: of.email,
    value: value('email'),
    autocomplete: 'email',
    hint: of.reach,
    fault: faults.email,
  })}
  ${inputHtml({
    name: 'phone',
    type: 'tel',
    label: of.phone,
    value: value('phone'),
    autocomplete: 'tel',
    hint: of.phoneHint,
    fault: faults.phone,
  })}`;
}

export function noteField({ words }: Visit, { form, faults = {} }: Filled): Html {
  return textAreaHtml({
    name: 'note',
    label: words.book.note,
    value: form?.get('note'),
    optional: words.book.optional,
    hint: words.book.noteHint,
    lengthMax: NOTE_LENGTH_MAX,
    fault: faults.note,
  });
}

export function consentField({ words, house }: Visit, { form, faults = {} }: Filled): Html {
  return checkHtml({
    name: 'consent',
    label: filled(words.book.consent, { house: house.name }),
    checked: form?.get('consent') === 'yes',
    required: true,
    fault: faults.consent,
  });
}

/** Nobody sees it and no reader comes by it: whoever fills it in is a program. */
export function trap(label: string): Html {
  return html`<div class="trap" aria-hidden="true">
    <label for="website">${label}</label>
    <input id="website" name="website" type="text" tabindex="-1" autocomplete="off" />
  </div>`;
}

/** What it costs to cancel or not to come, told before the table is booked. */
function termsHtml(
  { words, language, reader, house }: Visit,
  { chosen, terms }: { readonly chosen: Chosen; readonly terms: CalendarTerms },
): Html {
  const amount = (minor: number): string =>
    moneyOf(money(minor, house.location.currency), language);
  const until = new Date(
    Date.parse(chosen.startsAt) - terms.freeCancelMinutes * 60_000,
  ).toISOString();
  const said = [
    terms.lateCancelFeePerGuest > 0 || terms.freeCancelMinutes > 0
      ? filled(words.book.freeUntil, { time: timeOf(until, reader), date: dateOf(until, reader) })
      : null,
    terms.lateCancelFeePerGuest > 0
      ? filled(words.book.lateFee, { amount: amount(terms.lateCancelFeePerGuest) })
      : null,
    terms.noShowFeePerGuest > 0
      ? filled(words.book.noShowFee, { amount: amount(terms.noShowFeePerGuest) })
      : null,
    terms.depositPerGuest > 0 && chosen.party >= terms.depositFromPartySize
      ? filled(words.book.deposit, { amount: amount(terms.depositPerGuest) })
      : null,
  ].filter((text) => text !== null);
  return html`<ul class="terms">
    ${said.map((text) => html`<li>${text}</li>`)}
  </ul>`;
}
