/**
 * The page behind the link of a double opt-in, `/public/{slug}/opt-in/{token}`. Programs that look into mail follow links, so
 * reading the page changes nothing: the button does. Whatever is wrong with a link reads alike.
 */
import type { Principal } from '../../access/principal.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { unknownId } from '../../http/moments.ts';
import { OPEN, type Answer, type Call, type Route } from '../../http/route.ts';
import { STREAM_ID } from '../../core/aggregate.ts';
import { tenantOfSlug } from '../business/index.ts';
import { OPT_INS, type OptInState } from './opt-ins/opt-in.ts';
import { optInWords, type OptInWords } from './opt-ins/words.ts';
import { createOptInTokens, type OptInTokens } from './routes-opt-in-token.ts';

const PATH = '/public/{slug}/opt-in/{token}';
const TOKEN_LENGTH_MAX = 300;
const FORM_BYTES_MAX = 1024;
/** The page has a form and nothing else. */
const POLICY = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const PLACE = [
  {
    name: 'slug',
    in: 'path',
    description: 'Whose page it is.',
    schema: { type: 'string', maxLength: 63 },
  },
  {
    name: 'token',
    in: 'path',
    description: 'Of the link in the message.',
    schema: { type: 'string', maxLength: TOKEN_LENGTH_MAX },
  },
] as const;

type Opening = ModuleRouteDependencies & { readonly tokens: OptInTokens };

export function optInRoutes(deps: ModuleRouteDependencies): readonly Route[] {
  const opening = { ...deps, tokens: createOptInTokens(deps.linkSecret) };
  return [pageRoute(opening), confirmRoute(opening)];
}

function pageRoute(deps: Opening): Route {
  return {
    method: 'GET',
    path: PATH,
    operationId: 'showOptIn',
    tag: 'Messages',
    summary: 'Asks whether a consent is meant; changes nothing',
    access: OPEN,
    parameters: PLACE,
    answers: { 200: { description: 'The page', contentType: 'text/html' } },
    errors: ['NOT_FOUND', 'RATE_LIMITED'],
    async handle(call) {
      const { confirmed } = await openedBy(deps, call);
      return page(wordsFor(call), confirmed);
    },
  };
}

function confirmRoute(deps: Opening): Route {
  return {
    method: 'POST',
    path: PATH,
    operationId: 'confirmOptIn',
    tag: 'Messages',
    summary: 'Confirms a consent; again changes nothing',
    access: OPEN,
    parameters: PLACE,
    body: {
      raw: true,
      bytesMax: FORM_BYTES_MAX,
      content: { 'application/x-www-form-urlencoded': { schema: { type: 'object' } } },
    },
    answers: { 200: { description: 'It is confirmed', contentType: 'text/html' } },
    errors: ['NOT_FOUND', 'RATE_LIMITED'],
    async handle(call) {
      const { place, messageId } = await openedBy(deps, call);
      const answer = await deps.pipeline.handle({
        principal: visitor(place.tenant),
        category: OPT_INS,
        command: 'ConfirmOptIn',
        id: place.optInId,
        input: { messageId },
      });
      if (answer.status === 'refused') throw unknownId();
      return page(wordsFor(call), true);
    },
  };
}

interface Opened {
  readonly place: { readonly tenant: string; readonly optInId: string };
  /** The one whose link it is. */
  readonly messageId: string;
  readonly confirmed: boolean;
}

/** Errors: NOT_FOUND for a link that opens nothing (any more). */
async function openedBy({ pipeline, tokens }: Opening, call: Call): Promise<Opened> {
  const tenant = tenantOfSlug(call.params['slug'] ?? '');
  const [, optInId = '', token = ''] =
    /^(.{1,200})\.([A-Za-z0-9_-]{1,64})$/.exec(call.params['token'] ?? '') ?? [];
  if (tenant === null || !STREAM_ID.test(optInId)) throw unknownId();
  const { state } = await pipeline.load(tenant, OPT_INS, optInId);
  // safe because the stream is one of the category
  const optIn = state as OptInState;
  if (optIn.status === 'none' || optIn.messageId === null) throw unknownId();
  const { messageId, status } = optIn;
  if (!isSame(await tokens.tokenOf({ tenant, messageId }), token)) throw unknownId();
  return { place: { tenant, optInId }, messageId, confirmed: status === 'confirmed' };
}

/** Takes as long for a token that is wrong at its beginning as for one that is wrong at its end. */
function isSame(right: string, given: string): boolean {
  let difference = given.length ^ right.length;
  for (let index = 0; index < right.length; index += 1)
    difference |= right.charCodeAt(index) ^ (given.charCodeAt(index) || 0);
  return difference === 0;
}

function visitor(tenant: string): Principal {
  return { keyId: 'public:opt-in', tenant, scopes: new Set(['messages:send']) };
}

function wordsFor({ request }: Call): OptInWords {
  return optInWords(request.headers['accept-language'] ?? '');
}

function page(words: OptInWords, confirmed: boolean): Answer {
  const text = confirmed ? words.done : words.ask;
  const form = confirmed ? '' : `<form method="post"><button>${words.button}</button></form>`;
  return {
    status: 200,
    contentType: 'text/html; charset=utf-8',
    headers: {
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      vary: 'accept-language',
      'content-language': words.language,
    },
    body:
      `<!doctype html><html lang="${words.language}"><head><meta charset="utf-8">` +
      '<meta name="viewport" content="width=device-width, initial-scale=1">' +
      `<title>${words.title}</title></head><body><main><h1>${words.title}</h1><p>${text}</p>${form}` +
      '</main></body></html>',
  };
}
