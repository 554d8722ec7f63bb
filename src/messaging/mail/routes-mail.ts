/**
 * What recipients and mail servers call: the one-click unsubscribe of RFC 8058, and reports of what came back. Opening the
 * link only shows a button: programs that check links open every one of them.
 */
import { Failure } from '../../core/errors.ts';
import { rawBody } from '../../http/modules/raw-body.ts';
import { OPEN, type Answer, type Call, type Parameter, type Route } from '../../http/route.ts';
import { BOUNCE_BYTES_MAX, WEBHOOK_BODY_MS_MAX } from '../limits.ts';
import type { UnsubscribeLinks, UnsubscribePlace } from '../unsubscribe-links.ts';
import { isSameText } from '../webhooks/signature.ts';
import { parseReport, type MailReport } from './parse-report.ts';
import { UNSUBSCRIBE_TEXTS, type UnsubscribeTexts } from './unsubscribe-texts.ts';

export interface MailRouteDependencies {
  readonly links: UnsubscribeLinks;
  /** Durable when it resolves; again it changes nothing. */
  readonly unsubscribe: (place: UnsubscribePlace) => Promise<void>;
  /** False when it is about nothing that was sent here. */
  readonly takeReport: (tenant: string, report: MailReport) => Promise<boolean>;
  readonly bounceToken: string | undefined;
  /** In the language of the visitor and the look of the public pages, for an address that is a secret. */
  readonly page: (call: Call, words: InLanguages) => Answer;
  /** Null for what can be no tenant. Errors: UNAVAILABLE. */
  readonly tenantOfSlug: (slug: string) => Promise<string | null>;
}

const TAG = 'Messages';
const UNSUBSCRIBE_PATH = '/public/unsubscribe/{token}';
const TOKEN: Parameter = {
  name: 'token',
  in: 'path',
  description: 'Of the link in the e-mail.',
  schema: { type: 'string', maxLength: 600 },
};
const TENANT: Parameter = {
  name: 'tenant',
  in: 'path',
  description:
    'Name of the business in addresses, or the id of its tenant: whose e-mails came back.',
  schema: { type: 'string', maxLength: 63 },
  example: 'default',
};
/** `List-Unsubscribe=One-Click`, or what the button sends: nothing. */
const FORM_BYTES_MAX = 4_096;

type Language = keyof typeof UNSUBSCRIBE_TEXTS;

/** What a page says; without a button there is nothing left to do. */
interface PageWords {
  readonly title: string;
  readonly text: string;
  readonly button?: string;
}
type InLanguages = Readonly<Record<Language, PageWords>>;

const QUESTION = inLanguages(({ title, question, button }) => ({ title, text: question, button }));
const DONE = inLanguages(({ title, done }) => ({ title, text: done }));

function inLanguages(words: (texts: UnsubscribeTexts) => PageWords): InLanguages {
  const { en, pl, 'pt-BR': ptBr } = UNSUBSCRIBE_TEXTS;
  return { en: words(en), pl: words(pl), 'pt-BR': words(ptBr) };
}

export function mailRoutes(deps: MailRouteDependencies): readonly Route[] {
  return [showUnsubscribe(deps), unsubscribe(deps), bounced(deps)];
}

function showUnsubscribe({ links, page }: MailRouteDependencies): Route {
  return {
    method: 'GET',
    path: UNSUBSCRIBE_PATH,
    operationId: 'showUnsubscribe',
    tag: TAG,
    summary: 'A page with a button; opening it changes nothing',
    access: OPEN,
    parameters: [TOKEN],
    answers: { 200: { description: 'The page', contentType: 'text/html' } },
    errors: ['NOT_FOUND'],
    handle(call) {
      placeOf(links, call);
      return page(call, QUESTION);
    },
  };
}

function unsubscribe({ links, unsubscribe: take, page }: MailRouteDependencies): Route {
  return {
    method: 'POST',
    path: UNSUBSCRIBE_PATH,
    operationId: 'unsubscribe',
    tag: TAG,
    summary: 'Takes the address off the list of those that get offers (RFC 8058)',
    access: OPEN,
    parameters: [TOKEN],
    body: {
      content: {
        'application/x-www-form-urlencoded': {
          schema: { type: 'object', properties: { 'List-Unsubscribe': { const: 'One-Click' } } },
        },
      },
      bytesMax: FORM_BYTES_MAX,
      raw: true,
    },
    answers: { 200: { description: 'Done', contentType: 'text/html' } },
    errors: ['NOT_FOUND', 'TOO_LARGE', 'UNAVAILABLE'],
    async handle(call) {
      const place = placeOf(links, call);
      await textOf(call, FORM_BYTES_MAX);
      await take(place);
      return page(call, DONE);
    },
  };
}

function bounced(deps: MailRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/public/bounces/{tenant}',
    operationId: 'receiveMailReport',
    tag: TAG,
    summary: 'A report of a mail server: an e-mail came back, or somebody complained',
    description:
      'With `Authorization: Bearer` and the token of the installation. The report as it came (RFC 3464, RFC 5965), or its machine-readable part.',
    access: OPEN,
    parameters: [TENANT],
    body: {
      content: {
        'message/rfc822': { schema: { type: 'string' } },
        'message/delivery-status': { schema: { type: 'string' } },
      },
      bytesMax: BOUNCE_BYTES_MAX,
      raw: true,
    },
    answers: { 200: { description: 'Noted' } },
    errors: ['UNAUTHENTICATED', 'INPUT_INVALID', 'NOT_FOUND', 'TOO_LARGE', 'UNAVAILABLE'],
    async handle(call) {
      const [, given = ''] =
        /^Bearer (.{1,400})$/i.exec(call.request.headers.authorization ?? '') ?? [];
      if (deps.bounceToken === undefined || !isSameText(given, deps.bounceToken))
        throw new Failure('UNAUTHENTICATED', 'The token is none of this server.');
      const report = parseReport(await textOf(call, BOUNCE_BYTES_MAX));
      if (report === null) throw new Failure('INPUT_INVALID', 'This is no report of a failure.');
      const tenant = await deps.tenantOfSlug(call.params['tenant'] ?? '');
      if (tenant === null || !(await deps.takeReport(tenant, report)))
        throw new Failure('NOT_FOUND', 'Nothing was sent here that the report could be about.');
      return { status: 200, body: {} };
    },
  };
}

function placeOf(links: UnsubscribeLinks, { params }: Call): UnsubscribePlace {
  const place = links.read(params['token'] ?? '');
  if (place === null) throw new Failure('NOT_FOUND', 'There is nothing under this address.');
  return place;
}

async function textOf({ request }: Call, bytesMax: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  const bounds = { bytesMax, msMax: WEBHOOK_BODY_MS_MAX };
  for await (const chunk of rawBody(request, bounds)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
