/** /public/{slug}/me/{token}: what is kept about somebody, what they agreed to, the file of it, and being forgotten. */
import { Failure } from '../../core/errors.ts';
import type { Answer, Route } from '../../http/route.ts';
import { CUSTOMERS } from '../../modules/customers/index.ts';
import { timeOf } from '../formats.ts';
import type { Form } from '../form.ts';
import { giveCommand, visitorOf } from '../give-command.ts';
import { html } from '../html.ts';
import { pageAnswer, seeOther } from '../layout.ts';
import type { OpenedLink } from '../links/links.ts';
import { formRoute, linkOver, pageRoute, queryText, TOKEN } from '../page-route.ts';
import type { Public } from '../public-services.ts';
import type { Visit } from '../visit.ts';
import { filled } from '../words/words.ts';
import { CHANNELS, consentsHtml, eraseHtml, personHtml, wordingOf } from './me-html.ts';
import { askPages } from './page-ask.ts';
import { readPerson, together, type Person } from './persons.ts';

const ACTOR = 'public:me';
/** Where a consent was given, as it is kept with it. */
const SOURCE = 'my data page';

export function mePages(deps: Public): readonly Route[] {
  const page = 'me/{token}';
  return [
    ...askPages(deps),
    pageRoute(
      deps,
      {
        page,
        operationId: 'myDataPage',
        summary: 'What is kept about oneself',
        parameters: [TOKEN, queryText('done', 'What was done just now.')],
      },
      (visit) => mePage(deps, visit),
    ),
    exportRoute(deps),
    formRoute(
      deps,
      {
        page: `${page}/consents`,
        operationId: 'myDataConsents',
        summary: 'Gives or withdraws a consent',
        parameters: [TOKEN],
        fields: ['person', 'channel', 'give'],
      },
      (visit, form) => consent(deps, visit, form),
    ),
    formRoute(
      deps,
      {
        page: `${page}/erase`,
        operationId: 'myDataErase',
        summary: 'Has oneself forgotten',
        parameters: [TOKEN],
        fields: ['understood'],
      },
      (visit, form) => erase(deps, visit, form),
    ),
  ];
}

const tokenOf = ({ call }: Visit): string => call.params['token'] ?? '';

/** Errors: NOT_FOUND, RATE_LIMITED. */
async function opened(deps: Public, visit: Visit): Promise<OpenedLink> {
  const place = { tenant: visit.house.tenant, purpose: 'me' } as const;
  const link = await deps.links.open(place, tokenOf(visit));
  if (link !== null) return link;
  deps.limits.wrongToken(visit.call.client);
  throw linkOver();
}

async function mePage(deps: Public, visit: Visit): Promise<Answer> {
  const { subjects, expiresAt } = await opened(deps, visit);
  const { tenant } = visit.house;
  const read = await Promise.all(subjects.map((id) => readPerson(deps.modules, tenant, id)));
  const found = read.filter((person) => person !== null);
  noteReading(deps, visit, found);
  const persons = together(found);
  const { words } = visit;
  const here = `me/${tokenOf(visit)}`;
  const done = visit.call.query.get('done');
  return pageAnswer(visit, {
    title: words.me.title,
    here: 'me',
    secret: true,
    body: html`<div class="narrow">
      <h1>${words.me.title}</h1>
      <p class="quiet">${filled(words.me.expires, { time: timeOf(expiresAt, visit.reader) })}</p>
      ${done === 'saved' && html`<div class="notice good" role="status"><p>${words.me.saved}</p></div>`}
      ${
        persons.length === 0
          ? html`<p>${words.me.nothing}</p>`
          : html`<section>
                <h2>${words.me.kept}</h2>
                <p>${words.me.keptText}</p>
              </section>
              ${persons.map((person) => personHtml(visit, person))}
              ${persons.map((person) => consentsHtml(visit, person, visit.address(`${here}/consents`)))}
              <section class="part">
                <h2>${words.me.export}</h2>
                <p>${words.me.exportText}</p>
                <p>
                  <a
                    class="button quiet-button"
                    href="${visit.address(`${here}/export.json`)}"
                    download
                    >${words.me.download}</a
                  >
                </p>
              </section>
              ${eraseHtml(visit, visit.address(`${here}/erase`), done === 'unticked')}`
      }
    </div>`,
  });
}

function noteReading({ modules }: Public, visit: Visit, persons: readonly Person[]): void {
  modules.audit.note({
    tenant: visit.house.tenant,
    class: 'access',
    action: 'persons.read',
    actor: ACTOR,
    address: visit.call.client,
    count: persons.length,
    subjects: persons.map(({ personId }) => personId),
    traceId: visit.call.traceId,
  });
}

function exportRoute(deps: Public): Route {
  return {
    ...pageRoute(
      deps,
      {
        page: 'me/{token}/export.json',
        operationId: 'myDataExport',
        summary: 'Everything that is kept about oneself, as a file',
        parameters: [TOKEN],
      },
      async (visit) => {
        const { subjects } = await opened(deps, visit);
        deps.limits.export(`${visit.house.tenant}/${subjects.join()}`);
        await recordDone(deps, visit, { action: 'person.exported', subjects });
        return {
          status: 200,
          contentType: 'application/json; charset=utf-8',
          headers: {
            'content-disposition': 'attachment; filename="my-data.json"',
            'cache-control': 'no-store',
            'x-robots-tag': 'noindex',
          },
          body: bytesOf(exported(deps, visit.house.tenant, subjects)),
        };
      },
    ),
    answers: {
      200: {
        description: 'A list with a document for each record',
        contentType: 'application/json',
      },
    },
  };
}

async function* exported(deps: Public, tenant: string, persons: readonly string[]) {
  yield '[';
  for (const [index, personId] of persons.entries()) {
    if (index > 0) yield ',';
    yield* deps.personal.export(tenant, personId);
  }
  yield ']';
}

async function* bytesOf(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

/** Before it is done: an export or erasure that nobody wrote down does not happen. */
function recordDone(
  { modules }: Public,
  visit: Visit,
  { action, subjects }: { readonly action: string; readonly subjects: readonly string[] },
): Promise<void> {
  return modules.audit.record({
    tenant: visit.house.tenant,
    class: 'audit',
    action,
    actor: ACTOR,
    address: visit.call.client,
    // Ids of persons that are being forgotten tell who was: the receipt of the erasure is enough.
    ...(action === 'person.erased' ? { count: subjects.length } : { subjects }),
    traceId: visit.call.traceId,
  });
}

async function consent(deps: Public, visit: Visit, form: Form): Promise<Answer> {
  const { subjects } = await opened(deps, visit);
  const personId = form.get('person') ?? '';
  const channel = CHANNELS.find((each) => each === form.get('channel'));
  if (channel === undefined || !subjects.includes(personId))
    throw new Failure('INPUT_INVALID', 'The form names nothing of this page.');
  const gives = form.get('give') === 'yes';
  await giveCommand(deps.modules.pipeline, {
    principal: visitorOf(visit.house.tenant, 'me', ['customers:write']),
    category: CUSTOMERS,
    command: gives ? 'GiveConsent' : 'WithdrawConsent',
    id: personId,
    input: gives
      ? { channel, wording: wordingOf(visit, channel), source: SOURCE }
      : { channel, source: SOURCE },
  });
  return seeOther(visit.address(`me/${tokenOf(visit)}`, { done: 'saved' }));
}

async function erase(deps: Public, visit: Visit, form: Form): Promise<Answer> {
  const { subjects } = await opened(deps, visit);
  const { tenant } = visit.house;
  if (form.get('understood') !== 'yes')
    return seeOther(`${visit.address(`me/${tokenOf(visit)}`, { done: 'unticked' })}#erase`);
  await recordDone(deps, visit, { action: 'person.erased', subjects });
  for (const personId of subjects) {
    await deps.personal.erase(tenant, personId, ACTOR);
    await deps.links.revoke({ tenant, purpose: 'me' }, personId);
  }
  const { words } = visit;
  // Shown at once and not behind an address: the link opens nothing any more.
  return pageAnswer(visit, {
    title: words.me.erased,
    secret: true,
    body: html`<div class="narrow">
      <h1>${words.me.erased}</h1>
      <p class="lead">${words.me.erasedText}</p>
    </div>`,
  });
}
