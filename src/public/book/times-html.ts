/** The form that asks for a day and a number of guests, and the times that are free. Pure. */
import type { Availability } from '../../modules/reservations/index.ts';
import { plainDateOf, timeOf, zoneOf } from '../formats.ts';
import { inputHtml } from '../fields.ts';
import { html, type Html } from '../html.ts';
import type { Visit } from '../visit.ts';
import { filled, plural } from '../words/words.ts';
import { dayAfter, type Asked } from './asked.ts';

export interface SearchBounds {
  readonly first: string;
  readonly last: string;
  readonly partyMin: number;
  readonly partyMax: number;
}

/** More would be a long list; who is more writes the number into the address or calls. */
const PARTY_CHOICES_MAX = 30;

/** Longer than any grid of starts. */
const PAUSE_MS = 90 * 60_000;

/** A GET form: `action` is the page itself, whose other parameters are `hidden`. */
export function searchForm(
  visit: Visit,
  {
    asked,
    bounds,
    page,
  }: { readonly asked: Asked; readonly bounds: SearchBounds; readonly page: string },
): Html {
  const { words, language, call, slug } = visit;
  const kept = ['at', 'lang'].flatMap((name) => {
    const value = call.query.get(name);
    return value === undefined
      ? []
      : [html`<input type="hidden" name="${name}" value="${value}" />`];
  });
  const last = Math.min(bounds.partyMax, bounds.partyMin + PARTY_CHOICES_MAX - 1);
  const sizes = Array.from(
    { length: Math.max(1, last - bounds.partyMin + 1) },
    (_, index) => bounds.partyMin + index,
  );
  return html`<form
    class="search"
    method="get"
    action="/public/${encodeURIComponent(slug)}/${page}"
  >
    ${kept}
    ${inputHtml({
      name: 'date',
      type: 'date',
      label: words.book.date,
      value: asked.date,
      min: bounds.first,
      max: bounds.last,
      required: true,
    })}
    <div class="field">
      <label for="party">${words.book.party}</label>
      <select id="party" name="party">
        ${sizes.map(
          (size) =>
            html`<option value="${size}" ${size === asked.party && html` selected`}>
              ${plural(language, size, words.book.guests)}
            </option>`,
        )}
      </select>
    </div>
    <button class="button" type="submit">${words.book.find}</button>
  </form>`;
}

/** How one free start is offered: a link that chooses it, or a button that takes it. */
export type SlotHtml = (slot: { readonly startsAt: string; readonly text: string }) => Html;

export function timesHtml(
  visit: Visit,
  of: {
    readonly asked: Asked;
    readonly found: Availability;
    readonly bounds: SearchBounds;
    readonly page: string;
    readonly slot: SlotHtml;
  },
): Html {
  const { words, language, reader } = visit;
  const { asked, found, bounds, page, slot } = of;
  const date = plainDateOf(asked.date, language);
  const free = found.slots.filter(({ available }) => available);
  const steps = html`<p class="days">
    ${
      asked.date > bounds.first &&
      html`<a href="${stepAddress(visit, { page, asked, days: -1 })}">${words.book.previousDay}</a>`
    }
    ${
      asked.date < bounds.last &&
      html`<a href="${stepAddress(visit, { page, asked, days: 1 })}">${words.book.nextDay}</a>`
    }
  </p>`;
  const [first] = free;
  if (first === undefined)
    return html`<section class="empty" aria-labelledby="times">
      ${emptyText(visit, { found, date })} ${steps}
    </section>`;
  const zone = zoneOf(first.startsAt, reader);
  return html`<section aria-labelledby="times">
    <h2 id="times">${filled(words.book.times, { date })}</h2>
    <p class="quiet">
      ${plural(language, found.durationMinutes, words.book.stays)}
      ${filled(words.book.timesIn, { zone })}
    </p>
    ${servings(free).map(
      (starts) =>
        html`<ul class="slots">
          ${starts.map((start) => html`<li>${slot({ startsAt: start, text: timeOf(start, reader) })}</li>`)}
        </ul>`,
    )}
    ${steps}
  </section>`;
}

/** Starts that belong together, such as those of lunch: a longer pause parts them. */
function servings(slots: Availability['slots']): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const { startsAt } of slots) {
    const at = Date.parse(startsAt);
    const part = at - last > PAUSE_MS ? undefined : parts.at(-1);
    if (part === undefined) parts.push([startsAt]);
    else part.push(startsAt);
    last = at;
  }
  return parts;
}

function stepAddress(
  visit: Visit,
  { page, asked, days }: { readonly page: string; readonly asked: Asked; readonly days: number },
): string {
  return visit.address(page, { date: dayAfter(asked.date, days), party: asked.party });
}

function emptyText(
  { words }: Visit,
  { found, date }: { readonly found: Availability; readonly date: string },
): Html {
  const { refused, closed, closedText, none, noneText } = words.book;
  const reason = found.reason === null ? undefined : refused[found.reason];
  const isClosed = found.slots.length === 0 || reason !== undefined;
  return html`<h2 id="times">${isClosed ? closed : none}</h2>
    <p class="quiet">${date}</p>
    <p>${reason ?? (isClosed ? closedText : noneText)}</p>`;
}
