/** A page as a route: finds the house and the language, reads the form, and shows failures as pages. */
import type { FastifyRequest } from 'fastify';
import { Failure } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import { failureOf, problemOf, traceIdOf } from '../http/problem.ts';
import { OPEN, type Answer, type Call, type Parameter, type Route } from '../http/route.ts';
import { faultAnswer } from './fault-page.ts';
import { FORM_BYTES_MAX, isFromElsewhere, readForm, type Form } from './form.ts';
import { loadHouse } from './house.ts';
import { languageOf } from './language.ts';
import type { Public } from './public-services.ts';
import { createVisit, type Visit } from './visit.ts';

export interface PageDescription {
  /** Below the house: `book`, `booking/{token}/cancel`. */
  readonly page: string;
  readonly operationId: string;
  readonly summary: string;
  /** Beside the house and those of every page. */
  readonly parameters?: readonly Parameter[];
}

const SLUG: Parameter = {
  name: 'slug',
  in: 'path',
  description: 'Name of the house in addresses; its tenant id where it claimed none.',
  schema: { type: 'string', maxLength: 63 },
  example: 'demo',
};
const COMMON: readonly Parameter[] = [
  {
    name: 'lang',
    in: 'query',
    description: '`en`, `pl` or `pt-BR`; by default what the browser asks for.',
    schema: { type: 'string' },
    example: 'pl',
  },
  {
    name: 'at',
    in: 'query',
    description: 'Id of the place, for a house with several.',
    schema: { type: 'string' },
    example: '01J9ZQ4Y8K3V5T7N2B6M1C0D9E',
  },
];
export const TOKEN: Parameter = {
  name: 'token',
  in: 'path',
  description: 'Of the link.',
  schema: { type: 'string', maxLength: 200 },
};

export function queryText(name: string, description: string): Parameter {
  return { name, in: 'query', description, schema: { type: 'string' } };
}

/** A page that is read: it changes nothing. */
export function pageRoute(
  deps: Public,
  described: PageDescription,
  handle: (visit: Visit) => Promise<Answer>,
): Route {
  return {
    ...routeOf(deps, described),
    method: 'GET',
    answers: { 200: { description: 'The page', contentType: 'text/html' } },
    handle: async (call) => handle(await visitOf(deps, described, call)),
  };
}

/** A form of a page: it does something and leads to a page that shows it. */
export function formRoute(
  deps: Public,
  described: PageDescription & { readonly fields: readonly string[] },
  handle: (visit: Visit, form: Form) => Promise<Answer>,
): Route {
  const { fields } = described;
  const properties = Object.fromEntries(fields.map((name) => [name, { type: 'string' }]));
  return {
    ...routeOf(deps, described),
    method: 'POST',
    body: {
      bytesMax: FORM_BYTES_MAX,
      raw: true,
      content: {
        'application/x-www-form-urlencoded': {
          schema: { type: 'object', properties, additionalProperties: false },
        },
      },
    },
    answers: {
      200: { description: 'The form again, with what is missing', contentType: 'text/html' },
      303: { description: 'Done: the page that shows it', headers: ['location'] },
    },
    errors: ['NOT_FOUND', 'FORBIDDEN', 'INPUT_INVALID', 'TOO_LARGE', 'RATE_LIMITED'],
    async handle(call) {
      if (isFromElsewhere(call.request, { hasToken: described.page.includes('{token}') }))
        throw new Failure('FORBIDDEN', 'The form was not sent by a page of this server.');
      const form = await readForm(call.request, fields);
      return handle(await visitOf(deps, described, call), form);
    },
  };
}

function routeOf(deps: Public, { page, operationId, summary, parameters = [] }: PageDescription) {
  return {
    path: `/public/{slug}/${page}`,
    operationId,
    tag: 'Public pages',
    summary,
    access: OPEN,
    parameters: [SLUG, ...parameters, ...COMMON],
    errors: ['NOT_FOUND', 'RATE_LIMITED'] as const,
    page: { failed: (error: unknown, request: FastifyRequest) => failed(deps, error, request) },
  };
}

/** Errors: NOT_FOUND for a house or place that is unknown. */
export async function visitOf(
  deps: Public,
  { page }: Pick<PageDescription, 'page'>,
  call: Call,
): Promise<Visit> {
  const slug = call.params['slug'] ?? '';
  const tenant = await deps.slugs.tenantOf(slug);
  const asked = call.query.get('at');
  const house = tenant === null ? null : await loadHouse(deps.modules, tenant, asked);
  if (house === null) throw new Failure('NOT_FOUND', 'There is no such house.');
  const language = languageOf({
    chosen: call.query.get('lang'),
    accepted: call.request.headers['accept-language'],
    house: house.location.languages,
  });
  const here = page.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(call.params[name] ?? ''),
  );
  return createVisit({ house, slug, language, call, page: here });
}

export function failed(
  { logger }: { readonly logger: Logger },
  error: unknown,
  request: FastifyRequest,
): Answer {
  const traceId = traceIdOf(request.headers['traceparent']);
  const { status, headers } = problemOf(error, traceId);
  const failure = failureOf(error);
  if (failure.code === 'INTERNAL')
    logger.error('a public page failed', { traceId, error: failure.cause ?? error });
  const language = languageOf({
    chosen: chosenOf(request.query),
    accepted: request.headers['accept-language'],
    house: [],
  });
  const { 'content-type': _type, ...kept } = headers;
  const code = failure.extra['link'] === true ? 'LINK_OVER' : failure.code;
  return faultAnswer({ language, status, code, headers: kept, traceId });
}

/** For every token that opens nothing, whatever the reason. */
export function linkOver(): Failure {
  return new Failure('NOT_FOUND', 'This link opens nothing.', { extra: { link: true } });
}

function chosenOf(query: unknown): string | undefined {
  if (typeof query !== 'object' || query === null || !('lang' in query)) return undefined;
  return typeof query.lang === 'string' ? query.lang : undefined;
}
