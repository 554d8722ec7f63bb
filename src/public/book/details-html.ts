/** The form that books a time that was chosen, and what is offered when somebody was faster. Pure. */
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

export interface DetailsForm {
  readonly chosen: Chosen;
  readonly terms: CalendarTerms;
  /** Of this form: sent twice it books once. */
  readonly nonce: string;
  /** What was filled in before, to be put right. */
  readonly form?: Form;
  readonly faults?: Faults;
  /** Why it was refused. */
  readonly refusal?: Html;
}

export function detailsHtml(visit: Visit, details: DetailsForm): Html {
  const { words, language, reader } = visit;
  const { chosen, faults = {}, refusal } = details;
  const again = visit.address('book', { date: chosen.date, party: chosen.party });
  const wrong = Object.values(faults).length > 0;
  return html`<section class="chosen">
      <p class="big">
        ${dateOf(chosen.startsAt, reader)},
        <span class="num">${timeOf(chosen.startsAt, reader)}</span>
        <span class="quiet">${zoneOf(chosen.startsAt, reader)}</span>
      </p>
      <p>
        ${plural(language, chosen.party, words.book.guests)} ·
        <a href="${again}">${words.book.change}</a>
      </p>
    </section>
    ${refusal}
    ${wrong && html`<div class="notice bad" role="alert"><p>${words.book.wrong}</p></div>`}
    <form class="details" method="post" action="${visit.address('book')}" novalidate>
      <h2>${words.book.details}</h2>
      <input type="hidden" name="start" value="${chosen.startsAt}" />
      <input type="hidden" name="party" value="${chosen.party}" />
      <input type="hidden" name="nonce" value="${details.nonce}" />
      ${contactFields(visit, details)} ${termsHtml(visit, details)}
      <button class="button" type="submit">${words.book.send}</button>
    </form>`;
}

function contactFields({ words, house }: Visit, { form, faults = {} }: DetailsForm): Html {
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
  })}
  ${textAreaHtml({
    name: 'note',
    label: of.note,
    value: value('note'),
    optional: of.optional,
    hint: of.noteHint,
    lengthMax: NOTE_LENGTH_MAX,
    fault: faults.note,
  })}
  ${trap(of.website)}
  ${checkHtml({
    name: 'consent',
    label: filled(of.consent, { house: house.name }),
    checked: value('consent') === 'yes',
    required: true,
    fault: faults.consent,
  })}`;
}

/** Nobody sees it and no reader comes by it: whoever fills it in is a program. */
function trap(label: string): Html {
  return html`<div class="trap" aria-hidden="true">
    <label for="website">${label}</label>
    <input id="website" name="website" type="text" tabindex="-1" autocomplete="off" />
  </div>`;
}

/** What it costs to cancel or not to come, told before the table is booked. */
function termsHtml(
  { words, language, reader, house }: Visit,
  { chosen, terms }: DetailsForm,
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

/** Somebody was faster: other times, and the waiting list with what was filled in already. */
export function fullHtml(
  visit: Visit,
  of: { readonly chosen: Chosen; readonly alternatives: readonly string[]; readonly form: Form },
): Html {
  const { words, reader } = visit;
  const { chosen, alternatives, form } = of;
  const time = timeOf(chosen.startsAt, reader);
  const kept = ['name', 'email', 'phone', 'note', 'consent', 'party', 'nonce'].map(
    (name) => html`<input type="hidden" name="${name}" value="${form.get(name) ?? ''}" />`,
  );
  return html`<div class="notice" role="alert">
      <h2>${filled(words.book.full, { time })}</h2>
      ${
        alternatives.length > 0 &&
        html`<p>${words.book.alternatives}</p>
          <form method="post" action="${visit.address('book')}">
            ${kept}
            <ul class="slots">
              ${alternatives.map(
                (start) =>
                  html`<li>
                    <button type="submit" name="start" value="${start}">
                      ${timeOf(start, reader)}
                    </button>
                  </li>`,
              )}
            </ul>
          </form>`
      }
    </div>
    <form class="wait" method="post" action="${visit.address('book/wait')}">
      <h2>${words.book.waitTitle}</h2>
      <p>${filled(words.book.waitText, { time })}</p>
      ${kept}
      <input type="hidden" name="start" value="${chosen.startsAt}" />
      <button class="button quiet-button" type="submit">${words.book.wait}</button>
    </form>`;
}
