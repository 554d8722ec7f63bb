/**
 * GET and POST /public/{slug}/me: asks for a link to what is kept about oneself. It goes to an address on file and to none
 * other; what is answered does not depend on whether there is one, neither in words nor in time.
 */
import { randomUUIDv7 } from 'node:crypto';
import type { Answer, Route } from '../../http/route.ts';
import { isEmail } from '../book/contact-form.ts';
import { inputHtml } from '../fields.ts';
import type { Form } from '../form.ts';
import { html } from '../html.ts';
import { pageAnswer, seeOther } from '../layout.ts';
import { LINK_MINUTES } from '../links/links.ts';
import { sentTokenOf, TOKEN_PLACE } from '../links/sent-token.ts';
import { statusOf } from '../../http/problem.ts';
import { formRoute, pageRoute, queryText } from '../page-route.ts';
import type { Public } from '../public-services.ts';
import type { Visit } from '../visit.ts';
import { filled } from '../words/words.ts';
import { personsWith } from './persons.ts';

/** Look-ups under way; beyond it requests are dropped, as mail that is lost would be. */
const UNDER_WAY_MAX = 20;

export function askPages(deps: Public): readonly Route[] {
  const underWay = new Set<Promise<void>>();
  return [
    pageRoute(
      deps,
      {
        page: 'me',
        operationId: 'askForMyDataPage',
        summary: 'The page that asks for a link to one’s own data',
        parameters: [queryText('sent', '`1` after it was asked for.')],
      },
      async (visit) => askPage(visit),
    ),
    formRoute(
      deps,
      {
        page: 'me',
        operationId: 'askForMyData',
        summary: 'Sends a link to an address on file; answers alike for every other',
        fields: ['email', 'website'],
      },
      async (visit, form) => ask(deps, { visit, form, underWay }),
    ),
  ];
}

function askPage(visit: Visit, fault?: string): Answer {
  const { words, house, call } = visit;
  const isSent = call.query.has('sent') && fault === undefined;
  const minutes = LINK_MINUTES.me;
  return pageAnswer(visit, {
    title: words.me.title,
    here: 'me',
    ...(fault === undefined ? {} : { status: statusOf('INPUT_INVALID') }),
    body: html`<div class="narrow">
      <h1>${words.me.title}</h1>
      ${
        isSent &&
        html`<div class="notice good" role="status">
          <h2>${words.me.sent}</h2>
          <p>${filled(words.me.sentText, { minutes })}</p>
        </div>`
      }
      <p class="lead">${filled(words.me.lead, { house: house.name })}</p>
      <form class="details" method="post" action="${visit.address('me')}" novalidate>
        ${inputHtml({
          name: 'email',
          type: 'email',
          label: words.me.email,
          autocomplete: 'email',
          required: true,
          fault,
        })}
        <div class="trap" aria-hidden="true">
          <label for="website">${words.book.website}</label>
          <input id="website" name="website" type="text" tabindex="-1" autocomplete="off" />
        </div>
        <button class="button" type="submit">${words.me.send}</button>
      </form>
    </div>`,
  });
}

interface Asking {
  readonly visit: Visit;
  readonly form: Form;
  readonly underWay: Set<Promise<void>>;
}

function ask(deps: Public, { visit, form, underWay }: Asking): Answer {
  const email = form.get('email') ?? '';
  if (!isEmail(email)) return askPage(visit, visit.words.book.badEmail);
  deps.limits.askForLink(visit.call.client);
  const isPerson = (form.get('website') ?? '') === '';
  // Looked up after the answer is on its way: how long it takes tells nothing.
  if (isPerson && underWay.size < UNDER_WAY_MAX) {
    const work = sendLink(deps, visit, email)
      .catch((error: unknown) =>
        deps.logger.warn('a link to own data could not be sent', { error }),
      )
      .finally(() => underWay.delete(work));
    underWay.add(work);
  }
  return seeOther(visit.address('me', { sent: 1 }));
}

async function sendLink(deps: Public, visit: Visit, email: string): Promise<void> {
  const { tenant, name } = visit.house;
  const known = await personsWith(deps.modules, tenant, email);
  if (known === null || !deps.limits.linkFor(`${tenant}/${known.persons.join()}`)) return;
  const messageId = randomUUIDv7();
  const token = sentTokenOf(deps.modules.linkSecret, { tenant, messageId });
  const place = { tenant, purpose: 'me' } as const;
  const { expiresAt } = await deps.links.issue(place, known.persons, token);
  await deps.sendLink({
    tenant,
    email: known.email,
    customerId: known.customerId,
    messageId,
    path: visit.address(`me/${TOKEN_PLACE}`),
    house: name,
    language: visit.language,
    expiresAt,
  });
}
