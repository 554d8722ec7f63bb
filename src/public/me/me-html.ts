/** What is kept about somebody, as markup. Pure. */
import { dateOf, timeOf } from '../formats.ts';
import { checkHtml } from '../fields.ts';
import { html, type Html } from '../html.ts';
import type { Visit } from '../visit.ts';
import { filled, plural } from '../words/words.ts';
import type { Person } from './persons.ts';

export const CHANNELS = ['email', 'sms', 'whatsapp'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What is agreed to, word for word, as it is shown and kept. */
export function wordingOf({ words, house }: Visit, channel: Channel): string {
  return filled(words.me.wording, { house: house.name, channel: words.me.channels[channel] });
}

export function personHtml(visit: Visit, person: Person): Html {
  const { words, language } = visit;
  const { customer, points, tier } = person;
  const of = words.me;
  const values = (kind: 'email' | 'phone'): readonly string[] => {
    if (customer !== null)
      return customer.identifiers.flatMap((each) =>
        each.kind === kind && each.value !== null ? [each.value] : [],
      );
    const value = person.contact?.[kind] ?? null;
    return value === null ? [] : [value];
  };
  const name = customer?.name ?? person.contact?.name ?? null;
  return html`<dl class="facts">
    ${fact(of.name, name === null ? [] : [name])} ${fact(of.emails, values('email'))}
    ${fact(of.phones, values('phone'))}
    ${customer !== null && fact(of.language, [customer.language])}
    ${customer !== null && fact(of.since, [dateOf(customer.registeredAt, visit.reader)])}
    ${points !== null && fact(of.points, [String(points)])}
    ${tier !== null && fact(of.tier, [tierText(tier, language)])}
    <div>
      <dt>${of.bookings}</dt>
      ${
        person.bookings.length === 0
          ? html`<dd>${of.noBookings}</dd>`
          : person.bookings.map((each) => bookingLine(visit, each.booking))
      }
    </div>
  </dl>`;
}

/** As the house wrote it in the reader's language, else as it calls the tier. */
function tierText({ name, names = {} }: NonNullable<Person['tier']>, language: string): string {
  const near = Object.keys(names).find((tag) => tag.slice(0, 2) === language.slice(0, 2));
  return names[language] ?? (near === undefined ? undefined : names[near]) ?? name;
}

function fact(name: string, values: readonly string[]): Html | null {
  if (values.length === 0) return null;
  return html`<div>
    <dt>${name}</dt>
    ${values.map((value) => html`<dd><bdi>${value}</bdi></dd>`)}
  </div>`;
}

function bookingLine(
  { words, reader, language }: Visit,
  { startsAt, status, partySize }: Person['bookings'][number]['booking'],
): Html {
  return html`<dd>
    ${dateOf(startsAt, reader)}, <span class="num">${timeOf(startsAt, reader)}</span> ·
    ${plural(language, partySize, words.book.guests)} · ${words.booking.status[status] ?? status}
  </dd>`;
}

/** One switch for each channel: a button that does one thing, so that nothing is saved by mistake. */
export function consentsHtml(visit: Visit, person: Person, action: string): Html | null {
  const { customer, personId } = person;
  if (customer === null || customer.status !== 'active') return null;
  const { words, reader } = visit;
  return html`<section class="part">
    <h2>${words.me.consents}</h2>
    <p>${words.me.consentsText}</p>
    <ul class="lines">
      ${CHANNELS.map((channel) => {
        const given = customer.consents.find((consent) => consent.channel === channel);
        const name = words.me.channels[channel];
        return html`<li>
          <div>
            <strong>${name}</strong>
            <p class="quiet">
              ${
                given === undefined
                  ? wordingOf(visit, channel)
                  : `${filled(words.me.given, { date: dateOf(given.since, reader) })}: “${given.wording}”`
              }
            </p>
          </div>
          <form method="post" action="${action}">
            <input type="hidden" name="person" value="${personId}" />
            <input type="hidden" name="channel" value="${channel}" />
            <button
              class="button quiet-button"
              type="submit"
              name="give"
              value="${given === undefined ? 'yes' : 'no'}"
            >
              ${given === undefined ? words.me.give : words.me.withdraw}<span class="hidden"
                >: ${name}</span
              >
            </button>
          </form>
        </li>`;
      })}
    </ul>
  </section>`;
}

export function eraseHtml(visit: Visit, action: string, isMissing: boolean): Html {
  const { words } = visit;
  return html`<section class="part" id="erase">
    <h2>${words.me.erase}</h2>
    <p>${words.me.eraseText}</p>
    <form class="details" method="post" action="${action}" novalidate>
      ${checkHtml({
        name: 'understood',
        label: words.me.eraseConfirm,
        checked: false,
        required: true,
        fault: isMissing ? words.me.eraseMissing : undefined,
      })}
      <button class="button danger" type="submit">${words.me.eraseYes}</button>
    </form>
  </section>`;
}
