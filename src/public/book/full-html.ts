/** What is offered when somebody was faster: other times, and the waiting list. Pure. */
import { timeOf } from '../formats.ts';
import { html, type Html } from '../html.ts';
import type { Visit } from '../visit.ts';
import { filled } from '../words/words.ts';
import {
  consentField,
  contactFields,
  noteField,
  trap,
  wrongHtml,
  type Chosen,
  type Filled,
} from './details-html.ts';

/** Contact that was given before a time was taken by others. */
const KEPT = ['name', 'email', 'phone'] as const;

/** Times as buttons, each of which takes its time. */
export function startsHtml(
  visit: Visit,
  of: {
    readonly starts: readonly string[];
    readonly party: number;
    readonly nonce: string;
    readonly action: string;
    readonly form?: Filled['form'];
  },
): Html {
  const { starts, party, nonce, action, form } = of;
  const kept = [
    ...KEPT.map((name) => [name, form?.get(name) ?? ''] as const).filter(([, text]) => text !== ''),
    ['party', String(party)] as const,
    ['nonce', nonce] as const,
  ];
  return html`<form method="post" action="${action}">
    ${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <ul class="slots">
      ${starts.map(
        (start) =>
          html`<li>
            <button type="submit" name="start" value="${start}">
              ${timeOf(start, visit.reader)}
            </button>
          </li>`,
      )}
    </ul>
  </form>`;
}

/** Somebody was faster. */
export function fullHtml(
  visit: Visit,
  of: Filled & {
    readonly chosen: Chosen;
    readonly alternatives: readonly string[];
    readonly nonce: string;
  },
): Html {
  const { words, reader } = visit;
  const { chosen, alternatives, nonce, form } = of;
  const time = timeOf(chosen.startsAt, reader);
  const { party } = chosen;
  const action = visit.address('book');
  return html`<div class="notice" role="alert">
      <h2>${filled(words.book.full, { time })}</h2>
      ${
        alternatives.length > 0 &&
        html`<p>${words.book.alternatives}</p>
          ${startsHtml(visit, { starts: alternatives, party, nonce, action, form })}`
      }
    </div>
    ${waitHtml(visit, {
      ...of,
      text: filled(words.book.waitText, { time }),
      start: html`<input type="hidden" name="start" value="${chosen.startsAt}" />`,
      party,
    })}`;
}

/** The form that joins the waiting list. `start` is a field of its own, or hidden. */
export function waitHtml(
  visit: Visit,
  of: Filled & {
    readonly text: string;
    readonly start: Html;
    readonly party: number;
    readonly nonce: string;
  },
): Html {
  const { words } = visit;
  return html`<form class="wait" method="post" action="${visit.address('book/wait')}" novalidate>
    <h2>${words.book.waitTitle}</h2>
    <p>${of.text}</p>
    ${wrongHtml(visit, of)} ${of.start}
    <input type="hidden" name="party" value="${of.party}" />
    <input type="hidden" name="nonce" value="${of.nonce}" />
    ${contactFields(visit, of)} ${noteField(visit, of)} ${trap(words.book.website)}
    ${consentField(visit, of)}
    <button class="button quiet-button" type="submit">${words.book.wait}</button>
  </form>`;
}

/** The times of a day that are taken, to choose one from. */
export function startChoice(
  { words, reader }: Visit,
  { starts, chosen }: { readonly starts: readonly string[]; readonly chosen: string | undefined },
): Html {
  return html`<div class="field">
    <label for="start">${words.book.waitStart}</label>
    <select id="start" name="start">
      ${starts.map(
        (start) =>
          html`<option value="${start}" ${start === chosen && html` selected`}>
            ${timeOf(start, reader)}
          </option>`,
      )}
    </select>
  </div>`;
}
