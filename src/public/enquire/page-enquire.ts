/** GET and POST /public/{slug}/enquire: somebody asks for an event with a date, guests and a budget. No line of script. */
import { REFUSED, statusOf } from '../../http/problem.ts';
import type { Answer, Route } from '../../http/route.ts';
import { ENQUIRIES, PARTY_SIZE_MAX } from '../../modules/reservations/index.ts';
import { CONTACT_FIELDS, contactOf, NOTE_LENGTH_MAX, type Faults } from '../book/contact-form.ts';
import { contactFields, trap } from '../book/details-html.ts';
import { shownUnder } from '../book/page-book.ts';
import { checkHtml, inputHtml, textAreaHtml } from '../fields.ts';
import type { Form } from '../form.ts';
import { formKeyOf, giveCommand, newNonce, visitorOf } from '../give-command.ts';
import { html, type Html } from '../html.ts';
import { seeOther } from '../layout.ts';
import { placesHtml } from '../menu/page-menu.ts';
import { formRoute, pageRoute, queryText } from '../page-route.ts';
import type { Public } from '../public-services.ts';
import type { Visit } from '../visit.ts';
import { filled } from '../words/words.ts';
import { EVENT_FIELDS, eventOf, PACKAGE_LENGTH_MAX, type EventFaults } from './asked-event.ts';

const PAGE = 'enquire';
const ENQUIRE_FIELDS = [...EVENT_FIELDS, 'nonce', ...CONTACT_FIELDS] as const;

/** What was filled in before, to be put right, and what the house said to it. */
interface Again {
  readonly form: Form;
  readonly faults: EventFaults & Faults;
  readonly refused?: string;
}

export function enquirePages(deps: Public): readonly Route[] {
  return [
    pageRoute(
      deps,
      {
        page: PAGE,
        operationId: 'enquirePage',
        summary: 'The page on which a guest asks for an event',
        parameters: [queryText('done', '`sent` after the enquiry was sent.')],
      },
      async (visit) =>
        visit.call.query.get('done') === 'sent' ? sentPage(visit) : formPage(visit),
    ),
    formRoute(
      deps,
      {
        page: PAGE,
        operationId: 'enquirePageSend',
        summary: 'Sends the enquiry to the house',
        fields: ENQUIRE_FIELDS,
      },
      (visit, form) => send(deps, visit, form),
    ),
  ];
}

async function send(deps: Public, visit: Visit, form: Form): Promise<Answer> {
  const { words, house, language } = visit;
  const { locationId, currency } = house.location;
  const sent = visit.address(PAGE, { done: 'sent' });
  // Whoever fills in what nobody sees is told that all went well, and learns nothing.
  if ((form.get('website') ?? '') !== '') return seeOther(sent);
  const event = eventOf(form, { words: words.enquiry, currency });
  const who = contactOf(form, { ...words.book, needConsent: words.enquiry.needConsent });
  if (event.kind === 'faulty' || who.kind === 'faulty') {
    const faults = {
      ...(event.kind === 'faulty' ? event.faults : {}),
      ...(who.kind === 'faulty' ? who.faults : {}),
    };
    return formPage(visit, { form, faults });
  }
  deps.limits.book(visit.call.client);
  const { contact, note } = who.given;
  const answer = await giveCommand(deps.modules.pipeline, {
    principal: visitorOf(house.tenant, PAGE, ['reservations:book']),
    category: ENQUIRIES,
    command: 'SendEnquiry',
    id: null,
    idempotencyKey: formKeyOf(form),
    input: {
      locationId,
      ...event.given,
      contact,
      language,
      ...(note === null ? {} : { message: note }),
    },
  });
  if (answer.status === 'done') return seeOther(sent);
  if (answer.code === 'TOO_LATE')
    return formPage(visit, { form, faults: { date: words.enquiry.past } });
  return formPage(visit, { form, faults: {}, refused: words.enquiry.refused });
}

function formPage(visit: Visit, again?: Again): Answer {
  const { words } = visit;
  const wrong = again?.refused ?? words.book.wrong;
  const body = html`<p class="lead">${words.enquiry.lead}</p>
    ${placesHtml(visit, PAGE)}
    ${again !== undefined && html`<div class="notice bad" role="alert"><p>${wrong}</p></div>`}
    <form class="details" method="post" action="${visit.address(PAGE)}" novalidate>
      <input type="hidden" name="nonce" value="${newNonce()}" />
      ${eventFields(visit, again)} ${contactFields(visit, again ?? {})}
      ${messageField(visit, again)} ${trap(words.book.website)} ${consentField(visit, again)}
      <button class="button" type="submit">${words.enquiry.send}</button>
    </form>`;
  return shownUnder(visit, words.enquiry.title, { body, status: statusAfter(again) });
}

function statusAfter(again: Again | undefined): number | undefined {
  if (again === undefined) return undefined;
  return again.refused === undefined ? statusOf('INPUT_INVALID') : REFUSED;
}

function eventFields({ words, house }: Visit, again: Again | undefined): Html {
  const { enquiry, book } = words;
  const { form, faults = {} } = again ?? {};
  const { currency } = house.location;
  return html`${inputHtml({
    name: 'date',
    type: 'date',
    label: book.date,
    value: form?.get('date'),
    required: true,
    fault: faults.date,
  })}
  ${inputHtml({
    name: 'guests',
    label: book.party,
    value: form?.get('guests'),
    required: true,
    hint: filled(enquiry.guestsHint, { most: PARTY_SIZE_MAX }),
    fault: faults.guests,
  })}
  ${inputHtml({
    name: 'budget',
    label: filled(enquiry.budget, { currency }),
    value: form?.get('budget'),
    optional: book.optional,
    hint: enquiry.budgetHint,
    fault: faults.budget,
  })}
  ${inputHtml({
    name: 'packageName',
    label: enquiry.packageName,
    value: form?.get('packageName'),
    optional: book.optional,
    hint: enquiry.packageHint,
    lengthMax: PACKAGE_LENGTH_MAX,
    fault: faults.packageName,
  })}`;
}

function messageField({ words }: Visit, again: Again | undefined): Html {
  return textAreaHtml({
    name: 'note',
    label: words.enquiry.message,
    value: again?.form.get('note'),
    optional: words.book.optional,
    lengthMax: NOTE_LENGTH_MAX,
    fault: again?.faults.note,
  });
}

function consentField({ words, house }: Visit, again: Again | undefined): Html {
  return checkHtml({
    name: 'consent',
    label: filled(words.enquiry.consent, { house: house.name }),
    checked: again?.form.get('consent') === 'yes',
    required: true,
    fault: again?.faults.consent,
  });
}

function sentPage(visit: Visit): Answer {
  const { words } = visit;
  const body = html`<p class="status good">${words.enquiry.sent}</p>
    <p>${words.enquiry.sentText}</p>
    <p><a class="button quiet-button" href="${visit.address('menu')}">${words.nav.menu}</a></p>`;
  return shownUnder(visit, words.enquiry.title, { body });
}
