/** The waiting list: joining it from a time that was full, and looking whether something became free. */
import { businessDayOf } from '../../core/calendar.ts';
import { statusOf } from '../../http/problem.ts';
import type { Answer, Route } from '../../http/route.ts';
import {
  manageTokenOf,
  WAITLIST,
  type Waiting,
  type WaitlistState,
} from '../../modules/reservations/index.ts';
import { dateOf, plainDateOf, timeOf } from '../formats.ts';
import type { Form } from '../form.ts';
import { formKeyOf, giveCommand, newNonce, visitorOf } from '../give-command.ts';
import { atPlace } from '../house.ts';
import { html, type Html } from '../html.ts';
import { pageAnswer, seeOther } from '../layout.ts';
import { formRoute, linkOver, pageRoute, TOKEN } from '../page-route.ts';
import type { Public } from '../public-services.ts';
import type { Visit } from '../visit.ts';
import { filled, plural } from '../words/words.ts';
import { contactOf } from './contact-form.ts';
import type { Filled } from './details-html.ts';
import { startChoice, waitHtml } from './full-html.ts';
import {
  BOOK_FIELDS,
  BOOK_QUERY,
  bookingOf,
  chosenOf,
  freeOn,
  refusedPage,
  shown,
  takenStarts,
  wishOf,
} from './page-book.ts';

/** As the page says: an hour before or after. */
const AROUND_MS = 3_600_000;

export function waitPages(deps: Public): readonly Route[] {
  const token = { parameters: [TOKEN] };
  return [
    pageRoute(
      deps,
      {
        page: 'book/wait',
        operationId: 'waitPage',
        summary: 'The form of the waiting list, with the times of a day that are taken',
        parameters: BOOK_QUERY,
      },
      async (visit) => waitPage(deps, visit, (await bookingOf(deps, visit)).asked),
    ),
    formRoute(
      deps,
      {
        page: 'book/wait',
        operationId: 'waitPageSend',
        summary: 'Joins the waiting list with the form of the page',
        fields: BOOK_FIELDS,
      },
      (visit, form) => join(deps, visit, form),
    ),
    pageRoute(
      deps,
      {
        ...token,
        page: 'waiting/{token}',
        operationId: 'waitingPage',
        summary: 'A place on the waiting list',
      },
      (visit) => waitingPage(deps, visit),
    ),
    ...(['accept', 'leave'] as const).map((word) =>
      formRoute(
        deps,
        {
          ...token,
          page: `waiting/{token}/${word}`,
          operationId: `waitingPage${word === 'accept' ? 'Accept' : 'Leave'}`,
          summary:
            word === 'accept' ? 'Takes the table that is offered' : 'Leaves the waiting list',
          fields: [],
        },
        (visit) => follow(deps, visit, word),
      ),
    ),
  ];
}

/** The times of a day that are taken, and the form that waits for one of them. */
async function waitPage(
  deps: Public,
  visit: Visit,
  asked: Filled & { readonly date: string; readonly party: number },
): Promise<Answer> {
  const { words } = visit;
  const found = await freeOn(deps, visit, asked);
  const starts = takenStarts(deps, found);
  const wished = asked.form?.get('start');
  // Whoever comes back with a fault finds the time that was chosen, also where it is free by now.
  const all = wished === undefined || starts.includes(wished) ? starts : [wished, ...starts];
  if (all.length === 0)
    return seeOther(visit.address('book', { date: asked.date, party: asked.party }));
  const { party } = asked;
  const body = html`<p>
      <span class="big">${plainDateOf(asked.date, visit.language)}</span> ·
      ${plural(visit.language, party, words.book.guests)} ·
      <a href="${visit.address('book', { date: asked.date, party })}">${words.book.change}</a>
    </p>
    ${waitHtml(visit, {
      ...asked,
      text: words.book.waitAny,
      start: startChoice(visit, { starts: all, chosen: wished }),
      nonce: newNonce(),
    })}`;
  return shown(visit, body, asked.faults === undefined ? undefined : statusOf('INPUT_INVALID'));
}

async function join(deps: Public, visit: Visit, form: Form): Promise<Answer> {
  const chosen = chosenOf(visit, form);
  if ((form.get('website') ?? '') !== '') return seeOther(visit.address('menu'));
  const read = contactOf(form, visit.words.book);
  if (read.kind === 'faulty') {
    const again = { form, faults: read.faults, date: chosen.date, party: chosen.party };
    return waitPage(deps, visit, again);
  }
  deps.limits.book(visit.call.client);
  const { tenant } = visit.house;
  const answer = await giveCommand(deps.modules.pipeline, {
    principal: visitorOf(tenant, 'book', ['reservations:book']),
    category: WAITLIST,
    command: 'JoinWaitlist',
    id: null,
    idempotencyKey: formKeyOf(form),
    input: { ...wishOf(visit, chosen, read.given), ...windowOf(visit, chosen, deps) },
  });
  if (answer.status === 'refused') return refusedPage(visit, { answer, chosen, form });
  const { token } = await deps.links.issue({ tenant, purpose: 'waiting' }, [answer.id]);
  return seeOther(visit.address(`waiting/${token}`));
}

/** Around the start, within its business day and not in the past. */
function windowOf(
  visit: Visit,
  { startsAt, date }: { startsAt: string; date: string },
  deps: Public,
) {
  const { timeZone, dayCutOff } = visit.house.location;
  const start = Date.parse(startsAt);
  const within = (ms: number): string => {
    const at = new Date(ms).toISOString();
    const fits = businessDayOf(at, timeZone, dayCutOff) === date && ms > deps.modules.clock.nowMs();
    return fits ? at : startsAt;
  };
  return { from: within(start - AROUND_MS), to: within(start + AROUND_MS) };
}

interface Found {
  readonly id: string;
  readonly waiting: Waiting;
  /** At the place that is waited for. */
  readonly visit: Visit;
}

/** Errors: NOT_FOUND. */
async function waitingOf(deps: Public, visit: Visit): Promise<Found> {
  const { tenant } = visit.house;
  const token = visit.call.params['token'] ?? '';
  const link = await deps.links.open({ tenant, purpose: 'waiting' }, token);
  const id = link?.subjects[0];
  if (id === undefined) {
    deps.limits.wrongToken(visit.call.client);
    throw linkOver();
  }
  const { state } = await deps.modules.pipeline.load(tenant, WAITLIST, id);
  // safe because the stream is one of the category
  const waiting = state as WaitlistState;
  if (waiting.status === 'none') throw linkOver();
  return { id, waiting, visit: await atPlace(deps.modules, visit, waiting.locationId) };
}

async function follow(deps: Public, visit: Visit, word: 'accept' | 'leave'): Promise<Answer> {
  const { id } = await waitingOf(deps, visit);
  const { tenant } = visit.house;
  const answer = await giveCommand(deps.modules.pipeline, {
    principal: visitorOf(tenant, 'waiting', ['reservations:book']),
    category: WAITLIST,
    command: word === 'accept' ? 'AcceptWaitlistOffer' : 'LeaveWaitlist',
    id,
    input: {},
  });
  // A refusal says what the page shows: the offer ran out, or there is none.
  if (answer.status === 'done' && word === 'accept')
    return seeOther(await bookingAddress(deps, visit, id));
  return seeOther(visit.address(`waiting/${visit.call.params['token'] ?? ''}`));
}

async function bookingAddress(deps: Public, visit: Visit, reservationId: string): Promise<string> {
  const { tenant } = visit.house;
  const token = await manageTokenOf(deps.bookingTokens, { tenant, reservationId, generation: 1 });
  return visit.address(`booking/${encodeURIComponent(token)}`, { done: 'made' });
}

async function waitingPage(deps: Public, asked: Visit): Promise<Answer> {
  const { id, waiting, visit } = await waitingOf(deps, asked);
  const { words } = visit;
  const offered = waiting.status === 'offered' ? waiting.offer : null;
  const isOver = offered !== null && Date.parse(offered.until) <= deps.modules.clock.nowMs();
  const status = isOver ? 'lapsed' : waiting.status;
  const booking = status === 'accepted' ? await bookingAddress(deps, visit, id) : null;
  return pageAnswer(visit, {
    title: words.waiting.title,
    secret: true,
    body: html`<div class="narrow">
      <h1>${words.waiting.title}</h1>
      <p class="status ${status === 'offered' || status === 'accepted' ? 'good' : 'waiting'}">
        ${words.waiting.status[status] ?? status}
      </p>
      ${wishHtml(visit, waiting)}
      ${status === 'waiting' && html`<p>${words.waiting.waitingText}</p>`}
      ${offered !== null && !isOver && offerHtml(visit, offered)}
      ${booking !== null && html`<p><a class="button" href="${booking}">${words.waiting.toBooking}</a></p>`}
      ${
        (status === 'waiting' || status === 'offered') &&
        button(visit, 'leave', status === 'offered' ? words.waiting.decline : words.waiting.leave)
      }
      ${
        (status === 'left' || status === 'lapsed') &&
        html`<p><a class="button" href="${visit.address('book')}">${words.booking.again}</a></p>`
      }
    </div>`,
  });
}

function wishHtml({ words, reader, language }: Visit, { from, to, partySize }: Waiting): Html {
  const times = { from: timeOf(from, reader), to: timeOf(to, reader) };
  return html`<p>
    ${dateOf(from, reader)} · ${plural(language, partySize, words.book.guests)}<br />
    ${filled(words.waiting.between, times)}
  </p>`;
}

function offerHtml(visit: Visit, offer: NonNullable<Waiting['offer']>): Html {
  const { words, reader } = visit;
  const time = `${dateOf(offer.startsAt, reader)}, ${timeOf(offer.startsAt, reader)}`;
  return html`<div class="notice">
    <p class="big">${filled(words.waiting.offered, { time })}</p>
    <p>${filled(words.waiting.offeredUntil, { time: timeOf(offer.until, reader) })}</p>
    ${button(visit, 'accept', words.waiting.accept)}
  </div>`;
}

function button(visit: Visit, word: 'accept' | 'leave', text: string): Html {
  const action = visit.address(`waiting/${visit.call.params['token'] ?? ''}/${word}`);
  return html`<form method="post" action="${action}">
    <button class="button${word === 'leave' ? ' quiet-button' : ''}" type="submit">${text}</button>
  </form>`;
}
